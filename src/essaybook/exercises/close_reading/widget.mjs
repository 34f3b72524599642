// Close reading: words marked one by one or in runs, and the reading they come nearest to.
// @ts-check
import { checked, controls, exercise, field, tick } from "./kit.mjs";

/** @typedef {{ id: string, name: string, says: string, spans: string[], around: string[], accepted: boolean, feedback: { text: string, cites?: string[] } }} Reading */

/** Words without the punctuation at their ends, as the record's check counts them. @param {string} text */
const wordsOf = (text) => text.split(/\s+/).map((t) => t.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")).filter(Boolean);

/** Which words of the passage spans cover. @param {string} passage @param {string[]} spans */
const placesOf = (passage, spans) => {
  const there = wordsOf(passage);
  const found = new Set();
  for (const span of spans) {
    const wanted = wordsOf(span);
    const at = there.findIndex((_, i) => wanted.every((w, k) => there[i + k] === w));
    if (at >= 0) wanted.forEach((_, k) => found.add(at + k));
  }
  return found;
};

/** Marks that a saved or sent answer may hold. @param {any} response @param {any} record @returns {number[]} */
const marksOf = (response, record) => {
  const last = wordsOf(record.passage).length;
  const given = Array.isArray(response?.marks) ? response.marks : [];
  /** @type {Set<number>} */
  const fit = new Set(given.filter((/** @type {any} */ m) => Number.isInteger(m) && m >= 0 && m < last));
  return [...fit].sort((a, b) => a - b);
};

/** How far marks and a reading overlap. @param {number[]} marks @param {Reading} reading @param {any} record */
const overlap = (marks, reading, record) => {
  const wanted = placesOf(record.passage, reading.spans);
  const free = placesOf(record.passage, reading.around ?? []);
  const hits = marks.filter((m) => wanted.has(m)).length;
  const others = marks.filter((m) => !wanted.has(m) && !free.has(m));
  const missed = [...wanted].filter((m) => !marks.includes(m)).sort((a, b) => a - b);
  const f1 = hits ? (2 * hits) / (2 * hits + others.length + missed.length) : 0;
  return { reading, wanted, hits, others, missed, f1 };
};

/** @param {any} response @param {any} record */
const nearestOf = (response, record) => {
  const marks = marksOf(response, record);
  const all = record.readings.map((/** @type {Reading} */ r) => overlap(marks, r, record));
  /** @type {ReturnType<typeof overlap>} */
  const nearest = all.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.f1 > a.f1 ? b : a));
  const best = Math.max(0, ...all.filter((/** @type {any} */ o) => o.reading.accepted).map((/** @type {any} */ o) => o.f1));
  return { marks, all, nearest, best };
};

/** Words of the passage as feedback quotes them, neighbours together. @param {number[]} places @param {any} record */
const quote = (places, record) => {
  const there = wordsOf(record.passage);
  /** @type {number[][]} */
  const runs = [];
  for (const at of places) {
    const run = runs.at(-1);
    run?.at(-1) === at - 1 ? run.push(at) : runs.push([at]);
  }
  return runs.map((run) => `“${run.map((at) => there[at]).join(" ")}”`).join(", ");
};

