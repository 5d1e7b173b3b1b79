/**
 * A list of messages that stays at its end while one reads there, and stays where it is while one reads above;
 * what comes in below meanwhile is announced by a button that leads there.
 * @module
 */
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";

const NEAR_END = 60;

/**
 * @param {{key: string, label: string, children: any, atEnd?: () => void}} props
 * @returns {import("../view/dom.js").VNode}
 */
export function scroller({ key, label, children, atEnd }) {
  return h("div", { class: "scroll-frame", key },
    h("div", {
      class: "scroller", tabindex: 0, role: "log", "aria-live": "polite", "aria-relevant": "additions text", "aria-label": label,
      onScroll: (/** @type {any} */ event) => moved(event.target, atEnd),
      ref: (/** @type {any} */ node) => {
        node.stuck = true;
        resized(node);
        node.watch = new ResizeObserver(() => resized(node));
        node.watch.observe(node);
        node.watch.observe(node.firstElementChild);
      },
      gone: (/** @type {any} */ node) => node?.watch?.disconnect(),
    }, h("div", { class: "scroller-content" }, children)),
    h("button", { type: "button", class: "latest", hidden: true, onClick: (/** @type {any} */ event) => toEnd(event.target) }, t("conversation.latest"), icon("down")));
}

/** Lead to the end of the list that stands in the same pane. @param {Element | null | undefined} inside an element of the pane */
export function toEnd(inside) {
  const node = /** @type {any} */ (inside?.closest("main, aside")?.querySelector(".scroller"));
  if (!node) return;
  node.stuck = true;
  resized(node);
}

/** The list or its room has another size: follow the end, or say that there is more below. @param {any} node */
function resized(node) {
  const grown = node.scrollHeight > (node.knownHeight ?? 0);
  node.knownHeight = node.scrollHeight;
  node.knownRoom = node.clientHeight;
  if (node.stuck) node.scrollTop = node.scrollHeight;
  mark(node, !node.stuck && grown);
}

/** @param {any} node @param {(() => void) | undefined} atEnd */
function moved(node, atEnd) {
  // Scroll events come a frame late. When the size has changed since, the list grew under a reader who did not move.
  const isReaders = node.scrollHeight === node.knownHeight && node.clientHeight === node.knownRoom;
  if (node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END) {
    node.stuck = true;
    mark(node, false);
    atEnd?.();
  } else if (isReaders) node.stuck = false;
}

/** @param {any} node @param {boolean} hasMore */
function mark(node, hasMore) {
  const button = node.nextElementSibling;
  if (button && (hasMore || node.stuck)) button.hidden = !hasMore;
}
