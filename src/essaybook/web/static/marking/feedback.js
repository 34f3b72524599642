// @ts-check
// What leaves the marking page: the class as a table, and for each pupil a page of their own with marks and comments.
(() => {
  "use strict";

  /** @type {any} */
  const book = ((/** @type {any} */ (globalThis)).essaybook ??= {});
  const { counted } = book.marking.handins;

  /**
   * A field of a table: quoted by RFC 4180, and never a formula, whatever a spreadsheet takes for one.
   * @param {string | number | null} value
   */
  const field = (value) => {
    if (typeof value === "number") return String(value);
    const text = (value ?? "").replace(/\r\n?/g, "\n");
    const safe = /^[\s\p{C}]*[=+\-@|%＝＋－＠]/u.test(text) || /^[\t\n]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  /**
   * The class as a table: a row to a pupil, a column to an exercise that has a mark, one more where it has a level.
   * @param {Handin[]} class_ @param {any} kept the marks @param {Record<string, any>} records
   */
  const csv = (class_, kept, records) => {
    const has = (/** @type {string} */ id, /** @type {(mark: Mark) => boolean} */ test) => class_.some(({ key, work }) => Object.hasOwn(work, id) && test(kept.of(key, id)));
    const ids = [...Object.keys(records), ...new Set(class_.flatMap(({ work }) => Object.keys(work).filter((id) => !Object.hasOwn(records, id))))];
    const marked = ids.filter((id) => has(id, ({ mark }) => mark !== null));
    const levelled = ids.filter((id) => has(id, ({ level }) => level > 0));
    const columns = ids.filter((id) => marked.includes(id) || levelled.includes(id));
    const name = (/** @type {string} */ id) => (Object.hasOwn(records, id) ? `${records[id].prompt} [${id}]` : id);
    const head = ["code", "file", "answers", "marked", "marks", "out of", "comment", ...columns.flatMap((id) => [
      ...(marked.includes(id) ? [`${name(id)}, out of ${kept.most(id)}`] : []), ...(levelled.includes(id) ? [`${name(id)}, level`] : []),
    ])];
    const rows = class_.map(({ key, code, file, work }) => {
      const given = Object.keys(work).filter((id) => kept.of(key, id).mark !== null);
      const sum = (/** @type {(id: string) => number} */ of) => given.reduce((total, id) => total + of(id), 0);
      return [code, file, Object.keys(work).length, given.length, given.length ? sum((id) => kept.of(key, id).mark) : null, given.length ? sum(kept.most) : null, kept.said(key),
        ...columns.flatMap((id) => {
          const { mark, level } = Object.hasOwn(work, id) ? kept.of(key, id) : { mark: null, level: 0 };
          return [...(marked.includes(id) ? [mark] : []), ...(levelled.includes(id) ? [level || null] : [])];
        })];
    });
    return `\ufeff${[head, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
  };

  /** What stands under an answer. @param {Mark} mark @param {number} most */
  const given = ({ mark, level }, most) => [...(mark === null ? [] : [`Mark: ${mark} of ${most}`]), ...(level ? [`Level: ${level}`] : [])].join(". ");

  /**
   * A pupil's page: their own answers, marks and comments. It stands outside the site and holds no script; every word is escaped.
   * @param {Handin} pupil @param {any} kept @param {any} about
   */
  const page = (pupil, kept, about) => {
    const { assemble, escaped: e, style } = book.handin;
    const { chapters, title } = assemble(about, pupil.code, pupil.work, {});
    const marked = Object.keys(pupil.work).filter((id) => kept.of(pupil.key, id).mark !== null);
    const sum = marked.reduce((total, id) => total + kept.of(pupil.key, id).mark, 0);
    const most = marked.reduce((total, id) => total + kept.most(id), 0);
    const paragraphs = (/** @type {string} */ text, /** @type {string} */ kind) => (text.trim() ? `<p class="${kind}">${e(text.trim())}</p>` : "");
    /** @param {any} answer */
    const answer = (answer) => {
      const mark = kept.of(pupil.key, answer.id);
      const line = given(mark, kept.most(answer.id));
      return `<article><h3>${e(answer.prompt)}</h3>\n<dl>${answer.parts.map((/** @type {any} */ part) => `<dt>${e(part.label)}</dt><dd>${e(part.words)}</dd>`).join("\n")}</dl>\n${line ? `<p><b>${e(line)}</b></p>` : ""}${[...mark.comments, mark.note].map((text) => paragraphs(text, "said")).join("")}\n<p class="meta">${e(answer.state.join(" "))}</p></article>`;
    };
    const body = chapters.map((/** @type {any} */ { heading, answers }) => `<h2>${e(heading)}</h2>\n${answers.map(answer).join("\n")}`).join("\n");
    const total = marked.length ? `<p><b>${e(`${sum} of ${most}`)}</b>, over ${e(counted(marked.length, "marked answer"))}.</p>` : "";
    return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${e(`Feedback for ${pupil.code}: ${title}`)}</title><style>${style}.said{border-left:2px solid #941a1d;padding-left:.8rem;white-space:pre-line}dd,h1{unicode-bidi:isolate}</style></head><body><main>\n<h1>Feedback for ${e(pupil.code)}</h1>\n<p>${e(`${title} · ${about.edition}, ${about.date}`)}</p>\n${total}${paragraphs(kept.said(pupil.key), "said")}\n${body}\n</main></body></html>\n`;
  };

  /** A name that every system takes for a file. @param {string} code */
  const safe = (code) => {
    const name = code.replace(/[^A-Za-z0-9-]+/g, "_").replace(/^[-_]+|[-_]+$/g, "").slice(0, 40) || "pupil";
    return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `pupil-${name}` : name;
  };

  /** Every pupil's page in one zip. @param {Handin[]} class_ @param {any} kept @param {any} about @returns {Uint8Array} */
  const archive = (class_, kept, about) => {
    /** @type {Record<string, string>} */
    const files = {};
    for (const pupil of class_) {
      const name = safe(pupil.code);
      let n = 1;
      const taken = (/** @type {string} */ one) => Object.keys(files).some((other) => other.toLowerCase() === one.toLowerCase());
      while (taken(`${name}${n > 1 ? `-${n}` : ""}.html`)) n += 1;
      files[`${name}${n > 1 ? `-${n}` : ""}.html`] = page(pupil, kept, about);
    }
    return book.handin.zip(files);
  };

  book.marking.feedback = { archive, csv, field, given, page };
})();
