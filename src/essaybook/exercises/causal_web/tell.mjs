// Causal web, told in words: each link as a sentence, what was taken away, and the reason.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** A factor inside a sentence: a leading article goes small. @param {any} factor */
const inner = (factor) => factor.inside ?? factor.text.replace(/^The /, "the ");

/** @param {any} record @param {any} response */
export default (record, response) => [
  {
    label: "Links",
    words: list(held(response, "links")).flatMap((link) => {
      const [from, to] = [find(record.factors, held(link, "from")), find(record.factors, held(link, "to"))];
      const verb = find(record.verbs, held(link, "verb"));
      return from && to && verb ? [`${from.text} ${verb.text} ${inner(to)}.`] : [];
    }).join("\n"),
  },
  { label: "Taken away", words: text(find(record.factors, held(response, "gone"))?.text) },
  { label: record.because, words: text(held(response, "because")) },
];
