/**
 * One desk joins what the server tells, where the person looks, and what the person does; every pane gets it.
 * @module
 */
import { Choices } from "../blocks/context.js";
import { keepTime } from "../text/dates.js";
import { Link, Refused } from "./link.js";
import { fileOf, opened, takeIn } from "./store.js";

/** Codes that a delta of their own already tells. */
const TOLD_ELSEWHERE = new Set(["operation_timeout", "app_not_connected", "http_error"]);
const NOTICE_MS = 9000;

/**
 * @typedef {{kind: "channel", id: string} | {kind: "app", id: string, tab: "home" | "messages" | "about"}} Place
 */

export class Desk {
  /** @param {() => void} draw asks for a redraw */
  constructor(draw) {
    this.draw = draw;
    /** @type {any} */
    this.state = undefined;
    /** @type {"connecting" | "open" | "lost" | "refused"} */
    this.status = "connecting";
    /** @type {Place | undefined} */
    this.place = undefined;
    /** @type {{channel: string, ts: string} | undefined} */
    this.thread = undefined;
    /** @type {"wire" | "faults" | undefined} */
    this.tool = undefined;
    this.sidebarOpen = false;
    this.tourOpen = true;
    /** @type {any[]} */
    this.notices = [];
    /** @type {Map<string, Choices>} */
    this.choices = new Map();
    /** @type {Record<string, string>} */
    this.readMarks = {};
    /** @type {{channel: string, ts: string} | undefined} */
    this.editing = undefined;
    this.link = new Link({
      onState: (frame) => this.start(frame),
      onDelta: (frame) => this.hear(frame),
      onStatus: (status) => {
        this.status = status;
        draw();
      },
    });
  }

  get me() {
    return this.state?.me;
  }

  /** @param {any} frame */
  start(frame) {
    const sameperson = this.state?.me === frame.me;
    this.state = opened(frame);
    keepTime(frame.now);
    sessionStorage.setItem("person", frame.me);
    if (!sameperson) this.thread = undefined;
    if (!this.place || !this.exists(this.place)) this.place = this.firstPlace();
    this.lookAt(this.place, sameperson);
  }

  /** @param {Place} place */
  exists(place) {
    return place.kind === "app" ? this.state.apps.has(place.id) : this.state.channels.has(place.id);
  }

  /** @returns {Place | undefined} */
  firstPlace() {
    const channels = [...this.state.channels.values()].filter((channel) => channel.is_member);
    const first = channels.find((channel) => channel.kind === "channel") ?? channels[0];
    return first ? { kind: "channel", id: first.id } : undefined;
  }

  /** @param {any} frame */
  hear(frame) {
    if (frame.type === "notice") this.note(frame.code, frame.about, frame.channel);
    else takeIn(this.state, frame);
    if (frame.type === "clock") keepTime(frame.now);
    if (frame.type === "modals") this.forgetClosedViews();
    if (frame.type === "message") this.markSeen();
    this.draw();
  }

  /** @param {Place | undefined} place @param {boolean} [again] */
  lookAt(place, again = false) {
    this.place = place;
    this.sidebarOpen = false;
    if (!again) {
      const channel = this.channelShown();
      if (channel) this.readMarks[channel.id] = channel.last_read;
      if (this.thread && this.thread.channel !== channel?.id) this.thread = undefined;
    }
    if (place?.kind === "app" && place.tab !== "about") this.tell("home", { app: place.id, tab: place.tab });
    this.markSeen();
    this.draw();
  }

  /** The channel behind the place, whose messages are on the screen. @returns {any} */
  channelShown() {
    if (!this.place) return undefined;
    if (this.place.kind === "channel") return this.state.channels.get(this.place.id);
    return this.place.tab === "messages" ? this.state.channels.get(this.state.apps.get(this.place.id)?.dm) : undefined;
  }

  markSeen() {
    const channel = this.channelShown();
    if (!channel?.is_member || document.visibilityState !== "visible") return;
    const latest = (this.state.messages[channel.id] ?? []).at(-1)?.ts;
    if (latest && Number(latest) > Number(channel.last_read ?? 0) && this.lastSeen !== `${this.me}${channel.id}${latest}`) {
      this.lastSeen = `${this.me}${channel.id}${latest}`;
      this.tell("seen", { channel: channel.id, ts: latest });
    }
  }

  /** @param {string} person */
  actAs(person) {
    this.link.open(person);
  }

  /** Send a command whose refusal the person should see. @param {string} what @param {object} [fields] @param {string} [about] @returns {Promise<any>} nothing when refused */
  async tell(what, fields, about) {
    try {
      return await this.link.command(what, fields);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      const quiet = TOLD_ELSEWHERE.has(reason.code) || (reason.code === "connection_lost" && ["seen", "home"].includes(what));
      if (!quiet) this.note(reason.code, about ?? "", undefined);
      return undefined;
    }
  }

  /** @param {string} code @param {string} [about] @param {string} [channel] */
  note(code, about, channel) {
    const notice = { id: Math.random(), code, about, channel };
    this.notices = [...this.notices.slice(-3), notice];
    setTimeout(() => this.unnote(notice.id), NOTICE_MS);
    this.draw();
  }

  /** @param {number} id */
  unnote(id) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
    this.draw();
  }

  /** @param {string} id of a view, or channel and ts of a message @returns {Choices} */
  choicesOf(id) {
    let found = this.choices.get(id);
    if (!found) this.choices.set(id, (found = new Choices()));
    return found;
  }

  forgetClosedViews() {
    const open = new Set(this.state.modals.stack.map((/** @type {any} */ view) => view.id));
    for (const id of this.choices.keys()) if (id.startsWith("modal:") && !open.has(id.slice(6))) this.choices.delete(id);
  }

  /** @param {string} channel @param {string} ts */
  openThread(channel, ts) {
    this.thread = { channel, ts };
    this.tool = undefined;
    this.draw();
    this.tell("thread", { channel, ts }).then((answer) => {
      for (const message of answer?.messages ?? []) takeIn(this.state, { type: "message", channel, message });
      this.draw();
    });
  }

  /** @param {string} channel */
  async older(channel) {
    const first = this.state.messages[channel]?.[0];
    const answer = await this.tell("history", { channel, before: first?.ts ?? "" });
    for (const message of answer?.messages ?? []) takeIn(this.state, { type: "message", channel, message });
    if (answer) this.state.more[channel] = answer.more;
    this.draw();
  }

  /** @param {string} id */
  person(id) {
    return this.state.people.get(id);
  }

  /** @param {{id?: string, url?: string}} reference */
  file(reference) {
    return reference.id ? fileOf(this.state, reference.id) : reference.url ? { url_private: reference.url } : undefined;
  }
}
