/**
 * A thread in the panel at the side.
 * @module
 */
import { threadOf } from "../live/store.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { count, t } from "../words.js";
import { Composer } from "./composer.js";
import { follows, titleOf, working } from "./conversation.js";
import { message } from "./message.js";
import { scroller } from "./scroller.js";

/** @param {import("../live/desk.js").Desk} desk */
export function threadPanel(desk) {
  const { channel, ts } = /** @type {{channel: string, ts: string}} */ (desk.thread);
  const list = threadOf(desk.state, channel, ts);
  const [parent, ...replies] = list;
  const place = desk.state.channels.get(channel);
  return h("aside", { class: "side thread", key: `thread-${ts}`, "aria-label": t("thread.label") },
    panelHead(t("thread.label"), place ? titleOf(desk, place) : "", () => {
      desk.thread = undefined;
      desk.draw();
    }),
    scroller({
      key: "replies", label: t("thread.messages"),
      children: [
        parent && message(desk, parent, { compact: false, inThread: true }),
        replies.length > 0 && h("div", { class: "day left", key: "count", role: "separator" }, h("span", null, count("message.replies", replies.length))),
        replies.map((each, at) => message(desk, each, { compact: at > 0 && follows(replies[at - 1], each), inThread: true })),
        working(desk, channel, ts),
      ],
    }),
    h("div", { class: "foot" }, h(Composer, { key: `reply-${ts}`, desk, channel, thread: ts, label: t("thread.reply"), canBroadcast: place?.kind === "channel" })));
}

/** @param {string} title @param {string} under @param {() => void} onClose @param {any} [extra] */
export function panelHead(title, under, onClose, extra) {
  return h("header", { class: "side-head" },
    h("h2", null, title), under && h("span", { class: "soft" }, under), h("span", { class: "top-space" }), extra,
    h("button", { type: "button", class: "btn quiet square", "aria-label": t("side.close", { name: title }), onClick: onClose }, icon("close")));
}
