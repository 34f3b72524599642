// Source lab: stages that open one after another, each committed before the next, and what each should have moved.
// @ts-check
import { checked, controls, exercise, field, h, tick } from "./kit.mjs";

/** A degree of belief from 0 to 10, or null. @param {any} raw */
const degree = (raw) => {
  const n = raw === "" || raw === null || raw === undefined || typeof raw === "object" ? NaN : Number(raw);
  return Number.isInteger(n) && n >= 0 && n <= 10 ? n : null;
};

/** How far the reader has read: the stage opened last. @param {any} response @param {any} record */
const reached = (response, record) => {
  const n = Number(response?.stage);
  return Number.isInteger(n) ? Math.max(0, Math.min(n, record.steps.length)) : 0;
};

/** A sentence of its own, before a text. @param {string} words */
const titled = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (/[.?!]$/.test(words) ? "" : ".");

/** @param {number} n */
const far = (n) => (n === 0 ? "not at all" : `by ${n} in 10`);

/** What the reader's move says beside what the step should have moved. @param {number | null} from @param {number | null} to @param {any} step */
const moved = (from, to, step) => {
  const should = step.moves === "none" ? "It should not have moved you."
    : `It should have ${step.moves === "up" ? "raised" : "lowered"} it, ${step.far === "much" ? "a good deal" : "a little"}.`;
  if (from === null || to === null) return should;
  const by = to - from;
  const went = by === 0 ? `You stayed at ${to} in 10.` : `You went ${by > 0 ? "up" : "down"} from ${from} to ${to}, ${far(Math.abs(by))}.`;
  if (step.moves === "none") return `${went} ${by === 0 ? "Rightly: it bears on the claim neither way." : should}`;
  const end = step.moves === "up" ? 10 : 0;
  if (from === end) return `${went} ${by === 0 ? "You could go no further that way; it was the earlier step that took you too far." : should}`;
  if (by === 0) return `${went} ${should}`;
  if ((by > 0) !== (step.moves === "up")) return `${went} It points the other way. ${should}`;
  const large = Math.abs(by) >= 3;
  if (large && step.far === "little") return `${went} That is the way it points, but further than it can carry.`;
  if (!large && step.far === "much" && to !== end) return `${went} That is the way it points, and it carries further than that.`;
  return `${went} That is the way it points.`;
};

