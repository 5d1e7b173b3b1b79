/**
 * One question in a small dialog of the page.
 * @module
 */
import { h, render } from "../view/dom.js";
import { t } from "../words.js";

/** @param {string} title @param {string} label @param {string} doIt @returns {Promise<string | undefined>} what was typed, or nothing */
export function askForText(title, label, doIt) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "modal confirm";
    dialog.setAttribute("aria-label", title);
    dialog.addEventListener("close", () => {
      const typed = dialog.returnValue === "yes" ? dialog.querySelector("input")?.value.trim() : undefined;
      dialog.remove();
      resolve(typed || undefined);
    });
    render(dialog, h("form", { method: "dialog" },
      h("h2", null, title),
      h("label", { class: "stacked-label" }, label, h("input", { class: "field", required: true, autocomplete: "off", ref: (/** @type {HTMLElement} */ node) => node.focus() })),
      h("div", { class: "row end" },
        h("button", { type: "button", class: "btn", onClick: () => dialog.close("no") }, t("confirm.no")),
        h("button", { class: "btn primary", value: "yes" }, doIt))));
    document.body.append(dialog);
    dialog.showModal();
  });
}
