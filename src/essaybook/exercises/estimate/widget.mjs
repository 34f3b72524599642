// Estimate: how many times too high or too low each number is, and a drawing of it beside the record.
// @ts-check
import { controls, exercise, field, h } from "./kit.mjs";

/** @param {any} raw a number, or null where there is none to judge */
const committed = (raw) => {
  const text = typeof raw === "number" || typeof raw === "string" ? String(raw).trim() : "";
  const number = text === "" ? NaN : Number(text);
  return Number.isFinite(number) && number >= 0 ? number : null;
};

/** @param {any} response @param {string} id */
const value = (response, id) => {
  const values = response?.values;
  return committed(values && Object.hasOwn(values, id) ? values[id] : null);
};

/** Thousands marked, two decimals at most. @param {number} n */
const digits = (n) => {
  const [whole, part] = String(Number(n.toFixed(2))).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
};

/** How many times too high (above 1) or too low (below 1); 1 inside a range. @param {number} n @param {any} figure */
const times = (n, figure) => {
  const upper = figure.upper ?? figure.value;
  return n < figure.value ? n / figure.value : n > upper ? n / upper : 1;
};

/** @param {number} ratio @param {number} tolerance @returns {"close" | "low" | "high"} */
const band = (ratio, tolerance) => (ratio * tolerance < 1 ? "low" : ratio > tolerance ? "high" : "close");

/** @param {number} ratio */
const off = (ratio) => {
  if (ratio === 0) return "too low: it says none at all";
  const by = ratio < 1 ? 1 / ratio : ratio;
  const way = ratio < 1 ? "low" : "high";
  return by < 1.05 ? "the record, near enough" : `${digits(by < 10 ? Number(by.toFixed(1)) : Math.round(by))} times too ${way}`;
};

/** @param {any} figure */
const counted = (figure) => (figure.unit === "per cent" ? figure.words : `${figure.words} ${figure.unit}`);

/** Every point that is recorded, with its figure, the number committed, its band, and the other counts. @param {any} response @param {any} record @returns {any[]} */
const compared = (response, record) => record.points.filter((/** @type {any} */ p) => record.figures?.[p.figure]).map((/** @type {any} */ point) => {
  const figure = record.figures[point.figure];
  const others = point.others.filter((/** @type {any} */ o) => record.figures[o.figure]);
  const mine = value(response, point.id);
  const beyond = mine !== null && record.ceiling != null && mine > Number(record.ceiling);
  const ratio = mine === null ? null : times(mine, figure);
  return { point, figure, others, mine, ratio, beyond, band: ratio === null ? "none" : band(ratio, Number(record.tolerance)) };
});

/** @type {Record<string, string>} */
const BANDS = { low: "Too low", high: "Too high", close: "Close" };

/** An element of the drawing. @param {string} tag @param {Record<string, any>} attributes @param {string} [text] */
const s = (tag, attributes, text) => {
  const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, given] of Object.entries(attributes)) el.setAttribute(name, String(given));
  if (text !== undefined) el.textContent = text;
  return el;
};

/** One bar to a number, longest first in its group, words above it. @param {any[]} rows @param {any} record @param {number} width */
const bars = (rows, record, width) => {
  const many = rows.length > 1;
  const lines = rows.flatMap(({ point, figure, others, mine }) => [
    ...(mine === null ? [] : [{ name: many ? `${point.label}: you` : "You", n: mine, words: digits(mine), look: "mine" }]),
    { name: many ? `${point.label}: the record` : `The record (${figure.series})`, n: figure.value, upper: figure.upper, words: figure.words, look: "record" },
    ...others.map((/** @type {any} */ other) => {
      const f = record.figures[other.figure];
      return { name: other.label, n: f.value, upper: f.upper, words: f.words, look: "other" };
    }),
  ]);
  const most = Math.max(...lines.map((line) => line.upper ?? line.n));
  // a number past everything recorded would flatten the rest: it runs to the edge, and a broken end says so
  const recorded = Math.max(...lines.filter((line) => line.look !== "mine").map((line) => line.upper ?? line.n));
  const end = Math.min(most, recorded * 4) || 1;
  const tall = 46;
  const svg = s("svg", { viewBox: `0 0 ${width} ${lines.length * tall}`, class: "x-chart", role: "img" });
  lines.forEach((line, i) => {
    const y = i * tall;
    const cut = line.n > end;
    const w = Math.max(cut ? width : (width * line.n) / end, 1.5);
    svg.append(
      s("text", { x: 0, y: y + 16, class: line.look === "mine" ? "x-c-mine" : "x-c-name" }, `${line.name}: ${line.words}`),
      s("rect", { x: 0.75, y: y + 23, width: Math.max(w - 1.5, 1), height: 13, class: `x-c-${line.look}-bar` }),
    );
    if (cut) svg.append(s("path", { d: `M${width - 26} ${y + 20}l-6 19M${width - 20} ${y + 20}l-6 19`, class: "x-c-cut" }));
  });
  return svg;
};

