/**
 * Moments in the reader's language.
 * @module
 */
import { language } from "../words.js";

/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat(language(), options);

/** @param {string} at @returns {string} the time when it was today, else the day */
export function shortMoment(at) {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  return format(isToday ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" }).format(moment);
}

/** @param {string} at @returns {string} day and time */
export const longMoment = (at) => format({ weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(at));
