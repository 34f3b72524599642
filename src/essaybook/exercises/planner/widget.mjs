// Planner: a frame that fades, paragraphs to fill and move, and plain signals of what is missing.
// @ts-check
import { checked, exercise, field, movable, tick, words } from "./kit.mjs";

const PARTS = ["claim", "evidence", "counter", "link"];
const LEVELS = ["full", "headings", "blank"];
const MOST = 8;
const CONTRAST = ["but", "however", "yet", "although", "though", "against", "other hand", "doubts", "denies", "not", "nevertheless"];
const MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december";

/** @typedef {{ claim: string, evidence: string, counter: string, link: string }} Paragraph */

/** Whatever was saved, as text. @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/** @param {any} response @returns {{ help: string, thesis: string, paragraphs: Paragraph[] }} */
const sound = (response) => ({
  help: LEVELS.includes(response?.help) ? response.help : "full",
  thesis: text(response?.thesis),
  paragraphs: (Array.isArray(response?.paragraphs) ? response.paragraphs : []).slice(0, MOST)
    .map((/** @type {any} */ p) => ({ claim: text(p?.claim), evidence: text(p?.evidence), counter: text(p?.counter), link: text(p?.link) })),
});

/** Letters and figures with single spaces, so that whole words can be looked for. @param {string} said */
const plain = (said) => ` ${said.normalize("NFC").replace(/(\d)[,\u00a0\u202f](?=\d{3})/g, "$1").replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;

/** Which of some words stand in a text. @param {string} said @param {string[]} list */
const found = (said, list) => list.filter((word) => plain(said).toLowerCase().includes(plain(word).toLowerCase()));

/** A year, or a day of a month. @param {string} said */
const dated = (said) => /(^|\D)(1\d{3}|20\d{2})(?!\d)/.test(said) || new RegExp(`(\\d{1,2}(st|nd|rd|th)? (${MONTHS}))|((${MONTHS}) \\d{1,2})(?!\\d)`, "i").test(said);

/** @param {Paragraph} p */
const filled = (p) => Boolean((p.claim + p.evidence + p.counter + p.link).trim());

/** @param {HTMLFormElement} form @returns {HTMLElement} */
const list = (form) => /** @type {HTMLElement} */ (form.querySelector("[data-paragraphs]"));

/** @param {HTMLFormElement} form @returns {HTMLElement[]} */
const items = (form) => /** @type {HTMLElement[]} */ ([...list(form).children]);

/** @param {Element} li @param {string} part @returns {HTMLTextAreaElement} */
const area = (li, part) => /** @type {HTMLTextAreaElement} */ (li.querySelector(`[data-part="${part}"]`));

/** @param {number} count */
const counted = (count) => `${count} ${count === 1 ? "word" : "words"}`;

/** Another paragraph at the end, empty, with names of its own. @param {HTMLFormElement} form @param {any} record */
const more = (form, record) => {
  const model = items(form)[0];
  const li = /** @type {HTMLElement} */ (model.cloneNode(true));
  const used = items(form).map((item) => Number(area(item, "claim").name.split("-")[1]));
  const key = Math.max(...used) + 1;
  for (const part of PARTS) {
    const box = area(li, part);
    box.name = `${part}-${key}`;
    box.value = box.defaultValue = "";
    if (box.dataset.evidence) box.dataset.evidence = String(key);
    const given = record.starters[part];
    const starter = box.closest("label")?.querySelector(".plan-starter");
    if (starter) starter.textContent = given[(key - 1) % given.length];
  }
  list(form).append(li);
  return li;
};

/** Numbers, names of buttons, word counts, and the level of help, after any change. @param {HTMLFormElement} form */
const follow = (form) => {
  const all = items(form);
  let total = words(field(form, "thesis"));
  all.forEach((li, i) => {
    const count = PARTS.reduce((sum, part) => sum + words(area(li, part).value), 0);
    total += count;
    /** @type {HTMLElement} */ (li.querySelector("[data-words]")).textContent = count ? counted(count) : "";
    /** @type {HTMLElement} */ (li.querySelector("[data-number]")).textContent = `Paragraph ${i + 1}`;
    for (const part of PARTS) area(li, part).closest("label")?.toggleAttribute("data-filled", Boolean(area(li, part).value.trim()));
    const [up, down] = li.querySelectorAll("[data-move]");
    const drop = li.querySelector('[data-do="drop"]');
    up.setAttribute("aria-label", `Move paragraph ${i + 1} up`);
    down.setAttribute("aria-label", `Move paragraph ${i + 1} down`);
    drop?.setAttribute("aria-label", `Remove paragraph ${i + 1}`);
    up.toggleAttribute("disabled", i === 0);
    down.toggleAttribute("disabled", i === all.length - 1);
    drop?.toggleAttribute("disabled", all.length === 1);
  });
  /** @type {HTMLElement} */ (form.querySelector("[data-total]")).textContent = `${counted(total)} in all`;
  form.querySelector('[data-action="more"]')?.toggleAttribute("disabled", all.length >= MOST);
  const plan = /** @type {HTMLElement} */ (form.querySelector("[data-plan]"));
  plan.dataset.help = checked(form, "help")[0] ?? "full";
};

export default exercise({
  read: (form) => ({
    help: checked(form, "help")[0] ?? "full",
    thesis: field(form, "thesis"),
    paragraphs: items(form).map((li) => Object.fromEntries(PARTS.map((part) => [part, area(li, part).value]))),
  }),
  empty(response) {
    const { thesis, paragraphs } = sound(response);
    return !thesis.trim() && !paragraphs.some(filled);
  },
  write(form, response, { record }) {
    const { help, thesis, paragraphs } = sound(response);
    const count = paragraphs.length || record.paragraphs;
    while (items(form).length > count) items(form)[items(form).length - 1].remove();
    while (items(form).length < count) more(form, record);
    tick(form, "help", [help]);
    field(form, "thesis", thesis);
    items(form).forEach((li, i) => {
      for (const part of PARTS) area(li, part).value = paragraphs[i]?.[/** @type {keyof Paragraph} */ (part)] ?? "";
    });
    follow(form);
  },
  judge(response, record) {
    const { help, thesis, paragraphs } = sound(response);
    const parts = (/** @type {Paragraph} */ p) => [p.claim, p.evidence, p.counter, p.link].join("\n");
    const whole = [thesis, ...paragraphs.map(parts)].join("\n");
    /** @type {{ text: string, cites?: string[], about?: string }[]} */
    const notes = [];
    const weighs = (/** @type {string} */ said) => found(said, record.judgement).length > 0;

    if (!thesis.trim()) notes.push({ about: "Thesis.", text: "There is none yet. Answer the question in one sentence before you defend the answer." });
    else if (!weighs(thesis)) notes.push({ about: "Thesis.", text: `No judgement word stands in it. How far, and compared with what? Such words are: ${record.judgement.slice(0, 8).join(", ")}.` });

    paragraphs.forEach((p, i) => {
      if (!filled(p)) return;
      /** @type {string[]} */
      const lacks = [];
      if (!p.claim.trim()) lacks.push("It makes no point of its own: what would a reader disagree with?");
      const proof = p.evidence.trim() || (help === "blank" && dated(p.claim));
      if (!proof) lacks.push("It has no evidence: which record would you show to somebody who doubts it?");
      else if (!dated(p.evidence) && !(help === "blank" && dated(p.claim))) lacks.push("Its evidence has no date: when was that, and what had happened by then?");
      if (!p.counter.trim() && !(help === "blank" && found(p.claim + p.link, CONTRAST).length)) lacks.push("Nothing stands against it: who or what says otherwise?");
      if (help !== "blank" && !p.link.trim()) lacks.push("It does not come back to the question.");
      if (lacks.length) notes.push({ about: `Paragraph ${i + 1}.`, text: lacks.join(" ") });
    });
    const done = paragraphs.filter(filled);
    const again = done.filter((p, i) => p.evidence.trim() && done.slice(0, i).some((q) => plain(q.evidence).toLowerCase() === plain(p.evidence).toLowerCase()));
    if (again.length) notes.push({ about: "Evidence.", text: "The same evidence stands in two paragraphs. Let each carry its own, or join them." });
    if (done.length < 2) notes.push({ about: "Shape.", text: "One paragraph cannot weigh anything. Set a second beside it." });
    if (done.length && !weighs(done.map((p) => (help === "blank" ? parts(p) : p.link + p.claim)).join("\n")))
      notes.push({ about: "Judgement.", text: "No paragraph weighs its point: nothing says more, less, enough or only." });

    const named = (record.figures?.historians ?? []).filter((/** @type {string} */ name) => plain(whole).includes(plain(name)));
    if (!named.length) notes.push({ about: "Historians.", text: `None is named. For this question: ${(record.figures?.suggested ?? []).join("; ")}.`, cites: record.positions.map((/** @type {string} */ id) => `position:${id}`) });

    for (const signal of record.signals) {
      const hits = found(whole, signal.words);
      if (signal.when === "present" && hits.length) notes.push({ about: `You write “${hits[0]}”.`, text: signal.text, cites: signal.cites });
      if (signal.when === "absent" && !hits.length) notes.push({ text: signal.text, cites: signal.cites });
    }
    const years = [...new Set(whole.match(/(?<!\d)(1\d{3}|20\d{2})(?!\d)/g) ?? [])].sort();
    const stock = [years.length ? `years: ${years.join(", ")}` : "", named.length ? `historians: ${named.join(", ")}` : ""].filter(Boolean);
    if (stock.length) notes.push({ about: "What stands in your plan.", text: `${stock.join("; ")}.`.replace(/^./, (c) => c.toUpperCase()) });
    const missing = notes.length - (stock.length ? 1 : 0);
    return {
      score: null,
      head: missing ? "Signals, not a mark: what a reader would look for here and not find." : "Nothing is missing that can be counted. Whether it convinces, only a reader can say.",
      notes,
    };
  },
  enhance(form, context) {
    const { record, signal, changed, say } = context;
    const on = { signal };
    const refresh = movable(list(form), context, (li) => `Paragraph “${area(li, "claim").value.trim().slice(0, 40) || "empty"}”`);
    form.addEventListener("input", () => follow(form), on);
    form.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button?.dataset.action === "more" && items(form).length < MOST) {
        const li = more(form, record);
        refresh();
        follow(form);
        area(li, "claim").focus();
        say(`Paragraph ${items(form).length} added.`);
        changed();
      } else if (button?.dataset.do === "drop" && items(form).length > 1) {
        const li = /** @type {HTMLElement} */ (button.closest("li"));
        const at = items(form).indexOf(li);
        // a first press on a paragraph with text only asks, so that no work goes by a slip of the finger
        if (PARTS.some((part) => area(li, part).value.trim()) && !button.hasAttribute("data-asked")) {
          button.setAttribute("data-asked", "");
          button.textContent = "Remove?";
          return say(`Paragraph ${at + 1} has text. Press again to remove it.`);
        }
        li.remove();
        follow(form);
        area(items(form)[Math.min(at, items(form).length - 1)], "claim").focus();
        say(`Paragraph ${at + 1} removed.`);
        changed();
      }
    }, on);
    for (const moved of ["click", "keydown"]) list(form).addEventListener(moved, () => follow(form), on);
    form.addEventListener("focusout", (event) => {
      const button = /** @type {HTMLElement} */ (event.target);
      if (!button.hasAttribute("data-asked")) return;
      button.removeAttribute("data-asked");
      button.textContent = "×";
    }, on);
    follow(form);
  },
});
