// Interpretations, told in words: how far each argument convinces and why, and what the evidence does to each.
// @ts-check
import { held, text } from "../tell.mjs";

/** @type {Record<string, string>} */
const BEARS = { supports: "supports it", challenges: "challenges it", silent: "does not bear on it" };
const RATES = ["not convincing", "convincing in part", "largely convincing", "convincing"];

/** @param {any} record @param {any} response */
export default (record, response) => [
  ...record.arguments.flatMap((/** @type {any} */ argument) => {
    const rate = text(held(held(response, "rates"), argument.id));
    return [
      { label: `The argument of ${argument.by}`, words: /^[0-3]$/.test(rate) ? RATES[Number(rate)] : "" },
      { label: `${argument.by}: because`, words: text(held(held(response, "whys"), argument.id)) },
    ];
  }),
  ...record.evidence.flatMap((/** @type {any} */ evidence, /** @type {number} */ i) => record.arguments.map((/** @type {any} */ argument) => ({
    label: `${evidence.label}: what it does to the argument of ${argument.by}`,
    words: text(held(BEARS, text(held(held(response, "bears"), `${i}:${argument.id}`)))),
  }))),
];
