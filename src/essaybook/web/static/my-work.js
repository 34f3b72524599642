// @ts-check
// The page of a reader's own work: what was done, the evidence saved, handing in, opening, erasing.
(() => {
  "use strict";

  /** @type {any} */
  const book = /** @type {any} */ (globalThis).essaybook;
  const box = /** @type {HTMLElement} */ (document.querySelector("[data-study]"));
  const { book: name = "", title = "", edition = "", date = "" } = box.dataset;
  /** @param {string} part @returns {any} */
  const part = (part) => box.querySelector(`[data-part="${part}"]`);
  const { counted } = book.handin;

  /**
   * An element; strings become text, never markup.
   * @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} inside
   */
  const h = (tag, attributes, ...inside) => {
    const el = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    el.append(...inside);
    return el;
  };

  /** @param {string} words */
  const say = (words) => { part("said").textContent = words; };
  const kept = book.host.store(name, (/** @type {string} */ words) => { part("trouble").textContent = words; });
  const own = book.evidence.locker(kept);
  const whole = (code = "") => book.handin.assemble({ book: name, title, edition, date }, code, kept.all(), own.items());

  /** @param {any} answer */
  const shown = (answer) => h("details", {},
    h("summary", {}, answer.prompt),
    h("dl", {}, ...answer.parts.flatMap((/** @type {any} */ one) => [h("dt", {}, one.label), h("dd", {}, one.words)])),
    h("p", { class: "soft" }, `${answer.state.join(" ")} ${counted(answer.count, "word")}. `,
      ...(answer.page ? [h("a", { href: `${answer.page}.html#x-${answer.id}` }, "Go to the exercise")] : [])));

  const done = () => {
    const work = whole();
    const count = work.chapters.reduce((/** @type {number} */ n, /** @type {any} */ c) => n + c.answers.length, 0);
    part("done").replaceChildren(
      h("p", {}, count ? `${counted(count, "exercise")} answered, ${counted(work.count, "word")}.` : "Nothing yet. What you answer in a chapter is listed here."),
      ...work.chapters.flatMap((/** @type {any} */ chapter) => [h("h3", {}, chapter.heading), ...chapter.answers.map(shown)]),
    );
  };

  const locker = () => {
    const items = own.items();
    const names = Object.keys(items);
    part("locker").replaceChildren(...(names.length ? names.map((key, i) => {
      const { text, cite, note } = items[key];
      const field = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: "2", "data-note": key }));
      field.value = note;
      field.addEventListener("change", () => {
        const now = own.items();
        if (now[key]) own.lock({ ...now, [key]: { ...now[key], note: field.value.slice(0, 5000), count: now[key].count + 1 } });
      });
      const drop = h("button", { type: "button", "data-action": "drop-evidence", "aria-label": `Remove: ${text.slice(0, 60)}` }, "Remove");
      drop.addEventListener("click", () => {
        const { [key]: gone, ...rest } = own.items();
        own.lock(rest);
        locker();
        say("Removed from your evidence.");
        const left = part("locker").querySelectorAll("[data-action=drop-evidence]");
        (left[Math.min(i, left.length - 1)] ?? part("locker-h")).focus();
      });
      return h("li", {}, h("blockquote", {}, text), h("p", { class: "soft" }, h("a", { href: book.handin.place(items[key]) }, cite || "Where it stands")),
        h("label", {}, h("span", {}, "Your note"), field), h("p", {}, drop));
    }) : [h("li", {}, "Nothing yet. “Save” beside a source, a chart or a paragraph puts it here, with what to cite.")]));
  };

  /** @param {BlobPart} content @param {string} type @param {string} file */
  const save = (content, type, file) => {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([content], { type }));
    a.download = file;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
    say(`Written to the file ${file}.`);
  };

  /** The code, or nothing and the reason said. @returns {string} */
  const code = () => {
    const field = part("code");
    const given = field.value.trim();
    const right = /^[A-Za-z0-9][A-Za-z0-9-]{0,15}$/.test(given) && /\d/.test(given);
    field.setAttribute("aria-invalid", String(!right));
    part("code-said").textContent = right ? "" : "Give a code of letters, figures and hyphens, with at least one figure, as your teacher gave it to you: 7B-12. Not your name.";
    if (!right) field.focus();
    return right ? given : "";
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    html() {
      const given = code();
      if (given) save(book.handin.html(whole(given)), "text/html", `${given}-${name}.html`);
    },
    docx() {
      const given = code();
      if (given) save(book.handin.docx(whole(given)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", `${given}-${name}.docx`);
    },
    text() {
      const given = code();
      if (!given) return;
      part("paste").hidden = false;
      part("text").value = book.handin.text(whole(given));
      part("text").focus();
      part("text").select();
      say("The text is below, selected.");
    },
    copy() {
      const field = part("text");
      field.focus();
      field.select();
      // Where the clipboard is refused, as on a disk, the text is selected for the reader's own keys.
      Promise.resolve(navigator.clipboard?.writeText(field.value) ?? Promise.reject()).then(() => say("Copied."), () => say("This browser does not let a page copy. The text is selected: copy it with Ctrl+C."));
    },
    print() {
      const given = code();
      if (!given) return;
      part("printed").textContent = `Code: ${given}. ${title}. ${edition}, ${date}.`;
      for (const one of box.querySelectorAll("details")) one.open = true;
      window.print();
    },
    open: () => part("file").click(),
    erase() {
      part("sure").hidden = false;
      part("sure").querySelector("[data-action=erase-all]").focus();
    },
    "erase-all"() {
      kept.erase();
      part("sure").hidden = true;
      part("paste").hidden = true;
      part("text").value = "";
      show();
      say("All work and evidence of this book is erased from this browser.");
      /** @type {HTMLElement | null} */ (box.querySelector("[data-action=erase]"))?.focus();
    },
    "erase-not"() {
      part("sure").hidden = true;
      /** @type {HTMLElement | null} */ (box.querySelector("[data-action=erase]"))?.focus();
    },
  };
  box.addEventListener("click", (event) => {
    const action = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset.action ?? "";
    if (Object.hasOwn(actions, action)) actions[action]();
  });

  part("file").addEventListener("change", async () => {
    const [file] = part("file").files;
    if (!file) return;
    const found = await book.handin.read(file, name);
    part("file").value = ""; // So that the same file can be opened again.
    if (typeof found === "string") return say(found);
    const all = Object.entries(found.work);
    const taken = all.filter(([id, raw]) => kept.take(id, raw)).length;
    const pieces = own.gather(found.locker);
    show();
    const lost = all.length - taken;
    say(`${counted(taken, "exercise")} and ${counted(pieces, "piece")} of evidence opened; where both have an answer, the other is kept as an earlier one.${lost ? ` ${lost} could not be read.` : ""}`);
  });

  const show = () => {
    done();
    locker();
  };
  show();
  kept.others(show);
  box.dataset.ready = "";
})();
