// Diamond, told in words: the factors row by row, each row with its reason.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => {
  const order = [...new Set(list(held(response, "order")))].filter((id) => find(record.factors, id));
  if (order.length < record.factors.length) order.length = 0; // Half a ranking says nothing of its rows.
  let at = 0;
  return record.tiers.flatMap((/** @type {number} */ width, /** @type {number} */ i) => {
    const row = order.slice(at, (at += width)).map((id) => find(record.factors, id).text);
    const end = i === 0 ? `, ${record.most}` : i === record.tiers.length - 1 ? `, ${record.least}` : "";
    return [
      { label: `Row ${i + 1}${end}`, words: row.join("\n") },
      { label: `Row ${i + 1}, because`, words: text(list(held(response, "reasons"))[i]) },
    ];
  });
};
