/**
 * The tour at the side: its steps as they go, and the buttons that move it on.
 * @module
 */
import { showMrkdwn } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";

const SETTLED_MS = 80;

/** @param {import("../live/desk.js").Desk} desk */
export function tour(desk) {
  const { title, steps = [], playing } = desk.state.tour;
  const done = steps.filter((/** @type {any} */ step) => step.status === "done").length;
  const current = steps.find((/** @type {any} */ step) => step.status === "now") ?? steps.find((/** @type {any} */ step) => step.status === "waiting");
  const over = done === steps.length;
  return h("aside", { class: "tour", key: "tour", "aria-label": t("tour.label") },
    h("header", { class: "side-head" }, icon("tour"), h("h2", null, title), h("span", { class: "top-space" }), h("span", { class: "soft" }, `${done} / ${steps.length}`)),
    h("progress", { max: steps.length || 1, value: done, "aria-label": t("tour.progress", { done, all: steps.length }) }),
    h("ol", { class: "steps" }, steps.map((/** @type {any} */ step, /** @type {number} */ at) => h("li", {
      key: step.id, class: `step ${step.status}`, "aria-current": step.status === "now" ? "step" : undefined,
      ref: (/** @type {HTMLElement} */ node) => step.status === "now" && node.scrollIntoView({ block: "nearest" }),
    },
      h("span", { class: "step-mark" }, step.status === "done" ? icon("check", t("tour.done")) : step.status === "failed" ? icon("close", t("tour.failed")) : at + 1),
      h("div", null, h("b", null, step.title), step.detail && step.status !== "waiting" && h("div", { class: "step-detail" }, showMrkdwn(step.detail, plain(desk))),
        step.show && step.status !== "waiting" && h("button", { type: "button", class: "link-button", onClick: () => goTo(desk, step.show) }, t("tour.show")))))),
    h("p", { class: "tour-now", role: "status" }, over ? t("tour.over") : current?.title),
    h("footer", { class: "row" },
      h("button", { type: "button", class: "btn primary", disabled: over || playing, onClick: () => desk.tell("tour", { how: "next" }) }, icon("next"), t("tour.next")),
      h("button", { type: "button", class: "btn", disabled: over, "aria-pressed": String(!!playing), onClick: () => desk.tell("tour", { how: playing ? "pause" : "play" }) }, icon(playing ? "pause" : "play"), t(playing ? "tour.pause" : "tour.play"))));
}

/** @param {import("../live/desk.js").Desk} desk */
const plain = (desk) => /** @type {any} */ ({ me: desk.me, names: { user: (/** @type {string} */ id) => desk.person(id)?.real_name, channel: (/** @type {string} */ id) => desk.state.channels.get(id)?.name, group: () => undefined } });

/**
 * Go where something can be seen, as whom it can be seen.
 * @param {import("../live/desk.js").Desk} desk
 * @param {{channel?: string, ts?: string, thread?: string, app?: string, tab?: string, person?: string}} show
 */
export function goTo(desk, show) {
  if (show.person && show.person !== desk.me) {
    desk.place = placeShown(desk, show) ?? desk.place;
    desk.actAs(show.person);
    return;
  }
  const place = placeShown(desk, show);
  if (place) desk.lookAt(place);
  if (show.channel && show.thread && show.thread !== show.ts) desk.openThread(show.channel, show.thread);
  if (show.ts) setTimeout(() => document.querySelector(`[data-ts="${CSS.escape(show.ts ?? "")}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" }), SETTLED_MS);
}

/** @param {import("../live/desk.js").Desk} desk @param {{channel?: string, app?: string, tab?: string}} show @returns {import("../live/desk.js").Place | undefined} */
function placeShown(desk, show) {
  if (show.channel) return desk.state.channels.has(show.channel) ? placeOf(desk, show.channel) : undefined;
  if (!show.app || !desk.state.apps.has(show.app)) return undefined;
  return { kind: "app", id: show.app, tab: show.tab === "messages" || show.tab === "about" ? show.tab : "home" };
}

/** @param {import("../live/desk.js").Desk} desk @param {string} channel @returns {import("../live/desk.js").Place} */
function placeOf(desk, channel) {
  const app = [...desk.state.apps.values()].find((each) => each.dm === channel);
  return app ? { kind: "app", id: app.id, tab: "messages" } : { kind: "channel", id: channel };
}
