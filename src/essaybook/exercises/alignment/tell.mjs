// Alignment, told in words: where each person was placed in each year.
// @ts-check
import { find, held, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => record.people.map((/** @type {any} */ line) => ({
  label: line.name,
  words: line.cells.flatMap((/** @type {any} */ cell) => {
    const group = find(record.groups, held(held(response, "stood"), `${line.person}:${cell.year}`));
    return group ? [`${cell.year}: ${text(group.short)}`] : [];
  }).join("\n"),
}));
