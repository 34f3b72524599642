// Choice: which options were picked, and what each has to say.
// @ts-check
import { checked, exercise, field, tick } from "./kit.mjs";

/** @typedef {{ id: string, text: string, right: boolean, feedback: { text: string, cites: string[] } }} Option */

/** @param {any} record @returns {string[]} */
const keyed = (record) => record.options.filter((/** @type {Option} */ o) => o.right).map((/** @type {Option} */ o) => o.id);

export default exercise({
  read: (form) => ({ picks: checked(form, "pick"), because: field(form, "because") }),
  empty: (response) => !response.picks.length,
  write(form, response) {
    tick(form, "pick", response?.picks ?? []);
    field(form, "because", response?.because ?? "");
  },
  judge(response, record) {
    const right = keyed(record);
    const hits = response.picks.filter((/** @type {string} */ id) => right.includes(id)).length;
    const misses = response.picks.length - hits;
    return {
      score: Math.max(0, hits - misses) / right.length,
      notes: record.options
        .filter((/** @type {Option} */ o) => response.picks.includes(o.id) || (o.right && record.several))
        .map((/** @type {Option} */ o) => ({ ...o.feedback, about: o.text, right: o.right })),
    };
  },
  answer: (record) => ({ picks: keyed(record), because: "" }),
});
