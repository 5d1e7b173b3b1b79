/**
 * Reads mrkdwn, the markup of Slack's messages, into a tree. Nothing here touches the page.
 * Source: docs.slack.dev, "Formatting message text".
 * @module
 */
import { emoji } from "./emoji.js";

/**
 * @typedef {{kind: string, text?: string, children?: Inline[], id?: string, label?: string, url?: string, name?: string,
 *   range?: string, timestamp?: number, pattern?: string}} Inline
 * @typedef {{kind: "lines", lines: Inline[][]} | {kind: "pre", text: string, children: Inline[]} | {kind: "quote", parts: Part[]}} Part
 */

const MARKS = /** @type {Record<string, string>} */ ({ "*": "bold", _: "italic", "~": "strike" });
const WORD = /[\p{L}\p{N}]/u;

/** @param {string} text @returns {string} the three entities that Slack escapes, undone */
export const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** @param {string} text @returns {string} typed words, made safe to be mrkdwn */
export const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * @param {string} text
 * @param {{verbatim?: boolean}} [how] verbatim: bare addresses do not become links
 * @returns {Part[]}
 */
export function parseMrkdwn(text, how = {}) {
  /** @type {Part[]} */
  const parts = [];
  const pieces = text.split(/```/);
  pieces.forEach((piece, index) => {
    const fenced = index % 2 === 1;
    if (fenced && index < pieces.length - 1) parts.push(preformatted(piece));
    else {
      const plain = fenced ? "```" + piece : piece;
      parts.push(...parseLines(trimBreaks(plain, index > 0, index < pieces.length - 1), how));
    }
  });
  return parts;
}

/** @param {string} piece @returns {Part} */
function preformatted(piece) {
  const children = parseCode(piece.replace(/^\n/, "").replace(/\n$/, ""));
  return { kind: "pre", text: children.map((each) => each.label ?? each.text ?? "").join(""), children };
}

/** The line break beside a fenced block belongs to the fence. @param {string} text @param {boolean} after @param {boolean} before */
function trimBreaks(text, after, before) {
  const start = after ? text.replace(/^ *\n/, "") : text;
  return before ? start.replace(/\n$/, "") : start;
}

/** @param {string} text @param {{verbatim?: boolean}} how @returns {Part[]} */
function parseLines(text, how) {
  /** @type {Part[]} */
  const parts = [];
  if (text === "") return parts;
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const rest = /^(?:&gt;|>){3} ?/.exec(line);
    if (rest) {
      parts.push({ kind: "quote", parts: parseLines([line.slice(rest[0].length), ...lines.slice(at + 1)].join("\n"), how) });
      return parts;
    }
    const last = parts.at(-1);
    const quoted = /^(?:&gt;|>) ?/.exec(line);
    if (quoted) {
      const inner = parseInline(line.slice(quoted[0].length), how);
      const open = last?.kind === "quote" ? last.parts[0] : undefined;
      if (open?.kind === "lines") open.lines.push(inner);
      else parts.push({ kind: "quote", parts: [{ kind: "lines", lines: [inner] }] });
    } else if (last?.kind === "lines") last.lines.push(parseInline(line, how));
    else parts.push({ kind: "lines", lines: [parseInline(line, how)] });
  }
  return parts;
}

/**
 * Read what stands within one line.
 * @param {string} text
 * @param {{verbatim?: boolean}} [how]
 * @returns {Inline[]}
 */
