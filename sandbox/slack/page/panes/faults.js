/**
 * The fault panel: what the workspace shall do wrong, so that one sees how an app bears it.
 * @module
 */
import { h } from "../view/dom.js";
import { t } from "../words.js";
import { panelHead } from "./thread.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

const NONE = { lose_acks: 0, duplicate: 0, delay_ms: 0, rate_limit: { method: "*", times: 0, retry_after: 3 }, drop_after_commit: { method: "chat.postMessage", times: 0 }, expire_triggers: false, clock_shift_s: 0, strict: true };

/** @param {Desk} desk */
export function faultPanel(desk) {
  const faults = { ...NONE, ...desk.state.faults };
  const set = (/** @type {object} */ change) => desk.tell("fault", change);
  return h("aside", { class: "side faults", key: "faults", "aria-label": t("top.faults") },
    panelHead(t("top.faults"), "", () => {
      desk.tool = undefined;
      desk.draw();
    }, h("button", { type: "button", class: "btn small", onClick: () => set(NONE) }, t("fault.calm"))),
    h("div", { class: "faults-body" },
      h("p", { class: "soft" }, t("fault.why")),
      group("deliveries",
        times("lose_acks", faults.lose_acks, (value) => set({ lose_acks: value })),
        times("duplicate", faults.duplicate, (value) => set({ duplicate: value })),
        amount("delay_ms", faults.delay_ms, "ms", (value) => set({ delay_ms: value }), 250),
        check("expire_triggers", faults.expire_triggers, (value) => set({ expire_triggers: value }))),
      group("calls",
        method("rate_limit", faults.rate_limit, (value) => set({ rate_limit: { ...faults.rate_limit, ...value } })),
        amount("retry_after", faults.rate_limit.retry_after, "s", (value) => set({ rate_limit: { ...faults.rate_limit, retry_after: value } }), 1),
        method("drop_after_commit", faults.drop_after_commit, (value) => set({ drop_after_commit: { ...faults.drop_after_commit, ...value } })),
        check("strict", faults.strict, (value) => set({ strict: value }))),
      group("clock",
        amount("clock_shift_s", faults.clock_shift_s, "s", (value) => set({ clock_shift_s: value }), 60),
        h("div", { class: "row" }, [[3600, "fault.hour"], [86400, "fault.day"]].map(([seconds, word]) => h("button", { type: "button", class: "btn small", key: word, onClick: () => set({ clock_shift_s: faults.clock_shift_s + Number(seconds) }) }, t(String(word)))))),
      group("sockets", [...desk.state.apps.values()].map((app) => h("div", { class: "fault", key: app.id },
        h("span", null, h("b", null, app.name), h("small", null, t("fault.sockets", { n: app.sockets ?? 0 }))),
        h("span", { class: "row" },
          h("button", { type: "button", class: "btn small", onClick: () => desk.tell("sockets", { app: app.id, how: "refresh" }) }, t("fault.refresh")),
          h("button", { type: "button", class: "btn small danger", onClick: () => desk.tell("sockets", { app: app.id, how: "cut" }) }, t("fault.cut"))))))));
}

/** @param {string} name @param {...any} rows */
const group = (name, ...rows) => h("fieldset", { key: name }, h("legend", null, t(`fault.group-${name}`)), rows);

/** @param {string} name @param {any} control @param {boolean} on */
const line = (name, control, on) => h("div", { class: `fault${on ? " on" : ""}`, key: name }, h("span", null, h("b", null, t(`fault.${name}`)), h("small", null, t(`fault.${name}-why`))), control);

/** @param {string} name @param {number} value @param {(value: number) => void} onPick */
function times(name, value, onPick) {
  return line(name, h("span", { class: "segments", role: "group", "aria-label": t(`fault.${name}`) }, [0, 1, 3, -1].map((each) => h("button", {
    type: "button", key: each, "aria-pressed": String(value === each || (value > 3 && each === 3) || (value === 2 && each === 3)), onClick: () => onPick(each),
  }, each === 0 ? t("fault.off") : each < 0 ? t("fault.always") : `${each}×`))), value !== 0);
}

/** @param {string} name @param {any} fault @param {(value: object) => void} onPick */
function method(name, fault, onPick) {
  return h("div", { key: name, class: "fault-method" }, times(name, fault.times, (value) => onPick({ times: value })),
    h("input", { class: "field", value: fault.method, "aria-label": t("fault.method"), title: t("fault.method"), onChange: (/** @type {any} */ event) => onPick({ method: event.target.value.trim() || "*" }) }));
}

/** @param {string} name @param {number} value @param {string} unit @param {(value: number) => void} onPick @param {number} step */
function amount(name, value, unit, onPick, step) {
  return line(name, h("span", { class: "amount" }, h("input", { class: "field", type: "number", value: String(value), step, "aria-label": t(`fault.${name}`), onChange: (/** @type {any} */ event) => onPick(Number(event.target.value) || 0) }), unit), value !== 0 && name !== "retry_after");
}

/** @param {string} name @param {boolean} value @param {(value: boolean) => void} onPick */
function check(name, value, onPick) {
  return line(name, h("input", { type: "checkbox", class: "switch", role: "switch", checked: value, "aria-label": t(`fault.${name}`), onChange: (/** @type {any} */ event) => onPick(event.target.checked) }), name === "strict" ? !value : value);
}
