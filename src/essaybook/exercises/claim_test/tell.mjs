// Claim test, told in words: what each piece of evidence was said to do, and how strong the claim then was.
// @ts-check
import { clip, held, text } from "../tell.mjs";

const VERDICTS = ["supports", "undermines", "silent"];
const STEPS = ["refuted", "weak", "open", "likely", "strong"];

/** @param {any} record @param {any} response */
export default (record, response) => {
  const several = record.claims.length > 1;
  /** @param {string} part @param {string} key @param {string[]} offered */
  const one = (part, key, offered) => offered.find((step) => step === held(held(response, part), key)) ?? "";
  return [
    ...record.evidence.flatMap((/** @type {any} */ evidence) => record.claims.map((/** @type {any} */ claim) => ({
      label: `${clip(evidence.text)}${several ? ` (on “${clip(claim.text, 50)}”)` : ""}`,
      words: one("cells", `${evidence.id}--${claim.id}`, VERDICTS),
    }))),
    ...record.claims.map((/** @type {any} */ claim) => ({ label: `How strong is the claim: ${claim.text}`, words: one("strength", claim.id, STEPS) })),
    { label: record.because ?? "Because", words: text(held(response, "because")) },
  ];
};
