/**
 * The file input of modals: files go up at once, the view keeps their ids.
 * @module
 */
import { held } from "../blocks/context.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";

/** @param {any} props @param {any} self */
export function FileInput({ element, block, context, label, describedBy }, self) {
  const picked = held(context, block, element);
  const files = picked.options ?? [];
  const most = element.max_files ?? 10;
  const keep = (/** @type {any[]} */ next) => {
    context.choices.set(block, element, { choice: next.map((file) => file.id), options: next });
    self.draw();
  };
  const take = async (/** @type {any} */ event) => {
    const input = event.target;
    const wanted = [...input.files].slice(0, most - files.length);
    self.set({ busy: true, failed: false });
    try {
      const sent = await Promise.all(wanted.map((file) => context.upload(file)));
      keep([...files, ...sent]);
    } catch {
      self.set({ failed: true });
    } finally {
      input.value = "";
      self.set({ busy: false });
    }
  };
  return h("div", { class: "file-input" },
    files.map((/** @type {any} */ file) => h("span", { class: "file-chip", key: file.id }, icon("file"), h("span", null, file.name),
      h("button", { type: "button", class: "btn quiet square small", "aria-label": t("file.remove", { name: file.name }), onClick: () => keep(files.filter((/** @type {any} */ each) => each.id !== file.id)) }, icon("close")))),
    h("label", { class: `btn${files.length >= most ? " disabled" : ""}` }, icon("paperclip"), self.state.busy ? t("file.sending") : t("file.choose"),
      h("input", {
        type: "file", class: "visually-hidden", multiple: most > 1, accept: (element.filetypes ?? []).map((/** @type {string} */ kind) => `.${kind}`).join(",") || undefined,
        "aria-label": label, "aria-describedby": describedBy, onChange: take, disabled: context.frozen || files.length >= most,
      })),
    self.state.failed && h("p", { class: "error", role: "alert" }, t("file.failed")));
}
