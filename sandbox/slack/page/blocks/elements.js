/**
 * One interactive or picture element, wherever it stands: beside a section, in a row of actions, in an input.
 * @module
 */
import { Button, FeedbackButtons, IconButton, Overflow } from "../controls/buttons.js";
import { OptionList } from "../controls/choices.js";
import { FileInput } from "../controls/files.js";
import { Picker, TypedInput } from "../controls/inputs.js";
import { Select } from "../controls/select.js";
import { showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { t } from "../words.js";
import { picture } from "./pictures.js";

/** @typedef {import("./context.js").Context} Context */

/** @type {Record<string, import("../view/dom.js").Component>} */
const CONTROLS = {
  button: Button, workflow_button: Button, overflow: Overflow, icon_button: IconButton, feedback_buttons: FeedbackButtons,
  radio_buttons: OptionList, checkboxes: OptionList, file_input: FileInput,
  datepicker: Picker, timepicker: Picker, datetimepicker: Picker,
  plain_text_input: TypedInput, email_text_input: TypedInput, url_text_input: TypedInput, number_input: TypedInput, rich_text_input: TypedInput,
};
for (const source of ["static", "external", "users", "channels", "conversations"]) {
  CONTROLS[`${source}_select`] = Select;
  CONTROLS[`multi_${source}_select`] = Select;
}

/**
 * @param {any} element
 * @param {any} block the block in which it stands
 * @param {Context} context
 * @param {object} [more] label, onChange, describedBy, invalid
 */
export function showElement(element, block, context, more = {}) {
  if (!element) return null;
  if (element.type === "image") return picture(element, context, "accessory-image");
  if (element.type === "plain_text" || element.type === "mrkdwn") return showText(element, context);
  const Control = CONTROLS[element.type];
  if (!Control) return unknown("element", element);
  return h(Control, { key: element.action_id, element, block, context, ...more });
}

/** Something that this page cannot draw is shown for what it is. @param {string} kind @param {any} thing */
export function unknown(kind, thing) {
  return h("details", { class: "unknown-block" },
    h("summary", null, t(`unknown.${kind}`, { type: String(thing?.type ?? "?") })),
    h("pre", null, JSON.stringify(thing, null, 2)));
}
