// The reader's evidence and rounds of looking back, read with distrust; and the list of it in exercises that argue.
// @ts-check

/**
 * @typedef {import("./contract.d.ts").Piece} Piece
 * @typedef {import("./contract.d.ts").Kept} Kept
 */

/** @param {any} n */
const number = (n) => (Number.isInteger(n) && n >= 0 && n < 2 ** 53 ? n : 0);

/** What evidence can be. */
const KINDS = ["quotation", "figure", "paragraph"];

/** @param {any} raw @param {number} most @returns {string} */
const brief = (raw, most) => (typeof raw === "string" ? raw.slice(0, most) : "");

/** A piece of evidence from anywhere, or nothing where it has not the right form. @param {string} name @param {any} raw @returns {Piece | null} */
const piece = (name, raw) => {
  const { kind, ref, page, text, cite, note, count } = raw ?? {};
  if (!KINDS.includes(kind) || !/^[\w.-]{1,120}$/.test(ref) || name !== `${kind}:${ref}` || !/^[\w/-]{1,200}$/.test(page)) return null;
  if (typeof text !== "string" || !text || typeof cite !== "string") return null;
  return { kind, ref, page, text: brief(text, 5000), cite: brief(cite, 1000), note: brief(note, 5000), count: number(count) };
};

/** Evidence by its name, each piece read with distrust. @param {any} raw @returns {Record<string, Piece>} */
const pieces = (raw) => Object.fromEntries(Object.entries(raw && typeof raw === "object" ? raw : {}).slice(0, 2000).flatMap(([name, one]) => {
  const found = piece(name, one);
  return found ? [[name, found]] : [];
}));

/** What this book keeps beside answers. @param {Kept} kept */
export const locker = (kept) => {
  const items = () => pieces(kept.get("locker")?.items);
  /** @param {Record<string, Piece>} all */
  const lock = (all) => kept.put("locker", { format: 1, items: all });
  return {
    /** The evidence that was saved, by kind and id of what it was saved from. */
    items,
    lock,
    /** Take in evidence from elsewhere: of two copies of a piece the one with the higher count stays. @param {any} raw @returns {number} how many were taken */
    gather(raw) {
      const [theirs, mine] = [pieces(raw), items()];
      for (const [name, one] of Object.entries(theirs)) {
        const own = mine[name];
        if (!own || one.count > own.count || (one.count === own.count && JSON.stringify(one) > JSON.stringify(own))) mine[name] = one;
      }
      if (Object.keys(theirs).length) lock(mine);
      return Object.keys(theirs).length;
    },
    /** How many rounds of looking back there were, and in which each exercise was asked last. @returns {{ round: number, asked: Record<string, number> }} */
    rounds() {
      const { round, asked } = kept.get("rounds") ?? {};
      const told = Object.entries(asked && typeof asked === "object" ? asked : {}).filter(([, n]) => Number.isInteger(n) && n >= 0);
      return { round: number(round), asked: Object.fromEntries(told) };
    },
    /** @param {{ round: number, asked: Record<string, number> }} values */
    mark: (values) => kept.put("rounds", values),
  };
};

/**
 * Put the list under an exercise's form. It is read when it is opened, so that what was saved a moment ago is in it.
 * @param {HTMLElement} el @param {Kept} kept
 */
export const offered = (el, kept) => {
  const form = el.querySelector("form");
  if (!form) return;
  /** @type {HTMLTextAreaElement | null} */
  let last = null;
  form.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) last = target;
  });
  const box = document.createElement("details");
  box.className = "x-locker js-only";
  const summary = document.createElement("summary");
  summary.textContent = "From your evidence";
  const list = document.createElement("ul");
  box.append(summary, list);
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    const pieces = Object.values(locker(kept).items());
    const help = document.createElement("li");
    help.textContent = pieces.length ? "A press puts it, with what to cite, into the field where you wrote last." : "Nothing saved yet: “Save” beside a source or a chart, or + beside a paragraph, puts it here.";
    list.replaceChildren(help, ...pieces.map(({ text, cite, page }) => {
      const li = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.action = "use-evidence";
      button.textContent = text.length > 140 ? `${text.slice(0, 140)}…` : text;
      button.onclick = () => {
        const field = last?.isConnected ? last : /** @type {HTMLTextAreaElement | null} */ (form.querySelector("textarea[data-evidence]") ?? form.querySelector("textarea"));
        if (!field) return;
        field.value = `${field.value.trim()}${field.value.trim() ? " " : ""}“${text}” (${cite || page})`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      };
      li.append(button);
      return li;
    }));
  });
  form.append(box);
};
