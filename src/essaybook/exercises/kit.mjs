// What every exercise module shares: controls, state, feedback, certainty. The page's markup comes from the
// record by way of the server-side form; this takes over those same boxes, so nothing moves.
// @ts-check

/**
 * @typedef {{ text: string, cites?: string[], about?: string, right?: boolean | null, own?: string, ticks?: string[], at?: string }} Note
 *   `at` puts the note beside its control, in the form's `[data-note="…"]` of that name, where there is one.
 *   `own` is what the reader wrote, set beside the note; `ticks` are questions to tick off for oneself.
 * @typedef {{ score: number | null, notes: Note[], head?: string }} Judgement
 *   `score` is 0 to 1, or null where there is no right answer.
 * @typedef {{ record: any, el: HTMLElement, signal: AbortSignal, changed: () => void, say: (words: string) => void }} Context
 * @typedef {{
 *   read: (form: HTMLFormElement, context: Context) => any,
 *   write: (form: HTMLFormElement, response: any, context: Context) => void,
 *   empty: (response: any) => boolean,
 *   judge: (response: any, record: any) => Judgement,
 *   answer?: (record: any) => any,
 *   enhance?: (form: HTMLFormElement, context: Context) => void,
 * }} Definition
 *   `read` and `write` are inverse. `judge` and `answer` are pure: they touch no page and no clock.
 */

/**
 * An element; children that are strings become text, never markup.
 * @param {string} tag @param {Record<string, any>} [properties] @param {...(Node | string | null | undefined)} children
 */
export const h = (tag, properties = {}, ...children) => {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") el.className = value;
    else if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else el.setAttribute(name, value === true ? "" : String(value));
  }
  el.append(...children.filter((c) => c !== null && c !== undefined).map((c) => /** @type {Node | string} */ (c)));
  return el;
};

/** Every control of a name. @param {HTMLFormElement} form @param {string} name @returns {any[]} */
export const controls = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

/** The values ticked. @param {HTMLFormElement} form @param {string} name @returns {string[]} */
export const checked = (form, name) => controls(form, name).filter((c) => c.checked).map((c) => c.value);

/** Tick exactly these values. @param {HTMLFormElement} form @param {string} name @param {string[]} values */
export const tick = (form, name, values) => {
  for (const c of controls(form, name)) c.checked = (values ?? []).includes(c.value);
};

/** Read a text field, select or number; with a value, write it. @param {HTMLFormElement} form @param {string} name @param {any} [value] @returns {string} */
export const field = (form, name, value) => {
  const c = controls(form, name)[0];
  if (!c) return "";
  if (value !== undefined) c.value = value ?? "";
  return c.value;
};

/** Words in a text, as a reader counts them. @param {string} text */
export const words = (text) => text.trim().split(/\s+/).filter(Boolean).length;

/**
 * Up and down buttons for the items of a list, which also take the arrow keys. Focus stays on the button.
 * @param {HTMLElement} list @param {Context} context @param {(li: HTMLElement) => string} name
 */
