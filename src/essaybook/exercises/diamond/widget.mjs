// Diamond: the order of the factors, a reason for each row, and what historians would say to both ends.
// @ts-check
import { exercise, field, movable } from "./kit.mjs";

/** @typedef {{ id: string, text: string }} Factor */
/** @typedef {{ position: string, factor: string, lean: "high" | "low" | "asks", text: string, cites?: string[] }} Voice */

/** Whatever was saved, as text. @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/** @param {HTMLFormElement} form @returns {HTMLElement} */
const ranks = (form) => /** @type {HTMLElement} */ (form.querySelector("[data-ranks]"));

/** @param {HTMLFormElement} form @returns {HTMLElement[]} */
const items = (form) => /** @type {HTMLElement[]} */ ([...ranks(form).children]);

/** The order in which the reader first meets the factors. @param {any} record @returns {string[]} */
const start = (record) => record.figures?.start ?? record.factors.map((/** @type {Factor} */ f) => f.id);

/** The row of each place, counted from 1. @param {any} record @returns {number[]} */
const rows = (record) => record.tiers.flatMap((/** @type {number} */ width, /** @type {number} */ i) => Array(width).fill(i + 1));

/** Every factor once, whatever the saved order holds. @param {any} order @param {any} record @returns {string[]} */
const whole = (order, record) => {
  const all = start(record);
  const given = [...new Set(Array.isArray(order) ? order : [])].filter((id) => all.includes(id));
  return [...given, ...all.filter((id) => !given.includes(id))];
};

/** Say on every item which row it is in, and put its buttons right. @param {HTMLFormElement} form @param {any} record */
const label = (form, record) => items(form).forEach((li, i, all) => {
  /** @type {HTMLElement} */ (li.querySelector("[data-row]")).textContent = `row ${rows(record)[i]}`;
  const [up, down] = li.querySelectorAll("[data-move]");
  up.toggleAttribute("disabled", i === 0);
  down.toggleAttribute("disabled", i === all.length - 1);
});

/** How a lean sounds at an end. @param {Voice["lean"]} lean @param {"first" | "last"} end */
const stance = (lean, end) =>
  lean === "asks" ? `A question about your ${end} choice.`
  : (lean === "high") === (end === "first") ? `With your ${end} choice.` : `Against your ${end} choice.`;

export default exercise({
  read(form, { record }) {
    const order = items(form).map((li) => li.dataset.factor);
    const reasons = record.tiers.map((/** @type {number} */ _, /** @type {number} */ i) => field(form, `reason-${i + 1}`));
    const moved = order.some((id, i) => id !== start(record)[i]);
    return { order, reasons, moved };
  },
  empty: (response) => !response?.moved && ![response?.reasons ?? []].flat().some((reason) => text(reason).trim()),
  write(form, response, { record }) {
    const by = new Map(items(form).map((li) => [li.dataset.factor, li]));
    ranks(form).append(...whole(response?.order, record).map((id) => /** @type {HTMLElement} */ (by.get(id))));
    record.tiers.forEach((/** @type {number} */ _, /** @type {number} */ i) => field(form, `reason-${i + 1}`, text(response?.reasons?.[i])));
    label(form, record);
  },
  judge(response, record) {
    const order = whole(response?.order, record);
    const name = (/** @type {string} */ id) => record.factors.find((/** @type {Factor} */ f) => f.id === id)?.text ?? id;
    const row = (/** @type {string} */ id) => rows(record)[order.indexOf(id)];
    /** @param {"first" | "last"} end @param {string} id */
    const heard = (end, id) => record.voices.filter((/** @type {Voice} */ v) => v.factor === id).map((/** @type {Voice} */ v) => ({
      about: `${name(id)}. ${stance(v.lean, end)}`,
      text: `${v.text} (${record.figures?.positions?.[v.position]?.seen ?? "not checked"})`,
      cites: [`position:${v.position}`, ...(v.cites ?? [])],
    }));
    const against = record.objections
      .filter((/** @type {any} */ o) => row(o.over) < row(o.under))
      .map((/** @type {any} */ o) => ({ about: `You put “${name(o.over)}” over “${name(o.under)}”.`, text: o.text, cites: o.cites }));
    const bare = record.tiers.map((/** @type {number} */ _, /** @type {number} */ i) => i).filter((/** @type {number} */ i) => !text(response?.reasons?.[i]).trim());
    const missing = bare.length ? [{ text: `No reason yet for row ${bare.map((/** @type {number} */ i) => i + 1).join(", ")}. A rank without a reason is only a taste.` }] : [];
    return {
      score: null,
      head: "There is no right order. This is how recorded arguments would meet your first choice and your last.",
      notes: [...heard("first", order[0]), ...heard("last", order[order.length - 1]), ...against, ...missing],
    };
  },
  enhance(form, context) {
    const list = ranks(form);
    const place = (/** @type {HTMLElement} */ li) => `${li.querySelector(".d-t")?.textContent}, row ${rows(context.record)[[...list.children].indexOf(li)]}`;
    movable(list, context, place);
    for (const moved of ["click", "keydown"]) list.addEventListener(moved, () => label(form, context.record), { signal: context.signal });
  },
});
