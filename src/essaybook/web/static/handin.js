// @ts-check
// A reader's work put together for handing in, and written as HTML, DOCX or text; and such a file read again.
// The HTML stands outside the site and its policy, so every word in it is escaped and it holds no script that runs.
(() => {
  "use strict";

  /** @type {any} */
  const book = /** @type {any} */ (globalThis).essaybook;

  /** In bytes: no work of one reader is larger. */
  const LARGEST = 5_000_000;
  const SURE = ["", "guessing", "fairly sure", "certain"];
  /** @type {Record<string, string>} */
  const ANCHORS = { quotation: "q-", figure: "chart-", paragraph: "" };

  /**
   * @typedef {{ book: string, title: string, edition: string, date: string }} Book
   * @typedef {{ label: string, words: string }} Part
   * @typedef {{ id: string, page: string, prompt: string, parts: Part[], count: number, state: string[] }} Answer
   * @typedef {{ heading: string, answers: Answer[] }} Chapter
   * @typedef {{ text: string, cite: string, note: string, href: string }} Evidence
   * @typedef {Book & { code: string, chapters: Chapter[], evidence: Evidence[], count: number, data: any }} Work
   */

  /** @param {string} text */
  const words = (text) => text.trim().split(/\s+/).filter(Boolean).length;

  /** @param {number} n @param {string} one */
  const counted = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

  /** What there is to say of an answer beside its words. @param {any} doc @param {any} record @returns {string[]} */
  const stateOf = (doc, record) => [
    doc.revealed ? "The answer was shown." : doc.checked ? "Checked." : "Not checked.",
    ...(doc.score !== null && !doc.revealed ? [`Score: ${Math.round(doc.score * 100)} of 100.`] : []),
    ...(doc.certainty ? [`How sure: ${SURE[doc.certainty]}.`] : []),
    ...(record && record.version !== doc.version ? [`Answered in version ${doc.version} of this question; this edition has version ${record.version}.`] : []),
  ];

  /** Whether an answer says anything. @param {any} doc */
  const said = (doc) => doc.response !== null;

  /** Where a piece of evidence stands, from the site's root. @param {any} piece */
  const place = (piece) => `${piece.page}.html#${ANCHORS[piece.kind]}${piece.ref}`;

  /**
   * Everything that was done, in the book's order.
   * @param {Book} about @param {string} code @param {Record<string, any>} work @param {Record<string, any>} locker @returns {Work}
   */
  const assemble = (about, code, work, locker) => {
    /** @type {Map<string, Answer[]>} */
    const chapters = new Map();
    const known = Object.keys(book.records).filter((id) => Object.hasOwn(work, id));
    const unknown = Object.keys(work).filter((id) => !Object.hasOwn(book.records, id));
    for (const id of [...known, ...unknown]) {
      const [doc, record] = [work[id], Object.hasOwn(book.records, id) ? book.records[id] : null];
      if (!said(doc)) continue;
      const heading = record ? record.heading : "No longer in this edition";
      const tell = record && book.tell[record.type];
      const parts = tell ? tell(record, doc.response) : [];
      const count = parts.reduce((/** @type {number} */ sum, /** @type {Part} */ part) => sum + words(part.words), 0);
      if (!chapters.has(heading)) chapters.set(heading, []);
      chapters.get(heading)?.push({ id, page: record ? record.page : "", prompt: record ? record.prompt : id, parts, count, state: stateOf(doc, record) });
    }
    const all = [...chapters].map(([heading, answers]) => ({ heading, answers }));
    const evidence = Object.values(locker).map((piece) => ({ text: piece.text, cite: piece.cite, note: piece.note, href: place(piece) }));
    const { book: name, edition, date } = about;
    return {
      ...about, code, chapters: all, evidence,
      count: all.reduce((sum, { answers }) => sum + answers.reduce((more, { count }) => more + count, 0), 0),
      data: { format: 1, book: name, edition, date, code, work, locker },
    };
  };

  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /** Text that stands in XML: what XML cannot hold is left out. @param {string} text */
  const xml = (text) => escaped(text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""));

  /** @param {any} data */
  const embedded = (data) => JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

  const STYLE = "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.5 Georgia,serif;color:#1c1a17;background:#fff}h1{font-size:1.5rem;font-weight:400;border-bottom:2px solid}h2{font-size:1.2rem;font-weight:400;color:#941a1d;margin-top:2rem}h3{font-size:1.05rem;font-weight:600;margin:1.2rem 0 .3rem}dt{font-size:.9rem;color:#514b43}dd{margin:0 0 .6rem;white-space:pre-line}.meta{font-size:.85rem;color:#514b43}blockquote{margin:0;white-space:pre-line}article,li{break-inside:avoid}article{border-top:1px solid #d9d1c2}@media print{body{margin:0;max-width:none;font-size:11pt}h2,h3{break-after:avoid}}";

  /** @param {Work} work */
  const heads = (work) => [`Code: ${work.code}`, `${work.title}${/[.?!]$/.test(work.title) ? "" : "."} ${work.edition}, ${work.date}.`, `${counted(work.chapters.reduce((n, { answers }) => n + answers.length, 0), "exercise")}, ${counted(work.count, "word")}, ${counted(work.evidence.length, "piece")} of evidence.`];

  /** @param {Answer} answer */
  const foot = (answer) => `${answer.state.join(" ")} ${counted(answer.count, "word")}. Exercise: ${answer.id}.`;

  /** The hand-in: one file that can be read, printed and opened again. @param {Work} work */
  const html = (work) => {
    const e = escaped;
    const chapters = work.chapters.map(({ heading, answers }) => `<h2>${e(heading)}</h2>\n${answers.map((answer) => `<article><h3>${e(answer.prompt)}</h3>\n<dl>${answer.parts.map(({ label, words: given }) => `<dt>${e(label)}</dt><dd>${e(given)}</dd>`).join("\n")}</dl>\n<p class="meta">${e(foot(answer))}</p></article>`).join("\n")}`).join("\n");
    const evidence = work.evidence.length ? `<h2>Evidence</h2>\n<ol>${work.evidence.map(({ text, cite, note, href }) => `<li><blockquote>${e(text)}</blockquote><p class="meta">${e(cite)} (${e(href)})</p>${note ? `<p>${e(note)}</p>` : ""}</li>`).join("\n")}</ol>` : "";
    return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${e(`${work.code}: ${work.title}`)}</title><style>${STYLE}</style></head><body>\n<h1>Work handed in</h1>\n${heads(work).map((line) => `<p>${e(line)}</p>`).join("\n")}\n${chapters}\n${evidence}\n<script type="application/json" id="essaybook-work">${embedded(work.data)}</script>\n</body></html>\n`;
  };

  /** The same as lines to paste. @param {Work} work */
  const text = (work) => [
    ...heads(work),
    ...work.chapters.flatMap(({ heading, answers }) => ["", heading.toUpperCase(), ...answers.flatMap((answer) => ["", answer.prompt, ...answer.parts.map(({ label, words: given }) => `${label}: ${given.includes("\n") ? `\n${given}` : given}`), foot(answer)])]),
    ...(work.evidence.length ? ["", "EVIDENCE", ...work.evidence.flatMap(({ text: words, cite, note }) => ["", words, cite, ...(note ? [`Note: ${note}`] : [])])] : []),
  ].join("\n");

  const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });

  /** @param {Uint8Array} bytes */
  const crc = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1) ^ -1) >>> 0;

  /** A zip without compression; every time in it is 1 January 1980. @param {Record<string, string>} files @returns {Uint8Array} */
  const zip = (files) => {
    /** @param {...[value: number, bytes: number]} fields */
    const packed = (...fields) => fields.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255));
    /** @type {(Uint8Array | number[])[]} */
    const body = [];
    /** @type {(Uint8Array | number[])[]} */
    const list = [];
    let at = 0;
    for (const [name, content] of Object.entries(files)) {
      const [title, bytes] = [new TextEncoder().encode(name), new TextEncoder().encode(content)];
      /** @type {[number, number][]} */
      const shared = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [title.length, 2], [0, 2]];
      list.push(packed([0x02014b50, 4], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), title);
      body.push(packed([0x04034b50, 4], ...shared), title, bytes);
      at += 30 + title.length + bytes.length;
    }
    const long = list.reduce((sum, part) => sum + part.length, 0);
    const count = Object.keys(files).length;
    const end = packed([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [long, 4], [at, 4], [0, 2]);
    const whole = new Uint8Array(at + long + end.length);
    let to = 0;
    for (const part of [...body, ...list, end]) {
      whole.set(part, to);
      to += part.length;
    }
    return whole;
  };

  const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

  /** @param {string} words_ @param {string} [style] */
  const paragraph = (words_, style) => `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}<w:r>${words_.split("\n").map((line) => `<w:t xml:space="preserve">${xml(line)}</w:t>`).join("<w:br/>")}</w:r></w:p>`;

  /** @param {string} id @param {string} name @param {string} look @param {string} [level] */
  const style = (id, name, look, level = "") => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${level}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;

  /** The same for a word processor. @param {Work} work @returns {Uint8Array} */
  const docx = (work) => {
    const body = [
      paragraph("Work handed in", "Heading1"), ...heads(work).map((line) => paragraph(line)),
      ...work.chapters.flatMap(({ heading, answers }) => [paragraph(heading, "Heading2"), ...answers.flatMap((answer) => [
        paragraph(answer.prompt, "Heading3"), ...answer.parts.flatMap(({ label, words: given }) => [paragraph(label, "Label"), paragraph(given)]), paragraph(foot(answer), "Label"),
      ])]),
      ...(work.evidence.length ? [paragraph("Evidence", "Heading2")] : []),
      ...work.evidence.flatMap(({ text: quoted, cite, note }) => [paragraph(quoted), paragraph(cite, "Label"), ...(note ? [paragraph(note)] : [])]),
    ].join("");
    const head = (/** @type {number} */ n, /** @type {number} */ size) => style(`Heading${n}`, `heading ${n}`, `<w:b/><w:sz w:val="${size}"/>`, `<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="${n - 1}"/>`);
    return zip({
      "[Content_Types].xml": `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
      "_rels/.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
      "word/_rels/document.xml.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
      "word/styles.xml": `${XML}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="100"/></w:pPr></w:style>${head(1, 36)}${head(2, 28)}${head(3, 23)}${style("Label", "Label", '<w:color w:val="514B43"/><w:sz w:val="18"/>')}</w:styles>`,
      "word/document.xml": `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    });
  };

  /**
   * A hand-in or a work file: its work and evidence as they stand there, to be read with distrust, or a sentence on why not.
   * @param {File} file @param {string} name the book's @returns {Promise<{ work: any, locker: any, edition: string } | string>}
   */
  const read = async (file, name) => {
    if (file.size > LARGEST) return "This file is larger than 5 MB. No work of one reader is: nothing was opened.";
    const whole = await file.text();
    /** @type {any} */
    let found = null;
    try {
      // Parsed apart from the page: nothing in it runs, loads or shows.
      found = JSON.parse(/^\s*\{/.test(whole) ? whole : new DOMParser().parseFromString(whole, "text/html").getElementById("essaybook-work")?.textContent ?? "null");
    } catch {
      return "This file is damaged, or is no work of this book: nothing was opened.";
    }
    if (!found || typeof found !== "object" || !found.work || typeof found.work !== "object") return "This file is neither a hand-in nor saved work: nothing was opened.";
    if (found.book !== name) return "This is work of another book: nothing was opened.";
    if (found.format !== 1 && found.format !== "essaybook-work") return "This file was made by a later edition of the book: open it there. Nothing was opened.";
    return { work: found.work, locker: found.locker, edition: typeof found.edition === "string" ? found.edition : "" };
  };

  book.handin = { assemble, counted, docx, escaped, html, place, read, style: STYLE, text, zip };
})();
