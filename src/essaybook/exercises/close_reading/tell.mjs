// Close reading, told in words: the words that were marked, as they stand in the passage.
// @ts-check
import { held, list, text } from "../tell.mjs";

/** The words that marks count, with their punctuation. @param {string} passage */
const units = (passage) => passage.split(/\s+/).filter((token) => /[\p{L}\p{N}]/u.test(token));

/** @param {any} record @param {any} response */
export default (record, response) => {
  const there = units(record.passage);
  const marks = new Set(list(held(response, "marks")).filter((mark) => Number.isInteger(mark) && mark >= 0 && mark < there.length));
  const runs = there.map((word, i) => (marks.has(i) ? word : "\n")).join(" ").split("\n").map((run) => run.trim()).filter(Boolean);
  return [
    { label: "Underlined", words: runs.map((run) => `“${run}”`).join("\n") },
    { label: record.because ?? "Because", words: text(held(response, "because")) },
  ];
};
