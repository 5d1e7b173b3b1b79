/**
 * A channel or a talk: its head, its messages by day and writer, and the place to type.
 * @module
 */
import { threadOf, timeline } from "../live/store.js";
import { dayName } from "../text/dates.js";
import { showMrkdwn } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { count, t } from "../words.js";
import { avatar, nameOf } from "./avatar.js";
import { Composer } from "./composer.js";
import { appTabs } from "./home.js";
import { message } from "./message.js";
import { scroller } from "./scroller.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

const GROUP_SECONDS = 300;

/** @param {Desk} desk */
export function conversation(desk) {
  const channel = desk.channelShown();
  if (!channel) return h("main", { class: "blank", key: "blank" }, desk.place?.kind === "app" ? appTabs(desk, desk.place.id) : null, t("empty.nowhere"));
  const list = timeline(desk.state, channel.id);
  const name = titleOf(desk, channel);
  return h("main", { class: "conversation", key: `place-${channel.id}-${desk.me}`, "aria-label": name },
    head(desk, channel, name),
    scroller({
      key: "messages", label: t("conversation.messages", { name }), atEnd: () => desk.markSeen(),
      children: [
        desk.state.more[channel.id] ? h("div", { class: "older", key: "older" }, h("button", { type: "button", class: "btn small", onClick: () => desk.older(channel.id) }, t("conversation.older"))) : beginning(desk, channel, name),
        withDividers(desk, list, desk.readMarks[channel.id]),
        working(desk, channel.id, undefined),
      ],
    }),
    foot(desk, channel, name));
}

/** @param {Desk} desk @param {any} channel */
export function titleOf(desk, channel) {
  if (channel.kind === "dm") return nameOf(desk.person(channel.with) ?? { name: channel.name });
  return channel.kind === "channel" ? `#${channel.name}` : channel.name;
}

/** @param {Desk} desk @param {any} channel @param {string} name */
function head(desk, channel, name) {
  if (desk.place?.kind === "app") return appTabs(desk, desk.place.id);
  const person = channel.kind === "dm" ? desk.person(channel.with) : undefined;
  return h("header", { class: "place-head" },
    h("h1", null, person ? avatar(person, "small") : icon(channel.kind === "group_dm" ? "people" : channel.is_private ? "lock" : "hash"), h("span", null, name.replace(/^#/, ""))),
    channel.topic && h("p", { class: "topic" }, showMrkdwn(channel.topic, plainContext(desk))),
    person?.note && h("p", { class: "topic" }, person.note),
    h("span", { class: "top-space" }),
    channel.members?.length > 0 && channel.kind !== "dm" && h("span", { class: "members", title: channel.members.map((/** @type {string} */ id) => nameOf(desk.person(id))).join(", "), role: "img", "aria-label": count("conversation.members", channel.members.length) },
      h("span", { class: "faces", "aria-hidden": "true" }, channel.members.slice(0, 3).map((/** @type {string} */ id) => avatar(desk.person(id), "small"))), channel.members.length));
}

/** @param {Desk} desk */
const plainContext = (desk) => /** @type {any} */ ({ me: desk.me, names: { user: (/** @type {string} */ id) => nameOf(desk.person(id)), channel: (/** @type {string} */ id) => desk.state.channels.get(id)?.name, group: () => undefined } });

/** @param {Desk} desk @param {any} channel @param {string} name */
function beginning(desk, channel, name) {
  const person = channel.kind === "dm" ? desk.person(channel.with) : undefined;
  return h("div", { class: "beginning", key: "beginning" },
    person ? avatar(person, "large") : h("span", { class: "beginning-mark" }, icon(channel.is_private ? "lock" : "hash")),
    h("h2", null, name),
    h("p", { class: "soft" }, person ? t("conversation.begin-person", { name }) : channel.purpose || t("conversation.begin-channel", { name })));
}

/** @param {Desk} desk @param {any[]} list @param {string | undefined} readMark */
function withDividers(desk, list, readMark) {
  const shown = [];
  let before;
  let marked = false;
  for (const each of list) {
    const day = dayName(each.ts);
    const newDay = !before || dayName(before.ts) !== day;
    if (newDay) shown.push(h("div", { class: "day", key: `day-${new Date(Number(each.ts) * 1000).toDateString()}`, role: "separator" }, h("span", null, day)));
    const firstNew = !marked && readMark !== undefined && Number(readMark) > 0 && Number(each.ts) > Number(readMark) && each.user !== desk.me && !each.ephemeral;
    if (firstNew) shown.push(h("div", { class: "new-mark", key: "new", role: "separator" }, h("span", null, t("conversation.new"))));
    marked = marked || firstNew;
    shown.push(message(desk, each, { compact: !newDay && !firstNew && follows(before, each) }));
    before = each;
  }
  return shown;
}

/** @param {any} before @param {any} next @returns {boolean} whether the next message needs no head of its own */
export function follows(before, next) {
  if (!before || before.ephemeral || next.ephemeral || before.subtype?.startsWith("channel_") || next.subtype === "thread_broadcast") return false;
  const sameWriter = before.user === next.user && (before.username ?? "") === (next.username ?? "");
  return sameWriter && Number(next.ts) - Number(before.ts) < GROUP_SECONDS;
}

/** An app that says what it is at. @param {Desk} desk @param {string} channel @param {string | undefined} ts */
export function working(desk, channel, ts) {
  return desk.state.statuses
    .filter((/** @type {any} */ each) => each.channel === channel && (ts === undefined ? !threadKnown(desk, each) : each.thread_ts === ts))
    .map((/** @type {any} */ each) => h("p", { class: "working", key: `working-${each.app}`, role: "status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("b", null, desk.state.apps.get(each.app)?.name ?? ""), " ", each.status));
}

/** @param {Desk} desk @param {any} status */
const threadKnown = (desk, status) => Boolean(status.thread_ts) && desk.thread?.ts === status.thread_ts && threadOf(desk.state, status.channel, status.thread_ts).length > 0;

/** @param {Desk} desk @param {any} channel @param {string} name */
function foot(desk, channel, name) {
  if (!channel.is_member) {
    return h("div", { class: "join" }, h("span", null, t("conversation.not-member", { name })), h("button", { type: "button", class: "btn primary", onClick: () => desk.tell("join", { channel: channel.id }) }, t("conversation.join")));
  }
  const offered = desk.state.prompts.find((/** @type {any} */ each) => each.channel === channel.id && !each.thread_ts);
  return h("div", { class: "foot" },
    offered?.prompts?.length > 0 && h("div", { class: "prompts", key: "prompts", role: "group", "aria-label": offered.title || t("conversation.prompts") }, offered.title && h("span", { class: "soft" }, offered.title),
      offered.prompts.map((/** @type {any} */ each) => h("button", { type: "button", class: "prompt", key: each.title, onClick: () => desk.tell("say", { channel: channel.id, text: each.message }) }, each.title))),
    h(Composer, { key: `composer-${channel.id}`, desk, channel: channel.id, label: t("composer.label", { name }) }));
}
