/**
 * Writing as a supplier: ready answers, own words, the mail program whose habits the answer shows, files, and the quote below.
 * @module
 */
import { h } from "../shared/view/dom.js";
import { icon } from "../shared/view/icons.js";
import { t } from "../words.js";
import { Frame } from "./reader.js";

/** @typedef {import("../live/letterbox.js").Letterbox} Letterbox */
/** @typedef {import("../live/letterbox.js").Draft} Draft */

const STYLES = ["gmail", "outlook", "apple", "plain"];
const LANGUAGES = { en: "English", pl: "Polski" };

/** @param {Letterbox} box */
export function composer(box) {
  const draft = /** @type {Draft} */ (box.draft);
  return h("form", {
    class: "answer", key: "answer", "aria-label": t("composer.reply"),
    ref: (/** @type {HTMLElement} */ node) => node.scrollIntoView({ block: "end" }),
    onSubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      box.send();
    },
  },
    h("p", { class: "answer-as" }, icon("edit"), t("composer.as", { name: box.mailbox?.name })),
    draft.original ? h("p", { class: "answer-to" }, h("span", { class: "soft" }, `${t("composer.to")}: `), draft.to) : addressing(box, draft),
    draft.quick.length > 0 && quick(box, draft),
    h("textarea", {
      class: "field answer-text", name: "text", rows: 6, "aria-label": t("composer.text"), placeholder: t("composer.text"), value: draft.text, required: true,
      onInput: (/** @type {any} */ event) => box.change({ text: event.target.value, automatic: false }),
    }),
    attached(box, draft),
    options(box, draft),
    draft.original && !draft.between && !draft.automatic && quoted(draft));
}

/** @param {Letterbox} box @param {Draft} draft */
function addressing(box, draft) {
  return h("div", { class: "addressing" },
    h("label", null, t("composer.to"), h("input", { class: "field", name: "to", type: "email", required: true, value: draft.to, onInput: (/** @type {any} */ event) => box.change({ to: event.target.value }) })),
    h("label", null, t("composer.subject"), h("input", { class: "field", name: "subject", value: draft.subject, onInput: (/** @type {any} */ event) => box.change({ subject: event.target.value }) })));
}

/** @param {Letterbox} box @param {Draft} draft */
function quick(box, draft) {
  return h("div", { class: "quick", role: "group", "aria-label": t("composer.quick") },
    draft.quick.map((each) => h("button", { type: "button", class: "chip", key: each.id, "aria-pressed": String(draft.text === each.text), onClick: (/** @type {any} */ event) => take(box, each, event.target) }, each.label)),
    h("select", {
      class: "language", "aria-label": t("composer.language"), value: draft.language, onChange: (/** @type {any} */ event) => box.change({ language: event.target.value }),
    }, Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, key: code, selected: code === draft.language }, name))));
}

/** Write the ready answer, and keep the button that sends it in sight. @param {Letterbox} box @param {any} quick @param {HTMLElement} button */
function take(box, quick, button) {
  box.takeQuick(quick);
  setTimeout(() => button.closest("form")?.scrollIntoView({ block: "nearest" }), 20);
}

/** @param {Letterbox} box @param {Draft} draft */
function attached(box, draft) {
  if (!draft.files.length) return null;
  return h("ul", { class: "attached" }, draft.files.map((file, at) => h("li", { key: at, class: "file-chip" }, icon("file"), h("b", null, file.name),
    h("button", { type: "button", class: "btn quiet square small", "aria-label": t("composer.drop", { name: file.name }), onClick: () => box.change({ files: draft.files.filter((each) => each !== file) }) }, icon("close")))));
}

/** @param {Letterbox} box @param {Draft} draft */
function options(box, draft) {
  return h("div", { class: "answer-options" },
    h("button", { type: "submit", class: "btn primary", disabled: draft.sending }, icon("send"), t(draft.sending ? "composer.sending" : "composer.send")),
    h("label", { class: "btn attach" }, icon("paperclip"), h("span", { class: "visually-hidden" }, t("composer.attach")),
      h("input", { type: "file", multiple: true, class: "visually-hidden", onChange: (/** @type {any} */ event) => box.attach([...event.target.files]) })),
    h("label", { class: "program" }, t("composer.style"), h("select", {
      class: "field", name: "style", value: draft.style, onChange: (/** @type {any} */ event) => box.change({ style: event.target.value }),
    }, STYLES.map((style) => h("option", { value: style, key: style, selected: style === draft.style }, t(`style.${style}`))))),
    draft.original && h("label", { class: "row" }, h("input", { type: "checkbox", name: "between", checked: draft.between, onChange: (/** @type {any} */ event) => box.answerBetween(event.target.checked) }), t("composer.between")),
    h("span", { class: "top-space" }),
    h("button", { type: "button", class: "btn quiet", onClick: () => box.discard() }, t("composer.discard")));
}

/** @param {Draft} draft */
function quoted(draft) {
  return h("details", { class: "quoted" }, h("summary", null, t("composer.quoted")),
    draft.quoted.html === null ? h("pre", { class: "source" }, draft.quoted.text) : h(Frame, { key: draft.style, html: draft.quoted.html }));
}
