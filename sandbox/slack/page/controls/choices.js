/**
 * Radio buttons and checkboxes.
 * @module
 */
import { held } from "../blocks/context.js";
import { showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { confirmed } from "./confirm.js";

/** @param {any} props @param {any} self */
export function OptionList({ element, block, context, onChange, label }, self) {
  const many = element.type === "checkboxes";
  const picked = held(context, block, element).choice;
  const isOn = (/** @type {any} */ option) => (many ? picked.includes(option.value) : picked === option.value);
  const toggle = (/** @type {any} */ option, /** @type {boolean} */ on) => confirmed(element, context, () => {
    const choice = many ? [...picked.filter((/** @type {any} */ value) => value !== option.value), ...(on ? [option.value] : [])] : option.value;
    context.choices.set(block, element, { choice });
    self.draw();
    return onChange ? onChange(choice) : context.act(block, element, choice);
  }).finally(() => self.draw());
  return h("div", { class: "options", role: many ? "group" : "radiogroup", "aria-label": label },
    (element.options ?? []).map((/** @type {any} */ option) => h("label", { class: "option", key: option.value },
      h("input", {
        type: many ? "checkbox" : "radio", name: `${block.block_id}/${element.action_id}/${context.surface}`, checked: isOn(option), disabled: context.frozen,
        onChange: (/** @type {any} */ event) => toggle(option, event.target.checked),
      }),
      h("span", null, showText(option.text, context), option.description && h("small", null, showText(option.description, context))))));
}
