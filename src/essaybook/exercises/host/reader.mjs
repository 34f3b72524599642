// What readers can look at and carry off: how well they know what they know, and this book's work as one file.
// @ts-check
import { calibration, store } from "./store.mjs";

/**
 * @typedef {import("./contract.d.ts").Work} Work
 * @typedef {ReturnType<typeof store>} Kept
 */

/** What a work file calls itself. */
const FORMAT = "essaybook-work";

/** In bytes; a browser keeps no more for a whole book. */
const LARGEST = 5_000_000;

const SURE = [
  ["Guessing", "guessed"],
  ["Fairly sure", "were fairly sure"],
  ["Certain", "were certain"],
];

/** @param {string} name @param {...(Node | string)} children */
const made = (name, ...children) => {
  const el = document.createElement(name);
  el.append(...children);
  return el;
};

/** @param {string} name @param {Record<string, string | number>} attributes @param {...Node} children */
const drawn = (name, attributes, ...children) => {
  const el = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, String(value));
  el.append(...children);
  return el;
};

/** @param {number} n @param {string} one @param {string} [many] */
const counted = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** How often each certainty was right: a sentence, and a table with a bar in every row. @param {Work[]} all */
const chart = (all) => {
  const rows = calibration(all);
  const most = Math.max(...rows.map(({ answers }) => answers));
  const note = "Each question counts once: your first checked answer, where you had said how sure you were. Partly right counts as not right.";
  if (!most) return [made("p", "Nothing to show yet. ", note)];
  const surest = rows.findLastIndex(({ answers }) => answers);
  const { answers, right } = rows[surest];
  const head = made("tr", ...["How sure", "Answers", "Right", ""].map((words) => made(words ? "th" : "td", words)));
  const body = rows.map(({ answers, right }, i) => {
    /** @param {number} n @param {string} kind */
    const bar = (n, kind) => drawn("rect", { class: kind, width: (100 * n) / most, height: 10 });
    const svg = drawn("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, bar(answers, "all"), bar(right, "right"));
    return made("tr", made("th", SURE[i][0]), made("td", String(answers)), made("td", String(right)), made("td", svg));
  });
  for (const th of head.querySelectorAll("th")) th.scope = "col";
  for (const tr of body) /** @type {HTMLTableCellElement} */ (tr.firstChild).scope = "row";
  return [
    made("p", `When you ${SURE[surest][1]} you were right ${counted(right, "time")} of ${answers}.`),
    made("table", made("thead", head), made("tbody", ...body)),
    made("p", note),
  ];
};

/** Keep the folded chart true; gives what to call when work or settings changed. @param {Kept} kept */
export const charted = (kept) => {
  const box = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-known]"));
  const draw = () => {
    if (!box) return;
    box.hidden = !kept.settings().certainty;
    if (box.open && !box.hidden) box.querySelector("[data-chart]")?.replaceChildren(...chart(Object.values(kept.all())));
  };
  box?.addEventListener("toggle", draw);
  // Read again only when something could have come to count.
  addEventListener("exercise:state", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.state === "checked") draw();
  });
  return draw;
};

/**
 * Take in a work file as text: what was taken, by id, and what to say about it.
 * @param {File} file @param {string} book @param {Kept} kept @returns {Promise<[string[], string]>}
 */
const opened = async (file, book, kept) => {
  if (file.size > LARGEST) return [[], "This file is larger than 5 MB. No saved work is: nothing was opened."];
  /** @type {any} */
  let found;
  try {
    found = JSON.parse(await file.text());
  } catch {
    return [[], "This file cannot be read as saved work: nothing was opened."];
  }
  const { format, book: of, work } = found ?? {};
  if (format !== FORMAT || !work || typeof work !== "object") return [[], "This is not a file of saved work: nothing was opened."];
  if (of !== book) return [[], "This is saved work of another book: nothing was opened."];
  const all = Object.entries(work);
  const ids = all.filter(([id, raw]) => kept.take(id, raw)).map(([id]) => id);
  const lost = all.length - ids.length;
  return [ids, `${counted(ids.length, "exercise")} opened; where both have an answer, the other is kept as an earlier one.${lost ? ` ${lost} could not be read.` : ""}`];
};

/** The two buttons, for saving this book's work as a file and opening one. @param {string} book @param {Kept} kept @param {(ids: string[]) => void} show */
export const carried = (book, kept, show) => {
  const box = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-file]"));
  const input = box?.querySelector("input");
  if (!box || !input) return;
  const out = box.querySelector("[role=status]");
  /** @param {string} words */
  const say = (words) => {
    if (out) out.textContent = words;
  };
  // Where each page may have a store of its own, nobody should have to look for this.
  if (location.protocol === "file:") box.open = true;
  box.addEventListener("click", (event) => {
    const { action } = /** @type {HTMLElement} */ (event.target).dataset;
    if (action === "open-work") input.click();
    if (action !== "save-work") return;
    const all = kept.all();
    const n = Object.keys(all).length;
    if (!n) return say("There is no answer to save yet.");
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([JSON.stringify({ format: FORMAT, book, work: all }, null, 1)], { type: "application/json" }));
    a.download = `${book}-work.json`;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
    say(`${counted(n, "exercise")} written to the file ${a.download}.`);
  });
  input.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    const [ids, words] = await opened(file, book, kept);
    input.value = ""; // So that the same file can be opened again.
    show(ids);
    say(words);
  });
};
