// @ts-check
// The marking page: opening hand-ins, the views of a class, marks by key and by mouse, what is taken away.
// Words of pupils go into the page as text only.
(() => {
  "use strict";

  /** @type {any} */
  const book = (/** @type {any} */ (globalThis)).essaybook;
  const { LARGEST, counted, mark: signOf, read } = book.marking.handins;
  const { first, score, judged, sheet } = book.marking.tally;
  const { archive, csv } = book.marking.feedback;
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-desk]"));
  const { book: name = "", title = "", edition = "", date = "" } = box.dataset;
  const about = { book: name, title, edition, date, records: book.records };
  /** @type {Record<string, any>} */
  const records = book.records;

  /** At once: more than any class, fewer than a disk. */
  const FILES = 1000;
  const LEVELS = 6;
  /** So many answers are found at once. */
  const FOUND = 300;

  /** @param {string} part @returns {any} */
  const part = (part) => box.querySelector(`[data-part="${part}"]`);

  /**
   * An element; strings become text, never markup.
   * @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} inside @returns {any}
   */
  const h = (tag, attributes, ...inside) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    el.append(...inside);
    return el;
  };

  /** @param {string} words */
  const say = (words) => { part("said").textContent = words; };
  const kept = book.marking.marks.store(name, (/** @type {string} */ words) => { part("trouble").textContent = words; });

  /** @typedef {{ pupil: Handin, id: string }} Pair an answer: whose, and to which exercise */
  /** @type {Handin[]} */
  let class_ = [];
  /** @type {{ file: string, said: string, opened: boolean }[]} */
  const files = [];
  let view = "sheet";
  let pupilAt = 0;
  let questionAt = "";
  let query = "";
  /** @type {Pair[]} */
  let pairs = [];
  /** @type {HTMLElement[]} */
  let cards = [];
  let at = 0;

  /** A pupil's exercises in the book's order, then those that this edition does not have. @param {Handin} pupil */
  const idsOf = (pupil) => [...Object.keys(records).filter((id) => Object.hasOwn(pupil.work, id)), ...Object.keys(pupil.work).filter((id) => !Object.hasOwn(records, id))];
  const answered = () => [...new Set(class_.flatMap((pupil) => Object.keys(pupil.work)))];
  const questions = () => {
    const there = new Set(answered());
    return [...Object.keys(records).filter((id) => there.has(id)), ...[...there].filter((id) => !Object.hasOwn(records, id)).sort()];
  };
  /** @param {string} id @returns {any} */
  const recordOf = (id) => (Object.hasOwn(records, id) ? records[id] : null);
  /** @param {string} id */
  const promptOf = (id) => recordOf(id)?.prompt ?? id;
  /** How a pupil is called: two hand-ins of one code are told apart. @param {Handin} pupil */
  const called = (pupil) => {
    const same = class_.filter(({ code }) => code === pupil.code);
    return same.length > 1 ? `${pupil.code} (${same.indexOf(pupil) + 1} of ${same.length})` : pupil.code;
  };
  /** @param {Pair} pair */
  const markOf = ({ pupil, id }) => /** @type {Mark} */ (kept.of(pupil.key, id));
  /** @param {Pair} pair */
  const docOf = ({ pupil, id }) => pupil.work[id];
  /** What an answer is known by, so that a mark tells when it was given to another. @param {Doc} doc */
  const sign = (doc) => signOf(JSON.stringify([doc.version, doc.response]));
  /** @param {Mark} mark */
  const done = (mark) => mark.mark !== null || mark.level > 0 || mark.note.trim() !== "" || mark.comments.length > 0;

  /** @type {WeakMap<Doc, any>} */
  const told = new WeakMap();
  /** An answer in words. @param {Pair} pair */
  const tell = (pair) => {
    const doc = docOf(pair);
    if (!told.has(doc)) told.set(doc, book.handin.assemble(about, pair.pupil.code, { [pair.id]: doc }, {}).chapters[0].answers[0]);
    return told.get(doc);
  };
  /** @type {WeakMap<Doc, number | null>} */
  const scores = new WeakMap();
  /** @param {Pair} pair @returns {number | null} */
  const scoreOf = (pair) => {
    const [doc, record] = [docOf(pair), recordOf(pair.id)];
    if (!scores.has(doc)) scores.set(doc, record && doc.checked ? score(doc, record) : null);
    return scores.get(doc) ?? null;
  };

  // Opening.

  /** @param {Handin} pupil */
  const take = (pupil) => {
    const twin = class_.find(({ key }) => key === pupil.key);
    if (twin) return files.push({ file: pupil.file, said: `The same hand-in as ${twin.file}: opened once.`, opened: false });
    const same = class_.find(({ code }) => code === pupil.code);
    if (same) pupil.remarks.push(`${same.file} has the same code and other answers: both are here, side by side.`);
    for (const [id, doc] of Object.entries(pupil.work)) {
      const record = recordOf(id);
      // A score in a file is what its writer says; what counts is what the answer is worth.
      if (record && doc.score !== null && !doc.revealed && doc.version === record.version) {
        const worth = judged(record, doc.response).score;
        if (worth !== null && Math.abs(worth - doc.score) > 0.011) pupil.remarks.push(`The score of “${record.prompt.slice(0, 60)}” was another in the file; it was worked out again.`);
        if (worth !== null) doc.score = worth;
      }
    }
    class_.push(pupil);
    return files.push({ file: pupil.file, said: [`Opened as ${pupil.code}, ${counted(Object.keys(pupil.work).length, "answer")}.`, ...pupil.remarks].join(" "), opened: true });
  };

  /** @param {File} file */
  const openOne = async (file) => {
    const called_ = file.webkitRelativePath || file.name;
    /** @param {string} said */
    const not = (said) => files.push({ file: called_, said, opened: false });
    if (file.size > LARGEST) return not("The file is larger than 5 MB. No hand-in is: it was not opened.");
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return not("The file could not be read from the disk.");
    }
    const found = read(bytes, called_, about);
    if (found.kind === "refused") return not(found.reason);
    if (found.kind === "handin") return take(found);
    return kept.take(found.data) ? files.push({ file: called_, said: "Marks and comments opened.", opened: true }) : not("This marking file cannot be read.");
  };

  const order = new Intl.Collator("en", { numeric: true });
  let waiting = Promise.resolve();
  /** @param {File[]} chosen */
  const open = (chosen) => {
    waiting = waiting.then(async () => {
      if (!chosen.length) return;
      const [before, seen] = [class_.length, files.length];
      for (const [i, file] of chosen.entries()) {
        if (i >= FILES) files.push({ file: file.name, said: `More than ${FILES} files at once: not opened. Open it in a second go.`, opened: false });
        else await openOne(file);
        if (i % 25 === 24) {
          say(`${i + 1} of ${chosen.length} files read.`);
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
      // Only now is it known which hand-ins are here: an earlier one of the same code may lie further down the pile.
      const there = new Set(class_.map(({ key }) => key));
      for (const pupil of class_.slice(before)) {
        if (!kept.adopt(pupil, there, sign)) continue;
        const remark = "Marks given to an earlier hand-in with this code were brought over. Where an answer has changed since, it says so.";
        pupil.remarks.push(remark);
        for (const row of files) if (row.file === pupil.file) row.said += ` ${remark}`;
      }
      const now = class_[pupilAt]?.key;
      class_.sort((a, b) => order.compare(a.code, b.code) || (a.key < b.key ? -1 : 1));
      pupilAt = Math.max(0, class_.findIndex(({ key }) => key === now));
      const news = files.slice(seen);
      const not = news.filter(({ opened }) => !opened).length;
      box.dataset.opened = String(files.length);
      bank();
      show(before ? view : "sheet");
      say(`${counted(class_.length - before, "hand-in")} opened.${not ? ` ${counted(not, "file")} not opened: the reasons are under Files.` : ""}`);
    });
  };

  part("folder").webkitdirectory = true; // every browser has it, and HTML does not yet
  for (const input of ["files", "folder"]) {
    part(input).addEventListener("change", () => {
      open([...part(input).files]);
      part(input).value = ""; // So that the same file can be opened again.
    });
  }

  /** The files of what was dropped, folders and all. @param {any} entry @param {number} [depth] @returns {Promise<File[]>} */
  const inside = async (entry, depth = 0) => {
    if (entry.isFile) return new Promise((resolve) => entry.file((/** @type {File} */ file) => resolve([file]), () => resolve([new File([], entry.name)])));
    if (!entry.isDirectory || depth > 8) return [];
    const reader = entry.createReader();
    /** @type {File[]} */
    const all = [];
    for (;;) {
      /** @type {any[]} */
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (!some.length || all.length > 3 * FILES) return all;
      for (const one of some) all.push(...(await inside(one, depth + 1)));
    }
  };
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault(); // Else the browser would open the file in place of this page.
    const items = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...(event.dataTransfer?.files ?? [])];
    open(items.length ? (await Promise.all(items.map((item) => inside(item)))).flat() : plain);
  });

  // An answer with its marks.

  /** @param {string} words @param {any} control @param {...(Node | string)} after */
  const labelled = (words, control, ...after) => h("label", {}, h("span", {}, words), control, ...after);

  /** @param {Pair} pair @param {Partial<Mark>} changes */
  const set = (pair, changes) => {
    kept.set(pair.pupil.key, pair.pupil.code, pair.id, { ...changes, on: sign(docOf(pair)) });
    progress();
  };

  /** A number as a teacher writes it, or why not. @param {string} written @param {number} most @returns {number | null | string} */
  const numbered = (written, most) => {
    const plain = written.trim().replace(",", ".");
    if (!plain) return null;
    if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return "A mark is a number, such as 7 or 7.5.";
    return Number(plain) > most ? `No more than ${most}.` : Number(plain);
  };

  /** What is on a card beside the answer, drawn again after a change. @param {HTMLElement} card @param {Pair} pair */
  const redraw = (card, pair) => {
    const mark = markOf(pair);
    const most = kept.most(pair.id);
    const [field, level, note, used, of, stale] = ["mark", "level", "note", "used", "of", "stale"].map((one) => /** @type {any} */ (card.querySelector(`[data-of="${one}"]`)));
    if (numbered(field.value, most) !== mark.mark) field.value = mark.mark === null ? "" : String(mark.mark);
    field.removeAttribute("aria-invalid");
    level.value = String(mark.level);
    if (note.value !== mark.note) note.value = mark.note;
    of.textContent = ` of ${most}`;
    stale.textContent = done(mark) && mark.on && mark.on !== sign(docOf(pair)) ? "The answer has changed since this mark was given." : mark.mark !== null && mark.mark > most ? `This mark is more than ${most}.` : "";
    used.replaceChildren(...mark.comments.map((comment) => {
      const drop = h("button", { type: "button", "aria-label": `Take away: ${comment.slice(0, 80)}` }, "Take away");
      drop.addEventListener("click", () => {
        set(pair, { comments: mark.comments.filter((one) => one !== comment) });
        redraw(card, pair);
        card.focus();
      });
      return h("li", {}, h("span", {}, comment), " ", drop);
    }));
    used.hidden = !mark.comments.length;
    card.classList.toggle("is-done", done(mark));
    /** @type {any} */ (card.querySelector("[data-of=done]")).textContent = done(mark) ? "✓ marked" : "";
  };

  /** @param {Pair} pair @param {number} i */
  const drawn = (pair, i) => {
    const answer = tell(pair);
    const doc = docOf(pair);
    const record = recordOf(pair.id);
    const earlier = record && doc.history.length ? first(doc, record) : null;
    const before = earlier && earlier.count < doc.count ? judged(record, earlier.response).score : null;
    const field = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "6", "data-of": "mark", "aria-describedby": `wrong-${i}` });
    const level = h("select", { "data-of": "level" }, h("option", { value: "0" }, "none"), ...Array.from({ length: LEVELS }, (_, n) => h("option", { value: String(n + 1) }, String(n + 1))));
    const note = h("textarea", { rows: "2", "data-of": "note" });
    const wrong = h("p", { class: "warn", id: `wrong-${i}`, "aria-live": "polite" });
    const head = view === "question" ? called(pair.pupil) : view === "found" ? `${called(pair.pupil)}. ${answer.prompt}` : answer.prompt;
    const card = h("article", { class: "answer", tabindex: "-1", "aria-labelledby": `answer-${i}`, "data-exercise": pair.id, "data-code": pair.pupil.code },
      h("h3", { id: `answer-${i}` }, head, " ", h("span", { class: "done", "data-of": "done" })),
      answer.parts.length ? h("dl", {}, ...answer.parts.flatMap((/** @type {any} */ one) => [h("dt", {}, one.label), h("dd", {}, one.words)]))
        : h("p", { class: "soft" }, record ? "This answer cannot be told in words." : "This edition does not have the exercise, so its answer cannot be told in words."),
      h("p", { class: "soft" }, [...answer.state, ...(before !== null ? [`At the first try: ${Math.round(before * 100)} of 100.`] : []), answer.count ? `${counted(answer.count, "word")}.` : ""].join(" ")),
      h("div", { class: "give" }, labelled("Mark", field, h("span", { class: "of", "data-of": "of" })), labelled("Level", level), h("div", { class: "say" }, labelled("Comment", note))),
      h("ul", { class: "used", "data-of": "used" }), wrong, h("p", { class: "warn", "data-of": "stale" }));
    field.addEventListener("input", () => {
      const value = numbered(field.value, kept.most(pair.id));
      wrong.textContent = typeof value === "string" ? value : "";
      field.setAttribute("aria-invalid", String(typeof value === "string"));
      if (typeof value !== "string") {
        set(pair, { mark: value });
        redraw(card, pair);
      }
    });
    level.addEventListener("change", () => {
      set(pair, { level: Number(level.value) });
      redraw(card, pair);
    });
    note.addEventListener("input", () => {
      set(pair, { note: note.value.slice(0, 5000) });
      redraw(card, pair);
    });
    card.addEventListener("focusin", () => choose(i, false));
    redraw(card, pair);
    return card;
  };

  /** Make an answer the one that keys speak of. @param {number} i @param {boolean} [focus] */
  const choose = (i, focus = true) => {
    if (!cards.length) return;
    const next = Math.max(0, Math.min(i, cards.length - 1));
    const moved = pairs[at]?.id !== pairs[next].id || !part("beside").childElementCount;
    cards[at]?.classList.remove("is-here");
    at = next;
    cards[at].classList.add("is-here");
    if (moved) beside(pairs[at].id);
    if (focus) {
      cards[at].focus({ preventScroll: true });
      cards[at].scrollIntoView({ block: "start", behavior: "instant" }); // Keys come faster than smooth scrolling.
    }
  };

  // Beside an answer: the key, the levels, the comments.

  const strands = [...new Map(Object.values(records).flatMap((record) => record.strands ?? []).map((strand) => [strand.name, strand])).values()];

  /** @param {string} id */
  const beside = (id) => {
    const record = recordOf(id);
    const most = h("input", { type: "text", inputmode: "numeric", maxlength: "3", autocomplete: "off" });
    most.value = String(kept.most(id));
    const wrong = h("p", { class: "warn", "aria-live": "polite" });
    most.addEventListener("input", () => {
      const right = /^[1-9]\d{0,2}$/.test(most.value.trim());
      wrong.textContent = right ? "" : "A whole number from 1 to 999.";
      if (!right) return;
      kept.change({ most: { ...kept.now.most, [id]: Number(most.value) } });
      cards.forEach((card, i) => redraw(card, pairs[i]));
    });
    const own = record?.strands ?? strands;
    part("beside").scrollTop = 0;
    part("beside").replaceChildren(
      h("h2", {}, "Model answer"),
      h("p", {}, promptOf(id)),
      ...(record ? [h("ul", { class: "key-lines" }, ...record.key.map((/** @type {string} */ line) => h("li", {}, line)))] : [h("p", { class: "soft" }, "This edition has no key to it.")]),
      ...(record ? [h("details", {}, h("summary", {}, "The exercise as it was set"), h("ul", {}, ...record.form.map((/** @type {string} */ line) => h("li", {}, line)))), h("p", { class: "soft" }, record.purpose, " ", h("a", { href: `${record.page}.html#x-${id}` }, "Open it in the book"))] : []),
      ...(own.length ? [h("details", {}, h("summary", {}, "Levels, in this book’s words"), ...own.flatMap((/** @type {any} */ strand) => [h("h3", {}, strand.name), h("ol", {}, ...strand.levels.map((/** @type {string} */ line) => h("li", {}, line)))]))] : []),
      labelled("Marks out of", most), wrong,
    );
  };

  const bank = () => {
    part("bank").replaceChildren(...kept.now.bank.map((/** @type {string} */ comment, /** @type {number} */ i) => {
      const use = h("button", { type: "button", class: "comment" }, ...(i < 9 ? [h("kbd", {}, String(i + 1)), " "] : []), comment);
      use.addEventListener("click", () => give(i));
      const drop = h("button", { type: "button", "aria-label": `Remove from the comments: ${comment.slice(0, 80)}` }, "Remove");
      drop.addEventListener("click", () => {
        kept.change({ bank: kept.now.bank.filter((/** @type {string} */ one) => one !== comment) });
        bank();
        part("comment").focus();
      });
      return h("li", {}, use, " ", drop);
    }));
  };

  /** Give a comment of the bank to the answer, or take it away again. @param {number} i */
  const give = (i) => {
    const comment = kept.now.bank[i];
    const [card, pair] = [cards[at], pairs[at]];
    if (!comment || !card) return say(comment ? "Choose an answer first." : `There is no comment ${i + 1} yet.`);
    const { comments } = markOf(pair);
    const has = comments.includes(comment);
    set(pair, { comments: has ? comments.filter((one) => one !== comment) : [...comments, comment] });
    redraw(card, pair);
    return say(`${has ? "Taken away" : "Given"}: ${comment}`);
  };

  part("add").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const comment = part("comment").value.trim();
    if (!comment) return part("comment").focus();
    if (kept.now.bank.includes(comment)) return say("This comment is there already.");
    if (kept.now.bank.length >= 60) return say("Sixty comments are enough: remove one first.");
    kept.change({ bank: [...kept.now.bank, comment] });
    part("comment").value = "";
    bank();
    say(`Kept as comment ${kept.now.bank.length}.`);
    return cards[at]?.focus();
  });

  // The views.

  const progress = () => {
    const all = class_.reduce((n, { work }) => n + Object.keys(work).length, 0);
    const marked = class_.reduce((n, pupil) => n + Object.keys(pupil.work).filter((id) => done(markOf({ pupil, id }))).length, 0);
    part("progress").textContent = all ? `${marked} of ${counted(all, "answer")} marked.` : "";
  };

  /** @param {Pair[]} list @param {boolean} focus */
  const list = (list, focus) => {
    pairs = list;
    at = 0;
    part("beside").replaceChildren();
    cards = pairs.map(drawn);
    part("answers").replaceChildren(...(cards.length ? cards : [h("p", {}, view === "found" ? "Nothing found." : "No answer.")]));
    if (cards.length) choose(0, focus);
  };

  /** @param {string} words @param {{ value: string, words: string, group: string }[]} options @param {string} now @param {(value: string) => void} call */
  const chooser = (words, options, now, call) => {
    const select = h("select", { "data-choose": "" });
    /** @type {Map<string, any>} */
    const groups = new Map();
    for (const { value, words: shown, group } of options) {
      if (group && !groups.has(group)) {
        groups.set(group, h("optgroup", { label: group }));
        select.append(groups.get(group));
      }
      (group ? groups.get(group) : select).append(h("option", { value }, shown));
    }
    select.value = now;
    select.addEventListener("change", () => call(select.value));
    const step = (/** @type {string} */ shown, /** @type {number} */ by) => {
      const button = h("button", { type: "button" }, shown);
      button.addEventListener("click", () => turn(by));
      return button;
    };
    return h("div", { class: "choose" }, labelled(words, select), step("Before", -1), step("Next", 1));
  };

  /** The next pupil, or the next question. @param {number} by @param {boolean} [focus] */
  const turn = (by, focus = true) => {
    if (view === "pupil") {
      const next = pupilAt + by;
      if (next < 0 || next >= class_.length) return say(by > 0 ? "This was the last pupil." : "This is the first pupil.");
      pupilAt = next;
    } else if (view === "question") {
      const all = questions();
      const next = all.indexOf(questionAt) + by;
      if (next < 0 || next >= all.length) return say(by > 0 ? "This was the last question." : "This is the first question.");
      questionAt = all[next];
    } else return say("Choose “By pupil” or “By question” first.");
    say("");
    return answers(focus);
  };

  /** @param {boolean} focus */
  const answers = (focus) => {
    const head = part("head");
    if (view === "pupil") {
      const pupil = class_[pupilAt];
      if (!pupil) return;
      const say_ = h("textarea", { rows: "2", "data-of": "say" });
      say_.value = kept.said(pupil.key);
      say_.addEventListener("input", () => kept.say(pupil.key, pupil.code, say_.value));
      const options = class_.map((one) => ({ value: one.key, words: called(one), group: "" }));
      head.replaceChildren(
        chooser("Pupil", options, pupil.key, (value) => { pupilAt = class_.findIndex(({ key }) => key === value); answers(false); }),
        ...(pupil.remarks.length ? [h("ul", { class: "remarks" }, ...pupil.remarks.map((remark) => h("li", {}, remark)))] : []),
        labelled("To this pupil, on the whole", say_),
        ...(pupil.locker.length ? [h("details", {}, h("summary", {}, `${counted(pupil.locker.length, "piece")} of evidence saved`), h("ol", { class: "evidence" }, ...pupil.locker.map(({ text, cite, note }) =>
          h("li", {}, h("blockquote", {}, text), h("p", { class: "soft" }, cite), ...(note ? [h("p", {}, note)] : [])))))] : []),
      );
      list(idsOf(pupil).map((id) => ({ pupil, id })), focus);
    } else if (view === "question") {
      const all = questions();
      if (!all.length) return;
      if (!all.includes(questionAt)) [questionAt] = all;
      const id = questionAt;
      const group = (/** @type {string} */ one) => recordOf(one)?.heading ?? "No longer in this edition";
      head.replaceChildren(chooser("Question", all.map((one) => ({ value: one, words: promptOf(one), group: group(one) })), id, (value) => { questionAt = value; answers(false); }));
      list(class_.filter((pupil) => Object.hasOwn(pupil.work, id)).map((pupil) => ({ pupil, id })), focus);
    } else {
      const wanted = query.toLocaleLowerCase("en");
      const has = (/** @type {Pair} */ pair) => pair.pupil.code.toLocaleLowerCase("en").includes(wanted)
        || tell(pair).parts.some((/** @type {any} */ one) => one.words.toLocaleLowerCase("en").includes(wanted));
      /** @type {Pair[]} */
      const found = wanted ? class_.flatMap((pupil) => idsOf(pupil).map((id) => ({ pupil, id }))).filter(has) : [];
      head.replaceChildren(h("p", {}, found.length > FOUND ? `${found.length} answers have “${query}”: the first ${FOUND} are shown.` : `${counted(found.length, "answer")} with “${query}”.`));
      list(found.slice(0, FOUND), focus);
    }
  };

  /** @type {["strengths" | "slips" | "again", string, string][]} */
  const LISTS = [["strengths", "What they can do", "Strength"], ["slips", "Where they slip", "Slip"], ["again", "What to teach again", "To teach"]];

  /** A teacher's words, if they were written for this class, give or take some pupils. @returns {Lists | null} */
  const written = () => {
    const own = kept.now.sheet;
    const codes = new Set(class_.map(({ code }) => code));
    const same = own ? own.codes.filter((/** @type {string} */ code) => codes.has(code)).length : 0;
    return own && 2 * same >= Math.max(codes.size, own.codes.length) ? own : null;
  };

  const sheetView = () => {
    const mark = (/** @type {string} */ key, /** @type {string} */ id) => {
      const given = kept.of(key, id).mark;
      return given === null ? null : Math.min(1, given / kept.most(id));
    };
    const made = sheet(class_, records, mark);
    const own = written();
    /** @type {Pick<Lists, "strengths" | "slips" | "again">} */
    const shown = own ?? made;
    const not = files.filter(({ opened }) => !opened).length;
    part("facts").replaceChildren(
      h("p", {}, `${counted(made.handed, "hand-in")}, ${counted(made.answers, "answer")}.${not ? ` ${counted(not, "file")} not opened.` : ""}${own ? " These are your own words; the figures below are counted." : ""}`),
    );
    /** @type {any[]} */
    const fields = [];
    const keep = () => {
      /** @type {any} */
      const lists = { codes: [...new Set(class_.map(({ code }) => code))] };
      for (const { list, area } of fields) (lists[list] ??= []).push(area.value);
      kept.change({ sheet: lists });
    };
    part("lists").replaceChildren(...LISTS.map(([list, heading, one]) => h("section", {},
      h("h3", {}, heading),
      ...(shown[list].some(Boolean) || own ? [] : [h("p", { class: "soft" }, `Not enough answers can be counted for this: it takes ${made.least || 1} to one exercise.`)]),
      ...[0, 1, 2].map((i) => {
        const words = shown[list][i] ?? "";
        const area = h("textarea", { rows: String(Math.ceil(words.length / 80) || 1), "aria-label": `${one} ${i + 1}` });
        area.value = words;
        const printed = h("p", { class: "printed" }, words);
        area.addEventListener("input", () => {
          printed.textContent = area.value;
          keep();
        });
        fields.push({ list, area });
        return h("div", {}, area, printed);
      }))));
    part("table").replaceChildren(
      h("thead", {}, h("tr", {}, ...["Chapter", "Answers", "Right at the first try"].map((words) => h("th", { scope: "col" }, words)))),
      h("tbody", {}, ...made.rows.map((/** @type {any} */ row) => h("tr", {}, h("th", { scope: "row" }, row.heading), h("td", {}, String(row.answers)), h("td", {}, row.mean === null ? "not scored" : `${Math.round(row.mean * 100)} of 100`)))));
  };

  const filesView = () => {
    const rows = [...files.filter(({ opened }) => !opened), ...files.filter(({ opened }) => opened)];
    part("file-list").replaceChildren(
      h("thead", {}, h("tr", {}, ...["File", "What became of it"].map((words) => h("th", { scope: "col" }, words)))),
      h("tbody", {}, ...rows.map(({ file, said, opened }) => h("tr", opened ? {} : { class: "not" }, h("th", { scope: "row" }, file.slice(0, 200)), h("td", {}, opened ? said : `Not opened. ${said}`)))));
  };

  /** @param {string} next */
  const show = (next, focus = false) => {
    view = next;
    const there = class_.length > 0;
    part("desk").hidden = !files.length;
    for (const button of box.querySelectorAll("[data-view]")) {
      const is = button.getAttribute("data-view") === view;
      if (is) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    const lists = ["pupil", "question", "found"].includes(view);
    part("work").hidden = !lists || !there;
    for (const one of ["sheet", "list-of-files", "finish"]) part(one).hidden = view !== one;
    if (!there && lists) part("nothing").hidden = false;
    else part("nothing").hidden = true;
    cards = [];
    pairs = [];
    if (lists && there) answers(focus);
    if (view === "sheet") sheetView();
    if (view === "list-of-files") filesView();
    const not = files.filter(({ opened }) => !opened).length;
    part("files-button").textContent = `Files${not ? ` (${not} not opened)` : ""}`;
    progress();
  };

  // Keys.

  const help = /** @type {HTMLDialogElement} */ (part("help"));
  const keys = part("keys");
  keys.checked = kept.now.keys;
  keys.addEventListener("change", () => {
    kept.change({ keys: keys.checked });
    say(keys.checked ? "Single keys are on." : "Single keys are off.");
  });

  /** Take the score as the mark. @param {number} i */
  const scored = (i) => {
    const got = pairs[i] ? scoreOf(pairs[i]) : null;
    if (got === null) return false;
    set(pairs[i], { mark: Math.round(got * kept.most(pairs[i].id) * 2) / 2 });
    redraw(cards[i], pairs[i]);
    return true;
  };
  const onward = () => (at + 1 < cards.length ? choose(at + 1) : cards[at]?.focus());
  /** @param {string} one */
  const enter = (one) => {
    const field = /** @type {any} */ (cards[at]?.querySelector(`[data-of="${one}"]`));
    field?.focus();
    field?.select?.();
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    j: () => choose(document.activeElement === cards[at] ? at + 1 : at),
    k: () => choose(at - 1),
    n: () => turn(1),
    p: () => turn(-1),
    m: () => enter("mark"),
    l: () => enter("level"),
    c: () => enter("note"),
    u() {
      const next = [...pairs.keys()].map((i) => (at + 1 + i) % pairs.length).find((i) => !done(markOf(pairs[i])));
      if (next === undefined) say("Every answer here is marked.");
      else choose(next);
    },
    s() {
      if (scored(at)) onward();
      else say("This answer has no score to take over: it is yours to mark.");
    },
    S() {
      const open_ = [...pairs.keys()].filter((i) => markOf(pairs[i]).mark === null);
      const taken = open_.filter(scored).length;
      const left = pairs.findIndex((pair) => !done(markOf(pair)));
      if (left >= 0) choose(left);
      say(`${counted(taken, "score")} taken as ${taken === 1 ? "a mark" : "marks"}. ${counted(pairs.filter((pair) => !done(markOf(pair))).length, "answer")} left to mark.`);
    },
    "/": () => part("search").focus(),
    "?": () => help.showModal(),
    ArrowRight: () => actions.j(),
    ArrowLeft: () => actions.k(),
  };

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || help.open) return;
    if (target.matches("input:not([type=checkbox]), textarea, select")) {
      const inCard = target.closest(".answer");
      if (event.key === "Escape") (/** @type {HTMLElement} */ (inCard ?? cards[at] ?? part("search"))).focus();
      else if (event.key === "Enter" && inCard && target.matches("[data-of=mark]") && target.getAttribute("aria-invalid") !== "true") {
        event.preventDefault();
        onward();
      }
      return;
    }
    if (!keys.checked) return;
    if (/^[1-9]$/.test(event.key)) give(Number(event.key) - 1);
    else if (Object.hasOwn(actions, event.key)) actions[event.key]();
    else return;
    event.preventDefault();
  });

  for (const button of box.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => {
      say("");
      show(button.getAttribute("data-view") ?? "sheet");
    });
  }
  part("find").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    query = part("search").value.trim();
    show(query ? "found" : "pupil", true);
  });

  // What is taken away.

  /** @param {BlobPart} content @param {string} type @param {string} file */
  const save = (content, type, file) => {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([content], { type }));
    a.download = file;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
    say(`Written to the file ${file}.`);
  };

  /** @type {Record<string, () => void>} */
  const presses = {
    csv: () => save(csv(class_, kept, records), "text/csv", "marks.csv"),
    feedback: () => save(archive(class_, kept, about), "application/zip", `feedback-${name}.zip`),
    marking: () => save(kept.file(), "application/json", `${name}-marking.json`),
    print: () => window.print(),
    again() {
      kept.change({ sheet: null });
      sheetView();
      say("Written again from the answers.");
    },
    help: () => help.showModal(),
    close: () => help.close(),
    erase() {
      part("sure").hidden = false;
      part("sure").querySelector("[data-action=erase-all]").focus();
    },
    "erase-all"() {
      kept.erase();
      part("sure").hidden = true;
      bank();
      show("finish");
      say("All marks and comments of this book are erased from this browser. The hand-ins stay open until you close the page.");
      (/** @type {any} */ (box.querySelector("[data-action=erase]")))?.focus();
    },
    "erase-not"() {
      part("sure").hidden = true;
      (/** @type {any} */ (box.querySelector("[data-action=erase]")))?.focus();
    },
  };
  document.addEventListener("click", (event) => {
    const action = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.action ?? "";
    if (Object.hasOwn(presses, action)) presses[action]();
  });
  addEventListener("beforeunload", (event) => {
    if (kept.lost()) event.preventDefault();
  });
  kept.others(() => {
    bank();
    show(view);
  });

  if (Object.keys(kept.now.pupils).length) say(`Marks for ${counted(Object.keys(kept.now.pupils).length, "hand-in")} are kept in this browser. Open the files again to go on.`);
  bank();
  box.dataset.ready = "";
})();
