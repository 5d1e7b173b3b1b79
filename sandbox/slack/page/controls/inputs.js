/**
 * Typed inputs: text, number, e-mail, address, dates and times, rich text.
 * @module
 */
import { held } from "../blocks/context.js";
import { bareText } from "../text/show.js";
import { richWords } from "../text/rich.js";
import { h } from "../view/dom.js";
import { t } from "../words.js";
import { confirmed } from "./confirm.js";

const KINDS = /** @type {Record<string, string>} */ ({
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text", datepicker: "date", timepicker: "time", datetimepicker: "datetime-local",
});

/** @param {any} element */
const fires = (element, /** @type {string} */ how) => (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(how);

/** @param {any} props @param {any} self */
export function TypedInput({ element, block, context, onChange, label, describedBy, invalid }, self) {
  const value = held(context, block, element).choice ?? "";
  const keep = (/** @type {any} */ event) => {
    context.choices.set(block, element, { choice: event.target.value });
    self.draw();
    if (onChange && block.dispatch_action && fires(element, "on_character_entered")) onChange(event.target.value);
  };
  const entered = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || (element.multiline && !event.ctrlKey && !event.metaKey)) return;
    if (block.dispatch_action && fires(element, "on_enter_pressed")) {
      event.preventDefault();
      onChange?.(held(context, block, element).choice);
    }
  };
  const shared = {
    class: "field", value: shownValue(element, value), placeholder: bareText(element.placeholder) || undefined, "aria-label": label, "aria-describedby": describedBy,
    "aria-invalid": invalid ? "true" : undefined, onInput: keep, onKeydown: entered, disabled: context.frozen, "data-action": element.action_id, autofocus: element.focus_on_load,
    maxlength: element.max_length, autocomplete: "off",
  };
  if (element.multiline || element.type === "rich_text_input") return h("textarea", { ...shared, rows: element.min_lines ?? 4 });
  return h("input", { ...shared, type: KINDS[element.type] ?? "text", inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined });
}

/** @param {any} element @param {any} value */
function shownValue(element, value) {
  return element.type === "rich_text_input" && typeof value === "object" ? richWords(value) : value;
}

/** @param {number} seconds since 1970 @returns {string} as an `input` of type datetime-local wants it, in local time */
function localMoment(seconds) {
  const moment = new Date(seconds * 1000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** A date, a time, or both. @param {any} props @param {any} self */
export function Picker({ element, block, context, onChange, label, describedBy, invalid }, self) {
  const moment = element.type === "datetimepicker";
  const value = held(context, block, element).choice;
  const pick = (/** @type {any} */ event) => {
    const typed = event.target.value;
    const choice = typed === "" ? null : moment ? Math.round(new Date(typed).getTime() / 1000) : typed;
    return confirmed(element, context, async () => {
      context.choices.set(block, element, { choice });
      self.draw();
      return onChange ? onChange(choice) : context.act(block, element, choice);
    }).finally(() => self.draw());
  };
  const name = label || bareText(element.placeholder) || t(`picker.${element.type}`);
  return h("input", {
    class: "field picker", type: KINDS[element.type], value: value === null || value === undefined ? "" : moment ? localMoment(value) : value, "aria-label": name,
    "aria-describedby": describedBy, "aria-invalid": invalid ? "true" : undefined, title: name, onChange: pick, disabled: context.frozen, "data-action": element.action_id,
  });
}
