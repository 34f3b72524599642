// Planner, told in words: the thesis, and each paragraph in its parts.
// @ts-check
import { held, list, text } from "../tell.mjs";

const PARTS = { claim: "point", evidence: "evidence", counter: "against it", link: "link to the question" };

/** @param {any} _record @param {any} response */
export default (_record, response) => [
  { label: "Thesis", words: text(held(response, "thesis")) },
  ...list(held(response, "paragraphs")).slice(0, 8).flatMap((paragraph, i) =>
    Object.entries(PARTS).map(([part, name]) => ({ label: `Paragraph ${i + 1}, ${name}`, words: text(held(paragraph, part)) }))),
];
