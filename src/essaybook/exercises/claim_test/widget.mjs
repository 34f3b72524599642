// Claim test: what each piece of evidence does to each claim, and how strong the claim then is.
// @ts-check
import { checked, exercise, field, tick } from "./kit.mjs";

/** @typedef {{ evidence: string, claim: string, verdict: string, arguable: string | null, because: { text: string, cites?: string[] } }} Cell */
/** @typedef {{ id: string, text: string, strength: string, because: { text: string, cites?: string[] } }} Tested */

const STEPS = ["refuted", "weak", "open", "likely", "strong"];
const VERDICTS = ["supports", "undermines", "silent"];

/** @param {Cell} cell */
const cellName = (cell) => `${cell.evidence}--${cell.claim}`;

/** A value from an answer, or nothing where it is none of those on offer. @param {any} from @param {string} name @param {string[]} offered */
const chosenIn = (from, name, offered) => {
  const value = from && Object.hasOwn(from, name) ? from[name] : "";
  return offered.includes(value) ? value : "";
};

/** Credit for a step on the scale: the step itself, or one beside it for half. @param {string} given @param {string} right */
const stepCredit = (given, right) => {
  const apart = given ? Math.abs(STEPS.indexOf(given) - STEPS.indexOf(right)) : STEPS.length;
  return apart === 0 ? 1 : apart === 1 ? 0.5 : 0;
};

/** The letter of a claim, where there are several. @param {any} record @param {Tested} claim */
const letterOf = (record, claim) => (record.claims.length > 1 ? ` ${"ABC"[record.claims.indexOf(claim)]}` : "");

export default exercise({
  read(form, { record }) {
    return {
      cells: Object.fromEntries(record.cells.map((/** @type {Cell} */ c) => [cellName(c), checked(form, cellName(c))[0] ?? ""])),
      strength: Object.fromEntries(record.claims.map((/** @type {Tested} */ c) => [c.id, field(form, `strength--${c.id}`)])),
      because: field(form, "because"),
    };
  },
  empty: (response) => !Object.values(response?.cells ?? {}).some(Boolean) && !Object.values(response?.strength ?? {}).some(Boolean),
  write(form, response, { record }) {
    for (const cell of record.cells) tick(form, cellName(cell), [chosenIn(response?.cells, cellName(cell), VERDICTS)]);
    for (const claim of record.claims) field(form, `strength--${claim.id}`, chosenIn(response?.strength, claim.id, STEPS));
    field(form, "because", response?.because ?? "");
  },
  judge(response, record) {
    /** @type {{ text: string, cites?: string[], about?: string, right?: boolean | null, at?: string }[]} */
    const notes = [];
    let credit = 0;
    let open = 0;
    const order = record.figures?.order ?? record.evidence.map((/** @type {any} */ e) => e.id);
    for (const id of order) {
      const evidence = record.evidence.find((/** @type {any} */ e) => e.id === id);
      for (const claim of record.claims) {
        const cell = record.cells.find((/** @type {Cell} */ c) => c.evidence === id && c.claim === claim.id);
        if (!cell) continue;
        const said = chosenIn(response?.cells, cellName(cell), VERDICTS);
        const about = `${evidence.text}${letterOf(record, claim)}`;
        if (!said) {
          open += 1;
          continue;
        }
        const right = said === cell.verdict;
        const arguable = !right && said === cell.arguable;
        credit += right || arguable ? 1 : 0;
        const lead = right ? (cell.arguable ? `“${cell.arguable}” can be argued too. ` : "")
          : arguable ? `“${said}” can be argued; this book says “${cell.verdict}”. `
          : `You say “${said}”, this book “${cell.verdict}”. `;
        notes.push({ at: cellName(cell), about, right: right || arguable, text: lead + cell.because.text, cites: cell.because.cites });
      }
    }
    for (const claim of record.claims) {
      const given = chosenIn(response?.strength, claim.id, STEPS);
      const earned = stepCredit(given, claim.strength);
      credit += earned;
      if (!given) {
        open += 1;
        continue;
      }
      const lead = earned === 1 ? "" : `You say “${given}”, this book “${claim.strength}”${earned ? ", one step away" : ""}. `;
      notes.push({ at: `strength--${claim.id}`, about: `How strong is the claim${letterOf(record, claim)} now?`, right: earned === 1 ? true : earned ? null : false, text: lead + claim.because.text, cites: claim.because.cites });
    }
    const all = record.cells.length + record.claims.length;
    if (open) notes.push({ text: open === 1 ? "One answer is still open." : `${open} answers are still open.` });
    const sum = `${String(credit).replace(".5", "½").replace(/^0½/, "½")} of ${all}. The reasons stand under the rows.`;
    return { score: Math.round((credit / all) * 100) / 100, head: credit === all ? `All ${all}: that is what the evidence does. The reasons stand under the rows.` : sum, notes };
  },
  answer: (record) => ({
    cells: Object.fromEntries(record.cells.map((/** @type {Cell} */ c) => [cellName(c), c.verdict])),
    strength: Object.fromEntries(record.claims.map((/** @type {Tested} */ c) => [c.id, c.strength])),
    because: "",
  }),
});
