/**
 * The right pane: one message, its files, and the way to answer it. HTML of a mail is shown in a frame without scripts,
 * without the network and without forms.
 * @module
 */
import { h } from "../shared/view/dom.js";
import { icon } from "../shared/view/icons.js";
import { number, t } from "../words.js";
import { composer } from "./composer.js";
import { longMoment } from "./moments.js";
import { face, nameOf } from "./people.js";

/** @typedef {import("../live/letterbox.js").Letterbox} Letterbox */

const FRAME_HEAD = '<meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">'
  + '<base target="_blank"><style>html{color-scheme:light;background:#fff}body{margin:0;padding:18px 20px;font:14px/1.5 "Lato","Helvetica Neue",Arial,sans-serif;color:#1c2426;overflow-wrap:break-word}img{max-width:100%}</style>';

/** @param {Letterbox} box */
export function reader(box) {
  const { message } = box;
  return h("main", { class: "reader", key: message.id },
    h("div", { class: "reader-scroll" },
      h("header", { class: "reader-head" },
        h("button", { type: "button", class: "btn quiet square back", "aria-label": t("reader.back"), onClick: () => box.closeMessage() }, icon("left")),
        h("h2", null, message.subject || t("list.no-subject")), looks(box)),
      people(message),
      files(message),
      body(box),
      box.draft ? composer(box) : foot(box)));
}

/** @param {Letterbox} box */
function looks(box) {
  const offered = /** @type {("html" | "text" | "source")[]} */ (box.message.html ? ["html", "text", "source"] : ["text", "source"]);
  return h("div", { class: "looks", role: "group", "aria-label": t("reader.look") }, offered.map((look) => h("button", {
    type: "button", key: look, "aria-pressed": String(box.look === look), onClick: () => box.show(look),
  }, t(`reader.${look}`))));
}

/** @param {any} message */
function people(message) {
  const list = (/** @type {any[]} */ found) => found.map((each) => (each.name ? `${each.name} <${each.address}>` : each.address)).join(", ");
  return h("div", { class: "people" }, face(message.from),
    h("div", { class: "people-names" },
      h("p", null, h("b", null, nameOf(message.from)), " ", message.from.name && h("span", { class: "soft" }, `<${message.from.address}>`)),
      h("p", { class: "soft" }, `${t("reader.to")}: ${list(message.to)}`),
      message.cc.length > 0 && h("p", { class: "soft" }, `${t("reader.copied")}: ${list(message.cc)}`)),
    h("time", { class: "soft", datetime: message.at }, longMoment(message.at)));
}

/** @param {any} message */
function files(message) {
  if (!message.files.length) return null;
  return h("ul", { class: "attached", "aria-label": t("reader.files") }, message.files.map((/** @type {any} */ file) => h("li", { key: file.number }, h("a", {
    class: "file-chip", download: file.name, href: `api/messages/${message.id}/files/${file.number}/${encodeURIComponent(file.name)}`, "aria-label": t("file.download", { name: file.name }),
  }, h("span", { class: `file-kind ${kindOf(file.name)}`, "aria-hidden": "true" }, kindOf(file.name)),
  h("span", null, h("b", null, file.name), h("small", null, t("file.size", { n: number(Math.max(1, Math.round(file.size / 1000))) }))), icon("download")))));
}

/** @param {string} name */
const kindOf = (name) => (/\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "file").toLowerCase();

/** @param {Letterbox} box */
function body(box) {
  const { message } = box;
  if (box.look === "html") return h(Frame, { key: `html-${message.id}`, html: message.html });
  if (box.look === "source") return h("pre", { class: "source", key: "source", tabindex: 0 }, box.source);
  return h("div", { class: "plain-text", key: "text" }, message.text.split("\n").map((/** @type {string} */ line) => h("p", { class: line.startsWith(">") ? "quoted-line" : "" }, line || "\u00a0")));
}

/** A mail's HTML, as high as it needs to be. @param {{html: string}} props */
export function Frame({ html }) {
  return h("iframe", {
    class: "mail-html", sandbox: "allow-same-origin", title: t("reader.html"), srcdoc: FRAME_HEAD + html,
    onLoad: (/** @type {Event} */ event) => fit(/** @type {HTMLIFrameElement} */ (event.target)),
  });
}
Frame.same = (/** @type {any} */ a, /** @type {any} */ b) => a.html === b.html;

/** @param {HTMLIFrameElement} frame */
function fit(frame) {
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  const measure = () => {
    frame.style.height = `${Math.max(60, (frame.contentDocument?.body.scrollHeight ?? 0) + 2)}px`;
  };
  measure();
  new ResizeObserver(measure).observe(frame);
}

/** @param {Letterbox} box */
function foot(box) {
  if (box.mailbox?.is_ours) return h("p", { class: "reader-hint" }, icon("info"), t("reader.ours"));
  if (box.folderName === "Sent") return h("p", { class: "reader-hint" }, icon("check"), t("reader.own"));
  return h("div", { class: "reader-foot" }, h("button", { type: "button", class: "btn primary", onClick: () => box.reply() }, icon("reply"), t("reader.reply")));
}