export default exercise({
  read(form, { record, el }) {
    const year = field(form, "year");
    return {
      author: checked(form, "author")[0] ?? "",
      year,
      aim: checked(form, "aim")[0] ?? "",
      sure: [0, ...record.steps].map((_, k) => field(form, `sure-${k}`)),
      stage: Number(el.dataset.stage ?? 0),
      changed: field(form, "changed"),
      text: field(form, "text"),
    };
  },
  write(form, response, { record, el }) {
    tick(form, "author", [response?.author ?? ""]);
    field(form, "year", response?.year ?? "");
    tick(form, "aim", [response?.aim ?? ""]);
    [0, ...record.steps].forEach((_, k) => field(form, `sure-${k}`, String(response?.sure?.[k] ?? "")));
    field(form, "changed", response?.changed ?? "");
    field(form, "text", response?.text ?? "");
    el.dataset.stage = String(reached(response, record));
    form.dispatchEvent(new CustomEvent("source-lab:stage"));
  },
  empty: (response) => !response?.author && !response?.year && !response?.aim
    && !(response?.sure ?? []).some((/** @type {any} */ raw) => degree(raw) !== null),
  judge(response, record) {
    const stages = record.steps.length;
    const open = reached(response, record);
    if (open < stages) {
      const left = stages - open;
      return { score: null, head: "Read on first.", notes: [{ text: `${left} of ${stages} stages ${left === 1 ? "is" : "are"} still closed. The comparison comes at the end, when you have said each time how sure you are.` }] };
    }
    /** @type {any[]} */
    const notes = [];
    let right = 0, asked = 0;
    if (record.author) {
      asked += 1;
      const picked = record.author.options.find((/** @type {any} */ o) => o.id === response.author);
      const truth = record.author.options.find((/** @type {any} */ o) => o.right);
      if (picked?.right) right += 1;
      if (picked) notes.push({ ...picked.feedback, about: titled(`${record.author.ask} ${picked.text}`), right: Boolean(picked.right) });
      if (!picked?.right) notes.push({ ...truth.feedback, about: titled(truth.text) });
    }
    if (record.year) {
      asked += 1;
      const { answer, within, why } = record.year;
      const said = /^\s*\d{1,4}\s*$/.test(String(response.year ?? "")) ? Number(response.year) : null;
      const by = said === null ? 0 : said - answer;
      const hit = said !== null && Math.abs(by) <= within;
      if (hit) right += 1;
      const gap = Math.abs(by) === 1 ? "1 year" : `${Math.abs(by)} years`;
      const told = said === null ? `The year is ${answer}.` : by === 0 ? `${answer}.` : `You said ${said}, ${gap} too ${by > 0 ? "late" : "early"}: it is ${answer}.`;
      notes.push({ ...why, about: record.year.ask, right: said === null ? null : hit, text: `${told} ${why.text}` });
    }
    const aim = record.aim.options.find((/** @type {any} */ o) => o.id === response.aim);
    if (aim) notes.push({ ...aim.feedback, about: titled(aim.text) });
    const sure = [0, ...record.steps].map((_, k) => degree(response.sure?.[k]));
    record.steps.forEach((/** @type {any} */ step, /** @type {number} */ i) => {
      notes.push({ ...step.why, about: titled(step.title), text: `${moved(sure[i], sure[i + 1], step)} ${step.why.text}` });
    });
    const shifts = record.steps.map((/** @type {any} */ step, /** @type {number} */ i) => {
      const [from, to] = [sure[i], sure[i + 1]];
      return { step, by: from === null || to === null ? 0 : Math.abs(to - from) };
    });
    const most = shifts.reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.by > a.by ? b : a));
    const [first, last] = [sure[0], sure[stages]];
    if (first !== null && last !== null) {
      notes.push({ about: "From first to last.", text: first === last
        ? `You end where you began, at ${last} in 10${most.by ? `, although you moved on the way, most at “${most.step.title}”` : ""}.`
        : `You began at ${first} in 10 and end at ${last}: ${last > first ? "up" : "down"} ${far(Math.abs(last - first))}.` });
    }
    const named = shifts.find((/** @type {any} */ s) => s.step.id === response.changed);
    if (named && most.by > named.by) notes.push({ text: `You say that “${named.step.title}” moved you most; your numbers moved most at “${most.step.title}”. Which do you believe?` });
    if (response.changed === "nothing" && most.by > 0) notes.push({ text: `You say that nothing moved you; your numbers moved at “${most.step.title}”.` });
    return {
      score: asked ? right / asked : null,
      head: asked
        ? `Of what can be right or wrong, ${right} of ${asked}. How sure to be is a judgement: below is what each stage should have moved, and why.`
        : "How sure to be is a judgement. Below is what each stage should have moved, and why.",
      notes,
    };
  },
  answer: (record) => ({
    author: record.author?.options.find((/** @type {any} */ o) => o.right)?.id ?? "",
    year: record.year ? String(record.year.answer) : "",
    aim: "",
    sure: [],
    stage: record.steps.length,
    changed: "",
    text: "",
  }),
  enhance(form, { record, el, signal, say, changed }) {
    const stages = /** @type {HTMLDetailsElement[]} */ ([...form.querySelectorAll("details[data-stage]")]);
    el.dataset.stage = "0";
    /** What is not yet answered in a stage, in the words of its label or legend. @param {number} k */
    const missing = (k) => {
      const fields = /** @type {any[]} */ ([...form.querySelectorAll(`[data-stage-field="${k}"]`)]);
      const gap = fields.find((c) => (c.type === "radio" ? !controls(form, c.name).some((r) => r.checked) : c.value === "" || !c.validity.valid));
      if (!gap) return null;
      const name = gap.type === "radio" ? gap.closest("fieldset").querySelector("legend") : gap.closest("label").querySelector("span");
      return { gap, words: name.textContent.trim() };
    };
    const buttons = stages.map((details, i) => {
      const title = /** @type {HTMLElement} */ (details.querySelector("summary")).textContent ?? "Read on";
      const warn = h("p", { class: "x-need", role: "alert" });
      const button = h("button", { type: "button", class: "x-on", "data-read": i + 1 }, title);
      button.addEventListener("click", () => {
        const gap = missing(i);
        if (gap) {
          warn.textContent = `First commit an answer to: ${gap.words}`;
          gap.gap.focus();
          return;
        }
        el.dataset.stage = String(i + 1);
        layout();
        changed();
        say(`Stage ${i + 1} of ${stages.length} is open. What you committed before it is kept as it was.`);
        const summary = /** @type {HTMLElement} */ (details.querySelector("summary"));
        summary.focus();
      }, { signal });
      details.before(button, warn);
      return { button, warn };
    });
    /** Show what has been reached; what is committed can no longer be changed, except by Clear. */
    const layout = () => {
      const open = Number(el.dataset.stage ?? 0);
      stages.forEach((details, i) => {
        const shown = i < open;
        details.hidden = !shown;
        details.open = shown;
        buttons[i].button.hidden = shown;
        buttons[i].warn.textContent = "";
      });
      for (const c of form.querySelectorAll("[data-stage-field]")) {
        const k = c.getAttribute("data-stage-field");
        /** @type {any} */ (c).disabled = k !== "end" && Number(k) < open;
      }
    };
    form.addEventListener("source-lab:stage", layout, { signal });
    layout();
  },
});
