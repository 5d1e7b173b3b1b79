/**
 * An app's place: its tabs, its App Home, and what it says of itself.
 * @module
 */
import { showBlocks } from "../blocks/show.js";
import { viewContext } from "../live/surfaces.js";
import { h } from "../view/dom.js";
import { t } from "../words.js";
import { avatar } from "./avatar.js";

/** @typedef {import("../live/desk.js").Desk} Desk */

/** @param {Desk} desk @param {string} id */
export function appTabs(desk, id) {
  const app = desk.state.apps.get(id);
  const tabs = /** @type {("home" | "messages" | "about")[]} */ ([app.has_home && "home", app.has_messages_tab !== false && "messages", "about"].filter(Boolean));
  return h("header", { class: "place-head app-head", key: "app-head" },
    h("h1", null, avatar(desk.person(app.bot_user) ?? { name: app.name, color: app.color, is_bot: true }, "small"), h("span", null, app.name), h("span", { class: "tag" }, t("message.app"))),
    h("div", { class: "tabs", role: "tablist", "aria-label": app.name }, tabs.map((tab) => h("button", {
      type: "button", role: "tab", key: tab, "aria-selected": String(desk.place?.kind === "app" && desk.place.tab === tab), onClick: () => desk.lookAt({ kind: "app", id, tab }),
    }, t(`app.${tab}`)))));
}

/** @param {Desk} desk @param {string} id */
export function home(desk, id) {
  const view = desk.state.homes[id];
  const name = desk.state.apps.get(id).name;
  return h("main", { class: "conversation", key: `home-${id}-${desk.me}`, "aria-label": t("app.home-of", { name }) },
    appTabs(desk, id),
    h("div", { class: "scroller home", key: "home", tabindex: 0 },
      view ? h("div", { class: "blocks home-blocks" }, showBlocks(view.blocks ?? [], viewContext(desk, view)))
        : h("div", { class: "beginning centred" }, avatar(desk.person(desk.state.apps.get(id).bot_user) ?? { name }, "large"), h("h2", null, t("app.no-home")), h("p", { class: "soft" }, t("app.no-home-why", { name })))));
}

/** @param {Desk} desk @param {string} id */
export function aboutApp(desk, id) {
  const app = desk.state.apps.get(id);
  return h("main", { class: "conversation", key: `about-${id}`, "aria-label": app.name },
    appTabs(desk, id),
    h("div", { class: "scroller home", key: "about", tabindex: 0 }, h("div", { class: "about" },
      h("p", null, app.description || t("app.no-description")),
      h("p", null, h("i", { class: `presence${app.sockets ? " on" : ""}` }), " ", t(app.sockets ? "app.connected" : "app.away")),
      app.commands?.length > 0 && [h("h2", null, t("app.commands")), h("dl", null, app.commands.map((/** @type {any} */ each) => [
        h("dt", null, h("code", null, [each.command, each.usage_hint].filter(Boolean).join(" "))), h("dd", null, each.description)]))],
      shortcutsOf(desk, app))));
}

/** @param {Desk} desk @param {any} app */
function shortcutsOf(desk, app) {
  const shortcuts = (app.shortcuts ?? []).filter((/** @type {any} */ each) => each.type === "global");
  if (!shortcuts.length) return null;
  return [h("h2", null, t("app.shortcuts")), h("div", { class: "actions" }, shortcuts.map((/** @type {any} */ each) => h("button", {
    type: "button", class: "btn", key: each.callback_id, title: each.description, onClick: () => desk.tell("shortcut", { app: app.id, callback_id: each.callback_id }, each.name),
  }, each.name)))];
}
