/**
 * The sidebar: who one acts as, channels, direct messages, apps.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { askForText } from "./ask.js";
import { avatar, nameOf } from "./avatar.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

/** @param {Desk} desk */
export function sidebar(desk) {
  const channels = [...desk.state.channels.values()];
  const joined = channels.filter((channel) => channel.kind === "channel" && channel.is_member && !channel.is_archived).sort(byName);
  const open = channels.filter((channel) => channel.kind === "channel" && !channel.is_member && !channel.is_archived).sort(byName);
  const apps = [...desk.state.apps.values()];
  const bots = new Set(apps.map((app) => app.bot_user));
  const talks = channels.filter((channel) => channel.kind !== "channel" && !bots.has(channel.with));
  const strangers = people(desk).filter((person) => person.id !== desk.me && !talks.some((talk) => talk.with === person.id));
  return h("nav", { class: "sidebar", key: "sidebar", "aria-label": t("sidebar.label") },
    actingAs(desk),
    h("div", { class: "sidebar-scroll" },
      section("channels", joined.map((channel) => channelRow(desk, channel)), h("button", { type: "button", class: "btn quiet square small", "aria-label": t("sidebar.new-channel"), title: t("sidebar.new-channel"), onClick: () => newChannel(desk) }, "+")),
      open.length > 0 && section("open", open.map((channel) => channelRow(desk, channel))),
      section("people", [...talks.map((channel) => channelRow(desk, channel)), ...strangers.map((person) => strangerRow(desk, person))]),
      section("apps", apps.map((app) => appRow(desk, app)))));
}

/** @param {any} a @param {any} b */
const byName = (a, b) => a.name.localeCompare(b.name);

/** @param {Desk} desk @returns {any[]} people whom one can act as */
export const people = (desk) => [...desk.state.people.values()].filter((person) => !person.is_bot && !person.deleted);

/** @param {Desk} desk */
function actingAs(desk) {
  const me = desk.person(desk.me);
  return h("div", { class: "acting" },
    h("p", { class: "acting-label", id: "acting-label" }, t("acting.label")),
    h("div", { class: "acting-people", role: "group", "aria-labelledby": "acting-label" }, people(desk).slice(0, 6).map((person) => h("button", {
      type: "button", key: person.id, class: "acting-person", "aria-pressed": String(person.id === desk.me), title: [nameOf(person), person.note].filter(Boolean).join(", "),
      "aria-label": t("acting.as", { name: [nameOf(person), person.note].filter(Boolean).join(", ") }), onClick: () => person.id !== desk.me && desk.actAs(person.id),
    }, avatar(person), person.waiting > 0 && person.id !== desk.me && h("span", { class: "badge" }, person.waiting)))),
    h("p", { class: "acting-name", "aria-live": "polite" }, h("b", null, nameOf(me)), me?.note && h("span", { class: "soft" }, me.note)));
}

/** @param {string} name @param {any} rows @param {any} [extra] */
function section(name, rows, extra) {
  return h("section", { key: name, "aria-label": t(`sidebar.${name}`) },
    h("h2", null, t(`sidebar.${name}`), extra),
    rows.length ? h("ul", null, rows) : h("p", { class: "hint" }, t(`sidebar.no-${name}`)));
}

/** @param {Desk} desk @param {any} channel */
function channelRow(desk, channel) {
  const place = desk.place;
  const here = place?.kind === "channel" && place.id === channel.id;
  const person = channel.kind === "dm" ? desk.person(channel.with) : undefined;
  const glyph = person ? avatar(person, "small") : icon(channel.kind === "group_dm" ? "people" : channel.is_private ? "lock" : "hash");
  return row({
    key: channel.id, here, unread: channel.unread, mentions: channel.kind === "channel" ? channel.mentions : channel.unread, glyph, name: person ? nameOf(person) : channel.name, faint: !channel.is_member,
    onClick: () => desk.lookAt({ kind: "channel", id: channel.id }),
  });
}

/** @param {Desk} desk @param {any} person someone with whom no talk is open yet */
function strangerRow(desk, person) {
  return row({
    key: person.id, here: false, unread: 0, mentions: 0, glyph: avatar(person, "small"), name: nameOf(person), faint: true,
    onClick: async () => {
      const answer = await desk.tell("open_dm", { people: [person.id] });
      if (answer) desk.lookAt({ kind: "channel", id: answer.channel });
    },
  });
}

/** @param {Desk} desk @param {any} app */
function appRow(desk, app) {
  const talk = desk.state.channels.get(app.dm);
  const here = desk.place?.kind === "app" && desk.place.id === app.id;
  return row({
    key: app.id, here, unread: talk?.unread ?? 0, mentions: talk?.unread ?? 0, glyph: avatar(desk.person(app.bot_user) ?? { name: app.name, is_bot: true, color: app.color }, "small"), name: app.name,
    after: h("i", { class: `presence${app.sockets ? " on" : ""}`, title: t(app.sockets ? "app.connected" : "app.away"), role: "img", "aria-label": t(app.sockets ? "app.connected" : "app.away") }),
    onClick: () => desk.lookAt({ kind: "app", id: app.id, tab: talk?.unread || !app.has_home ? "messages" : "home" }),
  });
}

/** @param {{key: string, here: boolean, unread: number, mentions: number, glyph: any, name: string, faint?: boolean, after?: any, onClick: () => void}} props */
function row({ key, here, unread, mentions, glyph, name, faint, after, onClick }) {
  return h("li", { key }, h("button", {
    type: "button", class: `place${unread ? " unread" : ""}${faint ? " faint" : ""}`, "aria-current": here ? "page" : undefined, onClick,
  }, glyph, h("span", { class: "place-name" }, name), after, mentions > 0 && !here && h("span", { class: "badge", "aria-label": t("sidebar.unread", { n: mentions }) }, mentions > 99 ? "99+" : mentions)));
}

/** @param {Desk} desk */
async function newChannel(desk) {
  const name = await askForText(t("sidebar.new-channel"), t("sidebar.channel-name"), t("sidebar.create"));
  if (!name) return;
  const answer = await desk.tell("create_channel", { name: name.trim().toLowerCase().replace(/^#/, "").replace(/\s+/g, "-") });
  if (answer) desk.lookAt({ kind: "channel", id: answer.channel });
}
