// Reads references, BibTeX or RIS, with Citation.js, and prints each as CSL-JSON: [{"text": …, "form": …}] on standard input.
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const FORMS = { bib: "@bibtex/text", ris: "@ris/file" };
const asked = JSON.parse(readFileSync(0, "utf-8"));
const read = asked.map(({ text, form }) => new Cite(text, { forceType: FORMS[form] }).format("data", { format: "object" }));
process.stdout.write(JSON.stringify(read));
