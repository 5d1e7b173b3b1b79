/**
 * One message: who and when, words or blocks, files, reactions, its thread, and what one can do with it.
 * @module
 */
import { fileCard } from "../blocks/pictures.js";
import { showAttachment, showBlocks } from "../blocks/show.js";
import { messageContext } from "../live/surfaces.js";
import { clockTime, dateOf, wholeMoment } from "../text/dates.js";
import { unescape } from "../text/mrkdwn.js";
import { emojiNode, showMrkdwn } from "../text/show.js";
import { h, shallowSame } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { count, t } from "../words.js";
import { avatar, faceOf, nameOf } from "./avatar.js";
import { Composer } from "./composer.js";
import { MessageTools } from "./tools.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

const QUIET = /^(?:channel_join|channel_leave|channel_topic|channel_purpose|channel_name|channel_archive|channel_unarchive|group_join|bot_add|pinned_item|reminder_add)$/;

/** @param {Desk} desk @param {any} message */
export const writerOf = (desk, message) => message.username ?? nameOf(desk.person(message.user) ?? { name: message.user ?? "?" });

/** @param {Desk} desk @param {any} message @param {{compact: boolean, inThread?: boolean}} how */
export function message(desk, message, { compact, inThread = false }) {
  const editing = desk.editing?.ts === message.ts && desk.editing?.channel === message.channel;
  return h(Message, { key: `${message.ts}${message.ephemeral ? "e" : ""}`, desk, message, compact, inThread, editing, me: desk.me, version: desk.state.version });
}

/** @param {{desk: Desk, message: any, compact: boolean, inThread: boolean, editing: boolean}} props @param {any} self */
function Message({ desk, message, compact, inThread, editing }, self) {
  const person = desk.person(message.user);
  const name = writerOf(desk, message);
  if (QUIET.test(message.subtype ?? "")) return quietLine(desk, message, name);
  const context = messageContext(desk, message);
  const short = compact && !message.ephemeral;
  return h("article", {
    class: `message${short ? " compact" : ""}${message.ephemeral ? " ephemeral" : ""}${message.pinned ? " pinned" : ""}${mentionsMe(desk, message) ? " for-me" : ""}`,
    "data-ts": message.ts, "aria-label": t("message.label", { name, time: clockTime(message.ts) }),
  },
    h("div", { class: "gutter" }, short ? h("time", { class: "side-time", title: wholeMoment(message.ts) }, clockTime(message.ts)) : faceOf(message, person)),
    h("div", { class: "message-main" },
      !short && h("header", { class: "message-head" },
        h("b", { class: "writer" }, name),
        (person?.is_bot || message.app_id) && h("span", { class: "tag" }, t("message.app")),
        h("time", { title: wholeMoment(message.ts), datetime: dateOf(message.ts).toISOString() }, clockTime(message.ts)),
        message.pinned && h("span", { class: "soft" }, t("message.pinned"))),
      message.ephemeral && h("p", { class: "only-you" }, icon("eye"), t("message.only-you"),
        h("button", { type: "button", class: "link-button", onClick: () => desk.tell("dismiss", { channel: message.channel, ts: message.ts }) }, t("message.dismiss"))),
      message.subtype === "thread_broadcast" && !inThread && h("button", { type: "button", class: "link-button soft", onClick: () => desk.openThread(message.channel, message.thread_ts) }, t("message.from-thread")),
      editing ? editor(desk, message) : content(message, context),
      (message.files ?? []).length > 0 && h("div", { class: "files", key: "files" }, message.files.map((/** @type {any} */ file) => fileCard(file, context))),
      reactions(desk, message),
      !inThread && threadFoot(desk, message)),
    !editing && h(MessageTools, { desk, message, inThread }));
}
Message.same = shallowSame;

/** @param {any} message @param {any} context */
function content(message, context) {
  const blocks = message.blocks?.length > 0;
  const edited = message.edited && h("span", { class: "edited", title: wholeMoment(message.edited.ts) }, t("message.edited"));
  return h("div", { key: "content", class: `content${message.subtype === "me_message" ? " me" : ""}${message.streaming ? " streaming" : ""}` },
    blocks ? h("div", { class: "blocks" }, showBlocks(message.blocks, context)) : message.text && h("div", { class: onlyEmoji(message.text) ? "big-emoji" : "words" }, showMrkdwn(message.text, context)),
    (message.attachments ?? []).map((/** @type {any} */ attachment, /** @type {number} */ at) => h("div", { key: `a${at}` }, showAttachment(attachment, context))),
    edited);
}

/** @param {string} text */
const onlyEmoji = (text) => /^(?:\s*:[a-z0-9_+'-]+:){1,6}\s*$/.test(text);

/** @param {Desk} desk @param {any} message */
const mentionsMe = (desk, message) => message.user !== desk.me && String(message.text ?? "").includes(`<@${desk.me}>`);

/** @param {Desk} desk @param {any} message @param {string} name */
function quietLine(desk, message, name) {
  return h("p", { class: "quiet-line", "data-ts": message.ts }, avatar(desk.person(message.user), "small"), h("span", null, h("b", null, name), " ", showMrkdwn(message.text ?? "", messageContext(desk, message))), h("time", null, clockTime(message.ts)));
}

/** @param {Desk} desk @param {any} message */
function editor(desk, message) {
  const done = () => {
    desk.editing = undefined;
    desk.draw();
  };
  return h(Composer, {
    desk, channel: message.channel, start: unescape(message.text ?? ""), label: t("message.edit"), compact: true, onCancel: done,
    onSend: async (/** @type {string} */ text) => {
      await desk.tell("edit", { channel: message.channel, ts: message.ts, text });
      done();
    },
  });
}

/** @param {Desk} desk @param {any} message */
function reactions(desk, message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions", key: "reactions" }, message.reactions.map((/** @type {any} */ reaction) => {
    const mine = reaction.users.includes(desk.me);
    const who = reaction.users.map((/** @type {string} */ id) => nameOf(desk.person(id))).join(", ");
    return h("button", {
      type: "button", key: reaction.name, class: "reaction", "aria-pressed": String(mine), title: who, "aria-label": t("message.reaction", { name: reaction.name, n: reaction.count }),
      onClick: () => desk.tell("react", { channel: message.channel, ts: message.ts, name: reaction.name, remove: mine }),
    }, emojiNode(reaction.name), h("span", null, reaction.count));
  }));
}

/** @param {Desk} desk @param {any} message */
function threadFoot(desk, message) {
  if (!message.reply_count) return null;
  return h("button", { type: "button", class: "thread-foot", onClick: () => desk.openThread(message.channel, message.ts) },
    h("span", { class: "faces" }, (message.reply_users ?? []).slice(0, 4).map((/** @type {string} */ id) => avatar(desk.person(id), "small"))),
    h("b", null, count("message.replies", message.reply_count)),
    message.latest_reply && h("span", { class: "soft" }, t("message.last-reply", { time: clockTime(message.latest_reply) })), icon("right"));
}
