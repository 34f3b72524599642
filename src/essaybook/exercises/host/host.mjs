// An AFM host for pages without a kernel: models and views.
// @ts-check

/**
 * @typedef {import("./contract.d.ts").AnyModel} AnyModel
 * @typedef {import("./contract.d.ts").Core} Core
 * @typedef {import("./contract.d.ts").Host} Host
 * @typedef {import("./contract.d.ts").State} State
 * @typedef {import("./contract.d.ts").Widget} Widget
 * @typedef {import("./contract.d.ts").WidgetDefinition} WidgetDefinition
 * @typedef {import("./contract.d.ts").WidgetModule} WidgetModule
 * @typedef {import("./contract.d.ts").WidgetOptions} WidgetOptions
 */

/** Every widget of the page by its model's id. @type {Map<string, Widget>} */
export const widgets = new Map();

/** Whether two values say the same. Bytes are compared as bytes, what has a class of its own by identity. @param {any} a @param {any} b @returns {boolean} */
export const same = (a, b) => {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const kind = Object.getPrototypeOf(a);
  if (kind !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return Object.is(+a, +b);
  if (a instanceof ArrayBuffer) return same(new Uint8Array(a), new Uint8Array(b));
  if (a instanceof DataView) return same(bytes(a), bytes(b));
  if (ArrayBuffer.isView(a)) return String(a) === String(b);
  if (kind && kind !== Object.prototype && kind !== Array.prototype) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && a.length === b.length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};

/** @param {DataView} view */
const bytes = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** Run somebody else's code; what it throws, now or later, is reported and stops nothing. @param {() => any} call */
const safely = (call) => {
  try {
    Promise.resolve(call()).catch(console.error);
  } catch (error) {
    console.error(error);
  }
};

/** Run a cleanup once when the signal aborts; one that arrives late runs now. @param {AbortSignal} signal @param {any} cleanup */
const after = (signal, cleanup) => {
  if (typeof cleanup !== "function") return;
  if (signal.aborted) safely(cleanup);
  else signal.addEventListener("abort", () => safely(cleanup), { once: true });
};

/** A controller that aborts with any of the signals. @param {...(AbortSignal | undefined)} signals */
const within = (...signals) => {
  const control = new AbortController();
  for (const signal of signals) {
    if (signal?.aborted) control.abort(signal.reason);
    signal?.addEventListener("abort", () => control.abort(signal.reason), { once: true, signal: control.signal });
  }
  return control;
};

/** @param {State} state @param {WidgetOptions["save"]} keep @returns {Core} */
const shared = (state, keep) => {
  /** @type {Core["listeners"]} */
  const listeners = new Set();
  const dirty = new Set();
  let changing = false;
  let pending = false;
  /** @param {string} name */
  const emit = (name) => {
    // Over a snapshot: a listener that comes or goes while others are called changes nothing now.
    for (const listener of [...listeners]) if (listener.name === name) safely(() => listener.call());
  };
  return {
    state,
    listeners,
    set(values) {
      const outermost = !changing;
      changing = true;
      const changed = Object.keys(values).filter((key) => !same(state[key], values[key]));
      for (const key of changed) {
        state[key] = values[key];
        dirty.add(key);
      }
      pending ||= changed.length > 0;
      for (const key of changed) emit(`change:${key}`);
      if (!outermost) return;
      while (pending) {
        pending = false;
        emit("change");
      }
      changing = false;
    },
    save() {
      const changes = Object.fromEntries([...dirty].map((key) => [key, state[key]]));
      dirty.clear();
      if (Object.keys(changes).length) keep?.(changes);
    },
  };
};

/** A model as one view or one `initialize` sees it: its listeners are its own, and end with the signal. @param {Core} core @param {AbortSignal} signal @returns {AnyModel} */
export const model = (core, signal) => {
  /** @type {Core["listeners"]} */
  const mine = new Set();
  /** @type {AnyModel} */
  const seen = {
    get: (key) => core.state[key],
    set: (key, value) => core.set(typeof key === "object" ? key : { [key]: value }),
    on(names, call) {
      if (!signal.aborted) for (const name of names.split(/\s+/)) add({ name, call });
    },
    once(names, of) {
      for (const name of names.split(/\s+/)) {
        const call = () => {
          seen.off(name, call);
          return of();
        };
        if (!signal.aborted) add({ name, call, of });
      }
    },
    off(names, call) {
      const only = names?.split(/\s+/);
      for (const listener of [...mine]) {
        if ((only && !only.includes(listener.name)) || (call && listener.call !== call && listener.of !== call)) continue;
        mine.delete(listener);
        core.listeners.delete(listener);
      }
    },
    save_changes: () => core.save(),
    send() {}, // Nobody is there to hear it.
    widget_manager: { get_model: async (id) => model(find(id.replace(/^IPY_MODEL_/, "")).core, signal) },
  };
  /** @param {{ name: string, call: any, of?: any }} listener */
  const add = (listener) => {
    mine.add(listener);
    core.listeners.add(listener);
  };
  after(signal, () => seen.off());
  return seen;
};

/** @param {string} id */
const find = (id) => {
  const widget = widgets.get(id);
  if (!widget) throw new Error(`no widget on this page has the id ${id}`);
  return widget;
};

/** @param {unknown} ref */
const named = (ref) => {
  if (typeof ref !== "string" || !ref.startsWith("anywidget:")) throw new Error(`${JSON.stringify(ref)} is no reference to a widget`);
  return find(ref.slice(10));
};

/** @param {AbortSignal} signal @returns {Host} */
const host = (signal) => ({
  getModel: async (ref) => model(named(ref).core, signal),
  async getWidget(ref) {
    const child = named(ref);
    const { exports } = await child.start();
    return {
      exports,
      // A child goes with its parent, and earlier if it has a signal of its own.
      render: async ({ el, signal: own }) => void (await child.view(el, within(signal, own).signal)),
    };
  },
});

const experimental = {
  invoke: async () => {
    throw new Error("nothing can be invoked here: this page has no kernel");
  },
};

/** @param {WidgetModule} module @returns {Promise<WidgetDefinition>} */
const define = async (module) => {
  if (module.render) {
    console.warn("This widget exports 'render' by name, an old form: it should export default { render }.");
    return { render: module.render };
  }
  const found = typeof module.default === "function" ? await module.default() : module.default;
  if (!found || typeof found !== "object") throw new Error("its module has no default export with render or initialize");
  return found;
};

/** A widget from its state and its code. @param {WidgetOptions} options @returns {Widget} */
export const widget = ({ state, load, save }) => {
  const core = shared(state, save);
  const life = new AbortController();
  /** @type {ReturnType<Widget["start"]> | undefined} */
  let started;
  const start = async () => {
    if (!load) throw new Error("it has no code of its own, and this page has no kernel");
    const definition = await define(await load());
    const { signal } = life;
    const made = await definition.initialize?.({ model: model(core, signal), signal, experimental });
    after(signal, made);
    return { definition, exports: typeof made === "object" && made ? made : undefined };
  };
  return {
    core,
    runs: !!load,
    start: () => (started ??= start()),
    async view(el, outer, clear) {
      const control = within(life.signal, outer);
      const { signal } = control;
      const { definition } = await (started ??= start());
      if (signal.aborted) return control;
      // At the last moment, and in the same task as render: nothing blank is ever painted.
      if (clear) el.replaceChildren();
      try {
        after(signal, await definition.render?.({ model: model(core, signal), el, signal, host: host(signal), experimental }));
      } catch (error) {
        control.abort(error);
        throw error;
      }
      return control;
    },
    destroy: () => life.abort(),
  };
};

/** Views and the elements they stand in: a view ends when its element has left the page. @type {Map<HTMLElement, AbortController>} */
const standing = new Map();

/** Show a widget in an element until the element leaves the page. @param {Widget} shown @param {HTMLElement} el */
export const mount = async (shown, el) => {
  standing.get(el)?.abort();
  const control = new AbortController();
  standing.set(el, control);
  await shown.view(el, control.signal, true);
};

/** Begin to notice elements that leave. */
export const watch = () =>
  new MutationObserver(() => {
    for (const [el, control] of standing) {
      if (el.isConnected) continue;
      standing.delete(el);
      control.abort();
    }
  }).observe(document, { childList: true, subtree: true });

/** Put a failure where the widget would stand. @param {HTMLElement} el @param {string} name @param {any} error @param {Node[]} [rest] */
export const fail = (el, name, error, rest = []) => {
  console.error(name, error);
  const note = document.createElement("p");
  note.className = "x-error";
  note.setAttribute("role", "alert");
  note.textContent = `${name} could not start: ${error?.message ?? error}`;
  el.replaceChildren(note, ...rest);
};
