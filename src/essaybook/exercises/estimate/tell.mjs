// Estimate, told in words: the numbers that were committed.
// @ts-check
import { held, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => [
  ...record.points.map((/** @type {any} */ point) => {
    const number = text(held(held(response, "values"), point.id));
    return { label: point.label, words: number && `${number} ${record.unit}` };
  }),
  { label: record.because ?? "Because", words: text(held(response, "because")) },
];
