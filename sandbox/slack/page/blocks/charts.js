/**
 * The `data_visualization` block: bar, line, area and pie charts as SVG, with the same numbers as a table for those who cannot see them.
 * Source of the shape: docs.slack.dev, "Data visualization block".
 * @module
 */
import { h } from "../view/dom.js";
import { number, t } from "../words.js";
import { path, ring, scaleFor } from "./scale.js";

/** @typedef {{name: string, data: {label: string, value: number}[]}} Series */

const WIDEST = 640;
const NARROWEST = 260;
const HEIGHT = 250;
const EDGE = { left: 48, right: 12, top: 12, bottom: 30 };
const PLOT_HEIGHT = HEIGHT - EDGE.top - EDGE.bottom;

/** @param {number} at */
const colour = (at) => `var(--series-${(at % 8) + 1})`;

/** @param {{block: any}} props @param {any} self */
export function Chart({ block }, self) {
  const chart = block.chart ?? {};
  const drawn = chart.type === "pie" ? pie(chart.segments ?? [], block.title, self) : axes(chart, block.title, self);
  return h("figure", { class: "chart", ref: (/** @type {HTMLElement} */ node) => watchWidth(node, self) },
    h("figcaption", null, h("span", null, block.title),
      h("button", { type: "button", class: "link-button", "aria-pressed": String(!!self.state.table), onClick: () => self.set({ table: !self.state.table }) }, t(self.state.table ? "chart.picture" : "chart.table"))),
    self.state.table ? numbers(chart) : drawn);
}

/** A chart is drawn for the room that it has, so that its words keep their size. @param {HTMLElement} node @param {any} self */
function watchWidth(node, self) {
  const watch = new ResizeObserver(() => {
    const width = Math.max(NARROWEST, Math.min(WIDEST, Math.round(node.clientWidth - 30)));
    if (width !== (self.state.width ?? WIDEST)) self.set({ width });
  });
  watch.observe(node);
  self.left = () => watch.disconnect();
}

/** @param {any} chart @returns {[string[], Series[]]} categories and series */
function contents(chart) {
  const series = /** @type {Series[]} */ (chart.series ?? []);
  return [chart.axis_config?.categories ?? (series[0]?.data ?? []).map((point) => point.label), series];
}

/** @param {Series} series @param {string} category */
const valueAt = (series, category) => series.data.find((point) => point.label === category)?.value ?? 0;

/** @param {any} chart */
function numbers(chart) {
  if (chart.type === "pie") {
    return table([t("chart.part"), t("chart.value")], (chart.segments ?? []).map((/** @type {any} */ part) => [part.label, number(part.value)]));
  }
  const [categories, series] = contents(chart);
  return table([chart.axis_config?.x_label ?? "", ...series.map((each) => each.name)], categories.map((category) => [category, ...series.map((each) => number(valueAt(each, category)))]));
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  return h("div", { class: "table-frame" }, h("table", { class: "data" },
    h("thead", null, h("tr", null, head.map((cell, at) => h("th", { scope: "col", class: at ? "right" : "left" }, cell)))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map((cell, at) => (at ? h("td", { class: "right" }, cell) : h("th", { scope: "row", class: "left" }, cell))))))));
}

/** @param {any} chart @param {string} title @param {any} self */
function axes(chart, title, self) {
  const [categories, series] = contents(chart);
  const scale = scaleFor(series.flatMap((each) => categories.map((category) => valueAt(each, category))));
  const width = self.state.width ?? WIDEST;
  const plotWidth = width - EDGE.left - EDGE.right;
  const band = plotWidth / Math.max(1, categories.length);
  const x = (/** @type {number} */ at) => EDGE.left + band * (at + 0.5);
  const y = (/** @type {number} */ value) => EDGE.top + PLOT_HEIGHT * (1 - scale.share(value));
  const marks = chart.type === "bar" ? bars(series, categories, band, y) : lines(series, categories, x, y, chart.type === "area");
  const every = Math.ceil(categories.length / Math.floor(plotWidth / Math.max(36, Math.max(...categories.map((each) => Math.min(14, each.length)), 1) * 6.6 + 8)));
  const summary = `${title}. ${t(`chart.${chart.type}`)}: ${series.map((each) => `${each.name}: ${categories.map((category) => `${category} ${number(valueAt(each, category))}`).join(", ")}`).join("; ")}`;
  return h("div", { class: "chart-frame", onPointerleave: () => self.set({ at: undefined }) },
    h("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": summary },
      scale.ticks.map((tick) => h("g", { class: "tick" },
        h("line", { x1: EDGE.left, x2: width - EDGE.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "zero" : undefined }),
        h("text", { x: EDGE.left - 8, y: y(tick) + 4, "text-anchor": "end" }, number(tick)))),
      self.state.at !== undefined && h("rect", { class: "hover-band", x: x(self.state.at) - band / 2, y: EDGE.top, width: band, height: PLOT_HEIGHT }),
      marks,
      categories.map((category, at) => at % every === 0 && h("text", { class: "category", x: x(at), y: HEIGHT - 10, "text-anchor": "middle" }, category.length > 14 ? `${category.slice(0, 13)}…` : category)),
      categories.map((_, at) => h("rect", { class: "touch", x: x(at) - band / 2, y: EDGE.top, width: band, height: PLOT_HEIGHT, onPointerenter: () => self.set({ at }) }))),
    self.state.at !== undefined && tip(categories[self.state.at], series.map((each, at) => [each.name, valueAt(each, categories[self.state.at]), at]), ((x(self.state.at)) / width) * 100),
    legend(series.length > 1 || chart.axis_config?.y_label ? series.map((each) => each.name) : [], [chart.axis_config?.y_label, chart.axis_config?.x_label].filter(Boolean).join(" · ")));
}

