// Order, told in words: the sequence, and what it argues.
// @ts-check
import { find, held, list, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => [
  {
    label: "In this order",
    words: list(held(response, "order")).map((id) => text(find(record.items, id)?.text)).filter(Boolean).map((item, i) => `${i + 1}. ${item}`).join("\n"),
  },
  { label: record.argues.ask, words: text(held(response, "argues")) },
];
