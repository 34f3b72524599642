// Order: the sequence as it stands in the list, and what the reader says that it argues.
// @ts-check
import { exercise, field, movable } from "./kit.mjs";

/** The list and its items as they stand. @param {HTMLFormElement} form */
const sequence = (form) => {
  const list = /** @type {HTMLElement} */ (form.querySelector(".x-order"));
  return { list, items: /** @type {HTMLElement[]} */ ([...list.children]) };
};

/** Each item's number field shows its place. @param {HTMLFormElement} form */
const renumber = (form) => sequence(form).items.forEach((li, i) => {
  /** @type {HTMLInputElement} */ (li.querySelector("input")).value = String(i + 1);
});

/** Enables the buttons that have somewhere to go. @param {HTMLFormElement} form */
const bounds = (form) => {
  const { items } = sequence(form);
  items.forEach((li, i) => {
    li.querySelector("[data-move=up]")?.toggleAttribute("disabled", i === 0);
    li.querySelector("[data-move=down]")?.toggleAttribute("disabled", i === items.length - 1);
  });
};

/** The known items of a response, each once. @param {any} response @param {any} record @returns {string[]} */
const placed = (response, record) => {
  const order = Array.isArray(response?.order) ? response.order : [];
  const known = record.items.map((/** @type {any} */ item) => item.id);
  return [...new Set(order)].filter((id) => known.includes(id));
};

export default exercise({
  // An order nobody has touched is no answer, although the list always stands in some order.
  read(form) {
    const { list, items } = sequence(form);
    return { order: "moved" in list.dataset ? items.map((li) => li.dataset.item) : [], argues: field(form, "argues") };
  },
  empty: (response) => !response.order.length,
  write(form, response) {
    const { list, items } = sequence(form);
    const order = response?.order ?? [];
    const at = (/** @type {HTMLElement} */ li) => (order.includes(li.dataset.item) ? order.indexOf(li.dataset.item) : 100 + Number(li.dataset.at));
    list.append(...items.sort((a, b) => at(a) - at(b)));
    if (order.length) list.dataset.moved = "";
    else delete list.dataset.moved;
    // Showing the answer leaves the reader's own sentence where it is.
    field(form, "argues", response === null ? "" : response.argues);
    renumber(form);
    bounds(form);
  },
  judge(response, record) {
    const order = placed(response, record);
    const items = new Map(record.items.map((/** @type {any} */ item, /** @type {number} */ i) => [item.id, { ...item, i, when: record.figures?.when?.[item.id] }]));
    const tied = (/** @type {string} */ a, /** @type {string} */ b) => record.ties.some((/** @type {string[]} */ group) => group.includes(a) && group.includes(b));
    /** Whether a pair stands the wrong way round. @param {string} a @param {string} b */
    const wrong = (a, b) => items.get(a).i > items.get(b).i && !tied(a, b);
    let right = 0;
    let all = 0;
    for (const [i, a] of record.items.entries()) {
      for (const b of record.items.slice(i + 1)) {
        if (tied(a.id, b.id)) continue;
        all += 1;
        const [one, other] = [order.indexOf(a.id), order.indexOf(b.id)];
        if (one >= 0 && other > one) right += 1;
      }
    }
    const score = all ? right / all : 0;
    const dated = (/** @type {any} */ item) => (item.when ? `${item.text} (${item.when})` : item.text);
    const model = { ...record.argues.model, about: record.argues.ask };
    if (score === 1) {
      return {
        score,
        notes: [...order.map((id) => items.get(id)).map((item) => ({ ...item.why, about: `${dated(item)}:` })), model],
      };
    }
    const at = order.findIndex((id, i) => i + 1 < order.length && wrong(id, order[i + 1]));
    const notes = [];
    if (at >= 0) {
      const [then, first] = [items.get(order[at]), items.get(order[at + 1])];
      const own = record.mistakes.find((/** @type {any} */ m) => m.first === first.id && m.then === then.id)?.note;
      notes.push({
        text: own?.text ?? `The other way round. ${first.why.text}`,
        cites: own?.cites ?? first.why.cites,
        about: `The first pair to look at, ${at + 1} and ${at + 2}: you put “${then.text}”${then.when ? ` (${then.when})` : ""} before “${first.text}”${first.when ? ` (${first.when})` : ""}.`,
        right: false,
      });
    }
    for (const mistake of record.mistakes) {
      const [first, then] = [order.indexOf(mistake.first), order.indexOf(mistake.then)];
      if (then < 0 || first <= then || first === then + 1 && then === at) continue;
      notes.push({ ...mistake.note, about: `You also put “${items.get(mistake.then).text}” before “${items.get(mistake.first).text}”.`, right: false });
    }
    if (order.length < record.items.length) notes.push({ text: "Some items have no place yet." });
    if (response?.argues) notes.push({ text: "Mend the order first. Your sentence can be set beside a model when the order stands." });
    return { score, head: `${right} of ${all} pairs stand in the right order.`, notes };
  },
  answer: (record) => ({ order: record.items.map((/** @type {any} */ item) => item.id) }),
  enhance(form, context) {
    const { list } = sequence(form);
    const moved = () => {
      list.dataset.moved = "";
      renumber(form);
      context.changed();
    };
    const text = (/** @type {HTMLElement} */ li) => li.querySelector(".x-item")?.textContent ?? "";
    movable(list, { ...context, changed: moved }, text);
    list.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const li = /** @type {HTMLElement} */ (input.closest("li"));
      const others = sequence(form).items.filter((other) => other !== li);
      const place = Math.min(Math.max(Math.round(Number(input.value)) || 1, 1), others.length + 1);
      if (!input.value) return renumber(form);
      // The others move round the item, so that it keeps the focus. Where Tab leads on to a button that has nowhere
      // to go from the new place, the focus goes to its neighbour.
      li.before(...others.slice(0, place - 1));
      li.after(...others.slice(place - 1));
      setTimeout(() => {
        const had = li.querySelector("[data-move]:focus");
        bounds(form);
        if (had?.hasAttribute("disabled")) /** @type {HTMLElement | null} */ (li.querySelector("[data-move]:enabled"))?.focus();
      });
      context.say(`${text(li)}: ${place} of ${others.length + 1}`);
      moved();
    }, { signal: context.signal });
    renumber(form);
  },
});
