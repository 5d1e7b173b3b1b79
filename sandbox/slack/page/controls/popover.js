/**
 * A small layer beside its button: closed by Escape or a press elsewhere, in the top layer, kept within the window.
 * @module
 */
import { h } from "../view/dom.js";

/** @param {HTMLElement} layer @param {HTMLElement} anchor */
function place(layer, anchor) {
  const at = anchor.getBoundingClientRect();
  layer.style.minWidth = `${Math.max(at.width, 180)}px`;
  const below = window.innerHeight - at.bottom - 12;
  const above = at.top - 12;
  const up = below < Math.min(260, layer.scrollHeight) && above > below;
  layer.style.maxHeight = `${Math.min(360, up ? above : below)}px`;
  const left = Math.max(8, Math.min(at.left, window.innerWidth - layer.offsetWidth - 8));
  layer.style.left = `${left}px`;
  if (up) {
    layer.style.top = "auto";
    layer.style.bottom = `${window.innerHeight - at.top + 4}px`;
  } else {
    layer.style.bottom = "auto";
    layer.style.top = `${at.bottom + 4}px`;
  }
}

/**
 * @param {{key?: string, class?: string, role?: string, label?: string, anchor: () => HTMLElement | null | undefined, onClose: () => void, children: any}} props
 * @returns {import("../view/dom.js").VNode}
 */
export function popover({ key, class: kind, role, label, anchor, onClose, children }) {
  return h("div", {
    key: key ?? "popover",
    class: `popover ${kind ?? ""}`,
    popover: "auto",
    role,
    "aria-label": label,
    onToggle: (/** @type {any} */ event) => event.newState === "closed" && onClose(),
    ref: (/** @type {HTMLElement} */ node) => {
      const beside = anchor();
      if (!node.isConnected || !beside) return;
      node.showPopover();
      place(node, beside);
      /** @type {HTMLElement | null} */ (node.querySelector("[data-focus]"))?.focus();
    },
  }, children);
}

/**
 * Open or close the layer of a component. The press that the browser already took for closing does not open it again.
 * @param {any} self
 */
export function toggleLayer(self) {
  if (!self.state.open && performance.now() - (self.closedAt ?? -1000) < 250) return;
  self.set({ open: !self.state.open, query: "" });
}

/** @param {any} self */
export function closeLayer(self) {
  self.closedAt = performance.now();
  self.set({ open: false });
}

/** Move the focus among the choices of a list with the arrow keys. @param {KeyboardEvent} event @param {string} selector */
export function walk(event, selector) {
  const layer = /** @type {HTMLElement} */ (event.currentTarget);
  const choices = /** @type {HTMLElement[]} */ ([...layer.querySelectorAll(selector)]);
  const at = choices.indexOf(/** @type {any} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (to === undefined || !choices.length) return;
  event.preventDefault();
  choices[(to + choices.length) % choices.length].focus();
}
