/**
 * Pictures, files and video links.
 * @module
 */
import { bareText, showPlain, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { number, t } from "../words.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {any} image an image element or block @param {Context} context @returns {string | undefined} */
function addressOf(image, context) {
  if (image.slack_file) return pathOf(context.file(image.slack_file)?.url_private ?? image.slack_file.url);
  return image.image_url;
}

/** Files of the workspace are asked from where the page came from. @param {string | undefined} url */
export function pathOf(url) {
  const path = /^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(\/files\/.*)$/.exec(url ?? "");
  return path ? path[1] : url;
}

/** @param {any} image @param {Context} context @param {string} [kind] */
export function picture(image, context, kind) {
  const address = addressOf(image, context);
  if (!address) return h("span", { class: "missing-picture" }, icon("file"), image.alt_text || t("picture.missing"));
  return h("img", { class: kind, src: address, alt: image.alt_text ?? "", loading: "lazy" });
}

/** Show a picture large. @param {string} address @param {string} words */
function enlarge(address, words) {
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  dialog.setAttribute("aria-label", words || t("picture.large"));
  const image = document.createElement("img");
  image.src = address;
  image.alt = words;
  dialog.append(image);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {any} block @param {Context} context */
export function imageBlock(block, context) {
  const address = addressOf(block, context);
  return h("figure", { class: "image-block" },
    block.title && h("figcaption", null, showText(block.title, context)),
    address ? h("button", { type: "button", class: "picture", "aria-label": t("picture.enlarge", { name: block.alt_text ?? "" }), onClick: () => enlarge(address, block.alt_text ?? "") }, picture(block, context)) : picture(block, context));
}

/** @param {any} file a file object of a message @param {Context} context */
export function fileCard(file, context) {
  const address = pathOf(file.url_private) ?? "";
  const name = file.title || file.name;
  if (/^image\//.test(file.mimetype ?? "")) {
    return h("figure", { class: "image-block", key: file.id },
      h("figcaption", null, h("span", null, name), h("a", { href: address, download: file.name, class: "quiet-link", "aria-label": t("file.download", { name: file.name }) }, icon("download"))),
      h("button", { type: "button", class: "picture", "aria-label": t("picture.enlarge", { name: file.alt_txt || name }), onClick: () => enlarge(address, file.alt_txt || name) },
        h("img", { src: address, alt: file.alt_txt || name, loading: "lazy", width: file.original_w, height: file.original_h })));
  }
  return h("a", { class: "file-card", key: file.id, href: address, download: file.name, "aria-label": t("file.download", { name: file.name }) },
    h("span", { class: `file-kind kind-${file.filetype ?? "any"}` }, (file.filetype ?? "file").slice(0, 4)),
    h("span", { class: "file-words" }, h("b", null, name), h("small", null, sizeWords(file.size))),
    icon("download"));
}

/** @param {number | undefined} bytes */
function sizeWords(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${number(Math.round(bytes / 102.4) / 10)} kB` : `${number(Math.round(bytes / 104857.6) / 10)} MB`;
}

/** @param {any} block @param {Context} context */
export function fileBlock(block, context) {
  const file = context.file({ id: block.external_id }) ?? block.file;
  return file ? fileCard(file, context) : h("div", { class: "file-card" }, h("span", { class: "file-kind" }, "?"), h("span", { class: "file-words" }, h("b", null, block.external_id), h("small", null, t("file.remote"))));
}

/** A video is a link with its picture: nothing foreign plays inside the page. @param {any} block @param {Context} context */
export function videoBlock(block, context) {
  const title = showText(block.title, context);
  const address = block.title_url ?? block.video_url;
  return h("article", { class: "video-block" },
    block.provider_name && h("p", { class: "soft" }, block.provider_icon_url && h("img", { src: block.provider_icon_url, alt: "", class: "tiny" }), showPlain(block.provider_name), block.author_name && ` · ${block.author_name}`),
    h("p", { class: "video-title" }, h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title)),
    block.description && h("p", null, showText(block.description, context)),
    h("a", { class: "video-frame", href: block.video_url, target: "_blank", rel: "noopener noreferrer", "aria-label": t("video.open", { name: bareText(block.title) }) },
      h("img", { src: block.thumbnail_url, alt: block.alt_text ?? "", loading: "lazy" }), h("span", { class: "play" }, icon("play"))));
}
