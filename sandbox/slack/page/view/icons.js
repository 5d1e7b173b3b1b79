/**
 * Line icons drawn for this page, one path set each on a 20 × 20 grid.
 * @module
 */
import { h } from "./dom.js";

/** @type {Record<string, string>} */
const PATHS = {
  hash: "M7.5 3.5 6 16.5 M14 3.5l-1.5 13 M3.5 7.5h13.5 M3 12.5h13.5",
  lock: "M5 9h10v7.5H5z M7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3.5 9.5 10 4l6.5 5.5 M5.5 8.5v7.5h9V8.5",
  send: "M4 10h9 M3.5 4l13 6-13 6 1.8-6z",
  thread: "M4 4.5h12v8.5H9l-3.5 3v-3H4z",
  smile: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M7.2 11.5c.6 1.3 1.6 2 2.8 2s2.2-.7 2.8-2 M7.6 8v.4 M12.4 8v.4",
  close: "M5 5l10 10 M15 5L5 15",
  down: "M5.5 8l4.5 4.5L14.5 8",
  right: "M8 5.5l4.5 4.5L8 14.5",
  left: "M12 5.5L7.5 10l4.5 4.5",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  dots: "M4.5 10h.6 M9.7 10h.6 M14.9 10h.6",
  file: "M5.5 3h6l3.5 3.5V17h-9.5z M11.5 3v3.5H15",
  eye: "M2.5 10S5.500 5 10 5s7.500 5 7.500 5-3 5-7.500 5-7.500-5-7.500-5z M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M10 9v5 M10 6.3v.4",
  warning: "M10 3.5 17.500 16.500h-15z M10 8.500v4 M10 14.200v.3",
  error: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M7.500 7.500l5 5 M12.500 7.500l-5 5",
  success: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M7 10.200l2.200 2.200L13.200 8",
  wire: "M3 6h10 M10.500 3.500 13 6l-2.500 2.500 M17 14H7 M9.500 11.500 7 14l2.500 2.500",
  fault: "M11 2.500 4.500 11.500H10L9 17.500l6.500-9H10z",
  tour: "M5 17V3.500 M5 4h9.500l-2 3 2 3H5",
  play: "M6.500 4.500v11l9-5.500z",
  pause: "M7 4.500v11 M13 4.500v11",
  next: "M5 4.500v11l7.500-5.500z M15 4.500v11",
  menu: "M3.500 5.500h13 M3.500 10h13 M3.500 14.500h13",
  paperclip: "M15.500 9.500l-5.800 5.800a3.300 3.300 0 0 1-4.700-4.700l6.300-6.300a2.200 2.200 0 0 1 3.100 3.100l-6.100 6.100a1 1 0 0 1-1.500-1.500l5.300-5.300",
  slash: "M12.500 3.500l-5 13",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1.200c0 2.300 3.500 2 3.500-1.200a6.500 6.500 0 1 0-2.600 5.200",
  search: "M8.500 3.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10z M12.200 12.200l4.300 4.300",
  download: "M10 3.500v9 M6.500 9.500 10 13l3.500-3.500 M4 16.500h12",
  thumbsup: "M6.500 9.500v7H4v-7z M6.500 9.500l3-6c1.500 0 2 1 1.800 2.200l-.5 2.800h4.200c1 0 1.700.9 1.500 1.900l-1 4.600c-.2.900-.9 1.500-1.800 1.500H6.500",
  thumbsdown: "M6.500 10.500v-7H4v7z M6.500 10.500l3 6c1.500 0 2-1 1.800-2.200l-.5-2.800h4.200c1 0 1.700-.9 1.500-1.900l-1-4.600C15.300 4.100 14.600 3.500 13.700 3.500H6.500",
  trash: "M4 5.500h12 M8 5.500V3.500h4v2 M5.500 5.500l.8 11h7.400l.8-11",
  edit: "M4 16l.7-3.200L13 4.500l2.500 2.500-8.300 8.300z",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M10 6v4.200l3 1.800",
  link: "M8.500 11.500l3-3 M9 6.500l1.800-1.800a3 3 0 0 1 4.300 4.300L13.300 10.800 M11 13.500l-1.800 1.800a3 3 0 0 1-4.300-4.300L6.700 9.200",
  people: "M7.500 4a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600z M2.500 16c.4-2.800 2.200-4.300 5-4.300s4.600 1.500 5 4.300 M13 4.500a2.500 2.500 0 0 1 0 4.800 M14.500 12c1.700.5 2.700 1.900 3 4",
  bot: "M4.500 7.500h11v8h-11z M10 7.500V4.500 M10 4.200v.2 M7.800 11v.8 M12.200 11v.8",
};

/**
 * @param {string} name
 * @param {string} [label] without it the icon is decoration
 * @returns {import("./dom.js").VNode}
 */
export function icon(name, label) {
  const filled = name === "play" || name === "dots";
  return h(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 20 20", width: 20, height: 20, role: label ? "img" : undefined, "aria-label": label, "aria-hidden": label ? undefined : "true" },
    h("path", { d: PATHS[name] ?? PATHS.info, fill: filled && name === "play" ? "currentColor" : "none", stroke: "currentColor", "stroke-width": name === "dots" ? 2.4 : 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" }),
  );
}