export const movable = (list, context, name) => {
  const refresh = () => {
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    items.forEach((li, i) => {
      const [up, down] = li.querySelectorAll("[data-move]");
      up.toggleAttribute("disabled", i === 0);
      down.toggleAttribute("disabled", i === items.length - 1);
    });
  };
  /** @param {Element} button @param {boolean} up */
  const move = (button, up) => {
    const li = /** @type {HTMLElement | null} */ (button.closest("li"));
    if (!li) return;
    const other = up ? li.previousElementSibling : li.nextElementSibling;
    if (!other) return;
    up ? other.before(li) : other.after(li);
    refresh();
    const stay = button.hasAttribute("disabled") ? li.querySelector("[data-move]:enabled") : button;
    /** @type {HTMLElement | null} */ (stay)?.focus();
    context.say(`${name(li)}: ${[...list.children].indexOf(li) + 1} of ${list.children.length}`);
    context.changed();
  };
  /** @param {Event} event */
  const pressed = (event) => /** @type {HTMLElement} */ (event.target).closest("[data-move]");
  list.addEventListener("click", (event) => {
    const button = pressed(event);
    if (button) move(button, button.getAttribute("data-move") === "up");
  }, { signal: context.signal });
  list.addEventListener("keydown", (event) => {
    const button = pressed(event);
    if (!button || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(button, event.key === "ArrowUp");
  }, { signal: context.signal });
  refresh();
  return refresh;
};

/** What certainty 1 to 3 earns. @param {number | null} score @param {number} certainty */
export const points = (score, certainty) =>
  score === null || !certainty ? null : score === 1 ? certainty : [0, -2, -6][certainty - 1];

const HEADS = { right: "That is what the evidence shows.", partly: "Partly.", wrong: "Not what the evidence shows." };

/** @param {number | null} score */
const head = (score) => (score === null ? "" : score === 1 ? HEADS.right : score > 0 ? HEADS.partly : HEADS.wrong);

/** @param {Note} note @param {any} cited */
const said = (note, cited) => {
  const text = h("p", {},
    note.about ? h("i", {}, `${note.about} `) : null,
    note.right === undefined || note.right === null ? null : h("b", { class: "verdict" }, note.right ? "Right. " : "Not so. "),
    note.text,
    ...(note.cites ?? []).flatMap((key) => {
      const to = cited?.[key];
      return to ? [" ", to.href ? h("a", { href: to.href }, to.label) : h("span", {}, to.label)] : [];
    }));
  const parts = note.own ? [h("div", { class: "x-beside" }, h("blockquote", { class: "x-own" }, note.own), text)] : [text];
  if (note.ticks?.length) {
    parts.push(h("ul", { class: "x-ticks" }, ...note.ticks.map((question) =>
      h("li", {}, h("label", {}, h("input", { type: "checkbox" }), " ", h("span", {}, question))))));
  }
  return parts.length === 1 ? parts[0] : h("div", {}, ...parts);
};

/**
 * An anywidget module from a type's definition. The model holds: `record`, `html`, `response`, `certainty`
 * (0 to 3), `asks` (whether to ask for it), `checked`, `revealed`, `score`.
 * @param {Definition} type
 */
export const exercise = (type) => ({
  type,
  /** @param {{ model: any, el: HTMLElement, signal?: AbortSignal }} view */
  render({ model, el, signal = new AbortController().signal }) {
    const record = model.get("record");
    el.classList.add("exercise");
    Object.assign(el.dataset, { exercise: record.id, type: record.type, version: String(record.version) });
    el.innerHTML = model.get("html");
    const form = /** @type {HTMLFormElement} */ (el.querySelector("form"));
    const feedback = /** @type {HTMLElement} */ (el.querySelector("[data-feedback]"));
    const sure = /** @type {HTMLElement | null} */ (el.querySelector("[data-certainty]"));
    const on = { signal };
    // where nothing is right there is no answer to show
    if (!type.answer) el.querySelector('[data-action="reveal"]')?.setAttribute("hidden", "");

    /** @param {string} name */
    const state = (name) => {
      el.dataset.state = name;
      const detail = { id: record.id, state: name, response: model.get("response"), score: model.get("score") };
      el.dispatchEvent(new CustomEvent("exercise:state", { bubbles: true, detail }));
    };
    let own = false;
    const save = (/** @type {Record<string, any>} */ values) => {
      own = true;
      for (const [key, value] of Object.entries(values)) model.set(key, value);
      own = false;
      model.save_changes();
    };
    /** @type {Context} */
    const context = { record, el, signal, changed: () => changed(), say: (text) => { live.textContent = text; } };
    const live = h("p", { class: "sr", "aria-live": "polite" });
    el.append(live);

    /** @param {Note} note */
    const beside = (note) => (note.at ? form.querySelector(`[data-note="${CSS.escape(note.at)}"]`) : null);
    const unsay = () => {
      feedback.replaceChildren();
      for (const place of form.querySelectorAll("[data-note]")) place.replaceChildren();
    };
    const changed = (more = {}) => {
      const response = type.read(form, context);
      // A control that is no part of the answer leaves a checked one, and its certainty, as they are.
      if (model.get("checked") && JSON.stringify(response) === JSON.stringify(model.get("response"))) return;
      unsay();
      save({ response, checked: false, revealed: false, score: null, ...more });
      earn();
      state(type.empty(response) ? "ready" : "answered");
    };
    const show = (following = false) => {
      const response = model.get("response");
      const { score, notes, head: own } = type.judge(response, record);
      const revealed = model.get("revealed");
      if (!revealed && !following) save({ score, checked: true });
      const line = own ?? head(score);
      unsay();
      for (const note of notes) beside(note)?.append(said({ ...note, about: undefined, own: undefined }, record.cited));
      feedback.replaceChildren(
        ...(revealed ? [h("p", {}, h("b", { class: "verdict" }, "The answer as this book gives it."))] : line ? [h("p", {}, h("b", { class: "verdict" }, line))] : []),
        ...notes.filter((note) => !beside(note)).map((note) => said(note, record.cited)),
        ...(record.closing ? [said(record.closing, record.cited)] : []),
      );
      earn();
      state("checked");
    };
    const earn = () => {
      if (!sure) return;
      sure.hidden = !model.get("asks");
      for (const b of sure.querySelectorAll("[data-sure]")) {
        b.setAttribute("aria-pressed", String(b.getAttribute("data-sure") === String(model.get("certainty"))));
        b.setAttribute("aria-disabled", String(!!model.get("checked")));
      }
      const won = model.get("checked") && !model.get("revealed") ? points(model.get("score"), model.get("certainty")) : null;
      const out = sure.querySelector("output");
      if (out) out.textContent = won === null ? "" : won > 0 ? `+${won}` : String(won).replace("-", "\u2212");
    };

    type.enhance?.(form, context);
    form.addEventListener("submit", (event) => event.preventDefault(), on);
    form.addEventListener("input", () => changed(), on);
    el.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      const certainty = button?.dataset.sure;
      if (certainty && model.get("checked")) context.say("This stands until you change your answer.");
      else if (certainty) {
        save({ certainty: Number(certainty) });
        earn();
      }
      switch (button?.dataset.action) {
        case "check":
          if (type.empty(model.get("response") ?? type.read(form, context))) context.say("Give an answer first.");
          else show();
          break;
        case "reveal":
          if (!type.answer) break;
          type.write(form, type.answer(record), context);
          save({ response: type.read(form, context), revealed: true, checked: true, score: null });
          show();
          break;
        case "reset":
          form.reset();
          type.write(form, null, context);
          changed({ certainty: 0 });
          break;
      }
    }, on);

    // Put into the page what the model holds: at first, and when another view, a kernel or another tab changed it.
    let begun = false;
    const follow = () => {
      const response = model.get("response");
      try {
        if (response || begun) type.write(form, response ?? null, context);
        begun = true;
        unsay();
        earn();
        if (response && model.get("checked")) show(true);
        else state(response && !type.empty(response) ? "answered" : "ready");
      } catch (error) {
        // An answer from elsewhere may have any form. It is put aside, and the exercise begins anew.
        console.warn(error);
        context.say("The answer kept for this exercise could not be read.");
        type.write(form, null, context);
        unsay();
        state("ready");
      }
    };
    let waiting = false;
    const later = () => {
      if (own || waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        if (!signal.aborted) follow();
      });
    };
    const watched = ["response", "checked", "revealed"];
    model.on("change:asks", earn);
    model.on("change:certainty", earn);
    for (const key of watched) model.on(`change:${key}`, later);
    signal.addEventListener("abort", () => {
      model.off("change:asks", earn);
      model.off("change:certainty", earn);
      for (const key of watched) model.off(`change:${key}`, later);
    });
    follow();
  },
});
