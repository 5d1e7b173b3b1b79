/**
 * A list of messages that stays at its end while one reads there, and stays where it is while one reads above.
 * @module
 */
import { h } from "../view/dom.js";

const NEAR_END = 60;

/**
 * @param {{key: string, label: string, children: any, atEnd?: () => void}} props
 * @returns {import("../view/dom.js").VNode}
 */
export function scroller({ key, label, children, atEnd }) {
  return h("div", {
    class: "scroller", key, tabindex: 0, role: "log", "aria-live": "polite", "aria-relevant": "additions text", "aria-label": label,
    onScroll: (/** @type {any} */ event) => {
      const node = event.target;
      node.stuck = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END;
      if (node.stuck) atEnd?.();
    },
    ref: (/** @type {any} */ node) => {
      node.stuck = true;
      const follow = () => node.stuck && (node.scrollTop = node.scrollHeight);
      follow();
      node.watch = new ResizeObserver(follow);
      node.watch.observe(node);
      node.watch.observe(node.firstElementChild);
    },
    gone: (/** @type {any} */ node) => node?.watch?.disconnect(),
  }, h("div", { class: "scroller-content" }, children));
}
