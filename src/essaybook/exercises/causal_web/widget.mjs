// Causal web: the reader's links, their drawing, what falls when a factor goes, and what records say of each link.
// @ts-check
import { controls, exercise, field, h } from "./kit.mjs";

/** @typedef {{ from: string, verb: string, to: string }} Link a sentence as the reader made it */
/** @typedef {{ id: string, text: string, inside?: string | null, without?: { text: string, cites?: string[] } }} Factor */
/** @typedef {{ cause: string, effect: string, verbs: string[], text: string, cites?: string[] }} Known */

/** @param {any} record @param {string} id */
const named = (record, id) => record.factors.find((/** @type {Factor} */ f) => f.id === id)?.text ?? "";

/** @param {any} record @param {string} id */
const verbOf = (record, id) => record.verbs.find((/** @type {any} */ v) => v.id === id);

/** A factor inside a sentence: a leading article goes small. @param {any} record @param {string} id @returns {string} */
const inner = (record, id) =>
  record.factors.find((/** @type {Factor} */ f) => f.id === id)?.inside ?? named(record, id).replace(/^The /, "the ");

/** @param {Link} link @param {any} record */
const sentence = (link, record) => `${named(record, link.from)} ${verbOf(record, link.verb).text} ${inner(record, link.to)}`;

/** Links that make sense, each once; saved work may hold anything. @param {any} given @param {any} record @returns {Link[]} */
const sound = (given, record) => {
  /** @type {Link[]} */
  const links = [];
  for (const link of Array.isArray(given) ? given : []) {
    if (!link || !named(record, link.from) || !named(record, link.to) || !verbOf(record, link.verb) || link.from === link.to) continue;
    if (!links.some((l) => l.from === link.from && l.verb === link.verb && l.to === link.to)) links.push({ from: link.from, verb: link.verb, to: link.to });
  }
  return links;
};

/** Which end is the cause depends on the verb. @param {Link} link @param {any} record */
const ends = (link, record) => (verbOf(record, link.verb).back ? { cause: link.to, effect: link.from } : { cause: link.from, effect: link.to });

/** What goes with a factor: links that touch it, and factors that then have no cause left. @param {Link[]} links @param {string} gone @param {any} record */
const fall = (links, gone, record) => {
  const down = links.filter((l) => l.from === gone || l.to === gone);
  const left = links.filter((l) => !down.includes(l));
  const had = new Set(links.map((l) => ends(l, record).effect));
  const has = new Set(left.map((l) => ends(l, record).effect));
  return { down, bare: [...had].filter((id) => id !== gone && !has.has(id)) };
};

/** The same in words. @param {Link[]} links @param {string} gone @param {any} record */
const fallen = (links, gone, record) => {
  const { down, bare } = fall(links, gone, record);
  if (!down.length) return `Without “${named(record, gone)}” none of your links falls: in your web it carries nothing.`;
  const count = down.length === links.length ? "every link falls" : `${down.length} of your ${links.length} links ${down.length > 1 ? "fall" : "falls"}`;
  const lost = bare.length ? `Left without any cause: ${bare.map((id) => named(record, id)).join("; ")}.` : "Nothing is left without a cause.";
  return `Without “${named(record, gone)}” ${count}: ${down.map((l) => sentence(l, record)).join("; ")}. ${lost}`;
};

/** @param {HTMLFormElement} form @param {string} part @returns {any} */
const part = (form, part) => form.querySelector(`[data-${part}]`);

/** @param {HTMLFormElement} form @returns {Link[]} */
const held = (form) => [...part(form, "links").children].map(({ dataset }) => ({ from: dataset.from, verb: dataset.verb, to: dataset.to }));

/** @param {string} tag @param {Record<string, any>} properties @param {...(Node | string)} children */
const s = (tag, properties, ...children) => {
  const el = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) el.setAttribute(name, String(value));
  el.append(...children);
  return el;
};

/** Words in lines of at most so many letters. @param {string} text @param {number} most */
const lines = (text, most) => text.split(" ").reduce((/** @type {string[]} */ rows, word) => {
  const last = rows[rows.length - 1];
  if (last !== undefined && `${last} ${word}`.length <= most) rows[rows.length - 1] = `${last} ${word}`;
  else rows.push(word);
  return rows;
}, []);

