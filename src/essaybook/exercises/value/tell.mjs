// Value, told in words: each criterion of each source, which way it bears and why, and the judgement.
// @ts-check
import { held, text } from "../tell.mjs";

/** @type {Record<string, string>} */
const WAYS = { adds: "It adds to the value.", limits: "It limits the value.", both: "It does both." };
/** @type {Record<string, string[]>} */
const ROWS = { ao2: ["content", "provenance", "tone", "context"], opcvl: ["origin", "purpose", "content", "value", "limitation"] };

/** @param {any} record @param {any} response */
export default (record, response) => {
  const frame = record.frames.find((/** @type {string} */ one) => one === held(response, "frame")) ?? record.frames[0];
  const rows = record.sources.flatMap((/** @type {any} */ source, /** @type {number} */ i) => ROWS[frame].map((criterion) => {
    const key = `${source.quotation}:${criterion}`;
    const way = text(held(WAYS, text(held(held(response, "bears"), key))));
    return { label: `Source ${"ABC"[i]}, ${criterion}`, words: [way, text(held(held(response, "because"), key))].filter(Boolean).join(" ") };
  }));
  return [...rows, { label: "On the whole", words: text(held(response, "judgement")) }];
};
