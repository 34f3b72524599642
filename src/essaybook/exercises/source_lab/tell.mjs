// Source lab, told in words: the guesses before reading, and how sure the reader was at each stage.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => {
  const sure = list(held(response, "sure"));
  const degree = (/** @type {number} */ k) => (/^\d+$/.test(text(sure[k])) ? `${text(sure[k])} in 10` : "");
  const changed = text(held(response, "changed"));
  return [
    ...(record.author ? [{ label: record.author.ask, words: text(find(record.author.options, held(response, "author"))?.text) }] : []),
    ...(record.year ? [{ label: record.year.ask, words: text(held(response, "year")) }] : []),
    { label: record.aim.ask, words: text(find(record.aim.options, held(response, "aim"))?.text) },
    { label: `How sure at first: ${record.claim}`, words: degree(0) },
    ...record.steps.map((/** @type {any} */ step, /** @type {number} */ i) => ({ label: `How sure after “${step.title}”`, words: degree(i + 1) })),
    { label: "What moved the reader most", words: changed === "nothing" ? "nothing" : text(find(record.steps, changed)?.title) },
    { label: record.revise, words: text(held(response, "text")) },
  ];
};
