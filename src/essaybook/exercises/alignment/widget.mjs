// Alignment: where the reader put each person in each year, and the record's words beside it.
// @ts-check
import { exercise } from "./kit.mjs";

/** @param {HTMLFormElement} form @returns {HTMLSelectElement[]} */
const cellSelects = (form) => [...form.querySelectorAll("select[data-cell]")].map((c) => /** @type {HTMLSelectElement} */ (c));

export default exercise({
  read: (form) => ({ stood: Object.fromEntries(cellSelects(form).filter((c) => c.value).map((c) => [c.dataset.cell, c.value])) }),
  empty: (response) => !Object.keys(response.stood).length,
  write(form, response) {
    for (const c of cellSelects(form)) c.value = response?.stood?.[c.dataset.cell ?? ""] ?? "";
  },
  judge(response, record) {
    const stood = new Map(Object.entries(response?.stood ?? {}));
    const group = (/** @type {any} */ id) => record.groups.find((/** @type {any} */ g) => g.id === id);
    const recorded = new Map(Object.entries(record.figures?.stood ?? {}));
    const notes = [];
    let right = 0;
    let open = 0;
    let all = 0;
    for (const line of record.people) {
      for (const cell of line.cells) {
        all += 1;
        const at = `${line.person}:${cell.year}`;
        const picked = group(stood.get(at));
        if (!picked) {
          open += 1;
          continue;
        }
        const other = cell.disagrees.find((/** @type {any} */ reading) => reading.group === picked.id);
        const hit = picked.id === cell.group || Boolean(other);
        if (hit) right += 1;
        const entry = recorded.get(at);
        notes.push({
          text: [
            other ? `The reading is accepted, although this book says “${group(cell.group).short}”.` : "",
            hit ? "" : `This book says “${group(cell.group).short}”.`,
            entry ? `The record: “${entry.where}”${entry.who ? ` (on the word of ${entry.who})` : ""}.` : "The record has no line for this year.",
            cell.because.text,
            ...cell.disagrees.map((/** @type {any} */ reading) => `Who disagrees (${group(reading.group).short}): ${reading.note.text}`),
          ].filter(Boolean).join(" "),
          cites: [...new Set([...cell.because.cites, ...cell.disagrees.flatMap((/** @type {any} */ reading) => reading.note.cites), `person:${line.person}`])],
          about: `${line.name}, ${cell.year}:`,
          right: hit,
          at,
        });
      }
    }
    const still = open ? `, ${open} still open` : "";
    return { score: all ? right / all : 0, head: `${right} of ${all} placed as the record allows${still}.`, notes };
  },
  answer: (record) => ({
    stood: Object.fromEntries(record.people.flatMap((/** @type {any} */ line) => line.cells.map((/** @type {any} */ cell) => [`${line.person}:${cell.year}`, cell.group]))),
  }),
});
