/**
 * What the page knows: the server's state, kept current by deltas, and nothing of how it looks.
 * The protocol is written down in docs/reference/workspace-page.md.
 * @module
 */

const WIRE_KEPT = 1000;

/** @param {any} state the first frame @returns {any} the same with quick ways to find things */
export function opened(state) {
  return {
    ...state,
    people: byId(state.people),
    usergroups: byId(state.usergroups ?? []),
    apps: byId(state.apps),
    channels: byId(state.channels),
    messages: { ...state.messages },
    ephemeral: { ...state.ephemeral },
    more: { ...state.more },
    homes: { ...state.homes },
    modals: { stack: state.modals ?? [], errors: {}, loading: false },
    statuses: state.statuses ?? [],
    prompts: state.prompts ?? [],
    wire: state.wire ?? [],
    notices: [],
    version: 0,
  };
}

/** @param {any[]} things @returns {Map<string, any>} */
const byId = (things) => new Map((things ?? []).map((thing) => [thing.id, thing]));

/** @param {any[]} list oldest first @param {any} message @returns {any[]} */
export function withMessage(list, message) {
  const at = list.findIndex((each) => each.ts === message.ts);
  if (at >= 0) return list.map((each, index) => (index === at ? message : each));
  const later = list.findIndex((each) => Number(each.ts) > Number(message.ts));
  return later < 0 ? [...list, message] : [...list.slice(0, later), message, ...list.slice(later)];
}

/** @param {any} state @param {"messages" | "ephemeral"} where @param {any} delta */
const put = (state, where, delta) => {
  state[where][delta.channel] = withMessage(state[where][delta.channel] ?? [], delta.message);
};

/** @param {any} state @param {"messages" | "ephemeral"} where @param {any} delta */
const take = (state, where, delta) => {
  state[where][delta.channel] = (state[where][delta.channel] ?? []).filter((/** @type {any} */ each) => each.ts !== delta.ts);
};

/** @param {any[]} list @param {any} next @param {(a: any, b: any) => boolean} same */
const replaced = (list, next, same) => [...list.filter((each) => !same(each, next)), next];

/** @type {(a: any, b: any) => boolean} */
const samePlace = (a, b) => a.channel === b.channel && (a.thread_ts ?? null) === (b.thread_ts ?? null) && a.app === b.app;

/** @type {Record<string, (state: any, delta: any) => void>} */
const DELTAS = {
  message: (state, delta) => put(state, "messages", delta),
  message_deleted: (state, delta) => take(state, "messages", delta),
  ephemeral: (state, delta) => put(state, "ephemeral", delta),
  ephemeral_deleted: (state, delta) => take(state, "ephemeral", delta),
  channel: (state, delta) => {
    if (state.channels.get(delta.channel.id)?.name !== delta.channel.name) state.version += 1;
    state.channels.set(delta.channel.id, delta.channel);
  },
  channel_gone: (state, delta) => state.channels.delete(delta.id),
  person: (state, delta) => {
    const before = state.people.get(delta.person.id);
    if (before?.real_name !== delta.person.real_name || before?.name !== delta.person.name) state.version += 1;
    state.people.set(delta.person.id, { waiting: before?.waiting, ...delta.person });
  },
  waiting: (state, delta) => {
    const person = state.people.get(delta.person);
    if (person) state.people.set(delta.person, { ...person, waiting: delta.count });
  },
  usergroup: (state, delta) => {
    state.version += 1;
    state.usergroups.set(delta.usergroup.id, delta.usergroup);
  },
  app: (state, delta) => state.apps.set(delta.app.id, delta.app),
  home: (state, delta) => {
    state.homes[delta.app] = delta.view;
  },
  modals: (state, delta) => {
    state.modals = { stack: delta.stack, errors: delta.errors ?? {}, loading: delta.loading ?? false };
  },
  status: (state, delta) => {
    const next = replaced(state.statuses, delta.status, samePlace);
    state.statuses = next.filter((/** @type {any} */ each) => each.status);
  },
  prompts: (state, delta) => {
    state.prompts = replaced(state.prompts, delta.prompts, samePlace);
  },
  faults: (state, delta) => {
    state.faults = delta.faults;
  },
  wire: (state, delta) => {
    const at = state.wire.findLastIndex((/** @type {any} */ each) => each.id === delta.entry.id);
    if (at >= 0) state.wire = state.wire.with(at, delta.entry);
    else state.wire = [...state.wire.slice(-WIRE_KEPT), delta.entry];
  },
  wire_cleared: (state) => {
    state.wire = [];
  },
  clock: (state, delta) => {
    state.now = delta.now;
  },
  tour: (state, delta) => {
    state.tour = delta.tour;
  },
};

/**
 * Take a delta in. Lists that change are new lists, so whoever kept the old one can tell.
 * @param {any} state
 * @param {any} delta
 * @returns {boolean} whether the page knows this kind
 */
export function takeIn(state, delta) {
  const apply = DELTAS[delta.type];
  apply?.(state, delta);
  return apply !== undefined;
}

/** What a channel shows: messages and ephemerals, without replies that stay in their thread. @param {any} state @param {string} channel @returns {any[]} */
export function timeline(state, channel) {
  const all = [...(state.messages[channel] ?? []), ...(state.ephemeral[channel] ?? [])];
  return all.filter(standsInChannel).sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** @param {any} message */
const standsInChannel = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";

/** A thread, its parent first. @param {any} state @param {string} channel @param {string} ts @returns {any[]} */
export function threadOf(state, channel, ts) {
  const all = [...(state.messages[channel] ?? []), ...(state.ephemeral[channel] ?? [])];
  return all.filter((message) => message.ts === ts || message.thread_ts === ts).sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** @param {any} state @param {string} id */
export function fileOf(state, id) {
  for (const list of Object.values(state.messages)) {
    for (const message of list) {
      const found = (message.files ?? []).find((/** @type {any} */ file) => file.id === id);
      if (found) return found;
    }
  }
  return undefined;
}
