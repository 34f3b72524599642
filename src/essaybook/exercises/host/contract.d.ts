// The Anywidget Front-End Module convention as types (it agrees with the types package, 0.4), and what this
// host adds. Only types stand here: no page ever loads this file.

export type Awaitable<T> = T | Promise<T>;
export type State = Record<string, any>;
export type Listener = (...args: any[]) => void;
export type Cleanup = () => Awaitable<void>;

/** What a module sees of a model. Each view and each `initialize` has its own; `off` reaches only its own listeners. */
export interface AnyModel {
  get(key: string): any;
  set(key: string | State, value?: any): void;
  /** Several names may stand in one string, with spaces between. `change:<key>` and `change` pass no arguments. */
  on(names: string, listener: Listener): void;
  once(names: string, listener: Listener): void;
  off(names?: string | null, listener?: Listener | null): void;
  save_changes(): void;
  send(content: any, callbacks?: any, buffers?: any): void;
  widget_manager: { get_model(id: string): Promise<AnyModel> };
}

export interface Experimental {
  invoke(name: string, message?: any, options?: { buffers?: DataView[]; signal?: AbortSignal }): Promise<[any, DataView[]]>;
}

export interface ResolvedWidget {
  exports: any;
  render(options: { el: HTMLElement; signal?: AbortSignal }): Promise<void>;
}

/** How a widget reaches others. A ref is `anywidget:<model id>`; anything else rejects. */
export interface Host {
  getModel(ref: string): Promise<AnyModel>;
  getWidget(ref: string): Promise<ResolvedWidget>;
}

export interface InitializeProps {
  model: AnyModel;
  signal: AbortSignal;
  experimental: Experimental;
}

export interface RenderProps extends InitializeProps {
  el: HTMLElement;
  host: Host;
}

export interface WidgetDefinition {
  /** A function that comes back is a cleanup; an object is what `getWidget` hands out as `exports`. */
  initialize?(props: InitializeProps): Awaitable<void | Cleanup | object>;
  render?(props: RenderProps): Awaitable<void | Cleanup>;
}

export type AnyWidget = WidgetDefinition | (() => Awaitable<WidgetDefinition>);

/** A module's namespace, as `import()` gives it, or a definition by itself. */
export interface WidgetModule {
  default?: AnyWidget;
  /** The old form: `render` exported by name. */
  render?: WidgetDefinition["render"];
}

/** State shared by every view of one widget, behind the models that modules see. */
export interface Core {
  state: State;
  listeners: Set<{ name: string; call: Listener; of?: Listener }>;
  set(values: State): void;
  save(): void;
}

/** One widget on the page: a model, its code, its views. */
export interface Widget {
  core: Core;
  /** Whether it has code. */
  runs: boolean;
  /** Loads the code and runs `initialize`, once; every later call gives the same promise. */
  start(): Promise<{ definition: WidgetDefinition; exports: any }>;
  /** Resolves when rendered; the view lasts until the signal aborts or the widget is destroyed. */
  view(el: HTMLElement, signal?: AbortSignal, clear?: boolean): Promise<AbortController>;
  destroy(): void;
}

export interface WidgetOptions {
  state: State;
  /** Where the code comes from; a widget without code has a model and no view. */
  load?: () => Awaitable<WidgetModule>;
  /** What `save_changes` hands on: the keys changed since the last time, and nothing else. */
  save?: (changes: State) => void;
}

/** A document of saved work, as the store keeps it and the hand-in file carries it. */
export interface Work extends Past {
  checked: boolean;
  history: Past[];
}

/** A piece of evidence that a reader saved: its words, what to cite, where it stands, and a note of the reader's own. */
export interface Piece {
  kind: "quotation" | "figure" | "paragraph";
  ref: string;
  page: string;
  text: string;
  cite: string;
  note: string;
  /** Counts the changes to this piece. */
  count: number;
}

/** As much of the store as evidence needs. */
export interface Kept {
  get(id: string): any;
  put(id: string, value: any): void;
}

/** An earlier state of the work: an answer that was checked, or one to an earlier version. */
export interface Past {
  version: number;
  response: any;
  certainty: number;
  /** Whether it was shown to the reader, not given by them. */
  revealed: boolean;
  score: number | null;
  /** Counts the changes to this exercise, in whatever tab; orders two documents without asking a clock. */
  count: number;
}

/** `localStorage`, or as much of it as an untrusting page needs. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
