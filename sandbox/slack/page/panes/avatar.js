/**
 * Pictures and names of people and apps.
 * @module
 */
import { emojiNode } from "../text/show.js";
import { h } from "../view/dom.js";

/** @param {any} person */
export const nameOf = (person) => person?.real_name || person?.name || "?";

/** @param {string} name */
const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]?.toLocaleUpperCase()).join("");

/** @param {any} person @param {string} [size] small, or the usual one */
export function avatar(person, size = "") {
  const colour = /^[0-9a-f]{6}$/i.test((person?.color ?? "").replace("#", "")) ? `#${person.color.replace("#", "")}` : "var(--accent)";
  return h("span", { class: `avatar ${size}${person?.is_bot ? " app" : ""}`, style: { "--own": colour }, "aria-hidden": "true" },
    person?.avatar ? h("img", { src: person.avatar, alt: "" }) : initials(nameOf(person)));
}

/** The face of a message: what its app chose for it, or its writer's. @param {any} message @param {any} person */
export function faceOf(message, person) {
  if (message.icons?.emoji) return h("span", { class: "avatar emoji-face", "aria-hidden": "true" }, emojiNode(message.icons.emoji.replace(/:/g, "")));
  if (message.icons?.image_url) return h("span", { class: "avatar", "aria-hidden": "true" }, h("img", { src: message.icons.image_url, alt: "" }));
  return avatar(person ?? { name: message.username ?? "?" });
}
