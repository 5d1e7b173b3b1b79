/**
 * Things to press: buttons, overflow menus, icon and feedback buttons.
 * @module
 */
import { follow } from "../live/addresses.js";
import { bareText, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { confirmed } from "./confirm.js";
import { closeLayer, popover, toggleLayer, walk } from "./popover.js";

const OPENED = /^(?:https?|slack):/i;

/** @typedef {{element: any, block: any, context: import("../blocks/context.js").Context}} Place */

/** Run an act and show that it is under way. @param {any} self @param {() => Promise<any>} act */
async function busily(self, act) {
  if (self.state.busy) return;
  self.set({ busy: true });
  try {
    await act();
  } finally {
    self.set({ busy: false });
  }
}

/** @param {Place} props @param {any} self */
export function Button({ element, block, context }, self) {
  const style = element.style === "primary" ? "primary" : element.style === "danger" ? "danger" : "";
  const press = () => confirmed(element, context, () => {
    if (element.url && OPENED.test(element.url)) follow(element.url);
    return busily(self, () => context.act(block, element));
  });
  return h("button", {
    type: "button", class: `btn ${style}`, onClick: press, "aria-busy": self.state.busy ? "true" : undefined,
    "aria-label": element.accessibility_label, "data-action": element.action_id,
  }, showText(element.text, context));
}

/** @param {Place} props @param {any} self */
export function Overflow({ element, block, context }, self) {
  const choose = (/** @type {any} */ option) => {
    self.set({ open: false });
    self.node?.querySelector?.("button")?.focus();
    return confirmed(element, context, () => {
      if (option.url && OPENED.test(option.url)) follow(option.url);
      return context.act(block, element, option.value);
    });
  };
  return h("span", { class: "overflow" },
    h("button", {
      type: "button", class: "btn square", "aria-haspopup": "menu", "aria-expanded": String(!!self.state.open), "aria-label": t("overflow.more"),
      onClick: () => toggleLayer(self), "data-action": element.action_id,
    }, icon("dots")),
    self.state.open && popover({
      class: "menu", role: "menu", label: t("overflow.more"), anchor: () => self.node?.firstChild, onClose: () => closeLayer(self),
      children: h("div", { onKeydown: (/** @type {KeyboardEvent} */ event) => walk(event, "[role=menuitem]") },
        (element.options ?? []).map((/** @type {any} */ option, /** @type {number} */ at) =>
          h("button", { type: "button", role: "menuitem", class: "menu-item", "data-focus": at === 0, onClick: () => choose(option) },
            h("span", null, showText(option.text, context)), option.description && h("small", null, showText(option.description, context))))),
    }));
}

const GLYPHS = /** @type {Record<string, string>} */ ({ trash: "trash", edit: "edit", thumbs_up: "thumbsup", thumbs_down: "thumbsdown" });

/** @param {Place} props @param {any} self */
export function IconButton({ element, block, context }, self) {
  const label = element.accessibility_label ?? bareText(element.text);
  return h("button", {
    type: "button", class: "btn quiet square", title: label, "aria-label": label, "aria-busy": self.state.busy ? "true" : undefined,
    hidden: element.visible_to_user_ids && !element.visible_to_user_ids.includes(context.me),
    onClick: () => confirmed(element, context, () => busily(self, () => context.act(block, element))),
  }, icon(GLYPHS[element.icon] ?? "info"));
}

/** @param {Place} props @param {any} self */
export function FeedbackButtons({ element, block, context }, self) {
  const one = (/** @type {any} */ side, /** @type {string} */ glyph) => h("button", {
    type: "button", class: "btn quiet square", title: bareText(side.text), "aria-label": side.accessibility_label ?? bareText(side.text),
    "aria-pressed": String(self.state.given === side.value),
    onClick: () => {
      self.set({ given: side.value });
      return context.act(block, element, side.value);
    },
  }, icon(glyph));
  return h("span", { class: "feedback", role: "group" }, one(element.positive_button, "thumbsup"), one(element.negative_button, "thumbsdown"));
}
