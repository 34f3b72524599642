// Value: what the reader says of each source, set beside what the book's authors would say. Nothing is scored.
// @ts-check
import { exercise, field, tick, checked, words } from "./kit.mjs";

const WAYS = { adds: "adds to its value", limits: "limits its value", both: "does both" };
const ROWS = { ao2: ["content", "provenance", "tone", "context"], opcvl: ["origin", "purpose", "content", "value", "limitation"] };

/** What stands under a key of a saved answer, if it is text. @param {any} from @param {string} key @returns {string} */
const text = (from, key) => (from && typeof from === "object" && typeof from[key] === "string" ? from[key] : "");

/** The frame chosen, or the record's first. @param {any} response @param {any} record @returns {"ao2" | "opcvl"} */
const frameOf = (response, record) => (record.frames.includes(response?.frame) ? response.frame : record.frames[0]);

/** Every point of a frame, source by source, in the frame's order. @param {any} record @param {"ao2" | "opcvl"} frame */
const cells = (record, frame) => record.sources.flatMap((/** @type {any} */ source, /** @type {number} */ i) =>
  ROWS[frame].flatMap((criterion) => {
    const point = source.points.find((/** @type {any} */ p) => p.criterion === criterion);
    return point ? [{ point, letter: "ABC"[i], key: `${source.quotation}:${criterion}` }] : [];
  }));

/** @param {number} n */
const counted = (n) => `${n} ${n === 1 ? "word" : "words"}`;

export default exercise({
  read(form, { record }) {
    const keys = record.sources.flatMap((/** @type {any} */ s) => s.points.map((/** @type {any} */ p) => `${s.quotation}:${p.criterion}`));
    /** @param {string} kind */
    const all = (kind) => Object.fromEntries(keys.map((/** @type {string} */ key) => [key, field(form, `${kind}:${key}`)]));
    return { frame: checked(form, "frame")[0] ?? record.frames[0], bears: all("bears"), because: all("because"), judgement: field(form, "judgement") };
  },
  empty: (response) => ![...Object.values(response.bears ?? {}), ...Object.values(response.because ?? {}), response.judgement].some((v) => typeof v === "string" && v.trim()),
  write(form, response, { record }) {
    tick(form, "frame", [response === null ? record.frames[0] : frameOf({ frame: response.frame ?? checked(form, "frame")[0] }, record)]);
    for (const source of record.sources) for (const point of source.points) {
      const key = `${source.quotation}:${point.criterion}`;
      // What an answer does not speak of, the reader's own text above all, stays as it is.
      field(form, `bears:${key}`, response === null ? "" : response.bears?.[key]);
      field(form, `because:${key}`, response === null ? "" : response.because?.[key]);
    }
    field(form, "judgement", response === null ? "" : response.judgement);
  },
  judge(response, record) {
    const frame = frameOf(response, record);
    const many = record.sources.length > 1;
    let written = 0;
    let dated = false;
    /** @param {string} own */
    const count = (own) => {
      written += words(own);
      dated ||= /\b1[89]\d\d\b/.test(own);
      return own.trim() ? ` Yours has ${counted(words(own))}.` : "";
    };
    const notes = cells(record, frame).map((/** @type {any} */ { point, letter, key }) => {
      const own = text(response?.because, key);
      const way = text(response?.bears, key);
      const name = point.criterion[0].toUpperCase() + point.criterion.slice(1);
      const ours = point.bears ? `We say it ${WAYS[/** @type {keyof typeof WAYS} */ (point.bears)]}` : "";
      const yours = Object.hasOwn(WAYS, way) ? (way === point.bears ? ", as you do" : `, you say it ${WAYS[/** @type {keyof typeof WAYS} */ (way)]}`) : "";
      const about = `${many ? `Source ${letter}, ${point.criterion}` : name}.`;
      return { ...point.note, text: `${ours ? `${ours}${yours}. ` : ""}${point.note.text}${count(own)}`, about, own: own.trim() || undefined, at: key };
    });
    const whole = typeof response?.judgement === "string" ? response.judgement : "";
    notes.push({ ...record.judgement, text: record.judgement.text + count(whole), about: "On the whole.", own: whole.trim() || undefined, at: "judgement" });
    const hint = written && !dated ? " You name no year; a date is the shortest way to bring in context." : "";
    notes.push({
      about: "Check your own.",
      text: written ? `You wrote ${counted(written)} in all.${hint}` : "You have written nothing yet: the reasons are what a marker reads.",
      ticks: record.figures?.checks ?? record.checks ?? [],
    });
    return { score: null, head: "Not scored: no machine can mark this. Compare your reasons with this book’s, which are not the only good ones.", notes };
  },
  // The directions only: the reader's own words are never written over.
  answer: (record) => ({
    bears: Object.fromEntries(record.sources.flatMap((/** @type {any} */ s) => s.points.filter((/** @type {any} */ p) => p.bears).map((/** @type {any} */ p) => [`${s.quotation}:${p.criterion}`, p.bears]))),
  }),
});
