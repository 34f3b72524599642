// @ts-check
// A hand-in read with distrust: bytes become text, the text is scanned for its data, the data is checked and copied.
// Nothing here touches a document, so nothing in a file can run, load or show itself.

/**
 * @typedef {{ version: number, response: any, certainty: number, revealed: boolean, score: number | null, count: number }} Past
 * @typedef {Past & { checked: boolean, history: Past[] }} Doc
 * @typedef {{ kind: string, text: string, cite: string, note: string }} Piece
 * @typedef {{ kind: "handin", key: string, code: string, file: string, edition: string, remarks: string[], work: Record<string, Doc>, locker: Piece[] }} Handin
 * @typedef {{ kind: "marking", data: any }} MarkingFile
 * @typedef {{ kind: "refused", reason: string }} Refused
 * @typedef {{ book: string, edition: string, date: string, records: Record<string, any> }} About
 */

(() => {
  "use strict";

  /** @type {any} */
  const book = ((/** @type {any} */ (globalThis)).essaybook ??= {});

  /** In bytes: no work of one reader is larger. */
  const LARGEST = 5_000_000;
  /** How deep values may be nested, how many there may be, and how long a text or a list may be. */
  const [DEEPEST, MOST, LONGEST, WIDEST] = [30, 200_000, 200_000, 5_000];
  /** A file of marks holds a whole class. */
  const CLASS = 1_000_000;
  /** Keys that mean something to the language and nothing to an answer. */
  const DROPPED = ["__proto__", "constructor", "prototype"];
  const ID = /^[a-z0-9-]{1,100}$/;

  class Refusal extends Error {}

  /** @param {string} reason @returns {Refused} */
  const refused = (reason) => ({ kind: "refused", reason });

  /** What a file is that is no hand-in, by how it begins. @type {[number[], string][]} */
  const OTHERS = [
    [[0x50, 0x4b], "This is a Word or zip file, not the HTML hand-in. Open it in a word processor, or ask for the hand-in file."],
    [[0x25, 0x50, 0x44, 0x46], "This is a PDF, not the HTML hand-in."],
    [[0xd0, 0xcf, 0x11, 0xe0], "This is an old Word file, not the HTML hand-in."],
    [[0x89, 0x50, 0x4e, 0x47], "This is a picture."],
    [[0xff, 0xd8, 0xff], "This is a picture."],
  ];

  /**
   * Bytes as text, in whatever encoding a school's system left them.
   * @param {Uint8Array} bytes @returns {{ text: string, remark: string }}
   */
  const decoded = (bytes) => {
    const [a = 1, b = 1] = bytes;
    const wide = (a === 0xff && b === 0xfe) || (a && !b) ? "utf-16le" : (a === 0xfe && b === 0xff) || (!a && b) ? "utf-16be" : "";
    if (wide) return { text: new TextDecoder(wide).decode(bytes), remark: "The file was in UTF-16; it was read all the same." };
    try {
      return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), remark: "" };
    } catch {
      return { text: new TextDecoder("windows-1252").decode(bytes), remark: "The file is not in UTF-8. It was read as Windows-1252: letters with accents may be wrong." };
    }
  };

  /**
   * The attributes of a tag from a place inside it: names in small letters, and where the tag ends; null where it does not.
   * @param {string} text @param {number} at
   */
  const attributes = (text, at) => {
    /** @type {Map<string, string>} */
    const found = new Map();
    const one = /[\s/]*(?:(>)|([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?)/y;
    one.lastIndex = at;
    for (;;) {
      const match = one.exec(text);
      if (!match) return null;
      if (match[1]) return { found, end: one.lastIndex };
      const name = match[2].toLowerCase();
      if (!found.has(name)) found.set(name, match[3] ?? match[4] ?? match[5] ?? "");
    }
  };

  /** The contents of every script that holds a hand-in's data. Goes through the text once. @param {string} html @returns {string[]} */
  const scripts = (html) => {
    /** @type {string[]} */
    const found = [];
    const opening = /<!--|<(script|style|title|textarea|xmp|noscript|iframe)(?=[\s/>])/gi;
    for (let match = opening.exec(html); match; match = opening.exec(html)) {
      if (!match[1]) {
        const end = html.indexOf("-->", match.index + 2);
        if (end < 0) break;
        opening.lastIndex = end + 3;
        continue;
      }
      const tag = attributes(html, opening.lastIndex);
      if (!tag) break;
      const closing = new RegExp(`</${match[1]}(?=[\\s/>])`, "gi");
      closing.lastIndex = tag.end;
      const close = closing.exec(html);
      const is = (/** @type {string} */ name, /** @type {string} */ value) => tag.found.get(name)?.trim().toLowerCase() === value;
      if (match[1].toLowerCase() === "script" && is("type", "application/json") && tag.found.get("id") === "essaybook-work") {
        if (!close) throw new Refusal("The file breaks off before its end. Ask for it again.");
        found.push(html.slice(tag.end, close.index));
      }
      if (!close) break;
      opening.lastIndex = close.index;
    }
    return found;
  };

  /** Whether brackets are nested deeper than any hand-in's, found without nesting anything. @param {string} json */
  const deep = (json) => {
    let [depth, inside] = [0, false];
    for (let i = 0; i < json.length; i += 1) {
      const sign = json.charCodeAt(i);
      if (inside) {
        if (sign === 92) i += 1;
        else if (sign === 34) inside = false;
      } else if (sign === 34) inside = true;
      else if (sign === 123 || sign === 91) {
        depth += 1;
        if (depth > DEEPEST) return true;
      } else if (sign === 125 || sign === 93) depth -= 1;
    }
    return false;
  };

  /** A copy of what was parsed, within the limits and without keys of the language. @param {any} value @param {number} [most] @returns {any} */
  const copied = (value, most = MOST) => {
    let left = most;
    /** @param {any} one @returns {any} */
    const copy = (one) => {
      left -= 1;
      if (left < 0) throw new Refusal("The file holds more than any reader’s work does.");
      if (typeof one === "string") return one.length > LONGEST ? `${one.slice(0, LONGEST)}…` : one;
      if (!one || typeof one !== "object") return one;
      const wide = Array.isArray(one) ? one.length : Object.keys(one).length;
      if (wide > WIDEST) throw new Refusal("The file holds more than any reader’s work does.");
      if (Array.isArray(one)) return one.map(copy);
      return Object.fromEntries(Object.entries(one).filter(([key]) => !DROPPED.includes(key)).map(([key, inner]) => [key, copy(inner)]));
    };
    return copy(value);
  };

  /** The data of a file as a checked copy. @param {string} text @returns {any} */
  const parsed = (text) => {
    const bare = /^\s*[{[]/.test(text);
    const found = bare ? [text] : scripts(text);
    if (!found.length) throw new Refusal(/essaybook-work/.test(text) ? "The file is damaged: its answers cannot be found. Ask for it again." : "This is no hand-in of this book.");
    if (found.length > 1) throw new Refusal("The file holds two hand-ins. Ask for each by itself.");
    if (deep(found[0])) throw new Refusal("The file is nested deeper than any hand-in is.");
    let raw;
    try {
      raw = JSON.parse(found[0]);
    } catch {
      throw new Refusal(/\}\s*$/.test(found[0]) ? "The file is damaged: its answers cannot be read. Ask for it again." : "The file breaks off before its end. Ask for it again.");
    }
    return copied(raw, bare ? CLASS : MOST);
  };

  /** Fifty-three bits that change with a text, as letters and figures. @param {string} text */
  const mark = (text) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i += 1) {
      const sign = text.charCodeAt(i);
      a = Math.imul(a ^ sign, 2654435761);
      b = Math.imul(b ^ sign, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
  };

  /** @param {unknown} value @param {number} most @returns {string} */
  const words = (value, most) => (typeof value === "string" ? value.slice(0, most) : "");

  /** Text on one line, of signs that can be seen. @param {unknown} value @param {number} most */
  const line = (value, most) => words(value, 1000).replace(/[\p{C}\p{Z}]+/gu, " ").trim().slice(0, most);

  /** @param {number} n @param {string} one */
  const counted = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

  /** @param {any} raw @returns {Piece[]} */
  const pieces = (raw) => (raw && typeof raw === "object" && !Array.isArray(raw) ? Object.values(raw) : []).filter((one) => one && typeof one.text === "string").slice(0, 1000)
    .map((one) => ({ kind: line(one.kind, 20), text: words(one.text, 5000), cite: words(one.cite, 1000), note: words(one.note, 5000) }));

  /** @param {any} data @param {string} file @param {About} about @param {string[]} remarks @returns {Handin | MarkingFile | Refused} */
  const checked = (data, file, about, remarks) => {
    if (!data || typeof data !== "object" || Array.isArray(data)) return refused("This is no hand-in of this book.");
    if (data.book !== about.book) return refused(typeof data.book === "string" ? `This is work of another book (${line(data.book, 60)}).` : "This is no hand-in of this book.");
    if (data.format === "essaybook-marking") return { kind: "marking", data };
    if (data.format === "essaybook-work") return refused("This is saved work without a code. Ask for the hand-in file from “My work”.");
    if (data.format !== 1) return refused(Number.isInteger(data.format) && data.format > 1 ? "This was made by a later edition of the book. Mark it with the marking page of that edition." : "This is no hand-in of this book.");
    if (!data.work || typeof data.work !== "object" || Array.isArray(data.work)) return refused("This hand-in has no answers in it.");
    /** @type {Record<string, Doc>} */
    const work = {};
    let lost = 0;
    for (const [id, raw] of Object.entries(data.work)) {
      const doc = ID.test(id) ? book.host.work(raw) : null;
      if (!doc) lost += 1;
      else if (doc.response !== null) work[id] = doc;
    }
    const locker = pieces(data.locker);
    const unknown = Object.keys(work).filter((id) => !Object.hasOwn(about.records, id)).length;
    const other = Object.entries(work).filter(([id, doc]) => Object.hasOwn(about.records, id) && about.records[id].version !== doc.version).length;
    let code = line(data.code, 40);
    if (!code) {
      code = line(file.replace(/\.html?$/i, ""), 40) || "no code";
      remarks.push("It has no code: it goes by the name of its file.");
    }
    if (data.edition !== about.edition || data.date !== about.date) remarks.push(`It was made with another edition: ${line(data.edition, 80) || "unnamed"}, ${line(data.date, 20) || "undated"}.`);
    if (other) remarks.push(`${counted(other, "answer")} to another version of the question: the key may not fit.`);
    if (unknown) remarks.push(`${counted(unknown, "answer")} to exercises that this edition does not have.`);
    if (lost) remarks.push(`${counted(lost, "entry").replace("entrys", "entries")} could not be read.`);
    if (!Object.keys(work).length) remarks.push("No exercise is answered in it.");
    return { kind: "handin", key: `${code}#${mark(JSON.stringify([work, locker]))}`, code, file, edition: line(data.edition, 80), remarks, work, locker };
  };

  /**
   * A file's bytes as a hand-in, a marking file, or the reason why it is neither. Never throws.
   * @param {Uint8Array} bytes @param {string} file its name @param {About} about @returns {Handin | MarkingFile | Refused}
   */
  const read = (bytes, file, about) => {
    try {
      if (!bytes.length) return refused("The file is empty.");
      if (bytes.length > LARGEST) return refused("The file is larger than 5 MB. No hand-in is: it was not opened.");
      const other = OTHERS.find(([start]) => start.every((byte, i) => bytes[i] === byte));
      if (other) return refused(other[1]);
      const { text, remark } = decoded(bytes);
      return checked(parsed(text), file, about, remark ? [remark] : []);
    } catch (error) {
      return refused(error instanceof Refusal ? error.message : "The file could not be read.");
    }
  };

  (book.marking ??= {}).handins = { CLASS, LARGEST, copied, counted, line, mark, read };
})();