/** The committed line beside the recorded one. @param {any[]} rows @param {any} record @param {number} width */
const curve = (rows, record, width) => {
  const tall = 260, left = 8, right = 84, top = 22, foot = 26;
  const given = record.given.map((/** @type {any} */ g) => record.figures[g.figure]).filter(Boolean);
  const others = rows.flatMap((row) => row.others.map((/** @type {any} */ o) => record.figures[o.figure]));
  const all = [...given, ...rows.map((row) => row.figure), ...others];
  const years = all.map((f) => f.year);
  const first = Math.min(...years), last = Math.max(...years);
  const recorded = Math.max(...all.map((f) => f.upper ?? f.value));
  const end = Math.min(Math.max(recorded, ...rows.map((row) => row.mine ?? 0)), recorded * 3) * 1.05;
  const x = (/** @type {number} */ year) => left + ((width - left - right) * (year - first)) / (last - first || 1);
  const y = (/** @type {number} */ n) => top + (tall - top - foot) * (1 - Math.min(n, end) / end);
  const line = (/** @type {[number, number][]} */ points) => points.map(([a, b], i) => `${i ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("");
  const svg = s("svg", { viewBox: `0 0 ${width} ${tall}`, class: "x-chart", role: "img" });
  const floor = tall - foot;
  svg.append(s("path", { d: `M0 ${floor}H${width - right + 8}`, class: "x-c-axis" }));
  for (let year = Math.ceil(first); year <= last; year += 1) {
    svg.append(s("path", { d: `M${x(year).toFixed(1)} ${floor}v5`, class: "x-c-axis" }));
    const room = (width - left - right) / (last - first || 1);
    if (room > 34 || (year - Math.ceil(first)) % Math.ceil(34 / room) === 0) {
      svg.append(s("text", { x: x(year).toFixed(1), y: floor + 20, class: "x-c-year", "text-anchor": "middle" }, String(year)));
    }
  }
  /** What is given stands on both lines. @type {[number, number][]} */
  const start = given.filter((/** @type {any} */ f) => f.unit === rows[0].figure.unit).map((/** @type {any} */ f) => [f.year, f.value]);
  /** @param {[number, number][]} points */
  const dated = (points) => [...start, ...points].sort((a, b) => a[0] - b[0]);
  const told = rows.filter((row) => row.mine !== null);
  const truth = dated(rows.map((row) => [row.figure.year, row.figure.value]));
  const mine = told.length ? dated(told.map((row) => [row.figure.year, row.mine])) : [];
  svg.append(s("path", { d: line(truth), class: "x-c-record" }));
  for (const [a, b] of truth) svg.append(s("circle", { cx: x(a).toFixed(1), cy: y(b).toFixed(1), r: 3.5, class: "x-c-record-dot" }));
  for (const f of others) svg.append(s("path", { d: `M${x(f.year).toFixed(1)} ${(y(f.value) - 5).toFixed(1)}l5 9h-10z`, class: "x-c-other-dot" }));
  if (mine.length) svg.append(s("path", { d: line(mine), class: "x-c-mine-line" }));
  for (const row of told) {
    svg.append(s("rect", { x: (x(row.figure.year) - 4).toFixed(1), y: (y(row.mine) - 4).toFixed(1), width: 8, height: 8, class: "x-c-mine-dot" }));
  }
  const [ty, my] = [y(truth[truth.length - 1][1]), mine.length ? y(mine[mine.length - 1][1]) : 0];
  const apart = Math.abs(ty - my) < 17;
  svg.append(s("text", { x: width - right + 12, y: ty + 5 + (apart && ty > my ? 9 : apart ? -9 : 0), class: "x-c-name" }, "the record"));
  if (told.length) svg.append(s("text", { x: width - right + 12, y: my + 5 + (apart && my >= ty ? 9 : apart ? -9 : 0), class: "x-c-mine" }, "you"));
  return svg;
};

/** The same comparison as a table. @param {any[]} rows @param {any} record */
const table = (rows, record) => h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Your numbers beside the record" }, h("table", { class: "x-compare" },
  h("thead", {}, h("tr", {}, ...["Number", "You", "The record", "So you were", "Other counts"].map((word) => h("th", { scope: "col" }, word)))),
  h("tbody", {}, ...rows.map(({ point, figure, others, mine, ratio }) => h("tr", {},
    h("th", { scope: "row" }, point.label),
    h("td", {}, mine === null ? "none" : digits(mine)),
    h("td", {}, figure.words),
    h("td", {}, ratio === null ? "" : off(ratio)),
    h("td", {}, others.map((/** @type {any} */ o) => `${record.figures[o.figure].words} (${o.label})`).join("; ")))))));

/** The comparison in a sentence, for who does not see it. @param {any[]} rows @param {any} record */
const alt = (rows, record) => rows.map(({ point, figure, others, mine, ratio }) => [
  `${point.label}: the record is ${counted(figure)}`,
  ...(mine === null ? [] : [`you said ${digits(mine)}, ${off(ratio)}`]),
  ...others.map((/** @type {any} */ o) => `${o.label} has ${record.figures[o.figure].words}`),
].join("; ")).join(". ");

/** @param {any} response @param {any} record @param {number} width */
const drawing = (response, record, width) => {
  const rows = compared(response, record);
  // what is shown as the answer is nobody's estimate: then only the record is drawn
  if (rows.every((row) => row.mine === row.figure.value)) rows.forEach((row) => { row.mine = null; });
  const svg = (record.shape === "curve" ? curve : bars)(rows, record, width);
  svg.setAttribute("aria-label", `${alt(rows, record)}.`);
  const said = [...new Set(rows.map(({ figure }) => `${figure.series}: ${figure.source}; ${figure.checked}`))];
  return h("figure", { class: "x-drawn" }, svg,
    rows.length > 1 ? table(rows, record) : null,
    h("figcaption", { class: "x-why" }, `${said.join(". ")}.`));
};

export default exercise({
  read: (form, { record }) => ({
    values: Object.fromEntries(record.points.map((/** @type {any} */ p) => [p.id, field(form, `value-${p.id}`)])),
    because: field(form, "because"),
  }),
  write(form, response, { record }) {
    for (const p of record.points) field(form, `value-${p.id}`, response?.values?.[p.id] ?? "");
    field(form, "because", response?.because ?? "");
  },
  empty: (response) => !Object.values(response?.values ?? {}).some((raw) => committed(raw) !== null),
  judge(response, record) {
    const rows = compared(response, record);
    const given = rows.filter((row) => row.mine !== null);
    if (!given.length) return { score: 0, head: "No number yet.", notes: [{ text: "Commit a number first, even a wild one: the point is to see how far off it was." }] };
    const close = rows.filter((row) => row.band === "close");
    const single = record.points.length === 1;
    /** @type {any[]} */
    const notes = rows.flatMap(({ point, figure, mine, ratio, beyond }) => [
      mine === null
        ? { about: `${point.label}.`, text: "You left this empty." }
        : { about: single ? "" : `${point.label}.`, text: `You said ${digits(mine)}; the record has ${counted(figure)}: ${off(ratio)}.${beyond ? " It cannot be so many." : ""}` },
      { ...point.said },
    ]);
    for (const name of ["low", "high", "close"]) {
      const here = rows.filter((row) => row.band === name);
      if (!here.length) continue;
      const where = single ? "" : ` (${here.map((row) => row.point.label).join("; ")})`;
      notes.push({ ...record[name], about: `${BANDS[name]}${where}.` });
    }
    for (const { others } of rows) {
      for (const other of others) notes.push({ ...other.why, about: `Another count: ${other.label}.` });
    }
    const within = `within ${digits(Number(record.tolerance))} times`;
    return {
      score: close.length / rows.length,
      head: single
        ? `${BANDS[rows[0].band]}. Close here means ${within}.`
        : `${close.length} of ${rows.length} close. Close here means ${within}.`,
      notes: notes.map((note) => ({ ...note, about: note.about || undefined })),
    };
  },
  answer: (record) => ({
    values: Object.fromEntries(record.points.map((/** @type {any} */ p) => [p.id, String(record.figures[p.figure].value)])),
    because: "",
  }),
  enhance(form, { record, el, signal, say }) {
    el.addEventListener("exercise:state", (event) => {
      const { state, response } = /** @type {CustomEvent} */ (event).detail;
      const feedback = /** @type {HTMLElement | null} */ (el.querySelector("[data-feedback]"));
      if (event.target !== el || state !== "checked" || !feedback || !compared(response, record).length) return;
      const width = Math.round(Math.max(272, Math.min(592, feedback.clientWidth || form.clientWidth || 592)));
      const figure = drawing(response, record, width);
      const headline = feedback.querySelector("p:has(> .verdict:only-child)");
      headline ? headline.after(figure) : feedback.prepend(figure);
    }, { signal });
    // a field that holds what is no number reads as empty: say so, and mark the field
    form.addEventListener("input", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.type !== "number") return;
      const wrong = !input.validity.valid;
      input.toggleAttribute("aria-invalid", false);
      if (wrong) {
        input.setAttribute("aria-invalid", "true");
        say(input.validity.badInput ? "Write digits only, without commas." : "That is more than there can be, or less than nought.");
      }
    }, { signal });
    for (const p of record.points) for (const c of controls(form, `value-${p.id}`)) c.addEventListener("wheel", () => c.blur(), { signal, passive: true });
  },
});
