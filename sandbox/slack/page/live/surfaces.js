/**
 * The context that blocks get for each surface: a message, a modal view, an App Home.
 * @module
 */

/** @typedef {import("../blocks/context.js").Context} Context */
/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk @returns {import("../blocks/context.js").Names} */
const namesOf = (desk) => ({
  user: (id) => desk.person(id)?.real_name ?? desk.person(id)?.name,
  channel: (id) => desk.state.channels.get(id)?.name,
  group: (id) => desk.state.usergroups.get(id)?.handle,
  openChannel: (id) => desk.lookAt({ kind: "channel", id }),
});

/** @param {string} text */
const plain = (text) => ({ type: "plain_text", text });

/** People and channels as options of a select. @param {Desk} desk @param {string} kind @returns {any[]} */
function directory(desk, kind) {
  const people = [...desk.state.people.values()].map((person) => ({ value: person.id, text: plain(person.real_name ?? person.name), bot: person.is_bot, kind: "im" }));
  if (kind === "users") return people;
  const channels = [...desk.state.channels.values()].filter((channel) => channel.kind === "channel").map((channel) => ({
    value: channel.id, text: plain(`#${channel.name}`), kind: channel.is_private ? "private" : "public",
  }));
  return kind === "channels" ? channels : [...channels, ...people];
}

/** @param {Desk} desk @param {string} id where choices are kept @param {"message" | "modal" | "home"} surface @param {any} container @param {any[]} blocks @returns {Context} */
function contextFor(desk, id, surface, container, blocks) {
  const choices = desk.choicesOf(id);
  const where = (/** @type {any} */ block, /** @type {any} */ element) => ({ container, block_id: block.block_id, action_id: element.action_id });
  return {
    surface,
    me: desk.me,
    names: namesOf(desk),
    choices,
    errors: {},
    act: (block, element, choice) => desk.tell("act", { ...where(block, element), choice, values: choices.values(blocks) }, element.text?.text),
    options: async (block, element, query) => {
      const answer = await desk.link.command("options", { ...where(block, element), query });
      return answer.option_groups ?? [{ options: answer.options ?? [] }];
    },
    directory: (kind) => directory(desk, kind),
    upload: (file) => desk.link.upload(file),
    file: (reference) => desk.file(reference),
  };
}

/** @param {Desk} desk @param {any} message @returns {Context} */
export function messageContext(desk, message) {
  const container = { type: "message", channel: message.channel, ts: message.ts, ...(message.ephemeral ? { ephemeral: true } : {}) };
  const blocks = [...(message.blocks ?? []), ...(message.attachments ?? []).flatMap((/** @type {any} */ each) => each.blocks ?? [])];
  return contextFor(desk, `message:${message.channel}:${message.ts}`, "message", container, blocks);
}

/** @param {Desk} desk @param {any} view @returns {Context} */
export function viewContext(desk, view) {
  const surface = view.type === "home" ? "home" : "modal";
  return contextFor(desk, `${surface}:${view.id}`, surface, { type: "view", view_id: view.id }, view.blocks ?? []);
}
