// Saved work: one document per exercise in the browser's own store, read with distrust, ordered by a counter.
// @ts-check
import { same } from "./host.mjs";

/**
 * @typedef {import("./contract.d.ts").Work} Work
 * @typedef {import("./contract.d.ts").Past} Past
 * @typedef {import("./contract.d.ts").Shelf} Shelf
 */

/** Names that no exercise has. */
const OWN = ["settings", "locker", "rounds"];

/** How many earlier answers are kept for one exercise. */
const MOST = 20;

/** @param {Past | Work} w @returns {Past} */
const past = ({ version, response, certainty, revealed, score, count }) => ({ version, response, certainty, revealed, score, count });

/** @param {Past | Work} a @param {Past | Work} b */
const order = (a, b) => {
  const [x, y] = [JSON.stringify(past(a)), JSON.stringify(past(b))];
  return a.version - b.version || a.count - b.count || (x < y ? -1 : x > y ? 1 : 0);
};

/** Earlier answers, each once, oldest first, the last ones only. @param {Past[]} all @param {Past | Work} [now] */
const gathered = (all, now) => {
  const not = now && JSON.stringify(past(now));
  const each = new Map(all.map((one) => [JSON.stringify(past(one)), past(one)]));
  if (not) each.delete(not);
  return [...each.values()].sort(order).slice(-MOST);
};

/** @param {any} n @param {number} least @param {number} most */
const whole = (n, least, most) => (Number.isInteger(n) && n >= least && n <= most ? n : least);

/** Whether a value is nested no deeper than any answer is. @param {any} value @param {number} [most] @returns {boolean} */
const shallow = (value, most = 12) => !value || typeof value !== "object" || (most > 0 && Object.values(value).every((one) => shallow(one, most - 1)));

/** @param {any} raw @returns {Past | null} */
const entry = (raw) => {
  if (!raw || typeof raw !== "object" || !Number.isInteger(raw.version) || raw.version < 1 || !shallow(raw.response)) return null;
  const score = typeof raw.score === "number" && raw.score >= 0 && raw.score <= 1 ? raw.score : null;
  return { version: raw.version, response: raw.response ?? null, certainty: whole(raw.certainty, 0, 3), revealed: raw.revealed === true, score, count: whole(raw.count, 0, 2 ** 53 - 1) };
};

/** A document from anywhere: what has not the right form is left out, never believed. @param {any} raw @returns {Work | null} */
export const work = (raw) => {
  const now = entry(raw);
  if (!now) return null;
  const history = (Array.isArray(raw.history) ? raw.history : []).map(entry).filter(/** @returns {one is Past} */ (/** @type {Past | null} */ one) => !!one);
  return { ...now, checked: raw.checked === true, history: gathered(history, now) };
};