export function parseInline(text, how = {}) {
  /** @type {Inline[]} */
  const found = [];
  let plain = "";
  const keep = () => {
    if (plain) found.push({ kind: "text", text: unescape(plain) });
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const taken = readAt(text, at, how);
    if (taken) {
      keep();
      found.push(taken.node);
      at = taken.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  keep();
  return found;
}

/** @param {string} text @param {number} at @param {{verbatim?: boolean}} how @returns {{node: Inline, end: number} | undefined} */
function readAt(text, at, how) {
  const char = text[at];
  if (char === "`") return readCode(text, at);
  if (char === "<") return readAngle(text, at);
  if (char === ":") return readEmoji(text, at);
  if (char === "h" && !how.verbatim) return readAddress(text, at);
  if (MARKS[char]) return readMark(text, at, how);
  return undefined;
}

/** @param {string} text @param {number} at */
function readCode(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return undefined;
  return { node: { kind: "code", children: parseCode(text.slice(at + 1, end)) }, end: end + 1 };
}

/** Inside code only links keep their meaning. @param {string} text @returns {Inline[]} */
function parseCode(text) {
  return text
    .split(/(<[^<>\n]+>)/)
    .filter(Boolean)
    .map((piece) => (/^<(https?|mailto):/.test(piece) ? angle(piece.slice(1, -1)) : { kind: "text", text: unescape(piece) }));
}

/** @param {string} text @param {number} at */
function readAngle(text, at) {
  const match = /^<([^<>\n]+)>/.exec(text.slice(at));
  return match ? { node: angle(match[1]), end: at + match[0].length } : undefined;
}

/** @param {string} inner what stands between < and > @returns {Inline} */
function angle(inner) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : unescape(inner.slice(bar + 1));
  if (target.startsWith("@")) return { kind: "user", id: target.slice(1), label };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!")) return special(target.slice(1), label);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return { kind: "text", text: unescape(`<${inner}>`) };
  return { kind: "link", url: unescape(target), label: label || undefined };
}

/** @param {string} word @param {string | undefined} label @returns {Inline} */
function special(word, label) {
  const [name, ...rest] = word.split("^");
  if (name === "date") return { kind: "date", timestamp: Number(rest[0]), pattern: rest[1] ?? "", url: rest[2], label: label ?? "" };
  if (name === "subteam") return { kind: "group", id: rest[0], label };
  if (["here", "channel", "everyone"].includes(name)) return { kind: "broadcast", range: name };
  return { kind: "text", text: label ?? `<!${word}>` };
}

/** @param {string} text @param {number} at */
function readEmoji(text, at) {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(at));
  if (!match || emoji(match[1]) === undefined) return undefined;
  return { node: { kind: "emoji", name: match[1] }, end: at + match[0].length };
}

/** @param {string} text @param {number} at */
function readAddress(text, at) {
  if (at > 0 && WORD.test(text[at - 1])) return undefined;
  const match = /^https?:\/\/[^\s<>|]+/.exec(text.slice(at));
  if (!match) return undefined;
  const address = match[0].replace(/(?:[.,;:!?)'"*_~]|&gt;|&lt;)+$/, "");
  return address.length > 8 ? { node: { kind: "link", url: unescape(address) }, end: at + address.length } : undefined;
}

/**
 * A mark opens at the edge of a word and closes at the edge of a word, in the same line.
 * @param {string} text @param {number} at @param {{verbatim?: boolean}} how
 */
function readMark(text, at, how) {
  const char = text[at];
  if (at > 0 && (WORD.test(text[at - 1]) || text[at - 1] === char)) return undefined;
  const next = text[at + 1];
  if (next === undefined || next === " " || next === char) return undefined;
  for (let end = at + 1; end < text.length; end += 1) {
    const skipped = text[end] === "`" ? readCode(text, end) : text[end] === "<" ? readAngle(text, end) : undefined;
    if (skipped) end = skipped.end - 1;
    else if (text[end] === char && closes(text, end)) {
      return { node: { kind: MARKS[char], children: parseInline(text.slice(at + 1, end), how) }, end: end + 1 };
    }
  }
  return undefined;
}

/** @param {string} text @param {number} end */
function closes(text, end) {
  const after = text[end + 1];
  return text[end - 1] !== " " && (after === undefined || (!WORD.test(after) && after !== text[end]));
}
