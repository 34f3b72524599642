// @ts-check
// Damages hand-ins and saved work from numbered seeds, and reads them: `node fuzz.mjs GIVEN FIRST LAST`. Nothing may
// throw, hang, leave a trace in the language's own objects, or come out in a form that a page does not expect.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { merge, work } from "../../src/essaybook/exercises/host/store.mjs";

const [, , given, first, last] = process.argv;
/** @type {{ records: Record<string, any>, documents: string[] }} */
const { records, documents } = JSON.parse(readFileSync(given, "utf8"));
/** @type {any} */ (globalThis).essaybook = { host: { work } };
vm.runInThisContext(readFileSync(new URL("../../src/essaybook/web/static/marking/handins.js", import.meta.url), "utf8"));
const { read } = /** @type {any} */ (globalThis).essaybook.marking.handins;
const about = { book: "trial", edition: "First edition", date: "2026-11-25", records };

/** Numbers from 0 to 1 that follow from a seed (mulberry32). @param {number} seed */
const numbers = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const TOKENS = ["\0", "\ufeff", "\u202e", "</script>", "<!--", "<script>", '"', "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", '"__proto__":{"polluted":1},', '"constructor":{"prototype":{"polluted":1}},', "[".repeat(4000), "9".repeat(400), "𝔘", "é"];
const VALUES = [null, true, 0, -1, 1.5, 2 ** 53, 1e308, "", "x", "\ud800", [], {}, [[]], { version: 1 }, "a".repeat(300000), Array.from({ length: 6000 }, () => 0)];
const KEYS = ["version", "response", "certainty", "revealed", "score", "count", "checked", "history", "__proto__", "picks", "0"];

/** @param {Buffer} bytes @param {() => number} chance */
const damaged = (bytes, chance) => {
  const below = (/** @type {number} */ n) => Math.floor(chance() * n);
  for (let i = below(5); i >= 0; i -= 1) {
    const [at, length] = [below(bytes.length + 1), below(120)];
    const token = Buffer.from(TOKENS[below(TOKENS.length)]);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const ways = [
      () => Buffer.concat([head, tail.subarray(length)]),
      () => Buffer.concat([head, token, tail]),
      () => Buffer.concat([head, Buffer.from([below(256), below(256)]), tail.subarray(2)]),
      () => Buffer.concat([head, bytes.subarray(Math.max(0, at - length))]),
      () => (chance() < 0.2 ? head : bytes),
      () => (chance() < 0.1 ? Buffer.from(bytes.toString("utf8"), "utf16le") : bytes),
    ];
    bytes = ways[below(ways.length)]();
  }
  return bytes;
};

/** A value with some of its parts exchanged. @param {any} value @param {() => number} chance @returns {any} */
const bent = (value, chance) => {
  if (chance() < 0.12) return VALUES[Math.floor(chance() * VALUES.length)];
  if (Array.isArray(value)) return value.map((one) => bent(one, chance));
  if (!value || typeof value !== "object") return value;
  const out = Object.entries(value).map(([key, one]) => [chance() < 0.04 ? KEYS[Math.floor(chance() * KEYS.length)] : key, bent(one, chance)]);
  return JSON.parse(`{${out.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join(",")}}`);
};

const docs = documents.flatMap((text) => Object.values(JSON.parse(/essaybook-work">([^]*?)<\/script>/.exec(text)?.[1] ?? "{}").work));
const FORM = "certainty,checked,count,history,response,revealed,score,version";
const count = { opened: 0, refused: 0, kept: 0, dropped: 0, failures: 0 };

/** @param {boolean} good @param {string} what */
const must = (good, what) => {
  if (!good) throw new Error(what);
};

for (let seed = Number(first); seed < Number(last); seed += 1) {
  const chance = numbers(seed);
  const start = performance.now();
  try {
    const found = read(damaged(Buffer.from(documents[seed % documents.length]), chance), "a.html", about);
    must(["handin", "refused", "marking"].includes(found.kind), `kind ${found.kind}`);
    if (found.kind === "refused") must(found.reason.length > 10, "refused without a reason");
    else if (found.kind === "handin") {
      must(!!found.code, "no code");
      for (const doc of Object.values(found.work)) must(Object.keys(doc).sort().join() === FORM, `form ${Object.keys(doc)}`);
    }
    count[found.kind === "refused" ? "refused" : "opened"] += 1;

    const [a, b] = [0, 1].map(() => work(bent(docs[Math.floor(chance() * docs.length)], chance)));
    for (const doc of [a, b]) {
      count[doc ? "kept" : "dropped"] += 1;
      if (doc) must(JSON.stringify(work(doc)) === JSON.stringify(doc), "read again, it is another");
    }
    if (a && b) {
      const both = merge(a, b);
      must(JSON.stringify(both) === JSON.stringify(merge(b, a)), "the order of two devices matters");
      must(JSON.stringify(work(both)) === JSON.stringify(both), "what was merged cannot be read again");
    }
    must(!("polluted" in {}), "the language's own objects were changed");
    must(performance.now() - start < 5000, "slow");
  } catch (error) {
    count.failures += 1;
    console.log(`seed ${seed}: ${/** @type {Error} */ (error).stack?.split("\n").slice(0, 3).join("\n")}`);
  }
}
const { opened, refused, kept, dropped, failures } = count;
console.log(`hand-ins: seeds ${first} to ${Number(last) - 1}, ${opened + refused} cases (${opened} opened, ${refused} refused with a reason); saved work: ${kept + dropped} documents (${kept} kept, ${dropped} left out); ${failures} failures`);
process.exitCode = failures ? 1 : 0;
