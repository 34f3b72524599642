// Mounts the exercises that the page was written with, keeps their work, and asks for certainty where a reader wants it.
// @ts-check
import { chosen } from "./chosen.mjs";
import { fail, model, mount, same, watch, widget, widgets } from "./host.mjs";
import { carried, charted } from "./reader.mjs";
import { calibration, merge, store, work } from "./store.mjs";

/** @typedef {import("./contract.d.ts").State} State */
/** @typedef {import("./contract.d.ts").Widget} Widget */

/** What is kept of an exercise, as it is before anybody answered. */
const BLANK = { response: null, certainty: 0, checked: false, revealed: false, score: null };

/** Types that ask for reasons or evidence: their script brings the list of what the reader saved. */
const ARGUING = ["causal-web", "diamond", "planner"];

/** The widget that is taking over what another tab saved. @type {Widget | null} */
let following = null;

/** @type {any} */
const book = /** @type {any} */ (globalThis).essaybook ?? (/** @type {any} */ (globalThis).essaybook = {});
book.types ??= new Map();
book.host = { calibration, exercises: (/** @type {HTMLElement[]} */ sections, /** @type {boolean} */ fresh) => exercises(sections, fresh), fail, merge, model, mount, store, widget, widgets, work };

/** Elements from markup that the build wrote. @param {string} html */
const elements = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html;
  return [...box.content.childNodes];
};

/** @param {HTMLElement} el @returns {any[]} */
const controls = (el) => [...el.querySelectorAll("input, select, textarea")];

/** Show work that was saved elsewhere, and save nothing. @param {Widget} one @param {any} doc */
const follow = (one, doc) => {
  following = one;
  one.core.set(Object.fromEntries(Object.entries(BLANK).map(([key, value]) => [key, doc?.[key] ?? value])));
  one.core.save();
  following = null;
};

/** What a reader did to the controls before this script came. @param {HTMLElement} el */
const touched = (el) =>
  controls(el).flatMap(({ name, value, checked, defaultValue, defaultChecked, options, selectedIndex }, i) => {
    const was = options ? selectedIndex === Math.max(0, [...options].findIndex((o) => o.defaultSelected)) : value === defaultValue && checked === defaultChecked;
    return was ? [] : [{ i, name, value, checked }];
  });

/** @param {HTMLElement} el @param {ReturnType<typeof touched>} before */
const again = (el, before) => {
  const now = controls(el);
  const [last] = before.flatMap(({ i, name, value, checked }) => (now[i]?.name === name ? [Object.assign(now[i], { value, checked })] : []));
  last?.dispatchEvent(new Event("input", { bubbles: true }));
};

/** @param {HTMLElement} el @param {ReturnType<typeof store>} kept @param {Map<string, Widget>} mounted */
const begin = (el, kept, mounted) => {
  const script = /** @type {HTMLElement} */ (el.querySelector("script.x-record"));
  const record = JSON.parse(script.textContent ?? "");
  script.remove();
  const { id, version, type } = record;
  const html = el.innerHTML;
  const { now, other } = kept.open(id, version);
  /** @type {State} */
  const state = { record, html, asks: kept.settings().certainty, ...BLANK };
  for (const [key, value] of Object.entries(BLANK)) state[key] = /** @type {any} */ (now)?.[key] ?? value;
  const one = widget({
    state,
    load() {
      const make = book.types.get(type);
      if (!make) throw new Error(`the script of its type, ${type}, is not on this page`);
      return { default: make() };
    },
    save(changes) {
      const { response, certainty, checked, revealed, score } = state;
      if (following !== one && Object.keys(BLANK).some((key) => key in changes)) kept.keep(id, { version, response, certainty, checked, revealed, score });
    },
  });
  mounted.set(id, one);
  const before = touched(el);
  const active = controls(el).indexOf(document.activeElement);
  mount(one, el).then(
    () => {
      if (ARGUING.includes(type)) book.evidence?.offered(el, kept);
      again(el, before);
      controls(el)[active]?.focus({ preventScroll: true });
      if (other && !same(other.response, state.response)) offer(el, one, other.response, other.version < version);
    },
    (error) => broken(el, id, error, elements(html)),
  );
};

/** An answer to another version is offered, never taken for one to this. @param {HTMLElement} el @param {Widget} one @param {any} response @param {boolean} older */
const offer = (el, one, response, older) => {
  el.querySelector(".x-note:not([data-note])")?.remove();
  const note = document.createElement("p");
  note.className = "x-note";
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.action = "restore";
  button.textContent = "Bring it back to look over";
  button.onclick = () => {
    one.core.set({ ...BLANK, response });
    one.core.save();
    note.remove();
    controls(el)[0]?.focus();
  };
  note.append(older ? "This question has changed since you answered it. Your earlier answer is kept. " : "You answered a newer edition of this question. That answer is kept. ", button);
  el.querySelector("form")?.before(note);
};

/** Show what is kept of an exercise now. @param {HTMLElement} el @param {Widget} one @param {ReturnType<typeof store>} kept */
const shown = (el, one, kept) => {
  const { id, version } = one.core.state.record;
  const { now, other } = kept.open(id, version);
  follow(one, now);
  if (other && !same(other.response, one.core.state.response)) offer(el, one, other.response, other.version < version);
};

/** @param {HTMLElement} el @param {string} id @param {any} error @param {Node[]} rest */
const broken = (el, id, error, rest) => {
  fail(el, `The exercise ${id}`, error, rest);
  el.dataset.state = "error";
  el.dispatchEvent(new CustomEvent("exercise:state", { bubbles: true, detail: { id, state: "error", response: null, score: null } }));
};

/** Mount them. Asked `fresh`, they begin blank, and only what is checked is saved. @param {HTMLElement[]} sections @param {boolean} [fresh] */
const exercises = (sections, fresh) => {
  /** @type {Map<string, Widget>} */
  const mounted = new Map();
  const panel = document.querySelector("[data-settings]");
  const said = panel?.querySelector("[role=status]");
  const name = sections[0].dataset.book ?? "";
  const whole = store(name, (words) => {
    if (said) said.textContent = words;
  });
  /** @type {ReturnType<typeof store>} */
  const kept = fresh ? { ...whole, open: () => ({ now: null, other: null }), keep: (id, now) => { if (now.checked && !now.revealed) whole.keep(id, now); } } : whole;
  book.work = kept;
  const draw = charted(kept);
  const box = /** @type {HTMLInputElement | null | undefined} */ (panel?.querySelector("[name=certainty]"));
  const asks = () => {
    const { certainty } = kept.settings();
    if (box) box.checked = certainty;
    for (const { core } of mounted.values()) core.set({ asks: certainty });
    draw();
  };
  box?.addEventListener("change", () => {
    kept.set({ certainty: box.checked });
    asks();
  });
  for (const el of sections) {
    try {
      begin(el, kept, mounted);
    } catch (error) {
      broken(el, el.dataset.exercise ?? "", error, [...el.childNodes]);
    }
  }
  asks();
  kept.others((id, doc) => {
    if (id === "settings") asks();
    const one = mounted.get(id);
    draw();
    if (one && (!doc || doc.version === one.core.state.record.version)) follow(one, doc);
  });
  carried(name, kept, (ids) => {
    for (const el of sections) {
      const one = ids.includes(el.dataset.exercise ?? "") && mounted.get(el.dataset.exercise ?? "");
      if (one) shown(el, one, kept);
    }
    draw();
  });
};

const boot = () => {
  watch();
  const sections = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("section.exercise[data-exercise]")]);
  if (sections.length) {
    exercises(sections);
    chosen();
  }
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", boot);
else boot();
