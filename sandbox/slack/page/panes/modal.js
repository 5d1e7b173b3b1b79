/**
 * The modal dialog: the top of the stack of open views, its errors, its submit and its ways out.
 * @module
 */
import { showBlocks } from "../blocks/show.js";
import { viewContext } from "../live/surfaces.js";
import { bareText, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { noticeWords } from "./notices.js";

/** @param {import("../live/desk.js").Desk} desk */
export function modalLayer(desk) {
  const { stack } = desk.state.modals;
  return stack.length ? h(Modal, { key: "modal", desk }) : null;
}

/** @param {{desk: import("../live/desk.js").Desk}} props @param {any} self */
function Modal({ desk }, self) {
  const { stack, errors, loading } = desk.state.modals;
  const view = stack.at(-1) ?? self.view; // a submit may outlive the stack by one redraw
  self.view = view;
  const context = viewContext(desk, view);
  const busy = loading || self.state.sending === view.id;
  context.errors = errors;
  context.frozen = busy;
  self.close = (/** @type {boolean} */ all) => desk.tell("close", { view_id: view.id, all: all || undefined }, bareText(view.title));
  const submit = async () => {
    self.set({ sending: view.id });
    await desk.tell("submit", { view_id: view.id, values: context.choices.values(view.blocks ?? []) }, bareText(view.title));
    self.set({ sending: undefined });
    focusFirstError(self.node);
  };
  return h("dialog", {
    class: "modal view", "aria-labelledby": "modal-title", "aria-busy": busy ? "true" : undefined,
    onCancel: (/** @type {Event} */ event) => {
      event.preventDefault();
      self.close(true);
    },
    ref: (/** @type {HTMLDialogElement} */ node) => node.isConnected && node.showModal(),
    gone: (/** @type {HTMLDialogElement} */ node) => node.close(),
  },
    h("form", {
      novalidate: true, key: view.id,
      onSubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (!busy) submit();
      },
    },
      h("header", null,
        stack.length > 1 && h("button", { type: "button", class: "btn quiet square", "aria-label": t("modal.back"), onClick: () => self.close(false) }, icon("left")),
        appMark(desk, view), h("h2", { id: "modal-title" }, showText(view.title, context)),
        h("button", { type: "button", class: "btn quiet square", "aria-label": t("modal.close"), onClick: () => self.close(true) }, icon("close"))),
      h("div", { class: "modal-body" },
        desk.notices.map((notice) => h("div", { class: "alert error", role: "alert", key: notice.id }, icon("warning"), h("div", null, noticeWords(notice)))),
        h("div", { class: "blocks" }, showBlocks(view.blocks ?? [], context))),
      (view.submit || view.close !== null) && h("footer", { class: "row end" },
        h("button", { type: "button", class: "btn", onClick: () => self.close(false) }, view.close ? showText(view.close, context) : t("modal.cancel")),
        (view.submit || (view.blocks ?? []).some((/** @type {any} */ block) => block.type === "input")) && h("button", { class: "btn primary", disabled: busy || view.submit_disabled, "aria-busy": busy ? "true" : undefined }, busy && h("span", { class: "spinner", "aria-hidden": "true" }), view.submit ? showText(view.submit, context) : t("modal.submit")))));
}

/** @param {import("../live/desk.js").Desk} desk @param {any} view */
function appMark(desk, view) {
  const app = desk.state.apps.get(view.app_id);
  const bot = app && desk.person(app.bot_user);
  return bot?.avatar ? h("img", { class: "modal-mark", src: bot.avatar, alt: "" }) : null;
}

/** @param {HTMLElement} node */
function focusFirstError(node) {
  /** @type {HTMLElement | null} */ (node?.querySelector?.(".input-block.wrong :is(input, textarea, button)"))?.focus();
}
