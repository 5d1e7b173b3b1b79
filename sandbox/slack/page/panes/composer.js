/**
 * Where one types: Enter sends, Shift+Enter breaks the line, files are dropped or picked, words are completed.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { avatar } from "./avatar.js";
import { commandIn, offersFor } from "./completion.js";
import { toEnd } from "./scroller.js";

/** What was typed and not sent, by place; kept while one looks elsewhere. @type {Map<string, string>} */
const DRAFTS = new Map();

/**
 * @param {{desk: import("../live/desk.js").Desk, channel: string, label: string, thread?: string, canBroadcast?: boolean, start?: string, compact?: boolean, onSend?: (text: string) => Promise<void>, onCancel?: () => void}} props
 * @param {any} self
 */
export function Composer(props, self) {
  const place = `${props.desk.me}/${props.channel}/${props.thread ?? ""}`;
  self.state.text ??= props.start ?? DRAFTS.get(place) ?? "";
  self.state.files ??= [];
  self.place = place;
  const { text, files, offers } = self.state;
  const command = props.thread ? undefined : commandIn(props.desk, text);
  const list = `offers-${props.channel}-${props.thread ?? "main"}`;
  return h("form", {
    class: `composer${props.compact ? " editing" : ""}`,
    onSubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      send(props, self);
    },
    onDragover: (/** @type {Event} */ event) => event.preventDefault(),
    onDrop: (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      attach(props, self, event.dataTransfer?.files);
    },
  },
    offers?.length > 0 && offerList(props, self, list),
    h("div", { class: "composer-box", key: "box" },
      files.length > 0 && h("div", { class: "composer-files", key: "files" }, files.map((/** @type {any} */ file) => h("span", { class: "file-chip", key: file.id }, icon("file"), h("span", null, file.name),
        h("button", { type: "button", class: "btn quiet square small", "aria-label": t("file.remove", { name: file.name }), onClick: () => self.set({ files: files.filter((/** @type {any} */ each) => each !== file) }) }, icon("close"))))),
      h("textarea", {
        rows: 1, value: text, placeholder: props.label, "aria-label": props.label, "aria-autocomplete": "list", "aria-controls": offers?.length ? list : undefined,
        "aria-activedescendant": offers?.length ? `${list}-${self.state.at}` : undefined, autocomplete: "off", spellcheck: "true",
        onInput: (/** @type {any} */ event) => typed(props, self, event.target),
        onKeydown: (/** @type {KeyboardEvent} */ event) => pressed(props, self, event),
        onPaste: (/** @type {ClipboardEvent} */ event) => attach(props, self, event.clipboardData?.files),
        onBlur: () => setTimeout(() => self.set({ offers: undefined }), 150),
        ref: (/** @type {HTMLTextAreaElement} */ node) => (props.compact || props.thread) && node.focus(),
      }),
      command && h("p", { class: "usage" }, h("b", null, command.command), command.usage_hint && h("span", null, ` ${command.usage_hint}`), command.description && h("span", { class: "soft" }, ` — ${command.description}`)),
      h("div", { class: "composer-foot", key: "foot" },
        !props.compact && h("label", { class: "tool", title: t("composer.attach") }, icon("paperclip"), h("input", { type: "file", multiple: true, class: "visually-hidden", "aria-label": t("composer.attach"), onChange: (/** @type {any} */ event) => attach(props, self, event.target.files) })),
        props.canBroadcast && h("label", { class: "also" }, h("input", { type: "checkbox", checked: !!self.state.broadcast, onChange: (/** @type {any} */ event) => self.set({ broadcast: event.target.checked }) }), t("thread.also")),
        h("span", { class: "top-space" }),
        props.onCancel && h("button", { type: "button", class: "btn small", onClick: props.onCancel }, t("confirm.no")),
        h("button", { class: "btn primary send", disabled: !text.trim() && !files.length, "aria-label": props.compact ? t("composer.save") : t("composer.send"), "aria-busy": self.state.busy ? "true" : undefined }, props.compact ? t("composer.save") : icon("send")))));
}

/** @param {any} props @param {any} self @param {HTMLTextAreaElement} field */
function typed(props, self, field) {
  const found = offersFor(props.desk, field.value.slice(0, field.selectionStart), Boolean(props.thread));
  if (!props.onSend) DRAFTS.set(self.place, field.value);
  self.set({ text: field.value, offers: found?.offers, from: found?.from, caret: field.selectionStart, at: 0 });
}

/** @param {any} props @param {any} self @param {KeyboardEvent} event */
function pressed(props, self, event) {
  const { offers, at } = self.state;
  if (offers?.length && ["ArrowDown", "ArrowUp", "Tab", "Enter"].includes(event.key)) {
    event.preventDefault();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") self.set({ at: (at + (event.key === "ArrowDown" ? 1 : -1) + offers.length) % offers.length });
    else if (event.key === "Enter" && offers[at].value.trim() === self.state.text.trim()) send(props, self);
    else take(self, offers[at]);
    return;
  }
  if (event.key === "Escape" && offers?.length) self.set({ offers: undefined });
  else if (event.key === "Escape") props.onCancel?.();
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send(props, self);
  }
}

/** @param {any} self @param {any} offer */
function take(self, offer) {
  const { text, from, caret } = self.state;
  const next = text.slice(0, from) + offer.value + text.slice(caret).replace(/^ /, "");
  self.set({ text: next, offers: undefined });
  const field = self.node.querySelector("textarea");
  field.focus();
  field.setSelectionRange(from + offer.value.length, from + offer.value.length);
}

/** @param {any} props @param {any} self @param {FileList | undefined} list */
async function attach(props, self, list) {
  for (const file of list ?? []) {
    const sent = await props.desk.link.upload(file).catch(() => props.desk.note("upload_failed", file.name));
    if (sent) self.set({ files: [...self.state.files, sent] });
  }
}

/** @param {any} props @param {any} self */
async function send(props, self) {
  const text = self.state.text.trim();
  const files = self.state.files;
  if ((!text && !files.length) || self.state.busy) return;
  if (props.onSend) {
    await props.onSend(text);
    return;
  }
  self.set({ text: "", files: [], offers: undefined });
  DRAFTS.delete(self.place);
  toEnd(self.node);
  const { channel, thread } = props;
  const slash = text.startsWith("/") && !thread && !files.length;
  const done = slash
    ? await props.desk.tell("slash", { channel, text }, text.split(/\s/)[0])
    : await props.desk.tell("say", { channel, text, thread_ts: thread, broadcast: self.state.broadcast || undefined, files: files.length ? files.map((/** @type {any} */ file) => file.id) : undefined });
  if (!done && !slash) self.set({ text: self.state.text || text, files });
}

/** @param {any} props @param {any} self @param {string} id */
function offerList(props, self, id) {
  const { offers, at } = self.state;
  return h("div", { class: "offers", key: "offers", role: "listbox", id, "aria-label": t("composer.offers") }, offers.map((/** @type {any} */ offer, /** @type {number} */ index) => h("div", {
    role: "option", id: `${id}-${index}`, key: offer.value, class: "menu-item", "aria-selected": String(index === at), onMousedown: (/** @type {Event} */ event) => {
      event.preventDefault();
      take(self, offer);
    },
  }, offer.person ? avatar(offer.person, "small") : offer.glyph ? icon(offer.glyph) : null, h("span", { class: "offer-name" }, offer.name), h("small", null, offer.hint))));
}
