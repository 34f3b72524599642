// Marker: the reader's levels beside the authors', with the words of the paragraph that decide it.
// @ts-check
import { exercise, field } from "./kit.mjs";

/** Every paragraph in every strand, by the key that its level is saved under. @param {any} record */
const cells = (record) => record.paragraphs.flatMap((/** @type {any} */ paragraph, /** @type {number} */ i) =>
  record.strands.flatMap((/** @type {any} */ strand) => {
    const placing = paragraph.placings.find((/** @type {any} */ p) => p.strand === strand.id);
    return placing ? [{ paragraph, strand, placing, letter: "ABCD"[i], key: `${paragraph.id}:${strand.id}` }] : [];
  }));

/** The level chosen, or 0. @param {any} response @param {any} cell */
const levelOf = (response, cell) => {
  const level = response?.levels?.[cell.key];
  return typeof level === "string" && /^[1-5]$/.test(level) && Number(level) <= cell.strand.levels.length ? Number(level) : 0;
};

export default exercise({
  read: (form, { record }) => ({ levels: Object.fromEntries(cells(record).map((/** @type {any} */ { key }) => [key, field(form, `level:${key}`)])) }),
  empty: (response) => !Object.values(response.levels ?? {}).some(Boolean),
  write(form, response, { record }) {
    for (const { key } of cells(record)) field(form, `level:${key}`, response?.levels?.[key] ?? "");
  },
  judge(response, record) {
    const all = cells(record);
    const placed = all.filter((/** @type {any} */ cell) => levelOf(response, cell));
    const off = (/** @type {any} */ cell) => Math.abs(levelOf(response, cell) - cell.placing.level);
    const [same, near] = [0, 1].map((d) => placed.filter((/** @type {any} */ cell) => off(cell) === d).length);
    /** @type {any[]} */
    const notes = [];
    for (const paragraph of record.paragraphs) {
      const mine = placed.filter((/** @type {any} */ cell) => cell.paragraph === paragraph);
      for (const cell of mine) {
        const { placing, strand, letter } = cell;
        const you = levelOf(response, cell);
        const far = off(cell);
        const lead = far === 0 ? "" : `${far === 1 ? "One level off, half a mark: we" : "We"} put it at level ${placing.level}, you at ${you}. `;
        // The next level down or up says what the reader saw and what is missing.
        const step = far === 0 ? "" : ` Level ${you} reads: ${strand.levels[you - 1]}`;
        const shown = placing.words.map((/** @type {string} */ w) => `“${w}”`).join("; ");
        notes.push({
          text: `${strand.name}${far === 0 ? `, level ${placing.level}` : ""}. ${lead}${placing.why.text} See: ${shown}.${step}`,
          cites: placing.why.cites,
          about: `Paragraph ${letter}.`,
          at: paragraph.id,
          right: far === 0 ? true : far === 1 ? null : false,
        });
      }
      if (mine.length) notes.push({ ...paragraph.lift, text: `The next step: ${paragraph.lift.text}`, about: `Paragraph ${mine[0].letter}.`, at: paragraph.id });
    }
    if (placed.length < all.length) notes.push({ text: `${all.length - placed.length} of ${all.length} places are still open; each counts as nothing yet.` });
    return {
      score: (same + near / 2) / all.length,
      head: `As we place them: ${same} of ${all.length}; one level off: ${near}. These are this book’s levels, and another marker may differ by one.`,
      notes,
    };
  },
  answer: (record) => ({ levels: Object.fromEntries(cells(record).map((/** @type {any} */ { key, placing }) => [key, String(placing.level)])) }),
});
