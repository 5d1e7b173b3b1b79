/**
 * The left pane: our own mailbox and the suppliers', with what is unread in them.
 * @module
 */
import { h } from "../shared/view/dom.js";
import { icon } from "../shared/view/icons.js";
import { t } from "../words.js";
import { face } from "./people.js";

/** @typedef {import("../live/letterbox.js").Letterbox} Letterbox */

/** @param {Letterbox} box */
export function mailboxes(box) {
  const all = box.mailboxes ?? [];
  return h("nav", { class: "mailboxes", key: "mailboxes", "aria-label": t("sidebar.label") },
    section(box, t("sidebar.ours"), all.filter((each) => each.is_ours)),
    section(box, t("sidebar.theirs"), all.filter((each) => !each.is_ours)),
    h("p", { class: "hint" }, t("sidebar.play")));
}

/** @param {Letterbox} box @param {string} title @param {any[]} found */
function section(box, title, found) {
  return h("section", { key: title, "aria-label": title }, h("h2", null, title), h("ul", null, found.map((each) => row(box, each))));
}

/** @param {Letterbox} box @param {any} mailbox */
function row(box, mailbox) {
  const unread = mailbox.is_ours ? 0 : mailbox.folders.reduce((/** @type {number} */ sum, /** @type {any} */ folder) => sum + folder.unread, 0);
  return h("li", { key: mailbox.address }, h("button", {
    type: "button", class: `mailbox${unread ? " unread" : ""}`, "aria-current": mailbox.address === box.address ? "page" : undefined, onClick: () => box.goTo(mailbox.address),
  },
  mailbox.is_ours ? h("span", { class: "avatar shop", "aria-hidden": "true" }, icon("shop")) : face(mailbox),
  h("span", { class: "mailbox-name" }, h("b", null, mailbox.name), h("small", null, mailbox.address)),
  unread > 0 && h("span", { class: "badge", "aria-label": t("sidebar.unread", { n: unread }) }, unread)));
}
