/**
 * The dialog that asks before something is done; in the page's own look, never the browser's.
 * @module
 */
import { h, render } from "../view/dom.js";
import { showText } from "../text/show.js";
import { t } from "../words.js";

/**
 * @param {any} confirm a confirmation dialog object of Block Kit
 * @param {any} context
 * @returns {Promise<boolean>}
 */
export function askFirst(confirm, context) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "modal confirm";
    dialog.setAttribute("aria-labelledby", "confirm-title");
    const finish = (/** @type {boolean} */ yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(false);
    });
    render(
      dialog,
      h("h2", { id: "confirm-title" }, confirm.title ? showText(confirm.title, context) : t("confirm.title")),
      h("div", { class: "confirm-text" }, showText(typeof confirm.text === "string" ? { type: "plain_text", text: confirm.text } : confirm.text, context)),
      h("div", { class: "row end" },
        h("button", { type: "button", class: "btn", onClick: () => finish(false) }, confirm.deny ? showText(confirm.deny, context) : t("confirm.no")),
        h("button", { type: "button", class: `btn ${confirm.style === "danger" ? "danger solid" : "primary"}`, onClick: () => finish(true) }, confirm.confirm ? showText(confirm.confirm, context) : t("confirm.yes"))),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Do something, after its confirmation where it has one.
 * @param {any} element @param {any} context @param {() => Promise<any>} act
 */
export async function confirmed(element, context, act) {
  if (element.confirm && !(await askFirst(element.confirm, context))) return undefined;
  return act();
}
