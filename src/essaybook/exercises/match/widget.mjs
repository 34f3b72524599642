// Match: what each row was joined to in every column, and the reason for each pair.
// @ts-check
import { exercise } from "./kit.mjs";

/** @param {HTMLFormElement} form @returns {HTMLSelectElement[]} */
const selects = (form) => [...form.querySelectorAll("select[data-join]")].map((c) => /** @type {HTMLSelectElement} */ (c));

export default exercise({
  read: (form) => ({ joins: Object.fromEntries(selects(form).filter((c) => c.value).map((c) => [c.dataset.join, c.value])) }),
  empty: (response) => !Object.keys(response.joins).length,
  write(form, response) {
    for (const c of selects(form)) c.value = response?.joins?.[c.dataset.join ?? ""] ?? "";
  },
  judge(response, record) {
    const joins = new Map(Object.entries(response?.joins ?? {}));
    const notes = [];
    let right = 0;
    let open = 0;
    let all = 0;
    for (const [i, row] of record.rows.entries()) {
      for (const column of record.columns) {
        all += 1;
        const at = `${row.id}:${column.id}`;
        const picked = column.options.find((/** @type {any} */ o) => o.id === joins.get(at));
        if (!picked) {
          open += 1;
          continue;
        }
        const { option, because } = row.joins[column.id];
        const about = `${record.noun} ${i + 1}, ${column.label.toLowerCase()}, “${picked.text}”:`;
        if (picked.id === option) {
          right += 1;
          notes.push({ ...because, about, right: true, at });
        } else {
          const text = [picked.note?.text, because.text].filter(Boolean).join(" ");
          notes.push({ text, cites: [...new Set([...(picked.note?.cites ?? []), ...because.cites])], about, right: false, at });
        }
      }
    }
    const still = open ? `, ${open} still open` : "";
    return { score: all ? right / all : 0, head: `${right} of ${all} joined as the records have them${still}.`, notes };
  },
  answer: (record) => ({
    joins: Object.fromEntries(record.rows.flatMap((/** @type {any} */ row) => record.columns.map((/** @type {any} */ column) => [`${row.id}:${column.id}`, row.joins[column.id].option]))),
  }),
});
