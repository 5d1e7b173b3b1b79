/**
 * The whole page: top bar, mailboxes, messages, and the message or answer one is at.
 * @module
 */
import { h } from "../shared/view/dom.js";
import { icon } from "../shared/view/icons.js";
import { known, t } from "../words.js";
import { composer } from "./composer.js";
import { messageList } from "./list.js";
import { mailboxes } from "./mailboxes.js";
import { reader } from "./reader.js";

/** @typedef {import("../live/letterbox.js").Letterbox} Letterbox */

/** @param {Letterbox} box */
export function shell(box) {
  if (!box.mailboxes) return [topBar(box), h("main", { class: "blank", key: "blank" }, t(box.status === "refused" ? "link.refused" : "link.connecting"))];
  return [
    topBar(box),
    h("div", { key: "body", class: `mail-body${box.message || box.draft ? " reading" : ""}${box.sidebarOpen ? " sidebar-open" : ""}` },
      mailboxes(box), messageList(box), main(box)),
    h("div", { class: "notices", key: "notices", role: "status" }, box.notices.map((each) => notice(box, each))),
  ];
}

/** @param {Letterbox} box */
function main(box) {
  if (box.message) return reader(box);
  if (box.draft) return h("main", { class: "reader", key: "new" }, composer(box));
  return h("main", { class: "reader blank", key: "nothing" }, h("span", { class: "blank-mark" }, icon("mail")), t("blank.choose"));
}

/** @param {Letterbox} box */
function topBar(box) {
  return h("header", { class: "top-bar", key: "top" },
    h("button", {
      type: "button", class: "top-tool menu-button", "aria-label": t("top.menu"), "aria-expanded": String(box.sidebarOpen),
      onClick: () => {
        box.sidebarOpen = !box.sidebarOpen;
        box.draw();
      },
    }, icon("menu")),
    h("span", { class: "brand" }, h("span", { class: "brand-mark", "aria-hidden": "true" }), box.mailboxes?.find((each) => each.is_ours)?.name ?? t("top.mailbox")),
    h("nav", { class: "top-tabs", "aria-label": t("top.places") },
      h("a", { href: "/" }, t("top.workspace")),
      h("a", { href: "/mail/", "aria-current": "page" }, t("top.mailbox"))),
    h("span", { class: "top-space" }),
    box.mailboxes && box.status !== "open" && h("span", { class: "link-status", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("link.lost")));
}

/** @param {Letterbox} box @param {{id: number, code: string, about: string, good: boolean}} told */
function notice(box, told) {
  const words = known(`notice.${told.code}`) ? t(`notice.${told.code}`, { about: told.about }) : t("notice.other", { code: told.code });
  return h("div", { class: `notice${told.good ? " good" : ""}`, key: told.id }, icon(told.good ? "success" : "warning"), h("p", null, words),
    h("button", { type: "button", class: "btn quiet square small", "aria-label": t("notice.close"), onClick: () => box.unnote(told.id) }, icon("close")));
}
