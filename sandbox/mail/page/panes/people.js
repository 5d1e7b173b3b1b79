/**
 * Names and faces of people who write mail.
 * @module
 */
import { h } from "../shared/view/dom.js";

const COLOURS = ["#4c6fc4", "#b5528f", "#e2863a", "#5e8696", "#7a5fc0", "#8a6d3b", "#c7483e", "#4a7c59"];

/** @param {{name: string, address: string}} person */
export const nameOf = (person) => person.name || person.address;

/** @param {{name: string, address: string}} person @param {string} [size] */
export function face(person, size = "") {
  const letters = nameOf(person).split(/[\s@.,]+/).filter(Boolean).slice(0, 2).map((word) => word[0].toLocaleUpperCase()).join("");
  const at = [...person.address].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 0) % COLOURS.length;
  return h("span", { class: `avatar ${size}`, style: { "--own": COLOURS[at] }, "aria-hidden": "true" }, letters);
}
