// Choice, told in words: what was picked, and why.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => [
  { label: "Chosen", words: list(held(response, "picks")).map((id) => text(find(record.options, id)?.text)).filter(Boolean).join("\n") },
  { label: record.because ?? "Because", words: text(held(response, "because")) },
];
