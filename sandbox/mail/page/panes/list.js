/**
 * The middle pane: the messages of one folder, newest first.
 * @module
 */
import { h } from "../shared/view/dom.js";
import { icon } from "../shared/view/icons.js";
import { count, known, t } from "../words.js";
import { shortMoment } from "./moments.js";
import { nameOf } from "./people.js";

/** @typedef {import("../live/letterbox.js").Letterbox} Letterbox */

/** @param {Letterbox} box */
export function messageList(box) {
  const { mailbox } = box;
  return h("section", { class: "letters", key: "letters", "aria-label": t("list.label") },
    h("header", { class: "letters-head" },
      h("div", { class: "letters-title" }, h("h1", null, mailbox?.name),
        mailbox && !mailbox.is_ours && h("button", { type: "button", class: "btn small", onClick: () => box.write() }, icon("edit"), t("composer.new"))),
      h("div", { class: "folder-tabs", role: "tablist", "aria-label": t("list.folders") }, (mailbox?.folders ?? []).map((/** @type {any} */ folder) => tab(box, folder)))),
    list(box));
}

/** @param {Letterbox} box @param {any} folder */
function tab(box, folder) {
  const name = known(`folder.${folder.name}`) ? t(`folder.${folder.name}`) : folder.name;
  return h("button", {
    type: "button", role: "tab", key: folder.name, "aria-selected": String(folder.name === box.folderName), onClick: () => box.goTo(box.address, folder.name),
  }, name, h("span", { class: "total" }, folder.total || ""));
}

/** @param {Letterbox} box */
function list(box) {
  if (!box.messages) return h("p", { class: "letters-empty", key: "wait" }, h("span", { class: "spinner", "aria-hidden": "true" }));
  if (!box.messages.length) {
    const why = box.folderName === "Sent" ? "blank.empty-sent" : box.mailbox?.is_ours ? "blank.empty-ours" : "blank.empty-theirs";
    return h("div", { class: "letters-empty", key: "empty" }, h("span", { class: "blank-mark" }, icon("inbox")), h("b", null, t("blank.empty")), h("p", null, t(why)));
  }
  return h("ul", { class: "letters-list", key: "list" }, box.messages.map((each) => row(box, each)));
}

/** @param {Letterbox} box @param {any} message */
function row(box, message) {
  const isUnread = !message.flags.includes("\\Seen") && !box.mailbox?.is_ours;
  const keywords = message.flags.filter((/** @type {string} */ flag) => !flag.startsWith("\\"));
  const who = box.folderName === "Sent" ? t("list.to", { name: message.to.map(nameOf).join(", ") }) : nameOf(message.from);
  return h("li", { key: message.id }, h("button", {
    type: "button", class: `letter${isUnread ? " unread" : ""}`, "aria-current": box.message?.id === message.id ? "true" : undefined, onClick: () => box.open(message.id),
  },
  h("span", { class: "letter-top" }, isUnread && h("i", { class: "dot", role: "img", "aria-label": t("list.unread") }), h("b", null, who), h("time", { datetime: message.at }, shortMoment(message.at))),
  h("span", { class: "letter-subject" }, message.subject || t("list.no-subject")),
  h("span", { class: "letter-foot" }, h("span", { class: "snippet" }, message.snippet),
    keywords.map((/** @type {string} */ word) => h("span", { class: "tag", key: word }, word.replace(/^\$/, ""))),
    message.flags.includes("\\Answered") && icon("reply", t("list.answered")),
    message.attached > 0 && icon("paperclip", count("list.attached", message.attached)))));
}
