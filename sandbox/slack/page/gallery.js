/**
 * Shows every block and element of Block Kit from `gallery.json`, without a server: acts are only written at the foot.
 * @module
 */
import { Choices } from "./blocks/context.js";
import { showAttachment, showBlocks } from "./blocks/show.js";
import { h, render } from "./view/dom.js";

const PEOPLE = /** @type {Record<string, string>} */ ({ U0MAGDA: "Magda Nowak", U0PIOTR: "Piotr Zieliński", U0EWA: "Ewa Wójcik" });
const CHANNELS = /** @type {Record<string, string>} */ ({ C0ORDERS: "orders", C0STOCK: "stock" });

/** @param {string} text @param {string} value */
const option = (text, value) => ({ text: { type: "plain_text", text }, value });
const DIRECTORY = /** @type {Record<string, any[]>} */ ({
  users: Object.entries(PEOPLE).map(([id, name]) => option(name, id)),
  channels: Object.entries(CHANNELS).map(([id, name]) => option(`#${name}`, id)),
});

/** @param {any} done */
const tell = (done) => {
  /** @type {HTMLElement} */ (document.getElementById("done")).textContent = JSON.stringify(done);
};

/** @param {any} sample @returns {import("./blocks/context.js").Context} */
function contextOf(sample) {
  return {
    surface: sample.surface ?? "message",
    me: "U0MAGDA",
    names: { user: (id) => PEOPLE[id], channel: (id) => CHANNELS[id], group: (id) => (id === "S0BUYERS" ? "buyers" : undefined) },
    choices: new Choices(),
    errors: sample.errors ?? {},
    act: async (block, element, choice) => tell({ block_id: block.block_id, action_id: element.action_id, choice }),
    options: async (_block, _element, query) => [{ options: ["Oat milk 1 l", "Oat flakes 500 g", "Oat biscuits 200 g"].filter((name) => name.toLowerCase().includes(query.toLowerCase())).map((name) => option(name, name)) }],
    directory: (kind) => DIRECTORY[kind] ?? [...DIRECTORY.channels, ...DIRECTORY.users],
    upload: async (file) => ({ id: `F${file.size}`, name: file.name }),
    file: () => undefined,
  };
}

const only = new URLSearchParams(location.search).get("only");
const samples = await (await fetch(new URL("gallery.json", import.meta.url))).json();
render(
  /** @type {Element} */ (document.getElementById("gallery")),
  samples.filter((/** @type {any} */ sample) => !only || sample.name === only).map((/** @type {any} */ sample) => {
    const context = contextOf(sample);
    return h("section", { key: sample.name, "aria-label": sample.name }, h("h2", null, sample.name), h("div", { class: "blocks" },
      showBlocks(sample.blocks ?? [], context), (sample.attachments ?? []).map((/** @type {any} */ attachment) => showAttachment(attachment, context))));
  }),
);
document.body.dataset.ready = "yes";
