/**
 * Tables: the plain `table` block, and `data_table` with pages and sorting.
 * @module
 */
import { richWords, showRichText } from "../text/rich.js";
import { showPlain } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {any} cell @param {Context} context */
function showCell(cell, context) {
  if (cell?.type === "rich_text") return showRichText(cell, context);
  return showPlain(String(cell?.text ?? cell?.value ?? ""), false);
}

/** @param {any} cell @returns {string | number} */
const sortValue = (cell) => (cell?.type === "raw_number" ? cell.value : cell?.type === "rich_text" ? richWords(cell) : String(cell?.text ?? ""));

/** @param {any} block @param {Context} context */
export function table(block, context) {
  const settings = block.column_settings ?? [];
  const kind = (/** @type {number} */ at, /** @type {any} */ cell) => [settings[at]?.align ?? (cell?.type === "raw_number" ? "right" : "left"), settings[at]?.is_wrapped ? "wrapped" : ""].join(" ").trim();
  const [head, ...rows] = block.rows ?? [];
  return h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": t("table.label") }, h("table", { class: "data" },
    head && h("thead", null, h("tr", null, head.map((/** @type {any} */ cell, /** @type {number} */ at) => h("th", { scope: "col", class: kind(at, rows[0]?.[at]) }, showCell(cell, context))))),
    h("tbody", null, rows.map((/** @type {any[]} */ row) => h("tr", null, row.map((cell, at) => h("td", { class: kind(at, cell) }, showCell(cell, context))))))));
}

/** @param {any[][]} rows @param {{column: number, down: boolean} | undefined} order */
function sorted(rows, order) {
  if (!order) return rows;
  const way = order.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a[order.column]), sortValue(b[order.column])];
    return way * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true }));
  });
}

/** @param {{block: any, context: Context}} props @param {any} self */
export function DataTable({ block, context }, self) {
  const [head, ...all] = block.rows ?? [[]];
  const size = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(self.state.page ?? 0, pages - 1);
  const order = self.state.order;
  const rows = sorted(all, order).slice(page * size, page * size + size);
  const numeric = head.map((/** @type {any} */ _, /** @type {number} */ at) => all.length > 0 && all.every((/** @type {any[]} */ row) => row[at]?.type === "raw_number"));
  const sortBy = (/** @type {number} */ column) => self.set({ page: 0, order: order?.column === column ? (order.down ? undefined : { column, down: true }) : { column, down: false } });
  const heading = (/** @type {any} */ cell, /** @type {number} */ at) => h("th", {
    scope: "col", class: numeric[at] ? "right" : "left", "aria-sort": order?.column === at ? (order.down ? "descending" : "ascending") : undefined,
  }, h("button", { type: "button", class: "sort", onClick: () => sortBy(at) }, showCell(cell, context), h("span", { class: "sort-mark", "aria-hidden": "true" }, order?.column === at ? (order.down ? "↓" : "↑") : "")));
  return h("figure", { class: "data-table" },
    h("figcaption", null, block.caption),
    h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": block.caption }, h("table", { class: "data" },
      h("thead", null, h("tr", null, head.map(heading))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((cell, at) =>
        h(at === block.row_header_column_index ? "th" : "td", { scope: at === block.row_header_column_index ? "row" : undefined, class: numeric[at] ? "right" : "left" }, showCell(cell, context)))))))),
    pages > 1 && h("div", { class: "pager" },
      h("span", { class: "soft", "aria-live": "polite" }, t("table.rows", { from: page * size + 1, to: Math.min(all.length, (page + 1) * size), all: all.length })),
      h("button", { type: "button", class: "btn square small", disabled: page === 0, "aria-label": t("table.back"), onClick: () => self.set({ page: page - 1 }) }, icon("left")),
      h("button", { type: "button", class: "btn square small", disabled: page === pages - 1, "aria-label": t("table.on"), onClick: () => self.set({ page: page + 1 }) }, icon("right"))));
}
