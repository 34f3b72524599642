// @ts-check
// What a class can do and where it slips, counted from first answers, in sentences that a teacher may change.
// Scores in a file are not believed: every answer is judged again by its type.

/**
 * @typedef {{ text: string, about?: string, right?: boolean | null }} Note
 * @typedef {{ score: number | null, notes: Note[] }} Judged
 * @typedef {{ id: string, n: number, right: number, mean: number, sure: number, own: boolean, slips: { n: number, where: string, text: string }[] }} Measure
 * @typedef {{ handed: number, answers: number, least: number, strengths: string[], slips: string[], again: string[], rows: { heading: string, answers: number, mean: number | null }[] }} Sheet
 */

(() => {
  "use strict";

  /** @type {any} */
  const book = ((/** @type {any} */ (globalThis)).essaybook ??= {});

  /** @type {Map<string, any>} */
  const types = new Map();

  /** An answer judged by its type, whatever it holds. @param {any} record @param {any} response @returns {Judged} */
  const judged = (record, response) => {
    try {
      if (!types.has(record.type)) types.set(record.type, book.types.get(record.type)().type);
      const { score, notes } = types.get(record.type).judge(response, record);
      return { score: typeof score === "number" && score >= 0 && score <= 1 ? score : null, notes: Array.isArray(notes) ? notes : [] };
    } catch {
      return { score: null, notes: [] };
    }
  };

  /** What was answered before any reasons were read: the first checked answer to this version, none if it was shown. @param {Doc} doc @param {any} record @returns {Past | null} */
  const first = (doc, record) => {
    const all = [...doc.history, doc].filter((one) => one.version === record.version && (one.score !== null || one.revealed));
    const [one] = all.sort((a, b) => a.count - b.count);
    return one && !one.revealed ? one : null;
  };

  /** The score of an answer as it stands, null where nothing can be right or wrong. @param {Doc} doc @param {any} record @returns {number | null} */
  const score = (doc, record) => (doc.revealed || doc.version !== record.version ? null : judged(record, doc.response).score);

  /** Where somebody went wrong: the place in a record's own words, free of one reader's numbering. @param {Note} note */
  const place = (note) => (note.about ?? "").replace(/^The first pair to look at, \d+ and \d+: /, "").replace(/[.:]$/, "").trim();

  /**
   * How a class did at one exercise. Where nothing can be right or wrong a teacher's marks count, if there are any.
   * @param {any} record @param {Handin[]} class_ @param {(key: string, id: string) => number | null} marked a mark as a share of the most @returns {Measure}
   */
  const measured = (record, class_, marked) => {
    /** @type {Map<string, { n: number, words: Map<string, number> }>} */
    const slips = new Map();
    /** @type {number[]} */
    const scores = [];
    /** @type {number[]} */
    const marks = [];
    let sure = 0;
    for (const { key, work } of class_) {
      const doc = Object.hasOwn(work, record.id) ? work[record.id] : null;
      if (!doc) continue;
      const mark = marked(key, record.id);
      if (mark !== null) marks.push(mark);
      const one = first(doc, record);
      if (!one) continue;
      const { score: got, notes } = judged(record, one.response);
      if (got === null) continue;
      scores.push(got);
      if (got < 0.5 && one.certainty === 3) sure += 1;
      for (const text of new Set(notes.filter((note) => note.right === false).map((note) => note.text))) {
        const note = /** @type {Note} */ (notes.find((other) => other.right === false && other.text === text));
        if (!slips.has(text)) slips.set(text, { n: 0, words: new Map() });
        const slip = /** @type {{ n: number, words: Map<string, number> }} */ (slips.get(text));
        slip.n += 1;
        slip.words.set(place(note), (slip.words.get(place(note)) ?? 0) + 1);
      }
    }
    const own = !scores.length;
    const all = own ? marks : scores;
    return {
      id: record.id, n: all.length, own, sure,
      right: all.filter((one) => one === 1).length,
      mean: all.length ? all.reduce((sum, one) => sum + one, 0) / all.length : 0,
      slips: [...slips].map(([text, slip]) => {
        const [[where]] = [...slip.words].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        return { n: slip.n, where, text };
      }).sort((a, b) => b.n - a.n || (a.text < b.text ? -1 : 1)),
    };
  };

  /** @param {number} share */
  const hundred = (share) => `${Math.round(share * 100)} of 100`;

  /** In quotation marks, with those inside made single. @param {string} text */
  const quoted = (text) => `“${text.replaceAll("“", "‘").replaceAll("”", "’")}”`;

  /** @param {any} record */
  const named = (record) => `${quoted(record.prompt)} (${record.heading})`;

  /** @param {Measure} one */
  const by = (one) => (one.own ? "by your marks" : "at the first try");

  /**
   * The one-page sheet of a class.
   * @param {Handin[]} class_ @param {Record<string, any>} records @param {(key: string, id: string) => number | null} marked @returns {Sheet}
   */
  const sheet = (class_, records, marked) => {
    const least = Math.min(3, class_.length);
    const answered = Object.values(records).filter((record) => class_.some(({ work }) => Object.hasOwn(work, record.id)));
    const all = answered.map((record) => measured(record, class_, marked));
    const enough = all.filter((one) => one.n >= Math.max(1, least));
    const strong = enough.filter((one) => one.mean >= 0.7).sort((a, b) => b.mean - a.mean || b.n - a.n).slice(0, 3);
    const slips = enough.flatMap((one) => one.slips.slice(0, 1).map((slip) => ({ ...slip, one })))
      .filter(({ n }) => n >= Math.min(2, least)).sort((a, b) => b.n / b.one.n - a.n / a.one.n || b.n - a.n).slice(0, 3);
    const weak = enough.filter((one) => one.mean < 0.6).sort((a, b) => a.mean - b.mean || b.n - a.n).slice(0, 3);
    /** @type {Map<string, { answers: number, sum: number, n: number }>} */
    const rows = new Map();
    for (const one of all) {
      const { heading, id } = records[one.id];
      const row = rows.get(heading) ?? { answers: 0, sum: 0, n: 0 };
      row.answers += class_.filter(({ work }) => Object.hasOwn(work, id)).length;
      row.sum += one.mean * one.n;
      row.n += one.n;
      rows.set(heading, row);
    }
    return {
      handed: class_.length, least,
      answers: class_.reduce((n, { work }) => n + Object.keys(work).length, 0),
      strengths: strong.map((one) => `${named(records[one.id])}: ${one.right} of ${one.n} wholly right ${by(one)}, ${hundred(one.mean)} on average. ${records[one.id].purpose}`),
      slips: slips.map(({ n, where, text, one }) => `${named(records[one.id])}: ${n} of ${one.n} slipped${where ? ` at ${quoted(where)}` : ""}. They were told: ${text}`),
      again: weak.map((one) => `${records[one.id].heading}: ${records[one.id].purpose} ${quoted(records[one.id].prompt)} came to ${hundred(one.mean)} ${by(one)}, over ${one.n} answer${one.n === 1 ? "" : "s"}.${one.sure ? ` ${one.sure} ${one.sure === 1 ? "was" : "were"} certain and wrong.` : ""}`),
      rows: [...rows].map(([heading, { answers, sum, n }]) => ({ heading, answers, mean: n ? sum / n : null })),
    };
  };

  (book.marking ??= {}).tally = { first, judged, measured, score, sheet };
})();
