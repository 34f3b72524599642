// Decision: one way for each person, with a reason; then what each way would have needed and what came of it.
// @ts-check
import { checked, exercise, field, tick, words } from "./kit.mjs";

/** The way picked for a view, or undefined. @param {any} response @param {any} view */
const picked = (response, view) => {
  const picks = response?.picks;
  const id = picks && Object.hasOwn(picks, view.id) ? picks[view.id] : "";
  return view.ways.find((/** @type {any} */ way) => way.id === id);
};

export default exercise({
  read: (form, { record }) => ({
    picks: Object.fromEntries(record.views.map((/** @type {any} */ v) => [v.id, checked(form, `pick-${v.id}`)[0] ?? ""])),
    because: Object.fromEntries(record.views.map((/** @type {any} */ v) => [v.id, field(form, `because-${v.id}`)])),
  }),
  write(form, response, { record }) {
    for (const v of record.views) {
      tick(form, `pick-${v.id}`, [response?.picks?.[v.id] ?? ""]);
      field(form, `because-${v.id}`, response?.because?.[v.id] ?? "");
    }
    form.dispatchEvent(new CustomEvent("decision:written"));
  },
  empty: (response) => !Object.values(response?.picks ?? {}).some(Boolean),
  judge(response, record) {
    const several = record.views.length > 1;
    const answered = record.views.filter((/** @type {any} */ view) => picked(response, view));
    if (!answered.length) return { score: null, head: "Commit to a choice first.", notes: [] };
    /** @type {any[]} */
    const notes = [];
    for (const view of answered) {
      const way = picked(response, view);
      const who = several ? `${view.name}: ` : "";
      notes.push({ ...way.needed, about: `${who}you chose: ${way.text}` });
      notes.push({ ...way.followed });
      const reason = response?.because?.[view.id];
      if (typeof reason !== "string" || !words(reason)) notes.push({ text: "You gave no reason. Write one before you read further: which of the known facts decided it?" });
      for (const other of view.ways) {
        if (other !== way) notes.push({ text: `${other.needed.text} ${other.followed.text}`, cites: [...new Set([...(other.needed.cites ?? []), ...(other.followed.cites ?? [])])], about: `${who}had you chosen: ${other.text}` });
      }
      const same = view.did ? (view.did === way.id ? "The same way. " : "Another way. ") : "";
      notes.push({ ...view.fact, text: `${same}${view.fact.text}`, about: `${view.name}, in fact.` });
    }
    const left = record.views.filter((/** @type {any} */ view) => !answered.includes(view));
    if (left.length) {
      notes.push({ text: `You can still choose as ${left.map((/** @type {any} */ v) => v.name).join(", and as ")}.` });
    } else {
      for (const note of record.others) notes.push({ ...note, about: "What others chose." });
    }
    return { score: null, head: "No choice here is right. This is what yours would have needed, and what was done.", notes };
  },
  enhance(form, { record, signal }) {
    /** Says beside each person whether a way is committed. */
    const mark = () => {
      for (const v of record.views) {
        const done = form.querySelector(`[data-view="${CSS.escape(v.id)}"] [data-done]`);
        if (done) done.textContent = checked(form, `pick-${v.id}`).length ? "(chosen)" : "";
      }
    };
    form.addEventListener("input", mark, { signal });
    form.addEventListener("decision:written", mark, { signal });
    mark();
  },
});
