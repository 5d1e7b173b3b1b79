/**
 * Auto-complete of what one types: slash commands from the manifests, people and groups, channels, emoji.
 * @module
 */
import { emoji, emojiLike } from "../text/emoji.js";
import { nameOf } from "./avatar.js";

/** @typedef {{value: string, name: string, hint: string, glyph?: string, person?: any}} Offer */

const MOST = 8;

/** @param {import("../live/desk.js").Desk} desk @param {string} start @returns {Offer[]} */
function commands(desk, start) {
  return [...desk.state.apps.values()]
    .flatMap((app) => (app.commands ?? []).map((/** @type {any} */ each) => ({ value: `${each.command} `, name: [each.command, each.usage_hint].filter(Boolean).join(" "), hint: each.description ?? "", person: desk.person(app.bot_user), command: each.command })))
    .filter((offer) => offer.command.startsWith(start))
    .sort((a, b) => a.command.localeCompare(b.command));
}

/** @param {import("../live/desk.js").Desk} desk @param {string} start @returns {Offer[]} */
function mentions(desk, start) {
  const people = [...desk.state.people.values()].map((person) => ({ value: `@${person.name} `, name: nameOf(person), hint: person.note ?? "", person, also: person.name }));
  const groups = [...desk.state.usergroups.values()].map((group) => ({ value: `@${group.handle} `, name: `@${group.handle}`, hint: group.name, glyph: "people", also: group.handle }));
  const all = ["here", "channel"].map((name) => ({ value: `@${name} `, name: `@${name}`, hint: "", glyph: "at", also: name }));
  return [...people, ...groups, ...all].filter((offer) => `${offer.name} ${offer.also}`.toLocaleLowerCase().split(/[\s@]+/).some((word) => word.startsWith(start)));
}

/** @param {import("../live/desk.js").Desk} desk @param {string} start @returns {Offer[]} */
const channels = (desk, start) => [...desk.state.channels.values()]
  .filter((channel) => channel.kind === "channel" && channel.name.includes(start))
  .map((channel) => ({ value: `#${channel.name} `, name: `#${channel.name}`, hint: channel.topic ?? "", glyph: channel.is_private ? "lock" : "hash" }));

/** @param {string} start @returns {Offer[]} */
const faces = (start) => emojiLike(start, MOST).map((name) => ({ value: `:${name}: `, name: `${emoji(name)}  :${name}:`, hint: "" }));

/**
 * @param {import("../live/desk.js").Desk} desk
 * @param {string} text what is typed so far, up to the caret
 * @param {boolean} inThread slash commands do not work in threads
 * @returns {{from: number, offers: Offer[]} | undefined}
 */
export function offersFor(desk, text, inThread) {
  const slash = /^\/[^\s]*$/.exec(text);
  if (slash && !inThread) return { from: 0, offers: commands(desk, slash[0]).slice(0, 12) };
  const match = /(?:^|[\s(])([@#:])([^\s@#:]*)$/.exec(text);
  if (!match) return undefined;
  const start = match[2].toLocaleLowerCase();
  const from = text.length - match[2].length - 1;
  if (match[1] === "@") return { from, offers: mentions(desk, start).slice(0, MOST) };
  if (match[1] === "#") return { from, offers: channels(desk, start).slice(0, MOST) };
  return start.length > 1 ? { from, offers: faces(start) } : undefined;
}

/** @param {import("../live/desk.js").Desk} desk @param {string} text @returns {any} the command that the text begins with */
export function commandIn(desk, text) {
  const name = /^\/\S+/.exec(text)?.[0];
  return name ? [...desk.state.apps.values()].flatMap((app) => app.commands ?? []).find((each) => each.command === name) : undefined;
}
