/**
 * Blocks that hold others or tell of work: card, carousel, container, task card, plan.
 * @module
 */
import { showRichText } from "../text/rich.js";
import { bareText, link, showPlain, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { showElement } from "./elements.js";
import { picture } from "./pictures.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {any} block @param {Context} context */
export function card(block, context) {
  return h("article", { class: "card", key: block.block_id },
    block.hero_image && picture(block.hero_image, context, "hero"),
    h("div", { class: "card-body" },
      h("div", { class: "card-head" },
        block.icon && picture(block.icon, context, "card-icon"),
        h("div", null,
          block.title && h("h4", null, showText(block.title, context)),
          block.subtitle && h("div", { class: "soft" }, showText(block.subtitle, context)))),
      block.body && h("div", { class: "card-text" }, showText(block.body, context)),
      block.subtext && h("div", { class: "soft" }, showText(block.subtext, context)),
      block.actions?.length > 0 && h("div", { class: "actions" }, block.actions.map((/** @type {any} */ element) => showElement(element, block, context)))));
}

/** @param {{block: any, context: Context}} props @param {any} self */
export function Carousel({ block, context }, self) {
  const step = (/** @type {number} */ way) => self.node.querySelector(".carousel-track").scrollBy({ left: way * 280, behavior: "smooth" });
  return h("section", { class: "carousel", "aria-roledescription": "carousel", "aria-label": t("carousel.label", { n: block.elements?.length ?? 0 }) },
    h("div", { class: "carousel-track", tabindex: 0 }, (block.elements ?? []).map((/** @type {any} */ each) => card({ block_id: block.block_id, ...each }, context))),
    block.elements?.length > 1 && h("div", { class: "carousel-buttons" },
      h("button", { type: "button", class: "btn square", "aria-label": t("carousel.back"), onClick: () => step(-1) }, icon("left")),
      h("button", { type: "button", class: "btn square", "aria-label": t("carousel.on"), onClick: () => step(1) }, icon("right"))));
}

/** @param {{block: any, context: Context, show: (blocks: any[], context: Context) => any}} props @param {any} self */
export function Container({ block, context, show }, self) {
  const open = self.state.open ?? !block.default_collapsed;
  const title = block.rich_text_title ? showRichText(block.rich_text_title, context) : block.title && showText(block.title, context);
  const head = [
    block.icon && picture(block.icon, context, "card-icon"),
    h("span", { class: "container-words" }, h("b", null, title), block.subtitle && h("small", null, showText(block.subtitle, context))),
  ];
  return h("section", { class: `container ${block.width ?? "standard"}${block.has_header_divider ? " ruled" : ""}`, "aria-label": bareText(block.title) || undefined },
    (title || block.subtitle) && (block.is_collapsible
      ? h("button", { type: "button", class: "container-head", "aria-expanded": String(open), onClick: () => self.set({ open: !open }) }, head, icon(open ? "down" : "right"))
      : h("div", { class: "container-head" }, head)),
    (open || !block.is_collapsible) && h("div", { class: "container-body" }, show(block.child_blocks ?? [], context)));
}

const STATUS = /** @type {Record<string, string>} */ ({ pending: "clock", in_progress: "clock", complete: "success", error: "error" });

/** @param {any} task @param {Context} context */
export function taskCard(task, context) {
  const body = task.details || task.output || task.sources?.length;
  const head = [
    h("span", { class: `task-status ${task.status}` }, task.status === "in_progress" ? h("span", { class: "spinner", role: "img", "aria-label": t("task.in_progress") }) : icon(STATUS[task.status] ?? "clock", t(`task.${task.status}`))),
    h("span", { class: "task-title" }, showPlain(task.title ?? "")),
  ];
  if (!body) return h("div", { class: "task", key: task.task_id }, h("div", { class: "task-head" }, head));
  return h("details", { class: "task", key: task.task_id, open: task.status === "in_progress" || task.status === "error" },
    h("summary", { class: "task-head" }, head),
    h("div", { class: "task-body" },
      task.details && showRichText(task.details, context),
      task.output && h("div", { class: "task-output" }, showRichText(task.output, context)),
      task.sources?.length > 0 && h("p", { class: "sources" }, task.sources.map((/** @type {any} */ source) => link(source.url, [icon("link"), source.text])))));
}

/** @param {any} block @param {Context} context */
export function plan(block, context) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((/** @type {any} */ task) => task.status === "complete").length;
  return h("section", { class: "plan" },
    h("div", { class: "plan-head" }, h("b", null, showPlain(block.title ?? "")), tasks.length > 0 && h("span", { class: "soft" }, t("plan.done", { done, all: tasks.length }))),
    tasks.length > 0 && h("progress", { max: tasks.length, value: done, "aria-label": t("plan.done", { done, all: tasks.length }) }),
    tasks.map((/** @type {any} */ task) => taskCard(task, context)));
}
