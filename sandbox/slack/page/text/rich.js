/**
 * Shows `rich_text` blocks, and reads what a person typed into a `rich_text_input` into one.
 * @module
 */
import { h } from "../view/dom.js";
import { link, showInline } from "./show.js";

/** @typedef {import("../blocks/context.js").Context} Context */

const STYLES = /** @type {[string, string][]} */ ([["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]);

/** Rich text elements in the words of the shared tree. @type {Record<string, (element: any) => import("./mrkdwn.js").Inline>} */
const INLINE = {
  text: (element) => ({ kind: "text", text: element.text }),
  user: (element) => ({ kind: "user", id: element.user_id }),
  channel: (element) => ({ kind: "channel", id: element.channel_id }),
  usergroup: (element) => ({ kind: "group", id: element.usergroup_id }),
  team: (element) => ({ kind: "text", text: element.team_id }),
  broadcast: (element) => ({ kind: "broadcast", range: element.range }),
  emoji: (element) => ({ kind: "emoji", name: element.name, text: element.unicode ? fromCodes(element.unicode) : undefined }),
  date: (element) => ({ kind: "date", timestamp: element.timestamp, pattern: element.format, url: element.url, label: element.fallback ?? "" }),
  color: (element) => ({ kind: "color", text: element.value }),
};

/** @param {string} codes such as `1f469-200d-1f4bb` */
function fromCodes(codes) {
  const points = codes.split("-").map((code) => Number.parseInt(code, 16));
  return points.every((point) => Number.isInteger(point) && point > 0 && point < 0x110000) ? String.fromCodePoint(...points) : codes;
}

/** @param {any} element @param {Context} context */
function showElement(element, context) {
  let shown;
  if (element.type === "link") shown = link(element.url ?? "", [element.text || element.url]);
  else shown = INLINE[element.type] ? showInline([INLINE[element.type](element)], context) : h("span", { class: "unknown" }, element.type);
  for (const [style, tag] of STYLES) if (element.style?.[style]) shown = h(tag, null, shown);
  return shown;
}

/** @param {any[]} elements @param {Context} context */
const showElements = (elements, context) => (elements ?? []).map((element) => showElement(element, context));

/** @type {Record<string, (element: any, context: Context) => any>} */
const PARTS = {
  rich_text_section: (part, context) => h("div", { class: "rt-section" }, showElements(part.elements, context)),
  rich_text_preformatted: (part, context) => h("pre", { class: part.border ? "bordered" : undefined }, showElements(part.elements, context)),
  rich_text_quote: (part, context) => h("blockquote", null, showElements(part.elements, context)),
  rich_text_list: (part, context) =>
    h(part.style === "ordered" ? "ol" : "ul", { class: `rt-list${part.border ? " bordered" : ""}`, "data-indent": part.indent ?? 0, start: part.offset ? part.offset + 1 : undefined, style: { "--indent": part.indent ?? 0 } },
      (part.elements ?? []).map((/** @type {any} */ item) => h("li", null, showElements(item.elements, context)))),
};

/** @param {any} block @param {Context} context */
export function showRichText(block, context) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map((/** @type {any} */ part) =>
    PARTS[part.type] ? PARTS[part.type](part, context) : h("div", { class: "unknown" }, part.type)));
}

/** The words of a rich text block without looks. @param {any} block @returns {string} */
export function richWords(block) {
  const words = (/** @type {any} */ part) => part.text ?? part.url ?? part.name ?? part.fallback ?? (part.elements ?? []).map(words).join(part.type === "rich_text_list" ? "\n" : "");
  return (block?.elements ?? []).map(words).join("\n");
}
