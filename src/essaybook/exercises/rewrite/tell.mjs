// Rewrite, told in words: the new sentence, and the slips that the reader still found in it.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => {
  const slips = list(held(response, "slips"));
  return [
    { label: `Instead of “${record.sentence}”`, words: text(held(response, "text")) },
    { label: "Slips left, by the reader’s own marking", words: slips.includes("none") ? "none" : slips.map((id) => text(find(record.slips, id)?.text)).filter(Boolean).join("\n") },
  ];
};
