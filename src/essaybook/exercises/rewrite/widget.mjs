// Rewrite: words counted, a few things looked for, and the rest marked by the writer.
// @ts-check
import { checked, controls, exercise, field, tick } from "./kit.mjs";

/** @typedef {{ id: string, text: string, phrases: string[], feedback: { text: string, cites?: string[] } }} Slip */

/** Words in a text; a dash between spaces is none. @param {string} text */
const countOf = (text) => text.split(/\s+/).filter((t) => /[\p{L}\p{N}]/u.test(t)).length;

/** Letters and digits only, case aside, as the record's check has them. @param {string} text */
const plainOf = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** Whether a text says these words, whole and in this order. @param {string} text @param {string} phrase */
const saysIn = (text, phrase) => ` ${plainOf(text)} `.includes(` ${plainOf(phrase)} `);

/** @param {any} response */
const textOf = (response) => (typeof response?.text === "string" ? response.text : "");

/** @param {any} response @param {any} record @returns {string[]} */
const ticksOf = (response, record) => {
  const known = ["none", ...record.slips.map((/** @type {Slip} */ s) => s.id)];
  return Array.isArray(response?.slips) ? known.filter((id) => response.slips.includes(id)) : [];
};

export default exercise({
  read: (form) => ({ text: field(form, "text"), slips: checked(form, "slip") }),
  empty: (response) => !textOf(response).trim(),
  write(form, response) {
    field(form, "text", textOf(response));
    tick(form, "slip", response?.slips ?? []);
    form.dispatchEvent(new CustomEvent("rewrite:written"));
  },
  judge(response, record) {
    const text = textOf(response);
    const ticked = ticksOf(response, record);
    const marked = ticked.length > 0;
    const length = countOf(text);
    const over = length > record.limit;
    const same = plainOf(text) === plainOf(record.sentence);
    /** @type {{ text: string, cites?: string[], about?: string }[]} */
    const notes = [];
    if (!length) return { score: 0, head: "There is no sentence yet.", notes };
    notes.push({ about: "Counted:", text: over ? `${length} words, ${length - record.limit} more than the ${record.limit} allowed.` : `${length} of ${record.limit} words.` });
    for (const slip of record.slips) {
      const found = (slip.phrases ?? []).filter((/** @type {string} */ p) => saysIn(text, p));
      const words = found.map((/** @type {string} */ p) => `“${p}”`).join(", ");
      if (ticked.includes(slip.id)) notes.push({ ...slip.feedback, about: `You ticked: ${slip.text}` });
      else if (found.length) notes.push({ about: `Found: ${words}.`, text: `Look at this one again: ${slip.text} ${slip.feedback.text}`, cites: slip.feedback.cites });
    }
    for (const keep of record.keeps ?? []) {
      if (keep.any.some((/** @type {string} */ p) => saysIn(text, p))) continue;
      notes.push({ about: "Not found:", text: `${keep.text}. Only a few words were looked for (${keep.any.join(", ")}); if yours says it in others, leave this aside.` });
    }
    if (same) return { score: 0, head: "This is the sentence as it was.", notes };
    if (!marked) return { score: null, head: "Counted and searched, not marked. Compare yours with the sentence above, tick the slips that are left, and check again.", notes };
    const left = ticked.filter((id) => id !== "none").length;
    const things = record.slips.length + 1;
    const score = Math.round(((things - left - (over ? 1 : 0)) / things) * 100) / 100;
    const slips = left ? `${left} of ${record.slips.length} slips left` : "no slip left";
    return { score, head: `By your own marking: ${slips}, and ${over ? "over" : "within"} the limit.`, notes };
  },
  answer: (record) => ({ text: record.models[0].text, slips: ["none"] }),
  enhance(form, context) {
    const { el, record, signal } = context;
    const on = { signal };
    const counter = form.querySelector("[data-count]");
    const mark = /** @type {HTMLDetailsElement} */ (form.querySelector("[data-mark]"));
    const summary = mark.querySelector("summary");
    let was = field(form, "text");
    let over = false;
    let open = false;
    const refresh = () => {
      const n = countOf(field(form, "text"));
      if (counter) {
        counter.textContent = `${n} so far${n > record.limit ? `, ${n - record.limit} too many` : ""}.`;
        counter.toggleAttribute("data-over", n > record.limit);
      }
      if (n > record.limit !== over) context.say(n > record.limit ? `Over the limit of ${record.limit} words` : `Within the limit of ${record.limit} words`);
      over = n > record.limit;
    };
    const allow = (/** @type {boolean} */ yes) => {
      open = yes;
      summary?.setAttribute("aria-disabled", String(!yes));
      if (!yes) mark.open = false;
    };
    allow(false);
    refresh();
    summary?.addEventListener("click", (event) => {
      if (open) return;
      event.preventDefault();
      context.say("Write your sentence and check it first.");
    }, on);
    // Runs before the answer is read: a new sentence needs new marks, and "none" excludes the others.
    form.addEventListener("input", (event) => {
      const target = /** @type {HTMLInputElement} */ (event.target);
      if (target.name === "text" && target.value !== was) {
        was = target.value;
        tick(form, "slip", []);
        refresh();
      } else if (target.name === "slip" && target.checked) {
        for (const box of controls(form, "slip")) if ((box.value === "none") !== (target.value === "none")) box.checked = false;
      }
    }, on);
    form.addEventListener("rewrite:written", () => { was = field(form, "text"); refresh(); }, on);
    el.addEventListener("exercise:state", (event) => {
      const { state, response } = /** @type {CustomEvent} */ (event).detail;
      if (state === "checked" || response?.slips?.length) {
        allow(true);
        mark.open = true;
      } else if (state === "ready") allow(false);
    }, on);
  },
});
