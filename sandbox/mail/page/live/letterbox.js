/**
 * What the page knows and does: mailboxes told by the server, the folder and message one looks at, and the answer one writes.
 * @module
 */
import { call, Failed, Feed } from "./server.js";

const NOTICE_MS = 7000;
const LARGEST_FILE = 10 * 1024 * 1024;

/**
 * @typedef {object} Draft
 * @property {number | undefined} original
 * @property {string} to
 * @property {string} subject
 * @property {string} text
 * @property {string} style
 * @property {string} language
 * @property {boolean} between
 * @property {boolean} automatic
 * @property {{name: string, kind: string, base64: string, size: number}[]} files
 * @property {{text: string, html: string | null}} quoted
 * @property {string} betweenText
 * @property {{id: string, label: string, text: string, automatic: boolean}[]} quick
 * @property {boolean} sending
 */

export class Letterbox {
  /** @param {() => void} draw asks for a redraw */
  constructor(draw) {
    this.draw = draw;
    /** @type {any[] | undefined} */
    this.mailboxes = undefined;
    /** @type {"connecting" | "open" | "lost" | "refused"} */
    this.status = "connecting";
    this.address = "";
    this.folderName = "INBOX";
    /** @type {any[] | undefined} */
    this.messages = undefined;
    /** @type {any} */
    this.message = undefined;
    /** @type {"html" | "text" | "source"} */
    this.look = "html";
    this.source = "";
    /** @type {Draft | undefined} */
    this.draft = undefined;
    this.sidebarOpen = false;
    /** @type {{id: number, code: string, about: string, good: boolean}[]} */
    this.notices = [];
    this.feed = new Feed({
      onNews: (news) => this.hear(news),
      onStatus: (status) => {
        this.status = status;
        draw();
      },
    });
  }

  get mailbox() {
    return this.mailboxes?.find((each) => each.address === this.address);
  }

  get folder() {
    return this.mailbox?.folders.find((/** @type {any} */ each) => each.name === this.folderName);
  }

  /** @param {any} news */
  hear(news) {
    this.mailboxes = news.mailboxes;
    if (!this.mailbox) this.goTo(...wanted(news.mailboxes));
    else if (news.changed.includes(this.folder?.id)) this.loadMessages();
    this.draw();
  }

  /** @param {string} address @param {string} [folderName] @param {number} [message] */
  goTo(address, folderName = "INBOX", message = undefined) {
    Object.assign(this, { address, folderName, message: undefined, draft: undefined, messages: undefined, sidebarOpen: false });
    this.remember();
    this.loadMessages();
    if (message) this.open(message);
    this.draw();
  }

  remember() {
    const parts = [this.address, this.folderName, ...(this.message ? [this.message.id] : [])];
    history.replaceState(null, "", `#${parts.map(encodeURIComponent).join("/")}`);
  }

  async loadMessages() {
    const folder = this.folder;
    if (!folder) return;
    const answer = await this.ask(`folders/${folder.id}`);
    if (!answer || this.folder?.id !== folder.id) return;
    this.messages = answer.messages;
    const same = this.messages?.find((each) => each.id === this.message?.id);
    if (same) this.message = { ...this.message, flags: same.flags };
    this.draw();
  }

  /** @param {number} id */
  async open(id) {
    const answer = await this.ask(`messages/${id}`);
    if (!answer) return;
    Object.assign(this, { message: answer, draft: undefined, look: answer.html ? "html" : "text", source: "" });
    this.remember();
    this.draw();
  }

  closeMessage() {
    Object.assign(this, { message: undefined, draft: undefined });
    this.remember();
    this.draw();
  }

  /** @param {"html" | "text" | "source"} look */
  async show(look) {
    this.look = look;
    if (look === "source" && !this.source) this.source = await (await fetch(`api/messages/${this.message.id}/raw`)).text();
    this.draw();
  }

  /** Begin an answer to the open message. */
  async reply() {
    const { language } = this.mailbox;
    this.draft = { ...EMPTY, original: this.message.id, language, style: sessionStorage.getItem("style") ?? "gmail" };
    await this.prepare();
  }

  /** Begin a mail that answers nothing, to our own mailbox. */
  write() {
    const ours = this.mailboxes?.find((each) => each.is_ours);
    this.draft = { ...EMPTY, to: ours?.address ?? "", language: this.mailbox.language };
    this.message = undefined;
    this.draw();
  }

