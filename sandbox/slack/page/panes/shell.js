/**
 * The whole page: top bar, sidebar, the place that is shown, and what stands beside it.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { conversation } from "./conversation.js";
import { faultPanel } from "./faults.js";
import { home, aboutApp } from "./home.js";
import { modalLayer } from "./modal.js";
import { notices } from "./notices.js";
import { sidebar } from "./sidebar.js";
import { threadPanel } from "./thread.js";
import { tour } from "./tour.js";
import { WirePanel } from "./wire.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

/** @param {Desk} desk */
export function shell(desk) {
  if (!desk.state) return [topBar(desk), h("main", { class: "blank", key: "blank" }, desk.status === "refused" ? t("link.refused") : t("link.connecting"))];
  const side = desk.tool === "wire" ? h(WirePanel, { key: "wire", desk }) : desk.tool === "faults" ? faultPanel(desk) : desk.thread ? threadPanel(desk) : null;
  const touring = desk.state.tour && desk.tourOpen;
  return [
    topBar(desk),
    h("div", { key: "body", class: `body${desk.sidebarOpen ? " sidebar-open" : ""}${side ? " with-side" : ""}${touring ? " with-tour" : ""}` },
      sidebar(desk), place(desk), side, touring && tour(desk)),
    modalLayer(desk),
    notices(desk),
  ];
}

/** @param {Desk} desk */
function place(desk) {
  const where = desk.place;
  if (!where) return h("main", { class: "blank", key: "nowhere" }, t("empty.nowhere"));
  if (where.kind === "app" && where.tab === "home") return home(desk, where.id);
  if (where.kind === "app" && where.tab === "about") return aboutApp(desk, where.id);
  return conversation(desk);
}

/** @param {Desk} desk */
function topBar(desk) {
  const tool = (/** @type {"wire" | "faults"} */ name, /** @type {string} */ glyph, /** @type {boolean} */ alarmed) => h("button", {
    type: "button", class: "top-tool", "aria-pressed": String(desk.tool === name),
    onClick: () => {
      desk.tool = desk.tool === name ? undefined : name;
      desk.draw();
    },
  }, icon(glyph), h("span", null, t(`top.${name}`)), alarmed && h("i", { class: "alarm", title: t("top.alarm"), "aria-hidden": "true" }));
  return h("header", { class: "top-bar", key: "top" },
    h("button", {
      type: "button", class: "top-tool menu-button", "aria-label": t("top.menu"), "aria-expanded": String(desk.sidebarOpen),
      onClick: () => {
        desk.sidebarOpen = !desk.sidebarOpen;
        desk.draw();
      },
    }, icon("menu")),
    h("span", { class: "brand" }, h("span", { class: "brand-mark", "aria-hidden": "true" }), desk.state?.team?.name ?? t("top.workspace")),
    h("nav", { class: "top-tabs", "aria-label": t("top.places") },
      h("a", { href: "/", "aria-current": "page" }, t("top.workspace")),
      h("a", { href: "/mail/" }, t("top.mailbox"))),
    h("span", { class: "top-space" }),
    desk.state && desk.status !== "open" && h("span", { class: "link-status", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("link.lost")),
    desk.state?.tour && h("button", {
      type: "button", class: "top-tool", "aria-pressed": String(desk.tourOpen),
      onClick: () => {
        desk.tourOpen = !desk.tourOpen;
        desk.draw();
      },
    }, icon("tour"), h("span", null, t("top.tour"))),
    desk.state && tool("wire", "wire", desk.state.wire.slice(-30).some((/** @type {any} */ entry) => entry.broken?.length > 0)),
    desk.state && tool("faults", "fault", faultsOn(desk.state.faults)));
}

/** @param {any} faults @returns {boolean} whether anything is made to fail just now */
export function faultsOn(faults) {
  if (!faults) return false;
  return Boolean(faults.lose_acks || faults.duplicate || faults.delay_ms || faults.rate_limit?.times || faults.drop_after_commit?.times || faults.expire_triggers || faults.clock_shift_s);
}
