// @ts-check
// Looking back: questions of earlier chapters asked again at equal spacing, and how far the reader has come.
// Spacing is counted in rounds, never in days: a round is a visit in which at least one question was answered.
(() => {
  "use strict";

  /** Questions in a round, and rounds after which a question comes back. */
  const ROUND = 5, SPACING = 3;
  const SURE = ["Guessing", "Fairly sure", "Certain"];

  /** @type {any} */
  const book = /** @type {any} */ (globalThis).essaybook;
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-study]"));
  /** @param {string} part @returns {any} */
  const part = (part) => box.querySelector(`[data-part="${part}"]`);
  const kept = book.host.store(box.dataset.book, (/** @type {string} */ words) => { part("trouble").textContent = words; });
  const own = book.evidence.locker(kept);
  /** @type {{ chapters: { heading: string, page: string, ids: string[] }[], forms: Record<string, string> }} */
  const { chapters, forms } = book.looking;

  /** @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} inside */
  const h = (tag, attributes, ...inside) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    el.append(...inside);
    return el;
  };

  /** @param {any} doc whether some answer to it was ever checked, not only shown */
  const answered = (doc) => !!doc && [doc, ...doc.history].some((/** @type {any} */ one) => one.score !== null || (one.checked && !one.revealed));

  /** What is due: never asked again yet, then longest ago; not from the chapter that the reader is in, where there are others. */
  const due = () => {
    const all = kept.all();
    const begun = chapters.filter(({ ids }) => ids.some((id) => answered(all[id])));
    const earlier = begun.length > 1 ? begun.slice(0, -1) : begun;
    const { round, asked } = own.rounds();
    return earlier.flatMap(({ ids }) => ids).filter((id) => Object.hasOwn(forms, id) && answered(all[id]))
      .filter((id) => asked[id] === undefined || round + 1 - asked[id] >= SPACING)
      .sort((a, b) => (asked[a] ?? -1) - (asked[b] ?? -1)).slice(0, ROUND);
  };

  const ask = () => {
    const ids = due();
    part("due").textContent = ids.length
      ? `${ids.length} ${ids.length === 1 ? "question" : "questions"} this time. Your answer counts once you check it; earlier ones are kept.`
      : `Nothing is due. A question that you checked in an earlier chapter comes here, and comes again three rounds later.`;
    const template = document.createElement("template");
    template.innerHTML = ids.map((id) => forms[id]).join("\n"); // Written by the build, as the page itself was.
    part("questions").append(template.content);
    const sections = /** @type {HTMLElement[]} */ ([...part("questions").querySelectorAll("section.exercise")]);
    if (sections.length) book.host.exercises(sections, true);
    else part("settings").hidden = true;
    let counted = false;
    addEventListener("exercise:state", (event) => {
      const { id, state, score } = /** @type {CustomEvent} */ (event).detail;
      if (state !== "checked" || score === null || !ids.includes(id)) return;
      const { round, asked } = own.rounds();
      const now = counted ? round : round + 1;
      counted = true;
      own.mark({ round: now, asked: { ...asked, [id]: now } });
      progress();
    });
  };

  /** @param {string[]} heads @param {string[][]} rows */
  const table = (heads, rows) => h("table", {},
    h("thead", {}, h("tr", {}, ...heads.map((words) => h("th", { scope: "col" }, words)))),
    h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((words) => h("td", {}, words))))));

  const progress = () => {
    const all = kept.all();
    const rows = chapters.map(({ heading, ids }) => {
      const done = ids.filter((id) => answered(all[id])).length;
      return [heading, done === ids.length ? "done" : done ? "begun" : "not begun", `${done} of ${ids.length}`];
    });
    part("chapters").replaceChildren(table(["Chapter", "State", "Exercises checked"], rows));
    const calibration = book.host.calibration(Object.values(all));
    const any = calibration.some((/** @type {any} */ row) => row.answers);
    part("sure").replaceChildren(any
      ? table(["How sure", "Answers", "Right"], calibration.map((/** @type {any} */ row, /** @type {number} */ i) => [SURE[i], String(row.answers), String(row.right)]))
      : h("p", {}, "Nothing to show yet: tick “Ask how sure I am” above a page’s first exercise, and say it before you check."),
    h("p", { class: "soft" }, "Each question counts once: your first checked answer, where you had said how sure you were."));
  };

  ask();
  progress();
  kept.others(progress);
  box.dataset.ready = "";
})();
