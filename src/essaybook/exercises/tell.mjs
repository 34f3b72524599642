// What telling an answer in words needs in every type: values taken with distrust, since an answer may have any form.
// @ts-check

/** @typedef {{ label: string, words: string }} Told a part of an answer: what was asked for, and what the reader gave */

/** A text, or a number as text; of anything else nothing. @param {unknown} value @returns {string} */
export const text = (value) => (typeof value === "string" ? value.trim() : typeof value === "number" && Number.isFinite(value) ? String(value) : "");

/** What an answer itself holds under a key. @param {any} from @param {string | number} key @returns {any} */
export const held = (from, key) => (from && typeof from === "object" && Object.hasOwn(from, key) ? from[key] : undefined);

/** @param {unknown} value @returns {any[]} */
export const list = (value) => (Array.isArray(value) ? value : []);

/** The thing of a record that an answer means. @param {any[]} things @param {unknown} id */
export const find = (things, id) => (typeof id === "string" ? things.find((one) => one.id === id) : undefined);

/** The beginning of a text, as a label. @param {string} whole @param {number} [most] */
export const clip = (whole, most = 90) => (whole.length > most ? `${whole.slice(0, whole.lastIndexOf(" ", most) + 1 || most).trim()}…` : whole);

/**
 * A type's way of telling, made safe: parts without words are left out, and an answer that cannot be told gives none.
 * @param {(record: any, response: any) => Told[]} tell @returns {(record: any, response: any) => Told[]}
 */
export const safely = (tell) => (record, response) => {
  try {
    return response && typeof response === "object" ? tell(record, response).filter(({ words }) => words) : [];
  } catch {
    return [];
  }
};
