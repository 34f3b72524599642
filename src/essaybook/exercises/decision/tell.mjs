// Decision, told in words: the way that was taken as each person, and why.
// @ts-check
import { find, held, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => record.views.flatMap((/** @type {any} */ view) => [
  { label: `As ${view.name}`, words: text(find(view.ways, held(held(response, "picks"), view.id))?.text) },
  { label: `As ${view.name}, because`, words: text(held(held(response, "because"), view.id)) },
]);
