/**
 * What blocks need to know about where they stand, and the place where their inputs keep what people chose.
 * @module
 */

/**
 * @typedef {object} Names how ids read
 * @property {(id: string) => string | undefined} user
 * @property {(id: string) => string | undefined} channel
 * @property {(id: string) => string | undefined} group
 * @property {((id: string) => void)} [openChannel]
 */
/**
 * @typedef {object} Picked a choice as the protocol wants it, and the options as they were shown
 * @property {any} choice
 * @property {any[]} [options]
 */
/**
 * @typedef {object} Context
 * @property {"message" | "modal" | "home"} surface
 * @property {string} me
 * @property {Names} names
 * @property {Choices} choices
 * @property {Record<string, string>} errors by block_id
 * @property {boolean} [frozen] true while a submit is under way
 * @property {(block: any, element: any, choice?: any) => Promise<any>} act
 * @property {(block: any, element: any, query: string) => Promise<{label?: any, options: any[]}[]>} options
 * @property {(kind: string) => any[]} directory people and channels as options
 * @property {(file: File) => Promise<any>} upload
 * @property {(reference: {id?: string, url?: string}) => any} file a file of the workspace
 */

/** Chosen and typed values of one view or message, by block and action. They outlive redraws. */
export class Choices {
  constructor() {
    /** @type {Map<string, Picked>} */
    this.picked = new Map();
  }

  /** @param {any} block @param {any} element @returns {Picked | undefined} */
  get(block, element) {
    return this.picked.get(`${block.block_id}/${element.action_id}`);
  }

  /** @param {any} block @param {any} element @param {Picked} picked */
  set(block, element, picked) {
    this.picked.set(`${block.block_id}/${element.action_id}`, picked);
  }

  /**
   * Every input's value, defaults included, in the protocol's shape.
   * @param {any[]} blocks
   * @returns {Record<string, Record<string, any>>}
   */
  values(blocks) {
    /** @type {Record<string, Record<string, any>>} */
    const found = {};
    for (const [block, element] of inputsOf(blocks)) {
      const choice = (this.get(block, element) ?? initial(element)).choice;
      (found[block.block_id] ??= {})[element.action_id] = choice;
    }
    return found;
  }
}

const STATELESS = new Set(["button", "workflow_button", "icon_button", "feedback_buttons", "overflow", "image", "plain_text", "mrkdwn"]);

/** @param {any[]} blocks @returns {[any, any][]} each element that keeps a value, with its block */
export function inputsOf(blocks) {
  /** @type {[any, any][]} */
  const found = [];
  for (const block of blocks ?? []) {
    if (block.child_blocks) found.push(...inputsOf(block.child_blocks));
    for (const element of [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])]) {
      if (element?.action_id && !STATELESS.has(element.type)) found.push([block, element]);
    }
  }
  return found;
}

/** @param {any[] | undefined} options */
const valuesOf = (options) => (options ?? []).map((option) => option.value);

/** @param {any} element @returns {Picked} what the element starts with */
export function initial(element) {
  switch (element.type) {
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return element.initial_option ? { choice: element.initial_option.value, options: [element.initial_option] } : { choice: null };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { choice: valuesOf(element.initial_options), options: element.initial_options ?? [] };
    default:
      return { choice: initialPlain(element) };
  }
}

/** @param {any} element */
function initialPlain(element) {
  if (/^multi_(users|channels|conversations)_select$/.test(element.type)) {
    return element.initial_users ?? element.initial_channels ?? element.initial_conversations ?? [];
  }
  if (element.type === "file_input") return [];
  return (
    element.initial_user ?? element.initial_channel ?? element.initial_conversation ?? element.initial_date ?? element.initial_time ??
    element.initial_date_time ?? element.initial_value ?? (/_input$/.test(element.type) ? "" : null)
  );
}

/** What an element holds now. @param {Context} context @param {any} block @param {any} element @returns {Picked} */
export const held = (context, block, element) => context.choices.get(block, element) ?? initial(element);
