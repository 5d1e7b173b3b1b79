/**
 * Reads standard Markdown, as the `markdown` block takes it, into the same kind of tree as mrkdwn.
 * HTML is not markup here: it stays text. Source: docs.slack.dev, "Markdown block".
 * @module
 */
import { emoji } from "./emoji.js";

/** @typedef {import("./mrkdwn.js").Inline} Inline */
/**
 * @typedef {{kind: "paragraph" | "heading", level?: number, children: Inline[]} | {kind: "pre", children: Inline[]} | {kind: "rule"}
 *   | {kind: "list", ordered: boolean, start: number, items: {checked?: boolean, children: Inline[], inner: Section[]}[]}
 *   | {kind: "quote", inner: Section[]} | {kind: "table", head: Inline[][], rows: Inline[][][], align: string[]}} Section
 */

const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(.*)$/;

/** @param {string} text @returns {Section[]} */
export function parseMarkdown(text) {
  return sections(text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n"));
}

/** @param {string[]} lines @returns {Section[]} */
function sections(lines) {
  /** @type {Section[]} */
  const found = [];
  for (let at = 0; at < lines.length; ) {
    const taken = [fence, heading, rule, quote, table, list].map((read) => read(lines, at)).find(Boolean);
    const { section, end } = taken ?? paragraph(lines, at);
    if (section) found.push(section);
    at = end;
  }
  return found;
}

/** @typedef {{section: Section | undefined, end: number}} Taken */

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function fence(lines, at) {
  const open = /^ {0,3}(```+|~~~+)/.exec(lines[at]);
  if (!open) return undefined;
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(open[1])) end += 1;
  return { section: { kind: "pre", children: [{ kind: "text", text: lines.slice(at + 1, end).join("\n") }] }, end: end + 1 };
}

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function heading(lines, at) {
  const match = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)? *$/.exec(lines[at]);
  return match ? { section: { kind: "heading", level: match[1].length, children: inline(match[2]) }, end: at + 1 } : undefined;
}

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function rule(lines, at) {
  return /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/.test(lines[at]) ? { section: { kind: "rule" }, end: at + 1 } : undefined;
}

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^ {0,3}>/.test(lines[end])) end += 1;
  if (end === at) return undefined;
  return { section: { kind: "quote", inner: sections(lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ""))) }, end };
}

/** @param {string} line */
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function table(lines, at) {
  const ruler = lines[at + 1];
  if (!lines[at].includes("|") || !ruler || !/^ *\|? *:?-+:? *(\| *:?-+:? *)*\|? *$/.test(ruler)) return undefined;
  const align = cells(ruler).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"));
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const rows = lines.slice(at + 2, end).map((line) => cells(line).map(inline));
  return { section: { kind: "table", head: cells(lines[at]).map(inline), rows, align }, end };
}

/** @param {string[]} lines @param {number} at @returns {Taken | undefined} */
function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) return undefined;
  const ordered = /\d/.test(first[2]);
  /** @type {{checked?: boolean, children: Inline[], inner: Section[]}[]} */
  const items = [];
  let end = at;
  while (end < lines.length) {
    const match = ITEM.exec(lines[end]);
    if (!match || match[1].length > first[1].length + 1 || /\d/.test(match[2]) !== ordered) break;
    if (match[1].length < first[1].length) break;
    const from = end + 1;
    end = from;
    while (end < lines.length && /^ +\S/.test(lines[end]) && indent(lines[end]) > match[1].length + 1) end += 1;
    const task = /^\[([ xX])\] +(.*)$/.exec(match[3]);
    items.push({
      checked: task ? task[1] !== " " : undefined,
      children: inline(task ? task[2] : match[3]),
      inner: sections(lines.slice(from, end).map((line) => line.slice(Math.min(indent(line), match[1].length + match[2].length + 1)))),
    });
    if (end + 1 < lines.length && lines[end].trim() === "" && ITEM.test(lines[end + 1])) end += 1;
  }
  return { section: { kind: "list", ordered, start: ordered ? Number.parseInt(first[2], 10) : 1, items }, end };
}

/** @param {string} line */
const indent = (line) => line.length - line.trimStart().length;

/** @param {string[]} lines @param {number} at @returns {Taken} */
function paragraph(lines, at) {
  if (lines[at].trim() === "") return { section: undefined, end: at + 1 };
  let end = at + 1;
  const starts = (/** @type {number} */ from) => [fence, heading, rule, quote, list].some((read) => read(lines, from));
  while (end < lines.length && lines[end].trim() !== "" && !starts(end)) end += 1;
  return { section: { kind: "paragraph", children: inline(lines.slice(at, end).map((line) => line.trim()).join("\n")) }, end };
}

/** In the order in which they win. @type {[RegExp, (match: RegExpExecArray) => Inline | undefined][]} */
const INLINE = [
  [/^\\([!-/:-@[-`{-~])/, (match) => ({ kind: "text", text: match[1] })],
  [/^`([^`]+)`/, (match) => ({ kind: "code", children: [{ kind: "text", text: match[1] }] })],
  [/^!?\[([^\]]*)\]\(<?([^\s)>]+)>?(?: +"[^"]*")?\)/, (match) => ({ kind: "link", url: match[2], label: match[1] || match[2] })],
  [/^<((?:https?|mailto):[^>\s]+)>/, (match) => ({ kind: "link", url: match[1] })],
  [/^<@([A-Z0-9]+)>/, (match) => ({ kind: "user", id: match[1] })],
  [/^<#([A-Z0-9]+)>/, (match) => ({ kind: "channel", id: match[1] })],
  [/^\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*/s, (match) => ({ kind: "bold", children: [{ kind: "italic", children: inline(match[1]) }] })],
  [/^\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)/s, (match) => ({ kind: "bold", children: inline(match[1]) })],
  [/^__(?=\S)(.+?)(?<=\S)__/s, (match) => ({ kind: "bold", children: inline(match[1]) })],
  [/^~~(?=\S)(.+?)(?<=\S)~~/s, (match) => ({ kind: "strike", children: inline(match[1]) })],
  [/^\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)/s, (match) => ({ kind: "italic", children: inline(match[1]) })],
  [/^_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\p{L}\p{N}])/su, (match) => ({ kind: "italic", children: inline(match[1]) })],
  [/^:([a-z0-9_+'-]+):/, (match) => (emoji(match[1]) ? { kind: "emoji", name: match[1] } : undefined)],
  [/^https?:\/\/[^\s<>()]+[^\s<>().,;:!?]/, (match) => ({ kind: "link", url: match[0] })],
];

/** @param {string} text @returns {Inline[]} */
function inline(text) {
  /** @type {Inline[]} */
  const found = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const inWord = text[at] === "_" && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
    let taken;
    for (const [shape, make] of /[\\`![<*_~:h]/.test(text[at]) && !inWord ? INLINE : []) {
      const match = shape.exec(rest);
      const node = match ? make(match) : undefined;
      if (match && node) {
        taken = { node, length: match[0].length };
        break;
      }
    }
    if (taken) {
      if (plain) found.push({ kind: "text", text: plain });
      plain = "";
      found.push(taken.node);
      at += taken.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) found.push({ kind: "text", text: plain });
  return found;
}
