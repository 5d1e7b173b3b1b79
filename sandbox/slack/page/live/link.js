/**
 * The WebSocket to the workspace: frames in, commands out, and a new start whenever something was missed.
 * @module
 */

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

/** The server said no to a command. */
export class Refused extends Error {
  /** @param {string} code @param {any} answer */
  constructor(code, answer) {
    super(code);
    this.code = code;
    this.answer = answer;
  }
}

export class Link {
  /**
   * @param {{onState: (frame: any) => void, onDelta: (frame: any) => void, onStatus: (status: "open" | "lost" | "refused") => void}} to
   */
  constructor(to) {
    this.to = to;
    /** @type {Map<number, {resolve: (answer: any) => void, reject: (reason: Error) => void}>} */
    this.waiting = new Map();
    this.counter = 0;
    this.seq = 0;
    this.wait = FIRST_WAIT_MS;
    this.person = "";
    /** @type {WebSocket | undefined} */
    this.socket = undefined;
  }

  /** Open the feed as this person; whatever was open before is left. @param {string} person */
  open(person) {
    this.person = person;
    this.leave();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws${person ? `?person=${encodeURIComponent(person)}` : ""}`);
    this.socket = socket;
    socket.addEventListener("message", (event) => this.socket === socket && this.frame(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => this.socket === socket && this.lost(event.code));
  }

  /** @param {any} frame */
  frame(frame) {
    if (frame.type === "state") {
      this.seq = frame.seq;
      this.person = frame.me;
      this.wait = FIRST_WAIT_MS;
      this.to.onState(frame);
      this.to.onStatus("open");
      return;
    }
    if (frame.seq !== this.seq + 1) {
      this.open(this.person);
      return;
    }
    this.seq = frame.seq;
    if (frame.type === "answer") this.answered(frame);
    else this.to.onDelta(frame);
  }

  /** @param {any} frame */
  answered(frame) {
    const asked = this.waiting.get(frame.re);
    this.waiting.delete(frame.re);
    if (frame.ok) asked?.resolve(frame);
    else asked?.reject(new Refused(frame.error ?? "unknown_error", frame));
  }

  /** @param {number} code */
  lost(code) {
    this.forget();
    const refused = code === 4403 || code === 4404;
    this.to.onStatus(refused ? "refused" : "lost");
    if (code === 4403) return;
    const person = code === 4404 ? "" : this.person;
    setTimeout(() => this.open(person), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  /** Leave the open socket without hearing of it again. */
  leave() {
    const old = this.socket;
    this.socket = undefined;
    old?.close();
    this.forget();
  }

  forget() {
    for (const { reject } of this.waiting.values()) reject(new Refused("connection_lost", {}));
    this.waiting.clear();
  }

  /**
   * @param {string} what the `do` of the command
   * @param {object} [fields]
   * @returns {Promise<any>} the answer; rejected with `Refused` when the server says no or is away
   */
  command(what, fields = {}) {
    if (this.socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Refused("connection_lost", {}));
    const id = (this.counter += 1);
    this.socket.send(JSON.stringify({ id, do: what, ...fields }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** @param {File} file @returns {Promise<any>} the workspace's file */
  async upload(file) {
    const answer = await fetch(`/page/upload?person=${encodeURIComponent(this.person)}&name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    const body = await answer.json();
    if (!body.ok) throw new Refused(body.error ?? "upload_failed", body);
    return body.file;
  }
}
