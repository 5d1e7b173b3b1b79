/**
 * What appears over a message under the pointer or the focus: react, reply, edit, delete, shortcuts.
 * @module
 */
import { askFirst } from "../controls/confirm.js";
import { closeLayer, popover, toggleLayer, walk } from "../controls/popover.js";
import { FAVOURITES } from "../text/emoji.js";
import { emojiNode } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";

/** @param {{desk: import("../live/desk.js").Desk, message: any, inThread: boolean}} props @param {any} self */
export function MessageTools({ desk, message, inThread }, self) {
  if (message.ephemeral) return h("span", { class: "no-tools", hidden: true });
  const mine = message.user === desk.me;
  const place = { channel: message.channel, ts: message.ts };
  const shortcuts = [...desk.state.apps.values()].flatMap((app) => (app.shortcuts ?? []).filter((/** @type {any} */ each) => each.type === "message").map((/** @type {any} */ each) => ({ ...each, app })));
  const tool = (/** @type {string} */ glyph, /** @type {string} */ word, /** @type {() => void} */ onClick) => h("button", { type: "button", key: glyph, class: "tool", title: t(word), "aria-label": t(word), onClick }, icon(glyph));
  const open = (/** @type {string} */ layer) => {
    self.state.layer = layer;
    toggleLayer(self);
  };
  const pick = (/** @type {string} */ name) => {
    closeLayer(self);
    const has = (message.reactions ?? []).some((/** @type {any} */ each) => each.name === name && each.users.includes(desk.me));
    desk.tell("react", { ...place, name, remove: has });
  };
  return h("div", { class: `tools${self.state.open ? " open" : ""}`, role: "toolbar", "aria-label": t("tools.label") },
    tool("smile", "tools.react", () => open("faces")),
    !inThread && tool("thread", "tools.reply", () => desk.openThread(message.channel, message.thread_ts ?? message.ts)),
    mine && tool("edit", "tools.edit", () => {
      desk.editing = place;
      desk.draw();
    }),
    mine && tool("trash", "tools.delete", async () => {
      if (await askFirst({ title: { type: "plain_text", text: t("tools.delete") }, text: { type: "plain_text", text: t("tools.delete-sure") }, confirm: { type: "plain_text", text: t("tools.delete") }, style: "danger" }, {})) await desk.tell("delete", place);
    }),
    shortcuts.length > 0 && tool("dots", "tools.more", () => open("shortcuts")),
    self.state.open && popover({
      class: self.state.layer === "faces" ? "faces-layer" : "menu", role: "menu", label: t(self.state.layer === "faces" ? "tools.react" : "tools.more"), anchor: () => self.node, onClose: () => closeLayer(self),
      children: h("div", { class: self.state.layer === "faces" ? "faces-grid" : "", onKeydown: (/** @type {KeyboardEvent} */ event) => walk(event, "[role=menuitem]") },
        self.state.layer === "faces"
          ? FAVOURITES.map((name, at) => h("button", { type: "button", role: "menuitem", class: "tool", "data-focus": at === 0, "aria-label": name, onClick: () => pick(name) }, emojiNode(name)))
          : shortcuts.map((each, at) => h("button", {
            type: "button", role: "menuitem", class: "menu-item", "data-focus": at === 0, onClick: () => {
              closeLayer(self);
              desk.tell("shortcut", { app: each.app.id, callback_id: each.callback_id, ...place }, each.name);
            },
          }, h("span", null, each.name), h("small", null, each.app.name)))),
    }));
}
