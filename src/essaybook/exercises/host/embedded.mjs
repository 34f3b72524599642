// Widgets that an executed notebook embedded: their state, their code and style, and where they stand.
// @ts-check
import { fail, model, mount, widget, widgets } from "./host.mjs";

/**
 * @typedef {import("./contract.d.ts").State} State
 * @typedef {import("./contract.d.ts").Widget} Widget
 * @typedef {import("./contract.d.ts").WidgetModule} WidgetModule
 */

const ADDRESS = /^https?:\/\/\S+$/;

/** One sheet for each type of widget; from an address, what its link is waiting for. @type {Map<string, CSSStyleSheet | Promise<unknown>>} */
const sheets = new Map();

/** Give the page a widget's style, as text or from an address. @param {string} css @param {string} type */
const dress = (css, type) => {
  const found = sheets.get(ADDRESS.test(css) ? css : type);
  if (ADDRESS.test(css)) {
    if (found) return found;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = css;
    const loaded = new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
    document.head.append(link);
    sheets.set(css, loaded);
    return loaded;
  }
  const sheet = found instanceof CSSStyleSheet ? found : new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(type, sheet);
  if (!found) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};

/** Modules by their text, so that a type used twice is loaded once. @type {Map<string, Promise<WidgetModule>>} */
const modules = new Map();

/** @param {string} esm */
const imported = (esm) => {
  let module = modules.get(esm);
  if (ADDRESS.test(esm)) throw new Error("its code stands elsewhere, and a page of this book runs none from there");
  if (!module) {
    const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
    module = import(url).finally(() => URL.revokeObjectURL(url));
    modules.set(esm, module);
  }
  return module;
};

/** Bytes where the notebook's state kept them apart. @param {State} state @param {{ path: (string | number)[], encoding: string, data: string }[]} buffers */
const unpack = (state, buffers = []) => {
  for (const { path, encoding, data } of buffers) {
    const raw = encoding === "hex" ? (data.match(/../g) ?? []).map((pair) => parseInt(pair, 16)) : [...atob(data)].map((c) => c.charCodeAt(0));
    /** @type {any} */
    let at = state;
    for (const step of path.slice(0, -1)) at = at[step];
    at[path[path.length - 1]] = new DataView(Uint8Array.from(raw).buffer);
  }
  return state;
};

/** The data in every element of a type; one that cannot be read is reported and left. @param {string} type @returns {[HTMLElement, any][]} */
const data = (type) =>
  [...document.querySelectorAll(`script[type="application/vnd.jupyter.widget-${type}+json"]`)].flatMap((el) => {
    try {
      return [/** @type {[HTMLElement, any]} */ ([el, JSON.parse(el.textContent ?? "")])];
    } catch (error) {
      console.error(error);
      return [];
    }
  });

/** Mount what an executed notebook embedded. Code comes only from the state that the build wrote; core ipywidgets, which have none, keep what stands there. */
const embedded = () => {
  for (const [, { state: entries }] of data("state")) {
    for (const [id, { model_module: from, state, buffers }] of Object.entries(entries ?? {})) {
      const { _esm: esm, _css: css, _anywidget_id: type } = unpack(state, buffers);
      // Read now: what is set on the model later is never run.
      const load = from === "anywidget" && esm ? async () => {
        if (css) await dress(css, type ?? css);
        return imported(esm);
      } : undefined;
      widgets.set(id, widget({ state, load }));
    }
  }
  /** @type {Map<Widget, State>} */
  const layouts = new Map();
  for (const one of widgets.values()) {
    for (const key of ["layout", "style"]) {
      // As in a notebook: these two become models, references in other keys stay for the widget to follow.
      const held = widgets.get(String(one.core.state[key]).slice(10));
      if (!held) continue;
      one.core.state[key] = model(held.core, new AbortController().signal);
      if (key === "layout") layouts.set(one, held.core.state);
    }
  }
  for (const one of widgets.values()) if (one.runs) one.start().catch(() => {});
  for (const [at, { model_id: id }] of data("view")) {
    const shown = widgets.get(id);
    if (!shown?.runs) continue;
    const { _anywidget_id: type, _dom_classes: classes } = shown.core.state;
    const el = document.createElement("div");
    el.classList.add("afm-widget", ...(classes ?? []));
    for (const [key, value] of Object.entries(layouts.get(shown) ?? {})) {
      if (typeof value === "string" && !key.startsWith("_")) el.style.setProperty(key.replaceAll("_", "-"), value);
    }
    at.after(el);
    mount(shown, el).catch((error) => fail(el, `The widget ${type ?? ""} ${id}`, error));
  }
};

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", embedded);
else embedded();
