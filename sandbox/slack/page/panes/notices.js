/**
 * What went wrong, said once in a corner and taken back by itself.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { known, t } from "../words.js";

/** @param {{code: string, about?: string}} notice @returns {string} */
export function noticeWords({ code, about }) {
  const subject = about || t("notice.this");
  return known(`notice.${code}`) ? t(`notice.${code}`, { about: subject }) : t("notice.other", { about: subject, code });
}

/** @param {import("../live/desk.js").Desk} desk */
export function notices(desk) {
  return h("div", { class: "notices", key: "notices", role: "alert" }, desk.notices.map((notice) => h("div", { class: "notice", key: notice.id }, icon("warning"),
    h("div", null, h("p", null, noticeWords(notice)), h("code", null, notice.code)),
    h("button", { type: "button", class: "btn quiet square small", "aria-label": t("notice.close"), onClick: () => desk.unnote(notice.id) }, icon("close")))));
}
