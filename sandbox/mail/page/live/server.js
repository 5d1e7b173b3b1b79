/**
 * Talks with the mailbox page's server: questions by HTTP, news by a WebSocket that opens itself again.
 * @module
 */

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;
const FORBIDDEN = 4403;

/** The server said no, or is away. */
export class Failed extends Error {
  /** @param {string} code @param {string} [why] */
  constructor(code, why = "") {
    super(code);
    this.code = code;
    this.why = why;
  }
}

/** @param {string} path below api/ @param {any} [body] makes it a POST @returns {Promise<any>} */
export async function call(path, body) {
  let answer;
  try {
    answer = await fetch(`api/${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Failed("connection-lost");
  }
  const told = await answer.json();
  if (!answer.ok) throw new Failed(told.error ?? "unknown", told.why);
  return told;
}

export class Feed {
  /** @param {{onNews: (news: any) => void, onStatus: (status: "open" | "lost" | "refused") => void}} to */
  constructor(to) {
    this.to = to;
    this.wait = FIRST_WAIT_MS;
  }

  open() {
    const socket = new WebSocket(new URL("ws", location.href.replace(/^http/, "ws")));
    socket.addEventListener("message", (event) => {
      this.wait = FIRST_WAIT_MS;
      this.to.onStatus("open");
      this.to.onNews(JSON.parse(event.data));
    });
    socket.addEventListener("close", (event) => {
      this.to.onStatus(event.code === FORBIDDEN ? "refused" : "lost");
      if (event.code === FORBIDDEN) return;
      setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    });
  }
}