/** Draw the web at the width there is: a ring with verbs on a wide page, two columns and the list's numbers on a narrow one. @param {HTMLFormElement} form @param {any} record */
const draw = (form, record) => {
  const box = part(form, "drawing");
  const wide = Math.max(280, box.clientWidth || 592);
  const narrow = wide < 480;
  const ids = record.figures?.start ?? record.factors.map((/** @type {Factor} */ f) => f.id);
  const [w, t] = narrow ? [118, 52] : [138, 46];
  const high = narrow ? ids.length * 62 + 40 : Math.max(340, ids.length * 56);
  const mid = { x: wide / 2, y: high / 2 };
  const at = new Map(ids.map((/** @type {string} */ id, /** @type {number} */ i) => {
    if (narrow) return [id, { x: i % 2 ? wide - w / 2 - 1 : w / 2 + 1, y: 40 + i * 62 }];
    const turn = (2 * Math.PI * (i + (ids.length % 2 ? 0 : 0.5))) / ids.length - Math.PI / 2;
    // a ring drawn out towards the corners, where there is room
    const [x, y] = [Math.cos(turn), Math.sin(turn)].map((n) => Math.sign(n) * Math.abs(n) ** 0.7);
    return [id, { x: mid.x + x * (wide - w - 2) / 2, y: mid.y + y * (high - t - 2) / 2 }];
  }));
  const links = held(form);
  const gone = field(form, "gone");
  const { down, bare } = gone ? fall(links, gone, record) : { down: [], bare: [] };
  /** Where a line from the middle of a cell towards a point leaves it. @param {any} c @param {any} p */
  const edge = (c, p) => {
    const [dx, dy] = [p.x - c.x, p.y - c.y];
    const k = Math.min(1, (w / 2 + 3) / (Math.abs(dx) || 1e-6), (t / 2 + 3) / (Math.abs(dy) || 1e-6));
    return { x: c.x + dx * k, y: c.y + dy * k };
  };
  /** @type {Element[]} */
  const verbs = [];
  /** A bow between two cells: its path, where its head points, where its verb stands. @param {any} a @param {any} b @param {number} between */
  const bow = (a, b, between) => {
    const m = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const c = { x: m.x + (mid.x - m.x) * 0.22, y: m.y + (mid.y - m.y) * 0.22 + between * 26 };
    const [p, q] = [edge(a, c), edge(b, c)];
    const label = { x: (p.x + 2 * c.x + q.x) / 4, y: (p.y + 2 * c.y + q.y) / 4 };
    return { d: `M${p.x} ${p.y} Q${c.x} ${c.y} ${q.x} ${q.y}`, q, label, angle: Math.atan2(q.y - c.y, q.x - c.x) };
  };
  /** The same in two columns: through the gap between them, so that no line crosses a cell. @param {any} a @param {any} b @param {number} i */
  const bend = (a, b, i) => {
    const inward = (/** @type {any} */ n) => (n.x < mid.x ? 1 : -1);
    const p = { x: a.x + inward(a) * (w / 2), y: a.y + ((i % 5) - 2) * 8 };
    const q = { x: b.x + inward(b) * (w / 2 + 2), y: b.y + (((i + 2) % 5) - 2) * 8 };
    const x = mid.x + ((i % 3) - 1) * 9;
    return { d: `M${p.x} ${p.y} C${x} ${p.y} ${x} ${q.y} ${q.x} ${q.y}`, q, label: { x: (p.x + 6 * x + q.x) / 8, y: (p.y + q.y) / 2 }, angle: inward(b) > 0 ? Math.PI : 0 };
  };
  const arrows = links.flatMap((link, i) => {
    const [a, b] = [at.get(link.from), at.get(link.to)];
    const between = links.slice(0, i).filter((l) => [l.from, l.to].sort().join() === [link.from, link.to].sort().join()).length;
    const { d, q, label, angle } = narrow ? bend(a, b, i) : bow(a, b, between);
    const tip = [0, 0.39, -0.39].map((turn) => (turn ? `${q.x - 9 * Math.cos(angle + turn)} ${q.y - 9 * Math.sin(angle + turn)}` : `${q.x} ${q.y}`)).join(" L");
    const look = down.includes(link) ? "web-down" : "";
    verbs.push(s("text", { x: label.x, y: label.y + 4, "text-anchor": "middle", class: `web-verb ${look}` }, narrow ? String(i + 1) : verbOf(record, link.verb).text));
    return [s("g", { class: look },
      s("path", { class: "web-line", d }),
      s("path", { class: "web-tip", d: `M${tip} Z` }))];
  });
  const cells = ids.map((/** @type {string} */ id) => {
    const { x, y } = at.get(id);
    const rows = lines(named(record, id), narrow ? 16 : 20);
    return s("g", { class: `web-cell${id === gone ? " web-away" : bare.includes(id) ? " web-bare" : ""}` },
      s("rect", { x: x - w / 2, y: y - t / 2, width: w, height: t }),
      ...(bare.includes(id) ? [s("rect", { x: x - w / 2 + 3, y: y - t / 2 + 3, width: w - 6, height: t - 6 })] : []),
      ...rows.map((row, i) => s("text", { x, y: y + 4.5 + (i - (rows.length - 1) / 2) * 15, "text-anchor": "middle" }, row)));
  });
  box.replaceChildren(s("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, focusable: "false" }, ...arrows, ...cells, ...verbs));
};

/** The drawing and the words under it, after any change. @param {HTMLFormElement} form @param {any} record */
const follow = (form, record) => {
  const gone = field(form, "gone");
  part(form, "fall").textContent = gone ? fallen(held(form), gone, record) : "";
  draw(form, record);
};

/** @param {HTMLFormElement} form @param {Link} link @param {any} record */
const put = (form, link, record) => part(form, "links").append(h("li", { "data-from": link.from, "data-verb": link.verb, "data-to": link.to },
  h("span", {}, sentence(link, record)), " ",
  h("button", { type: "button", class: "d-b web-off", "data-do": "remove", "aria-label": `Remove: ${sentence(link, record)}` }, "×")));

export default exercise({
  read: (form) => ({ links: held(form), gone: field(form, "gone"), because: field(form, "because") }),
  empty: (response) => !response?.links?.length,
  write(form, response, { record }) {
    part(form, "links").replaceChildren();
    for (const link of sound(response?.links, record)) put(form, link, record);
    for (const name of ["from", "verb", "to"]) field(form, name, "");
    field(form, "gone", named(record, response?.gone) ? response.gone : "");
    field(form, "because", typeof response?.because === "string" ? response.because : "");
    part(form, "said").textContent = "";
    follow(form, record);
  },
  judge(response, record) {
    const links = sound(response?.links, record);
    const mine = links.map((link) => ({ ...ends(link, record), verb: link.verb, link }));
    const takes = (/** @type {Known} */ known, /** @type {any} */ m) =>
      known.cause === m.cause && known.effect === m.effect && (!known.verbs.length || known.verbs.includes(m.verb));
    /** @param {Known} known */
    const asked = (known) => {
      const verb = verbOf(record, known.verbs[0]) ?? record.verbs.find((/** @type {any} */ v) => !v.back) ?? record.verbs[0];
      return sentence(verb.back ? { from: known.effect, verb: verb.id, to: known.cause } : { from: known.cause, verb: verb.id, to: known.effect }, record);
    };
    const said = new Set();
    const against = record.contradicted.flatMap((/** @type {Known} */ known) => mine.filter((m) => takes(known, m)).map((m) => {
      said.add(m.link);
      return { about: `The records contradict: ${sentence(m.link, record)}.`, text: known.text, cites: known.cites };
    }));
    const have = [];
    const near = [];
    const lack = [];
    for (const known of /** @type {Known[]} */ (record.supported)) {
      const exact = mine.find((m) => takes(known, m));
      const loose = mine.find((m) => !said.has(m.link) && m.cause === known.cause && m.effect === known.effect);
      const turned = mine.find((m) => !said.has(m.link) && m.cause === known.effect && m.effect === known.cause);
      const note = { text: known.text, cites: known.cites };
      if (exact) {
        said.add(exact.link);
        have.push({ ...note, about: `You have: ${sentence(exact.link, record)}.` });
      } else if (loose) {
        said.add(loose.link);
        near.push({ ...note, about: `You join these two with “${verbOf(record, loose.verb).text}”. The records go this far: ${asked(known)}.` });
      } else if (turned) {
        said.add(turned.link);
        near.push({ ...note, about: `You have it the other way round: ${sentence(turned.link, record)}. The records say: ${asked(known)}.` });
      } else lack.push({ ...note, about: `You lack: ${asked(known)}.` });
    }
    const open = links.filter((link) => !said.has(link));
    const loops = mine.filter((m, i) => mine.slice(0, i).some((n) => n.cause === m.effect && n.effect === m.cause));
    const away = named(record, response?.gone) ? response.gone : "";
    const without = away && record.factors.find((/** @type {Factor} */ f) => f.id === away).without;
    return {
      score: null,
      head: `There is no complete web. Of ${record.supported.length} links that the records here support you have ${have.length}.`,
      notes: [
        ...against, ...have, ...near,
        ...(open.length ? [{ text: `The records here neither support nor contradict: ${open.map((link) => sentence(link, record)).join("; ")}. What would have to be found to show it?` }] : []),
        ...loops.map((m) => ({ text: `“${named(record, m.cause)}” and “${named(record, m.effect)}” each stand as the cause of the other. Say which came first, or what changed in between.` })),
        ...lack,
        ...(away ? [{ text: fallen(links, away, record) }] : [{ text: "Now take one factor away, and see what in your web it was holding up." }]),
        ...(without ? [{ about: "But could it have been missing?", ...without }] : []),
      ],
    };
  },
  answer: (record) => ({
    links: record.supported.map((/** @type {Known} */ known) => {
      const verb = verbOf(record, known.verbs[0]) ?? record.verbs[0];
      return verb.back ? { from: known.effect, verb: verb.id, to: known.cause } : { from: known.cause, verb: verb.id, to: known.effect };
    }),
    gone: "",
    because: "",
  }),
  enhance(form, { record, signal, changed }) {
    const on = { signal };
    const links = part(form, "links");
    // choosing the parts of a link is no answer yet, so it does not clear the feedback
    part(form, "new").addEventListener("input", (/** @type {Event} */ event) => event.stopPropagation(), on);
    form.addEventListener("input", () => follow(form, record), on);
    form.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      const tell = (/** @type {string} */ words) => { part(form, "said").textContent = words; };
      if (button?.dataset.action === "add") {
        const link = { from: field(form, "from"), verb: field(form, "verb"), to: field(form, "to") };
        const held_ = held(form);
        if (!link.from || !link.verb || !link.to) return tell("Choose a factor, a verb and another factor.");
        if (link.from === link.to) return tell("A factor cannot be its own cause: choose two.");
        if (held_.some((l) => l.from === link.from && l.verb === link.verb && l.to === link.to)) return tell("You have that link already.");
        put(form, link, record);
        for (const name of ["from", "verb", "to"]) field(form, name, "");
        tell(`Added: ${sentence(link, record)}. ${held_.length + 1} in your web.`);
        controls(form, "from")[0].focus();
      } else if (button?.dataset.do === "remove") {
        const li = /** @type {HTMLElement} */ (button.closest("li"));
        const next = li.nextElementSibling ?? li.previousElementSibling;
        tell(`Removed: ${li.querySelector("span")?.textContent}. ${links.children.length - 1} in your web.`);
        li.remove();
        /** @type {HTMLElement} */ (next?.querySelector("button") ?? controls(form, "from")[0]).focus();
      } else return;
      follow(form, record);
      changed();
    }, on);
    let last = 0;
    const watch = new ResizeObserver(([entry]) => {
      if (Math.abs(entry.contentRect.width - last) < 2) return;
      last = entry.contentRect.width;
      draw(form, record);
    });
    watch.observe(part(form, "drawing"));
    signal.addEventListener("abort", () => watch.disconnect());
  },
});