/** @param {string} head @param {any[][]} rows @param {number} left in per cent of the width */
function tip(head, rows, left) {
  return h("div", { class: `chart-tip${left > 60 ? " to-left" : ""}`, style: { left: `${left}%` }, "aria-hidden": "true" },
    h("b", null, head), rows.map(([name, value, at]) => h("span", null, h("i", { style: { background: colour(at) } }), `${name} `, h("b", null, number(value)))));
}

/** @param {string[]} names @param {string} axisWords */
function legend(names, axisWords) {
  if (!names.length && !axisWords) return null;
  return h("div", { class: "legend", "aria-hidden": "true" }, names.map((name, at) => h("span", null, h("i", { style: { background: colour(at) } }), name)), axisWords && h("span", { class: "axis-words" }, axisWords));
}

/** @param {Series[]} series @param {string[]} categories @param {number} band @param {(value: number) => number} y */
function bars(series, categories, band, y) {
  const room = band * (series.length > 1 ? 0.76 : 0.58);
  const each = Math.min(56, room / series.length);
  const gap = each > 8 ? 2 : 0;
  return series.map((one, which) => categories.map((category, at) => {
    const value = valueAt(one, category);
    const left = EDGE.left + band * (at + 0.5) - (each * series.length) / 2 + each * which;
    const [top, bottom] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
    return h("rect", { class: "bar", x: left + gap / 2, y: top, width: each - gap, height: Math.max(bottom - top, value ? 1 : 0), rx: Math.min(3, each / 4), fill: colour(which) });
  }));
}

/** @param {Series[]} series @param {string[]} categories @param {(at: number) => number} x @param {(value: number) => number} y @param {boolean} filled */
function lines(series, categories, x, y, filled) {
  return series.map((one, which) => {
    const points = /** @type {[number, number][]} */ (categories.map((category, at) => [x(at), y(valueAt(one, category))]));
    const ground = points.length ? `${path(points)} L${points[points.length - 1][0].toFixed(1)} ${y(0)} L${points[0][0].toFixed(1)} ${y(0)} Z` : "";
    return h("g", { class: "line-series" },
      filled && h("path", { d: ground, fill: colour(which), class: "area" }),
      h("path", { d: path(points), stroke: colour(which), class: "line" }),
      points.length <= 20 && points.map(([cx, cy]) => h("circle", { cx, cy, r: 3, stroke: colour(which), class: "dot" })));
  });
}

/** @param {{label: string, value: number}[]} segments @param {string} title @param {any} self */
function pie(segments, title, self) {
  const all = segments.reduce((sum, part) => sum + part.value, 0) || 1;
  let turned = 0;
  const slices = segments.map((part, at) => {
    const from = turned;
    turned += part.value / all;
    return h("path", { d: ring(from, turned, 96, 56), fill: colour(at), class: `slice${self.state.at === at ? " on" : ""}`, onPointerenter: () => self.set({ at }), onPointerleave: () => self.set({ at: undefined }) });
  });
  const shown = segments[self.state.at ?? -1];
  const summary = `${title}. ${t("chart.pie")}: ${segments.map((part) => `${part.label} ${number(part.value)} (${percent(part.value / all)})`).join(", ")}`;
  return h("div", { class: "chart-frame pie" },
    h("svg", { viewBox: "-100 -100 200 200", role: "img", "aria-label": summary }, slices,
      h("text", { class: "pie-value", "text-anchor": "middle", y: shown ? -2 : 2 }, number(shown ? shown.value : all)),
      h("text", { class: "pie-label", "text-anchor": "middle", y: 18 }, shown ? percent(shown.value / all) : t("chart.total"))),
    h("ul", { class: "pie-legend", "aria-hidden": "true" }, segments.map((part, at) => h("li", { class: self.state.at === at ? "on" : undefined }, h("i", { style: { background: colour(at) } }), h("span", null, part.label), h("b", null, percent(part.value / all))))));
}

/** @param {number} share */
const percent = (share) => `${number(Math.round(share * 1000) / 10)} %`;
