// Marker, told in words: the level given to each paragraph in each strand.
// @ts-check
import { clip, held, text } from "../tell.mjs";

/** @param {any} record @param {any} response */
export default (record, response) => record.paragraphs.map((/** @type {any} */ paragraph, /** @type {number} */ i) => ({
  label: `Paragraph ${"ABCD"[i]}, “${clip(paragraph.text, 50)}”`,
  words: record.strands.flatMap((/** @type {any} */ strand) => {
    const level = text(held(held(response, "levels"), `${paragraph.id}:${strand.id}`));
    return /^[1-5]$/.test(level) && Number(level) <= strand.levels.length ? [`${strand.name}: level ${level}`] : [];
  }).join("\n"),
}));
