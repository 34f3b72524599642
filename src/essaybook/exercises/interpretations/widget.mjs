// Interpretations: evidence placed for or against each argument is marked; which argument convinces is not.
// @ts-check
import { checked, exercise, field, tick, words } from "./kit.mjs";

const BEARS = { supports: "supports it", challenges: "challenges it", silent: "does not bear on it" };
const RATES = ["not convincing", "convincing in part", "largely convincing", "convincing"];

/** What stands under a key of a saved answer, if it is text. @param {any} from @param {string} key @returns {string} */
const text = (from, key) => (from && typeof from === "object" && typeof from[key] === "string" ? from[key] : "");

/** Every piece of evidence with every argument, by the key that its choice is saved under. @param {any} record */
const cells = (record) => record.evidence.flatMap((/** @type {any} */ evidence, /** @type {number} */ i) =>
  record.arguments.flatMap((/** @type {any} */ argument) => {
    const reading = evidence.readings.find((/** @type {any} */ r) => r.argument === argument.id);
    return reading ? [{ evidence, argument, reading, key: `${i}:${argument.id}` }] : [];
  }));

/** Whether a choice is the book's reading, a rival that can be defended, or neither. @param {any} reading @param {string} choice */
const verdict = (reading, choice) => (choice === reading.bears ? "ours" : (reading.also ?? []).includes(choice) ? "rival" : "not");

/** How far an argument convinces, 0 to 3, or nothing. @param {any} response @param {any} argument */
const rateOf = (response, argument) => {
  const rate = text(response?.rates, argument.id);
  return /^[0-3]$/.test(rate) ? Number(rate) : null;
};

/** Where the reader's judgement and the reader's own placing pull apart. @param {any} response @param {any} record @returns {string[]} */
const tensions = (response, record) => record.arguments.flatMap((/** @type {any} */ argument) => {
  const rate = rateOf(response, argument);
  const mine = cells(record).filter((/** @type {any} */ c) => c.argument.id === argument.id).map((/** @type {any} */ c) => text(response?.bears, c.key));
  const [pro, con] = ["supports", "challenges"].map((way) => mine.filter((/** @type {string} */ m) => m === way).length);
  if (rate === null || pro + con < 2) return [];
  if (rate >= 2 && con > pro) return [`You find ${argument.by} ${RATES[rate]}, but by your own placing ${con} pieces challenge that argument and ${pro} support it. One strong piece can outweigh several: say which, or think again.`];
  if (rate <= 1 && pro > con) return [`You find ${argument.by} ${RATES[rate]}, but by your own placing ${pro} pieces support that argument and ${con} challenge it. Say what it still cannot explain, or think again.`];
  return [];
});

export default exercise({
  read(form, { record }) {
    const ids = record.arguments.map((/** @type {any} */ a) => a.id);
    return {
      rates: Object.fromEntries(ids.map((/** @type {string} */ id) => [id, checked(form, `rate:${id}`)[0] ?? ""])),
      whys: Object.fromEntries(ids.map((/** @type {string} */ id) => [id, field(form, `why:${id}`)])),
      bears: Object.fromEntries(cells(record).map((/** @type {any} */ { key }) => [key, field(form, `bears:${key}`)])),
    };
  },
  empty: (response) => ![response.rates, response.whys, response.bears].some((part) => Object.values(part ?? {}).some((v) => typeof v === "string" && v.trim())),
  write(form, response, { record }) {
    for (const { id } of record.arguments) {
      // What an answer does not speak of, the reader's judgement above all, stays as it is.
      if (response === null || response.rates) tick(form, `rate:${id}`, response === null ? [] : [response.rates[id]]);
      field(form, `why:${id}`, response === null ? "" : response.whys?.[id]);
    }
    for (const { key } of cells(record)) field(form, `bears:${key}`, response === null ? "" : response.bears?.[key]);
  },
  judge(response, record) {
    const all = cells(record);
    const placed = all.filter((/** @type {any} */ c) => Object.hasOwn(BEARS, text(response?.bears, c.key)));
    const hits = placed.filter((/** @type {any} */ c) => verdict(c.reading, text(response.bears, c.key)) !== "not").length;
    const notes = placed.map((/** @type {any} */ { evidence, argument, reading, key }) => {
      const choice = /** @type {keyof typeof BEARS} */ (text(response.bears, key));
      const how = verdict(reading, choice);
      const ours = BEARS[/** @type {keyof typeof BEARS} */ (reading.bears)];
      const lead = how === "ours" ? "" : how === "rival" ? `It can be defended; we would say that it ${ours}. ` : `You say that it ${BEARS[choice]}; it ${ours}. `;
      return { text: lead + reading.says.text, cites: [...(argument === record.arguments[0] ? [evidence.about] : []), ...(reading.says.cites ?? [])], about: `${evidence.label}. ${argument.by}’s argument:`, right: how !== "not", at: key };
    });
    if (placed.length < all.length) notes.push({ text: `${all.length - placed.length} of ${all.length} places are still open; each counts as not yet right.` });
    for (const words of tensions(response, record)) notes.push({ about: "Your judgement and your evidence.", text: words });
    for (const argument of record.arguments) {
      const rate = rateOf(response, argument);
      const own = text(response?.whys, argument.id).trim();
      const you = rate === null ? "" : `You find the argument ${RATES[rate]}; that is not marked. `;
      const count = own ? ` Your reasons have ${words(own)} ${words(own) === 1 ? "word" : "words"}.` : "";
      notes.push({ ...argument.weighs, text: you + argument.weighs.text + count, about: `${argument.by}.`, own: own || undefined, at: `why:${argument.id}` });
    }
    const head = placed.length
      ? `Evidence: ${hits} of ${all.length} placed as it can be defended. Which argument convinces is your judgement, and has no score. The answers to the evidence are reasoned by us from each argument; they are nobody’s words.`
      : "You have placed no evidence. Which argument convinces is your judgement, and has no score; test it on the evidence.";
    return { score: placed.length ? hits / all.length : null, head, notes };
  },
  // The placing only: the reader's judgement and reasons are never written over.
  answer: (record) => ({ bears: Object.fromEntries(cells(record).map((/** @type {any} */ { key, reading }) => [key, reading.bears])) }),
});