/** Two documents of one exercise as one: the newer version, then the higher count stays; the other becomes history. The order does not matter. @param {Work} a @param {Work} b @returns {Work} */
export const merge = (a, b) => {
  const first = order(a, b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const now = first < 0 ? b : a;
  return { ...now, history: gathered([...a.history, ...b.history, past(a), past(b)], now) };
};

/**
 * For each certainty from 1 to 3, how many answers and how many of them right. An exercise counts once: by its first
 * checked answer, since whoever has read the reasons is certain of the next one. An answer that was shown is none.
 * @param {Work[]} all
 */
export const calibration = (all) => {
  const rows = [1, 2, 3].map(() => ({ answers: 0, right: 0 }));
  for (const doc of all) {
    const first = [...doc.history, doc].sort(order).find(({ revealed, score }) => revealed || score !== null);
    const row = first && !first.revealed && rows[first.certainty - 1];
    if (!row) continue;
    row.answers += 1;
    row.right += Number(first.score === 1);
  }
  return rows;
};

/** @param {string | null | undefined} text */
const parsed = (text) => {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
};

/** The browser's store, if it lets us. @returns {Shelf | null} */
const shelf = () => {
  try {
    const name = "essaybook:probe";
    localStorage.setItem(name, "1");
    localStorage.removeItem(name);
    return localStorage;
  } catch {
    return null;
  }
};

/**
 * The work kept for one book. `trouble` is called with a plain sentence, once for each, when work cannot be kept.
 * @param {string} book @param {(words: string) => void} trouble @param {Shelf | null} [on]
 */
export const store = (book, trouble, on = shelf()) => {
  /** @type {Set<string>} */
  const said = new Set();
  /** What this page last wrote or took over. @type {Map<string, Work>} */
  const latest = new Map();
  /** @type {Map<string, string>} What the browser would not take stays here as long as the page. */
  const held = new Map();
  /** @param {string} id */
  const key = (id) => `essaybook:${book}:${id}`;
  /** @param {string} words */
  const tell = (words) => {
    if (!said.has(words)) trouble(words);
    said.add(words);
  };
  /** @param {string} id @returns {any} */
  const get = (id) => {
    try {
      return parsed(held.get(id) ?? on?.getItem(key(id)));
    } catch {
      return null;
    }
  };
  /** @param {string} id @param {any} value */
  const put = (id, value) => {
    const text = JSON.stringify(value);
    try {
      if (!on) throw new Error();
      on.setItem(key(id), text);
      held.delete(id);
    } catch {
      held.set(id, text);
      tell(on ? "This browser’s store is full: answers on this page are lost when it is closed." : "This browser keeps nothing for this page: answers are lost when it is closed.");
    }
  };
  if (!on) tell("This browser keeps nothing for this page: answers are lost when it is closed.");
  else if (location.protocol === "file:") tell("Read from a disk: some browsers keep the answers of each page apart.");

  return {
    /** What was saved. @param {string} id @returns {Work | null} */
    read: (id) => work(get(id)),
    /** Everything saved for this book, by the exercise's id. @returns {Record<string, Work>} */
    all() {
      const ids = new Set(held.keys());
      for (const name of on instanceof Storage ? Object.keys(on) : []) if (name.startsWith(key(""))) ids.add(name.slice(key("").length));
      return Object.fromEntries([...ids].sort().flatMap((id) => {
        const doc = OWN.includes(id) ? null : work(get(id));
        return doc ? [[id, doc]] : [];
      }));
    },
    /** Take in a document from elsewhere, a work file perhaps; whether it was one. @param {string} id @param {any} raw */
    take(id, raw) {
      const [theirs, mine] = [!OWN.includes(id) && /^[a-z0-9-]{1,100}$/.test(id) && work(raw), work(get(id))];
      if (theirs) put(id, mine ? merge(mine, theirs) : theirs);
      return !!theirs;
    },
    /**
     * Save an answer over what is there. A checked answer that is changed, or taken back, becomes history, and so
     * does every answer to another version; a newer version is never overwritten by an older copy of the book.
     * @param {string} id @param {Omit<Work, "count" | "history">} now
     */
    keep(id, now) {
      const before = work(get(id));
      const next = { ...now, count: (before?.count ?? 0) + 1 };
      const earlier = before?.history ?? [];
      /** @type {Work} */
      let doc;
      if (before && before.version > now.version) {
        doc = { ...before, history: gathered([...earlier.filter((one) => one.version !== now.version), next]) };
      } else {
        const other = before && before.response !== null && (before.version < now.version || (before.checked && !(now.checked && now.score === before.score && same(before.response, now.response))));
        doc = { ...next, history: gathered(other ? [...earlier, before] : earlier) };
      }
      latest.set(id, doc);
      put(id, doc);
    },
    /**
     * What a page shows: an answer to this version, and one to another version that it may offer.
     * @param {string} id @param {number} version @returns {{ now: Omit<Past, "version" | "count"> & Partial<Work> | null, other: Past | null }}
     */
    open(id, version) {
      const doc = work(get(id));
      if (!doc) return { now: null, other: null };
      latest.set(id, doc);
      if (doc.version === version) return { now: doc, other: null };
      const mine = doc.history.filter((one) => one.version === version).pop();
      return { now: mine ?? null, other: doc.response === null ? null : past(doc) };
    },
    /** @returns {{ certainty: boolean }} */
    settings: () => ({ certainty: get("settings")?.certainty === true }),
    /** @param {{ certainty: boolean }} values */
    set: (values) => put("settings", values),
    /** What is kept under a name that no exercise has, to be read with distrust. @param {string} id */
    get,
    put,
    /**
     * Follow the other tabs of this book: `call` gets an exercise's id and the work to show, null where it was
     * erased. When two tabs saved at one count, the same answer stays in both and the other becomes history.
     * @param {(id: string, doc: Work | null) => void} call
     */
    others(call) {
      addEventListener("storage", ({ key: name, newValue }) => {
        if (!name?.startsWith(key(""))) return;
        const id = name.slice(key("").length);
        const theirs = work(parsed(newValue));
        const mine = latest.get(id);
        const after = theirs && mine ? order(theirs, mine) : 1;
        if (after > 0) {
          if (theirs) latest.set(id, theirs);
          else latest.delete(id);
          call(id, theirs);
        } else if (after < 0 && theirs && mine && theirs.version === mine.version && theirs.count === mine.count) {
          const both = { ...merge(mine, theirs), count: mine.count + 1 };
          latest.set(id, both);
          put(id, both);
        }
      });
    },
    /** Everything this book kept here. */
    erase() {
      held.clear();
      if (on instanceof Storage) for (const name of Object.keys(on)) if (name.startsWith(key(""))) on.removeItem(name);
    },
  };
};