  /** Fetch what depends on style and language. */
  async prepare() {
    const { draft } = this;
    if (!draft?.original) return this.draw();
    const query = new URLSearchParams({ style: draft.style, language: draft.language, name: this.mailbox.name });
    const answer = await this.ask(`messages/${draft.original}/draft?${query}`);
    if (!answer || this.draft !== draft) return undefined;
    const stillQuote = draft.between && draft.text === draft.betweenText;
    Object.assign(draft, { to: answer.to.address, subject: answer.subject, quoted: answer.quoted, betweenText: answer.between, quick: answer.quick });
    if (stillQuote) draft.text = draft.betweenText;
    return this.draw();
  }

  /** @param {Partial<Draft>} fields */
  change(fields) {
    if (!this.draft) return;
    Object.assign(this.draft, fields);
    if (fields.style) sessionStorage.setItem("style", fields.style);
    if (fields.style || fields.language) this.prepare();
    this.draw();
  }

  /** @param {boolean} between put the original into the text, to answer line by line, or take it out again */
  answerBetween(between) {
    const { draft } = this;
    if (!draft) return;
    const own = between ? `${draft.text}${draft.text ? "\n\n" : ""}${draft.betweenText}` : draft.text === draft.betweenText ? "" : draft.text;
    this.change({ between, text: own });
  }

  /** @param {{text: string, automatic: boolean}} quick */
  takeQuick(quick) {
    this.change({ text: quick.text, automatic: quick.automatic, between: false });
  }

  /** @param {File[]} files */
  async attach(files) {
    for (const file of files) {
      if (file.size > LARGEST_FILE) {
        this.note("file-too-large", file.name);
        continue;
      }
      const url = await read(file);
      this.draft?.files.push({ name: file.name, kind: file.type, base64: url.slice(url.indexOf(",") + 1), size: file.size });
    }
    this.draw();
  }

  async send() {
    const { draft, mailbox } = this;
    if (!draft || draft.sending) return;
    draft.sending = true;
    this.draw();
    const { original, to, subject, text, style, language, between, automatic, files } = draft;
    const answer = await this.ask("send", { account: mailbox.address, original, to, subject, text, style, language, between, automatic, files });
    draft.sending = false;
    if (answer && this.draft === draft) this.draft = undefined;
    if (answer?.refused.length) this.note("refused", answer.refused.join(", "));
    else if (answer) this.note("sent", this.message?.from.name || to, true);
    this.draw();
  }

  discard() {
    this.draft = undefined;
    this.draw();
  }

  /** @param {string} path @param {any} [body] @returns {Promise<any>} nothing when the server said no, which is then told */
  async ask(path, body) {
    try {
      return await call(path, body);
    } catch (reason) {
      if (!(reason instanceof Failed)) throw reason;
      this.note(reason.code, reason.why);
      return undefined;
    }
  }

  /** @param {string} code @param {string} about @param {boolean} [good] */
  note(code, about, good = false) {
    const notice = { id: Math.random(), code, about, good };
    this.notices = [...this.notices.slice(-2), notice];
    setTimeout(() => this.unnote(notice.id), NOTICE_MS);
    this.draw();
  }

  /** @param {number} id */
  unnote(id) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
    this.draw();
  }
}

/** @type {Draft} */
const EMPTY = Object.freeze({
  original: undefined, to: "", subject: "", text: "", style: "gmail", language: "en", between: false, automatic: false,
  get files() { return []; }, quoted: { text: "", html: null }, betweenText: "", quick: [], sending: false,
});

/** Where the address of the page points, else the first mailbox with something new. @param {any[]} mailboxes @returns {[string, string, number | undefined]} */
function wanted(mailboxes) {
  const [address, folder, message] = location.hash.slice(1).split("/").map(decodeURIComponent);
  if (mailboxes.some((each) => each.address === address)) return [address, folder || "INBOX", Number(message) || undefined];
  const waiting = mailboxes.find((each) => !each.is_ours && each.folders.some((/** @type {any} */ one) => one.unread));
  return [(waiting ?? mailboxes[0])?.address ?? "", "INBOX", undefined];
}

/** @param {File} file @returns {Promise<string>} as a data URL */
function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
