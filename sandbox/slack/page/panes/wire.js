/**
 * The wire log: every envelope, call and answer between the workspace and its apps, red where a limit was broken.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { count, number, t } from "../words.js";
import { panelHead } from "./thread.js";

const FINE = new Set(["acked", "ok", "open", "closed", "waiting"]);
const SHOWN = 250;

/** @param {any} entry */
const isRed = (entry) => entry.broken?.length > 0 || !FINE.has(entry.outcome ?? "ok");

/** @param {any} entry @param {string} query */
function matches(entry, query) {
  if (!query) return true;
  const words = `${entry.name} ${entry.kind} ${entry.outcome} ${(entry.broken ?? []).join(" ")} ${entry.app ?? ""}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

/** @param {{desk: import("../live/desk.js").Desk}} props @param {any} self */
export function WirePanel({ desk }, self) {
  const { query = "", kind = "", red = false, open } = self.state;
  const all = desk.state.wire;
  const kinds = [...new Set(all.map((/** @type {any} */ entry) => entry.kind))].sort();
  const found = all.filter((/** @type {any} */ entry) => (!kind || entry.kind === kind) && (!red || isRed(entry)) && matches(entry, query)).slice(-SHOWN).reverse();
  return h("aside", { class: "side wire", "aria-label": t("top.wire") },
    panelHead(t("top.wire"), count("wire.entries", all.length), () => {
      desk.tool = undefined;
      desk.draw();
    }, h("button", { type: "button", class: "btn small", onClick: () => desk.tell("wire_clear") }, t("wire.clear"))),
    h("div", { class: "wire-filter", role: "search" },
      h("input", { type: "search", class: "field", placeholder: t("wire.filter"), "aria-label": t("wire.filter"), value: query, onInput: (/** @type {any} */ event) => self.set({ query: event.target.value }) }),
      h("select", { class: "field", "aria-label": t("wire.kind"), onChange: (/** @type {any} */ event) => self.set({ kind: event.target.value }) },
        h("option", { value: "" }, t("wire.all")), kinds.map((each) => h("option", { value: each, key: each, selected: each === kind }, each))),
      h("label", { class: "check" }, h("input", { type: "checkbox", checked: red, onChange: (/** @type {any} */ event) => self.set({ red: event.target.checked }) }), t("wire.red"))),
    h("div", { class: "wire-list", tabindex: 0 },
      found.length ? h("ol", null, found.map((/** @type {any} */ entry) => h(Entry, { key: entry.id, entry, open: open === entry.id, toggle: () => self.set({ open: open === entry.id ? undefined : entry.id }) })))
        : h("p", { class: "hint" }, t(all.length ? "wire.none" : "wire.empty"))));
}

/** @param {{entry: any, open: boolean, toggle: () => void}} props */
function Entry({ entry, open, toggle }) {
  const toApp = entry.direction === "to_app";
  const at = new Date(entry.at * 1000);
  const clock = `${at.toLocaleTimeString("en-GB")}.${String(at.getMilliseconds()).padStart(3, "0")}`;
  return h("li", { class: `wire-entry${isRed(entry) ? " red" : ""}${entry.outcome === "waiting" ? " waits" : ""}` },
    h("button", { type: "button", class: "wire-row", "aria-expanded": String(open), onClick: toggle },
      h("time", null, clock),
      h("span", { class: `way ${toApp ? "to" : "from"}`, title: t(toApp ? "wire.to-app" : "wire.from-app") }, icon(toApp ? "right" : "left", t(toApp ? "wire.to-app" : "wire.from-app"))),
      h("span", { class: "wire-name" }, entry.name, entry.attempt > 0 && h("span", { class: "tag" }, t("wire.attempt", { n: entry.attempt }))),
      h("span", { class: "wire-took" }, entry.took_ms === null || entry.took_ms === undefined ? "" : `${number(Math.round(entry.took_ms * 10) / 10)} ms`),
      h("span", { class: "wire-outcome" }, entry.outcome)),
    (entry.broken ?? []).length > 0 && h("p", { class: "wire-broken" }, icon("warning"), entry.broken.join(", ")),
    open && h("div", { class: "wire-json" }, json(t("wire.body"), entry.body), json(t("wire.reply"), entry.reply)));
}
Entry.same = (/** @type {any} */ a, /** @type {any} */ b) => a.entry === b.entry && a.open === b.open;

/** @param {string} label @param {any} value */
function json(label, value) {
  if (value === undefined || value === null) return null;
  return [h("h3", null, label), h("pre", { tabindex: 0 }, JSON.stringify(value, null, 2))];
}
