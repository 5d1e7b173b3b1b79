/**
 * Turns trees of text into nodes: inline pieces of mrkdwn, Markdown and rich text share one look.
 * @module
 */
import { h } from "../view/dom.js";
import { t } from "../words.js";
import { dateInWords } from "./dates.js";
import { emoji } from "./emoji.js";
import { parseMarkdown } from "./markdown.js";
import { parseInline, parseMrkdwn, unescape } from "./mrkdwn.js";

/** @typedef {import("./mrkdwn.js").Inline} Inline */
/** @typedef {import("../blocks/context.js").Context} Context */

const TAGS = /** @type {Record<string, string>} */ ({ bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" });
const SAFE = /^(?:https?:\/\/|mailto:|tel:|slack:\/\/|\/)/i;

/** @param {string} url @param {any[]} children */
export function link(url, children) {
  if (!SAFE.test(url)) return h("span", { class: "unsafe-link", title: url }, children);
  const outside = /^https?:/i.test(url);
  return h("a", { href: url, target: outside ? "_blank" : undefined, rel: outside ? "noopener noreferrer" : undefined }, children);
}

/** @type {Record<string, (node: Inline, context: Context) => any>} */
const INLINE = {
  text: (node) => withBreaks(node.text ?? ""),
  link: (node) => link(node.url ?? "", [node.label ?? (node.url ?? "").replace(/^mailto:/, "")]),
  user: (node, context) => mention("user", `@${context.names.user(node.id ?? "") ?? node.label ?? node.id}`, node.id === context.me),
  channel: (node, context) => context.names.openChannel && context.names.channel(node.id ?? "")
    ? h("button", { type: "button", class: "mention", onClick: () => context.names.openChannel?.(node.id ?? "") }, `#${context.names.channel(node.id ?? "")}`)
    : mention("channel", `#${context.names.channel(node.id ?? "") ?? node.label ?? node.id}`, false),
  group: (node, context) => mention("group", `@${context.names.group(node.id ?? "") ?? (node.label ?? node.id ?? "").replace(/^@/, "")}`, false),
  broadcast: (node) => mention("broadcast", `@${node.range}`, true),
  date: (node) => date(node),
  emoji: (node) => emojiNode(node.name ?? "", node.text),
  color: (node) => h("span", { class: "color-chip" }, h("i", { style: { background: /^#[0-9a-f]{3,8}$/i.test(node.text ?? "") ? node.text : "transparent" } }), node.text),
};

/** @param {string} kind @param {string} text @param {boolean} mine */
const mention = (kind, text, mine) => h("span", { class: `mention mention-${kind}${mine ? " mine" : ""}` }, text);

/** @param {Inline} node */
function date(node) {
  const words = dateInWords(node.timestamp ?? Number.NaN, node.pattern ?? "", node.label ?? "");
  return h("time", { title: node.label }, node.url ? link(node.url, [words]) : words);
}

/** @param {string} name @param {string} [unicode] */
export function emojiNode(name, unicode) {
  const found = unicode ?? emoji(name);
  return found ? h("span", { class: "emoji", role: "img", "aria-label": name.replace(/[_:]+/g, " "), title: `:${name}:` }, found) : `:${name}:`;
}

/** @param {string} text */
function withBreaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

/** @param {Inline[]} nodes @param {Context} context @returns {any[]} */
export function showInline(nodes, context) {
  return nodes.map((node) => {
    const tag = TAGS[node.kind];
    return tag ? h(tag, null, showInline(node.children ?? [], context)) : (INLINE[node.kind]?.(node, context) ?? node.text);
  });
}

/** @param {string} text @param {Context} context @param {{verbatim?: boolean}} [how] */
export function showMrkdwn(text, context, how) {
  return h("div", { class: "mrkdwn" }, parseMrkdwn(text, how).map((part) => showPart(part, context)));
}

/** @param {import("./mrkdwn.js").Part} part @param {Context} context @returns {any} */
function showPart(part, context) {
  if (part.kind === "pre") return h("pre", null, showInline(part.children, context));
  if (part.kind === "quote") return h("blockquote", null, part.parts.map((each) => showPart(each, context)));
  return part.lines.map((line) => showLine(line, context));
}

/** A line that its writer began with a bullet hangs, so that it wraps like a list. @param {Inline[]} line @param {Context} context */
function showLine(line, context) {
  const first = line[0];
  const bullet = first?.kind === "text" ? /^(\s*)([•◦▪‣–-]|\d{1,2}[.)])\s+/.exec(first.text ?? "") : null;
  if (!bullet) return h("div", { class: line.length ? "line" : "line empty" }, line.length ? showInline(line, context) : h("br"));
  const rest = [{ kind: "text", text: (first.text ?? "").slice(bullet[0].length) }, ...line.slice(1)];
  return h("div", { class: "line hanging", style: { "--depth": Math.min(4, bullet[1].length / 2) } }, h("span", { class: "bullet" }, `${bullet[2]} `), h("span", null, showInline(rest, context)));
}

/**
 * A text object: `plain_text` or `mrkdwn`.
 * @param {{type: string, text: string, emoji?: boolean, verbatim?: boolean} | undefined} text
 * @param {Context} context
 */
export function showText(text, context) {
  if (!text) return null;
  if (text.type === "mrkdwn") return showMrkdwn(text.text, context, { verbatim: text.verbatim });
  return h("span", { class: "plain" }, showPlain(text.text, text.emoji));
}

/** Plain text: only emoji names have a meaning. @param {string} text @param {boolean} [named] */
export function showPlain(text, named = true) {
  const pieces = unescape(text).split(/(:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:)/);
  return pieces.map((piece, index) => (index % 2 && named && emoji(piece.slice(1, -1)) ? emojiNode(piece.slice(1, -1)) : withBreaks(piece)));
}

/** The words of a text object without any markup, for labels. @param {{text?: string} | string | undefined} text @returns {string} */
export function bareText(text) {
  const raw = typeof text === "string" ? text : (text?.text ?? "");
  const flat = (/** @type {Inline[]} */ nodes) => nodes.map((node) => (node.kind === "emoji" ? (emoji(node.name ?? "") ?? "") : node.children ? flat(node.children) : (node.label ?? node.text ?? node.url ?? node.range ?? node.id ?? ""))).join("");
  return flat(raw.split("\n").flatMap((line) => [...parseInline(line, { verbatim: true }), { kind: "text", text: " " }])).trim();
}

/** @param {string} text @param {Context} context */
export function showMarkdown(text, context) {
  return h("div", { class: "markdown" }, parseMarkdown(text).map((section) => showSection(section, context)));
}

/** @param {import("./markdown.js").Section} section @param {Context} context @returns {any} */
function showSection(section, context) {
  switch (section.kind) {
    case "heading":
      return h(`h${Math.min(6, (section.level ?? 1) + 2)}`, { class: `md-h${section.level}` }, showInline(section.children, context));
    case "pre":
      return h("pre", null, showInline(section.children, context));
    case "rule":
      return h("hr", { class: "divider" });
    case "quote":
      return h("blockquote", null, section.inner.map((each) => showSection(each, context)));
    case "list":
      return h(section.ordered ? "ol" : "ul", { start: section.ordered ? section.start : undefined, class: section.items.some((item) => item.checked !== undefined) ? "tasks" : undefined },
        section.items.map((item) => h("li", null,
          item.checked === undefined ? null : h("input", { type: "checkbox", checked: item.checked, disabled: true, "aria-label": t(item.checked ? "markdown.done" : "markdown.open") }),
          showInline(item.children, context), item.inner.map((each) => showSection(each, context)))));
    case "table":
      return h("div", { class: "table-frame" }, h("table", { class: "data" },
        h("thead", null, h("tr", null, section.head.map((cell, at) => h("th", { scope: "col", class: section.align[at] }, showInline(cell, context))))),
        h("tbody", null, section.rows.map((row) => h("tr", null, row.map((cell, at) => h("td", { class: section.align[at] }, showInline(cell, context))))))));
    default:
      return h("p", null, showInline(section.children, context));
  }
}
