// Match, told in words: what each row was joined to.
// @ts-check
import { clip, find, held, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => record.rows.flatMap((/** @type {any} */ row, /** @type {number} */ i) =>
  record.columns.map((/** @type {any} */ column) => ({
    label: `${record.noun} ${i + 1}, “${clip(row.text, 60)}”: ${column.label}`,
    words: text(find(column.options, held(held(response, "joins"), `${row.id}:${column.id}`))?.text),
  })));
