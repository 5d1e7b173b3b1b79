/**
 * Dates in words: for dividers, times of messages, and for the date tokens of mrkdwn and rich text
 * (docs.slack.dev, "Formatting message text", date formatting).
 * @module
 */
import { language, t } from "../words.js";

/** How far the workspace's clock runs ahead of this machine's, in milliseconds. */
let ahead = 0;

/** Take the workspace's time over, so that "today" is its today. @param {number | undefined} seconds since 1970 */
export function keepTime(seconds) {
  if (seconds !== undefined) ahead = seconds * 1000 - Date.now();
}

const nowThere = () => new Date(Date.now() + ahead);

/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat(language(), options);

/** @param {Date} a @param {Date} b */
const sameDay = (a, b) => a.toDateString() === b.toDateString();

/** @param {Date} day @param {Date} now @returns {string | undefined} today, yesterday, tomorrow or nothing */
function nearDay(day, now) {
  for (const [shift, word] of /** @type {[number, string][]} */ ([[0, "date.today"], [-1, "date.yesterday"], [1, "date.tomorrow"]])) {
    const other = new Date(now);
    other.setDate(now.getDate() + shift);
    if (sameDay(day, other)) return t(word);
  }
  return undefined;
}

/** @param {string | number} ts seconds since 1970, as a message carries them @returns {Date} */
export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** @param {string | number} ts @returns {string} hour and minute */
export const clockTime = (ts) => format({ hour: "numeric", minute: "2-digit" }).format(dateOf(ts));

/** @param {string | number} ts @returns {string} for the divider above a day's messages */
export function dayName(ts) {
  const day = dateOf(ts);
  return nearDay(day, nowThere()) ?? format({ weekday: "long", month: "long", day: "numeric" }).format(day);
}

/** @param {string | number} ts @returns {string} the whole moment, for a tooltip */
export const wholeMoment = (ts) => format({ dateStyle: "full", timeStyle: "medium" }).format(dateOf(ts));

/** @param {Date} moment @param {Date} now */
function ago(moment, now) {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, size] of /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]])) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(Math.round(seconds), "second");
}

/** @type {Record<string, (moment: Date, now: Date) => string>} */
const TOKENS = {
  date_num: (moment) => `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, "0")}-${String(moment.getDate()).padStart(2, "0")}`,
  date_slash: (moment) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(moment),
  date: (moment) => format({ year: "numeric", month: "long", day: "numeric" }).format(moment),
  date_short: (moment) => format({ year: "numeric", month: "short", day: "numeric" }).format(moment),
  date_long: (moment) => format({ weekday: "long", year: "numeric", month: "long", day: "numeric" }).format(moment),
  date_pretty: (moment, now) => nearDay(moment, now) ?? TOKENS.date(moment, now),
  date_short_pretty: (moment, now) => nearDay(moment, now) ?? TOKENS.date_short(moment, now),
  date_long_pretty: (moment, now) => nearDay(moment, now) ?? TOKENS.date_long(moment, now),
  day_divider_pretty: (moment, now) => nearDay(moment, now) ?? format({ weekday: "long", month: "long", day: "numeric" }).format(moment),
  time: (moment) => format({ hour: "numeric", minute: "2-digit" }).format(moment),
  time_secs: (moment) => format({ hour: "numeric", minute: "2-digit", second: "2-digit" }).format(moment),
  ago,
};
TOKENS.date_long_full = TOKENS.date_long;

/**
 * Fill the tokens of a date format. A format with an unknown token is answered with the fallback, as Slack's clients do.
 * @param {number} timestamp seconds since 1970
 * @param {string} pattern such as `{date_short} at {time}`
 * @param {string} fallback
 * @returns {string}
 */
export function dateInWords(timestamp, pattern, fallback) {
  const moment = new Date(timestamp * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const now = nowThere();
  let known = true;
  const filled = pattern.replace(/\{(\w+)\}/g, (_, /** @type {string} */ token) => {
    if (TOKENS[token]) return TOKENS[token](moment, now);
    known = false;
    return "";
  });
  return known && pattern ? filled : fallback;
}
