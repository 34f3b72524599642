// @ts-check
// A teacher's marks: kept in the browser under a name of their own, saved to a file and read from one with distrust.
// Pupils' answers are not in it; a mark carries a sign of the answer that it was given to.

/**
 * @typedef {{ mark: number | null, level: number, comments: string[], note: string, on: string, n: number }} Mark
 * @typedef {{ code: string, say: string, n: number, answers: Record<string, Mark> }} Marked
 * @typedef {{ codes: string[], strengths: string[], slips: string[], again: string[] }} Lists what a teacher says of a class, and which class that is
 * @typedef {{ format: "essaybook-marking", version: 1, book: string, pupils: Record<string, Marked>, bank: string[], most: Record<string, number>, sheet: Lists | null, keys: boolean }} Marking
 */

(() => {
  "use strict";

  /** @type {any} */
  const book = ((/** @type {any} */ (globalThis)).essaybook ??= {});
  const { CLASS, copied } = book.marking.handins;

  /** A mark is out of so many, unless a teacher says otherwise. */
  const MOST = 10;
  const [PUPILS, COMMENTS, LETTERS] = [3000, 60, 5000];

  /** @param {string} name @returns {Marking} */
  const blank = (name) => ({ format: "essaybook-marking", version: 1, book: name, pupils: {}, bank: [], most: {}, sheet: null, keys: true });

  /** @returns {Mark} */
  const unmarked = () => ({ mark: null, level: 0, comments: [], note: "", on: "", n: 0 });

  /** @param {unknown} value */
  const text = (value) => (typeof value === "string" ? value.slice(0, LETTERS) : "");
  /** @param {any} value @returns {any[]} */
  const list = (value) => (Array.isArray(value) ? value : []);
  /** @param {any} value @returns {[string, any][]} */
  const entries = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : []);
  /** @param {unknown} value @param {number} most */
  const number = (value, most) => (typeof value === "number" && value >= 0 && value <= most ? value : null);
  /** @param {unknown} value @param {number} most */
  const texts = (value, most) => [...new Set(list(value).map(text).filter(Boolean))].slice(0, most);

  /** @param {any} raw @returns {Mark} */
  const mark = (raw) => ({
    mark: number(raw?.mark, 999), level: Math.trunc(number(raw?.level, 9) ?? 0), comments: texts(raw?.comments, COMMENTS),
    note: text(raw?.note), on: text(raw?.on).slice(0, 20), n: Math.trunc(number(raw?.n, 2 ** 50) ?? 0),
  });

  /** Marks from anywhere: what has not the right form is left out. @param {any} raw @param {string} name @returns {Marking | null} */
  const sound = (raw, name) => {
    if (!raw || typeof raw !== "object" || raw.format !== "essaybook-marking" || raw.book !== name || raw.version !== 1) return null;
    const sheet = raw.sheet && typeof raw.sheet === "object" ? raw.sheet : null;
    return {
      ...blank(name),
      pupils: Object.fromEntries(entries(raw.pupils).slice(0, PUPILS).map(([key, one]) => [key.slice(0, 100), {
        code: text(one?.code).slice(0, 40), say: text(one?.say), n: Math.trunc(number(one?.n, 2 ** 50) ?? 0),
        answers: Object.fromEntries(entries(one?.answers).slice(0, 1000).map(([id, given]) => [id.slice(0, 100), mark(given)])),
      }])),
      bank: texts(raw.bank, COMMENTS),
      most: Object.fromEntries(entries(raw.most).slice(0, 1000).flatMap(([id, most]) => (Number.isInteger(most) && most > 0 && most <= 999 ? [[id, most]] : []))),
      sheet: sheet && { codes: list(sheet.codes).map(text).slice(0, PUPILS), strengths: list(sheet.strengths).map(text).slice(0, 3), slips: list(sheet.slips).map(text).slice(0, 3), again: list(sheet.again).map(text).slice(0, 3) },
      keys: raw.keys !== false,
    };
  };

  /** Two teachers' marks, or two tabs', as one: what was changed more often stays. @param {Marking} a @param {Marking} b @returns {Marking} */
  const merged = (a, b) => {
    const pupils = { ...a.pupils };
    for (const [key, theirs] of Object.entries(b.pupils)) {
      const mine = pupils[key];
      if (!mine) {
        pupils[key] = theirs;
        continue;
      }
      const answers = { ...mine.answers };
      for (const [id, one] of Object.entries(theirs.answers)) if (!answers[id] || answers[id].n < one.n) answers[id] = one;
      const later = mine.n < theirs.n ? theirs : mine;
      pupils[key] = { ...mine, say: later.say, n: later.n, answers };
    }
    return { ...a, pupils, bank: [...new Set([...a.bank, ...b.bank])].slice(0, COMMENTS), most: { ...b.most, ...a.most }, sheet: a.sheet ?? b.sheet };
  };

  /**
   * The marks of one book. `trouble` is called with a plain sentence when the browser does not keep them, and with
   * nothing when it does again.
   * @param {string} name the book's @param {(words: string) => void} trouble
   */
  const store = (name, trouble) => {
    const key = `essaybook-marking:${name}`;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let soon;
    let kept = true;
    /** @returns {Marking | null} */
    const stored = () => {
      try {
        return sound(copied(JSON.parse(localStorage.getItem(key) ?? "null"), CLASS), name);
      } catch {
        return null;
      }
    };
    /** @type {Marking} */
    let now = stored() ?? blank(name);
    const put = () => {
      clearTimeout(soon);
      soon = undefined;
      try {
        localStorage.setItem(key, JSON.stringify(now));
        if (!kept) trouble("");
        kept = true;
      } catch {
        kept = false;
        trouble("This browser does not keep your marks: they are lost when the page is closed. Save them as a marking file before you leave.");
      }
    };
    const keep = () => {
      soon ??= setTimeout(put, 300);
    };
    /** @param {string} pupil @param {string} code @returns {Marked} */
    const pupil = (pupil, code) => (now.pupils[pupil] ??= { code, say: "", n: 0, answers: {} });
    try {
      localStorage.setItem("essaybook:probe", "1");
      localStorage.removeItem("essaybook:probe");
    } catch {
      put();
    }
    addEventListener("pagehide", () => {
      if (soon !== undefined) put();
    });

    return {
      get now() {
        return now;
      },
      /** Whether closing the page would lose marks. */
      lost: () => !kept && Object.keys(now.pupils).length > 0,
      /** @param {string} one @param {string} id @returns {Mark} */
      of: (one, id) => (Object.hasOwn(now.pupils, one) && Object.hasOwn(now.pupils[one].answers, id) ? now.pupils[one].answers[id] : unmarked()),
      /** What is said to a pupil on the whole. @param {string} one */
      said: (one) => (Object.hasOwn(now.pupils, one) ? now.pupils[one].say : ""),
      /** @param {string} id */
      most: (id) => (Object.hasOwn(now.most, id) ? now.most[id] : MOST),
      /** @param {string} one @param {string} code @param {string} id @param {Partial<Mark>} changes */
      set(one, code, id, changes) {
        const before = this.of(one, id);
        pupil(one, code).answers[id] = { ...before, ...changes, n: before.n + 1 };
        keep();
      },
      /** @param {string} one @param {string} code @param {string} say */
      say(one, code, say) {
        const marked = pupil(one, code);
        Object.assign(marked, { say: text(say), n: marked.n + 1 });
        keep();
      },
      /** Anything else that is kept: comments, how many marks there are, the sheet, the keys. @param {Partial<Marking>} changes */
      change(changes) {
        now = { ...now, ...changes };
        keep();
      },
      /**
       * Bring marks over to a hand-in that has none, from an earlier one of its code that is not open. One marked answer
       * at least must be the same in both: else it may be another pupil, of another class, who has the same code.
       * @param {Handin} pupil @param {Set<string>} open @param {(doc: Doc) => string} sign
       */
      adopt({ key: one, code, work }, open, sign) {
        if (Object.hasOwn(now.pupils, one)) return false;
        const same = (/** @type {Marked} */ marked) => Object.entries(marked.answers).some(([id, { on }]) => on !== "" && Object.hasOwn(work, id) && sign(work[id]) === on);
        const [other] = Object.entries(now.pupils).filter(([key, marked]) => marked.code === code && !open.has(key) && same(marked)).map(([, marked]) => marked);
        if (!other) return false;
        now.pupils[one] = structuredClone(other);
        keep();
        return true;
      },
      /** Marks from a file; whether they were of this book. @param {any} raw */
      take(raw) {
        const theirs = sound(raw, name);
        if (theirs) {
          now = merged(now, theirs);
          put();
        }
        return !!theirs;
      },
      file: () => JSON.stringify(now),
      erase() {
        clearTimeout(soon);
        soon = undefined;
        now = blank(name);
        try {
          localStorage.removeItem(key);
        } catch {
          // There is nothing to remove.
        }
      },
      /** Follow another tab that marks the same book. @param {() => void} call */
      others(call) {
        addEventListener("storage", ({ key: changed }) => {
          const theirs = changed === key && stored();
          if (!theirs) return;
          now = merged(now, theirs);
          call();
        });
      },
    };
  };

  book.marking.marks = { merged, sound, store, unmarked };
})();
