/**
 * Numbers behind a chart: round ticks for an axis and where values stand on it.
 * @module
 */

/**
 * @typedef {object} Scale
 * @property {number} low
 * @property {number} high
 * @property {number[]} ticks
 * @property {(value: number) => number} share 0 at the low end, 1 at the high end
 */

/**
 * An axis that holds all values and zero, with four to six steps of 1, 2, 2.5 or 5 times a power of ten.
 * @param {number[]} values
 * @returns {Scale}
 */
export function scaleFor(values) {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const step = niceStep((most - least || 1) / 5);
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => Number((low + at * step).toPrecision(12)));
  return { low, high, ticks, share: (value) => (value - low) / (high - low) };
}

/** @param {number} rough */
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10);
}

/**
 * A smooth but honest line: straight from point to point.
 * @param {[number, number][]} points
 */
export const path = (points) => points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");

/**
 * One slice of a ring.
 * @param {number} from turns, 0 is at the top @param {number} to @param {number} outer @param {number} inner
 */
export function ring(from, to, outer, inner) {
  const end = to - from >= 1 ? from + 0.99999 : to;
  const at = (/** @type {number} */ turn, /** @type {number} */ radius) => `${(radius * Math.sin(turn * 2 * Math.PI)).toFixed(2)} ${(-radius * Math.cos(turn * 2 * Math.PI)).toFixed(2)}`;
  const large = end - from > 0.5 ? 1 : 0;
  return `M${at(from, outer)} A${outer} ${outer} 0 ${large} 1 ${at(end, outer)} L${at(end, inner)} A${inner} ${inner} 0 ${large} 0 ${at(from, inner)} Z`;
}