export default exercise({
  read: (form) => ({ marks: checked(form, "mark").map(Number), because: field(form, "because") }),
  empty: (response) => !response?.marks?.length,
  write(form, response) {
    tick(form, "mark", (response?.marks ?? []).map(String));
    field(form, "because", response?.because ?? "");
  },
  judge(response, record) {
    const { nearest, marks, best } = nearestOf(response, record);
    const accepted = record.readings.filter((/** @type {Reading} */ r) => r.accepted);
    if (!nearest.f1) {
      const names = accepted.map((/** @type {Reading} */ r) => r.name).join("; ");
      const rests = marks.length ? `No reading given here rests on ${quote(marks, record)}. ` : "No word is marked. ";
      return {
        score: 0,
        head: "These words do not carry it.",
        notes: [{ text: `${rests}Read the passage again with ${accepted.length > 1 ? "one of these" : "this"} in mind: ${names}.` }],
      };
    }
    const { reading, hits, others, missed, wanted } = nearest;
    const exact = nearest.f1 === 1;
    const notes = [{ ...reading.feedback, about: `${reading.name}.`, right: reading.accepted ? (exact ? true : null) : false }];
    if (missed.length) notes.push({ text: `This reading also needs ${quote(missed, record)}.`, right: null, about: "" });
    /** @type {Reading[]} */
    const rivals = accepted.filter((/** @type {Reading} */ r) => r !== reading);
    const theirs = rivals.map((r) => placesOf(record.passage, r.spans));
    const idle = others.filter((m) => !theirs.some((places) => places.has(m)));
    if (idle.length) notes.push({ text: `It does not rest on ${quote(idle, record)}.`, right: null, about: "" });
    for (const [i, other] of rivals.entries()) {
      const shared = others.filter((m) => theirs[i].has(m));
      if (shared.length) notes.push({ text: `carries the other reading, ${other.name}; marks that bear out both leave it open which you mean.`, right: null, about: quote(shared, record) });
      const spans = other.spans.map((s) => `“${s}”`).join(", ");
      notes.push({ text: `would mark ${spans}, and say: ${other.says}`, right: null, about: `${reading.accepted ? "The other reading" : "An accepted reading"}, ${other.name},` });
    }
    const counted = `${hits} of its ${wanted.size} words${others.length ? `, and ${others.length} ${others.length === 1 ? "other" : "others"}` : ""}`;
    return {
      score: Math.round(best * 100) / 100,
      head: exact ? `These are the words of the reading “${reading.name}”.` : `Nearest to the reading “${reading.name}”: ${counted}.`,
      notes,
    };
  },
  answer(record) {
    const first = record.readings.find((/** @type {Reading} */ r) => r.accepted);
    return { marks: [...placesOf(record.passage, first.spans)].sort((a, b) => a - b), because: "" };
  },
  enhance(form, context) {
    const { el, record, signal } = context;
    const field_ = /** @type {HTMLElement} */ (form.querySelector("[data-words]"));
    /** @type {HTMLInputElement[]} */
    const boxes = controls(form, "mark");
    const on = { signal };
    let here = 0;
    /** The word that a run began at, and the marks before it. @type {{ at: number, before: boolean[], to: boolean } | null} */
    let run = null;
    const stop = () => { run = null; };
    const rove = (/** @type {number} */ i) => {
      boxes[here].tabIndex = -1;
      here = i;
      boxes[here].tabIndex = 0;
    };
    const extend = (/** @type {number} */ to) => {
      if (!run) return;
      const { at, before, to: value } = run;
      const [low, high] = at < to ? [at, to] : [to, at];
      boxes.forEach((box, i) => { box.checked = i >= low && i <= high ? value : before[i]; });
    };
    const told = () => {
      const marks = boxes.flatMap((box, i) => (box.checked ? [i] : []));
      context.say(marks.length ? `Marked: ${quote(marks, record)}` : "Nothing marked");
      context.changed();
    };
    /** The nearest word in the line above or below. @param {number} way */
    const line = (way) => {
      const mid = (/** @type {DOMRect} */ r) => (r.left + r.right) / 2;
      const from = boxes[here].getBoundingClientRect();
      let best = here;
      let row = NaN;
      for (let i = here + way; i >= 0 && i < boxes.length; i += way) {
        const r = boxes[i].getBoundingClientRect();
        if (Math.abs(r.top - from.top) < 4) continue;
        if (Number.isNaN(row)) row = r.top;
        if (Math.abs(r.top - row) > 4) break;
        if (best === here || Math.abs(mid(r) - mid(from)) < Math.abs(mid(boxes[best].getBoundingClientRect()) - mid(from))) best = i;
      }
      return best;
    };
    boxes.forEach((box, i) => { box.tabIndex = i ? -1 : 0; });
    field_.dataset.words = "live";
    field_.addEventListener("focusin", (event) => {
      const i = boxes.indexOf(/** @type {any} */ (event.target));
      if (i >= 0 && i !== here) rove(i);
    }, on);
    field_.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !boxes.includes(/** @type {any} */ (event.target))) return;
      const last = boxes.length - 1;
      /** @type {Record<string, () => number>} */
      const ways = {
        ArrowRight: () => Math.min(here + 1, last), ArrowLeft: () => Math.max(here - 1, 0),
        ArrowDown: () => line(1), ArrowUp: () => line(-1), Home: () => 0, End: () => last,
      };
      const to = ways[event.key]?.();
      if (to === undefined) return;
      event.preventDefault();
      if (event.shiftKey) run ??= { at: here, before: boxes.map((b) => b.checked), to: true };
      else stop();
      rove(to);
      boxes[to].focus();
      if (!run) return;
      extend(to);
      told();
    }, on);
    field_.addEventListener("keyup", (event) => { if (event.key === "Shift") stop(); }, on);
    form.addEventListener("input", stop, on);

    // An extra for the mouse: press on a word and draw across others.
    let drawn = false;
    const boxAt = (/** @type {Event} */ event) =>
      boxes.findIndex((b) => b.closest("label")?.contains(/** @type {Node} */ (event.target)));
    field_.addEventListener("pointerdown", (event) => {
      const at = boxAt(event);
      drawn = false;
      run = at >= 0 && event.pointerType === "mouse" && event.button === 0 ? { at, before: boxes.map((b) => b.checked), to: !boxes[at].checked } : null;
    }, on);
    field_.addEventListener("pointerover", (event) => {
      const at = boxAt(event);
      if (!run || !(event.buttons & 1) || at < 0 || (at === run.at && !drawn)) return;
      drawn = true;
      extend(at);
    }, on);
    field_.ownerDocument.addEventListener("pointerup", () => {
      if (drawn) told();
      if (run) stop();
    }, on);
    field_.addEventListener("click", (event) => {
      if (drawn) event.preventDefault();
      drawn = false;
    }, { signal, capture: true });

    // Once checked, the words of the nearest reading are dotted under.
    el.addEventListener("exercise:state", (event) => {
      const { state, response } = /** @type {CustomEvent} */ (event).detail;
      const { nearest } = nearestOf(response, record);
      boxes.forEach((box, i) => {
        box.closest("label")?.toggleAttribute("data-read", state === "checked" && nearest.f1 > 0 && nearest.wanted.has(i));
      });
    }, on);
  },
});
