// @ts-check
// The search page: stems the words asked for, loads their letters and the passages to show, and shows them.
// Nothing is fetched, for a page on a disk may not: each file is a script that calls one of these functions.
"use strict";

/**
 * @typedef {[href: string, title: string, part: string, first: number]} Row
 * @typedef {[anchor: string, heading: string, text: string]} Passage
 * @typedef {{ pages: Row[], size: number, letters: Record<string, string>, texts: [number, string][], small: string[] }} Plan
 */

const essaybookSearch = (() => {
  const SHOWN = 8; // pages at a time
  const SPOTS = 3; // passages of a page
  const LONG = 230; // characters of an excerpt
  const SHORT = 90; // and of what is added for a word that stands elsewhere

  /** @type {Record<string, Record<string, number[]>>} */
  const shelves = {};
  /** @type {Passage[]} */
  const passages = [];
  /** @type {Plan} */
  let plan;

  /** @param {string} word */
  const cyrillic = (word) => /[а-я]/.test(word);

  /** @param {string} word */
  const fold = (word) => {
    const low = word.toLowerCase().normalize("NFC").replaceAll("ё", "е");
    return cyrillic(low) ? low : low.normalize("NFD").replace(/\p{M}/gu, "");
  };

  // @ts-expect-error Sphinx's stemmers are globals without types.
  const english = new PorterStemmer(), russian = new RussianStemmer();

  /**
   * @param {string} word
   * @returns {string}
   */
  const stem = (word) => (cyrillic(word) ? russian : english).stemWord(word);

  /** @param {string} text */
  const words = (text) => text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];

  /**
   * The stems asked for, each once.
   * @param {string} text
   */
  const asked = (text) => [...new Set(
    words(text).map(fold).filter((word) => (word.length > 1 || /\d/.test(word)) && !plan.small.includes(word)).map(stem),
  )];

  /** @type {Record<string, Promise<void>>} */
  const coming = {};
  /**
   * Load a script once.
   * @param {string} src
   */
  const load = (src) => (coming[src] ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = script.onerror = () => done();
    document.head.append(script);
  }));

  /**
   * The passages that have a stem, or words that begin with it: number, and whether a heading has it.
   * @param {string} word
   */
  const places = async (word) => {
    const letter = /^\d/.test(word) ? "0" : word[0];
    if (!Object.hasOwn(plan.letters, letter)) return new Map();
    await load(plan.letters[letter]);
    const shelf = shelves[letter] ?? {};
    const keys = Object.hasOwn(shelf, word) ? [word] : word.length > 2 ? Object.keys(shelf).filter((key) => key.startsWith(word)).slice(0, 20) : [];
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const key of keys) {
      let at = 0;
      for (const step of shelf[key]) {
        at += step;
        found.set(at >> 1, Math.max(found.get(at >> 1) ?? 0, at & 1));
      }
    }
    return found;
  };

  /**
   * Pages that have every word, those first that have them in one passage; each with its passages, the best first.
   * How many it has does not count: a catalogue has many of everything.
   * @param {string[]} stems
   */
  const find = async (stems) => {
    const lists = await Promise.all(stems.map(places));
    const weights = lists.map((list) => Math.log(1 + plan.size / (list.size || 1)));
    return plan.pages.map(([href, title, part, first], i) => {
      const end = plan.pages[i + 1]?.[3] ?? plan.size;
      /** @type {{ at: number, has: number[], score: number }[]} */
      const spots = [];
      const had = new Set();
      for (let at = first; at < end; at += 1) {
        const has = lists.flatMap((list, word) => (list.has(at) ? [word] : []));
        const score = has.reduce((sum, word) => sum + weights[word] * (1 + (lists[word].get(at) ?? 0)), 0);
        if (has.length) spots.push({ at, has, score });
        has.forEach((word) => had.add(word));
      }
      spots.sort((a, b) => b.has.length - a.has.length || b.score - a.score);
      const whole = had.size === stems.length ? spots[0].has.length : 0;
      // The best, then what has the words that those lack.
      const firsts = lists.map((_, word) => spots.find((spot) => spot.has.includes(word)));
      const best = [...new Set([spots[0], ...firsts, ...spots])].flatMap((spot) => spot?.at ?? []).slice(0, Math.max(SPOTS, stems.length));
      return { href, title, part, spots: best, more: spots.length - best.length, whole, score: spots[0]?.score ?? 0 };
    }).filter((page) => page.whole).sort((a, b) => b.whole - a.whole || b.score - a.score);
  };

  /** @param {number} at */
  const passage = async (at) => {
    const [, src] = plan.texts.findLast(([first]) => first <= at) ?? [];
    if (src) await load(src);
    return passages[at];
  };

  /**
   * An element with text or elements in it.
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {(string | Node)[]} inside
   */
  const el = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  /**
   * Words with the hits marked, and what is in Cyrillic named as what it is.
   * @param {string} text
   * @param {(word: string) => boolean} hit
   */
  const marked = (text, hit) => text.split(/([\u0400-\u04ff](?:[^A-Za-z]*[\u0400-\u04ff])?)/).map((run, i) => {
    const parts = run.split(/([\p{L}\p{N}]+)/u).map((word, j) => (j % 2 && hit(word) ? el("mark", {}, word) : word));
    return i % 2 ? el("span", { lang: "ru" }, ...parts) : el("span", {}, ...parts);
  });

  /**
   * The stretch of a text with most of the words, and a short one for each word that it lacks.
   * @param {string} text
   * @param {(word: string) => boolean} hit
   */
  const excerpt = (text, hit) => {
    const hits = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => hit(word)).map((found) => ({ at: found.index, stem: stem(fold(found[0])) }));
    const within = (/** @type {number} */ from) => new Set(hits.filter(({ at }) => at >= from && at < from + LONG - 60).map((found) => found.stem));
    const best = hits.reduce((a, { at: b }) => (within(b).size > within(a).size ? b : a), hits[0]?.at ?? 0);
    const there = within(best);
    const others = hits.filter((one) => !there.has(one.stem) && there.add(one.stem)).map(({ at }) => stretch(text, at, SHORT));
    const parts = [stretch(text, best, LONG), ...others].sort(([a], [b]) => a - b);
    const last = parts.at(-1)?.[1] ?? 0;
    return [...parts.flatMap(([from, to]) => [from ? "… " : "", ...marked(text.slice(from, to), hit), " "]), last < text.length ? "…" : ""];
  };

  /**
   * So many characters of a text around a place, cut between words.
   * @param {string} text
   * @param {number} at
   * @param {number} long
   * @returns {[from: number, to: number]}
   */
  const stretch = (text, at, long) => {
    const before = long / 4;
    const from = at < before ? 0 : text.indexOf(" ", at - before) + 1;
    const cut = from + long < text.length ? text.lastIndexOf(" ", from + long) : text.length;
    return [from, cut > at ? cut : text.length];
  };

  /**
   * @param {Awaited<ReturnType<typeof find>>[number]} page
   * @param {(word: string) => boolean} hit
   */
  const item = async (page, hit) => {
    const spots = await Promise.all(page.spots.map(async (at) => {
      const [anchor, heading, text] = await passage(at);
      const number = /^[a-z]+-(\d+)$/.exec(anchor)?.[1];
      const where = heading + (number ? `, ¶ ${number}` : "");
      return el("li", {}, el("a", { href: page.href + (anchor && `#${anchor}`) }, ...marked(where, hit)), " ", el("span", { class: "hit" }, ...excerpt(text, hit)));
    }));
    const more = page.more ? [el("p", { class: "hit" }, `and ${page.more} more on this page`)] : [];
    return el("li", {}, el("p", { class: "hit-part" }, page.part || "\u00a0"), el("h2", {}, el("a", { href: page.href }, ...marked(page.title, hit))), el("ul", {}, ...spots), ...more);
  };

  const start = async () => {
    const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
    const field = /** @type {HTMLInputElement} */ (document.getElementById("q"));
    const says = /** @type {HTMLElement} */ (document.getElementById("search-says"));
    const list = /** @type {HTMLElement} */ (document.getElementById("search-results"));
    field.value = query;
    if (!query) return field.focus();
    document.title = `${query} · ${document.title}`;
    const stems = asked(query);
    if (!stems.length) {
      says.textContent = "These words are too common to look for. Add one that is not.";
      return;
    }
    const pages = await find(stems);
    if (!pages.length) {
      says.textContent = `Nothing in the book has ${stems.length > 1 ? "all of these words" : "this word"}. Try ${stems.length > 1 ? "fewer, or another" : "another"} spelling.`;
      return;
    }
    says.textContent = `${pages.length} ${pages.length > 1 ? "pages have" : "page has"} ${stems.length > 1 ? "all of these words" : "this word"} in some form.`;
    const hit = (/** @type {string} */ word) => {
      const own = stem(fold(word));
      return stems.includes(own) || stems.some((asked) => asked.length > 2 && own.startsWith(asked) && !Object.hasOwn(shelves[asked[0]] ?? {}, asked));
    };
    const more = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "hit-more" }, "More pages"));
    let shown = 0;
    const show = async () => {
      const next = await Promise.all(pages.slice(shown, shown + SHOWN).map((page) => item(page, hit)));
      list.append(...next);
      if (shown) next[0]?.querySelector("a")?.focus();
      shown += next.length;
      more.hidden = shown >= pages.length;
    };
    await show();
    list.after(more);
    more.addEventListener("click", show);
  };

  return {
    /** @param {Plan} given */
    index: (given) => {
      plan = given;
      start();
    },
    /** @param {string} letter @param {Record<string, number[]>} shelf */
    words: (letter, shelf) => {
      shelves[letter] = shelf;
    },
    /** @param {number} first @param {Passage[]} found */
    texts: (first, found) => {
      found.forEach((passage, i) => {
        passages[first + i] = passage;
      });
    },
  };
})();
