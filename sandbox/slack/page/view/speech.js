/**
 * Words of a page in English and Polish, and numbers as the reader's language writes them.
 * `?lang=pl` in the address wins over the browser's language. Plural forms stand in the order of `FORMS`.
 * @module
 */

/** @typedef {Record<string, [en: string | string[], pl: string | string[]]>} Words */

const FORMS = /** @type {Record<string, Intl.LDMLPluralRule[]>} */ ({ en: ["one", "other"], pl: ["one", "few", "many"] });
const asked = new URLSearchParams(globalThis.location?.search ?? "").get("lang") ?? globalThis.navigator?.language ?? "en";
const CHOSEN = asked.toLowerCase().startsWith("pl") ? "pl" : "en";
const PLURAL = new Intl.PluralRules(CHOSEN);
const NUMBER = new Intl.NumberFormat(CHOSEN, { maximumFractionDigits: 4, useGrouping: "min2" });

/** @returns {string} the page's language */
export const language = () => (CHOSEN === "en" && globalThis.navigator?.language?.startsWith("en") ? navigator.language : CHOSEN);

/** @param {number} value @returns {string} */
export const number = (value) => NUMBER.format(value);

/** @param {string} sentence @param {Record<string, any>} facts */
const filled = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));

/** @param {Words} words of one page */
export function speech(words) {
  return {
    /** @param {string} key @returns {boolean} */
    known: (key) => key in words,

    /** All keys, for the test that looks for gaps. @returns {string[]} */
    keys: () => Object.keys(words),

    /**
     * The page's words for a key.
     * @param {string} key
     * @param {Record<string, any>} [facts] what stands in the braces
     * @returns {string}
     */
    t(key, facts = {}) {
      const found = words[key]?.[CHOSEN === "pl" ? 1 : 0];
      return found === undefined ? key : filled(Array.isArray(found) ? found[found.length - 1] : found, facts);
    },

    /** @param {string} key of words with plural forms @param {number} n @returns {string} */
    count(key, n) {
      const forms = words[key]?.[CHOSEN === "pl" ? 1 : 0] ?? key;
      const at = FORMS[CHOSEN].indexOf(PLURAL.select(n));
      return filled(Array.isArray(forms) ? forms[at < 0 ? forms.length - 1 : at] : forms, { n: number(n) });
    },
  };
}
