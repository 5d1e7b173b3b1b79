/**
 * The everyday blocks: section, header, context, actions, input, divider, alert, texts.
 * @module
 */
import { bareText, showMarkdown, showPlain, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { showElement } from "./elements.js";
import { picture } from "./pictures.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {any} self @param {any} block a long text is folded until somebody opens it @param {any} text */
function foldable(self, block, text) {
  const long = !block.expand && (block.text?.text ?? "").length > 700;
  if (!long) return text;
  return h("div", { class: self.state.unfolded ? "" : "folded" }, text,
    h("button", { type: "button", class: "link-button", "aria-expanded": String(!!self.state.unfolded), onClick: () => self.set({ unfolded: !self.state.unfolded }) }, t(self.state.unfolded ? "fold.less" : "fold.more")));
}

/** @param {{block: any, context: Context}} props @param {any} self */
export function Section({ block, context }, self) {
  const stacked = /^(?:radio_buttons|checkboxes)$/.test(block.accessory?.type ?? "");
  return h("div", { class: `section${stacked ? " stacked" : ""}` },
    h("div", { class: "section-words" },
      block.text && foldable(self, block, showText(block.text, context)),
      block.fields?.length > 0 && h("div", { class: "fields" }, block.fields.map((/** @type {any} */ field) => h("div", { class: "field-cell" }, showText(field, context))))),
    block.accessory && h("div", { class: `accessory accessory-${block.accessory.type}` }, showElement(block.accessory, block, context, { label: bareText(block.text) })));
}

/** @param {any} block @param {Context} context */
export const header = (block, context) => h("h3", { class: "block-header" }, showText(block.text, context));

export const divider = () => h("hr", { class: "divider" });

/** @param {any} block @param {Context} context */
export function contextBlock(block, context) {
  return h("div", { class: "context" }, (block.elements ?? []).map((/** @type {any} */ element) =>
    element.type === "image" ? picture(element, context, "context-image") : h("span", { class: "context-item" }, showText(element, context))));
}

/** @param {any} block @param {Context} context */
export const actions = (block, context) => h("div", { class: "actions" }, (block.elements ?? []).map((/** @type {any} */ element) => showElement(element, block, context)));

/** @param {any} block @param {Context} context */
export const contextActions = (block, context) => h("div", { class: "actions context-actions" }, (block.elements ?? []).map((/** @type {any} */ element) => showElement(element, block, context)));

/** @param {any} block @param {Context} context */
export function input(block, context) {
  const error = context.errors[block.block_id];
  const ids = `${context.surface}-${block.block_id}`;
  const describedBy = [block.hint && `${ids}-hint`, error && `${ids}-error`].filter(Boolean).join(" ") || undefined;
  const dispatch = (/** @type {any} */ choice) => (block.dispatch_action ? context.act(block, block.element, choice) : undefined);
  return h("div", { class: `input-block${error ? " wrong" : ""}` },
    h("div", { class: "input-label" }, showText(block.label, context), block.optional && h("small", null, t("input.optional"))),
    showElement(block.element, block, context, { label: bareText(block.label), onChange: dispatch, describedBy, invalid: !!error }),
    error && h("p", { class: "error", id: `${ids}-error`, role: "alert" }, icon("warning"), error === "empty" ? t("input.empty") : showPlain(error)),
    block.hint && h("p", { class: "hint", id: `${ids}-hint` }, showText(block.hint, context)));
}

const LEVELS = /** @type {Record<string, string>} */ ({ default: "info", info: "info", warning: "warning", error: "error", success: "success" });

/** @param {any} block @param {Context} context */
export function alert(block, context) {
  const level = block.level ?? "default";
  return h("div", { class: `alert ${level}`, role: level === "error" ? "alert" : "note" }, icon(LEVELS[level] ?? "info"), h("div", null, showText(block.text, context)));
}

/** @param {any} block @param {Context} context */
export const markdown = (block, context) => showMarkdown(block.text ?? "", context);
