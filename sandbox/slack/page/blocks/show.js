/**
 * Block Kit: the table of block types, and attachments of the older kind.
 * @module
 */
import { showRichText } from "../text/rich.js";
import { link, showMrkdwn, showPlain } from "../text/show.js";
import { h } from "../view/dom.js";
import { card, Carousel, Container, plan, taskCard } from "./cards.js";
import { Chart } from "./charts.js";
import { showElement, unknown } from "./elements.js";
import { fileBlock, imageBlock, videoBlock } from "./pictures.js";
import { actions, alert, contextActions, contextBlock, divider, header, input, markdown, Section } from "./plain.js";
import { DataTable, table } from "./tables.js";

/** @typedef {import("./context.js").Context} Context */

/** @type {Record<string, (block: any, context: Context) => any>} */
const BLOCKS = {
  section: (block, context) => h(Section, { block, context }),
  header, divider, context: contextBlock, actions, context_actions: contextActions, input, alert, markdown, table, card, plan,
  image: imageBlock, file: fileBlock, video: videoBlock, rich_text: showRichText, task_card: taskCard,
  carousel: (block, context) => h(Carousel, { block, context }),
  container: (block, context) => h(Container, { block, context, show: showBlocks }),
  data_table: (block, context) => h(DataTable, { block, context }),
  data_visualization: (block) => h(Chart, { block }),
};

/** The types that this page draws. @type {string[]} */
export const KNOWN = Object.keys(BLOCKS);

/** @param {any[]} blocks @param {Context} context @returns {any[]} */
export function showBlocks(blocks, context) {
  return blocks.map((block, at) => h("div", { class: `block block-${block?.type}`, key: block?.block_id ?? `at-${at}`, "data-block": block?.block_id },
    BLOCKS[block?.type] ? BLOCKS[block.type](block, context) : unknown("block", block)));
}

const NAMED = /** @type {Record<string, string>} */ ({ good: "var(--ok)", warning: "var(--warn)", danger: "var(--danger)" });

/** @param {string | undefined} colour */
const barColour = (colour) => NAMED[colour ?? ""] ?? (/^#?[0-9a-f]{6}$/i.test(colour ?? "") ? `#${colour?.replace("#", "")}` : "var(--line-strong)");

/** @param {any} attachment @param {Context} context */
export function showAttachment(attachment, context) {
  const entity = attachment.blocks;
  return h("div", { class: "attachment", style: { "--bar": barColour(attachment.color) } },
    attachment.pretext && h("div", { class: "pretext" }, showMrkdwn(attachment.pretext, context)),
    h("div", { class: "attachment-body" },
      attachment.author_name && h("div", { class: "attachment-author" }, attachment.author_icon && h("img", { src: attachment.author_icon, alt: "", class: "tiny" }), attachment.author_link ? link(attachment.author_link, [attachment.author_name]) : attachment.author_name),
      attachment.title && h("div", { class: "attachment-title" }, attachment.title_link ? link(attachment.title_link, [showPlain(attachment.title)]) : showPlain(attachment.title)),
      attachment.text && showMrkdwn(attachment.text, context),
      attachment.fields?.length > 0 && h("div", { class: "fields" }, attachment.fields.map((/** @type {any} */ field) => h("div", { class: `field-cell${field.short ? "" : " wide"}` }, h("b", null, field.title), showMrkdwn(String(field.value ?? ""), context)))),
      entity && h("div", { class: "blocks" }, showBlocks(entity, context)),
      attachment.actions?.length > 0 && h("div", { class: "actions" }, attachment.actions.map((/** @type {any} */ action) => oldAction(action, attachment, context))),
      attachment.image_url && h("img", { src: attachment.image_url, alt: attachment.fallback ?? "", loading: "lazy", class: "attachment-image" }),
      attachment.footer && h("div", { class: "soft" }, showPlain(attachment.footer))));
}

/** Buttons of the older kind are drawn as the newer ones. @param {any} action @param {any} attachment @param {Context} context */
function oldAction(action, attachment, context) {
  const element = { type: "button", text: { type: "plain_text", text: action.text }, action_id: action.name, value: action.value, url: action.url, style: action.style === "default" ? undefined : action.style };
  return showElement(element, { block_id: attachment.callback_id }, context);
}
