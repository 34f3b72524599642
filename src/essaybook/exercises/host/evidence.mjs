// Evidence that the reader saved, at hand in exercises that argue: a list folded under the form, put into its fields.
// @ts-check
import { store } from "./store.mjs";

/** Types that ask for reasons or evidence. */
const ARGUING = ["diamond", "causal-web", "planner"];

/**
 * Put the list under an exercise's form. It is read when it is opened, so that what was saved a moment ago is in it.
 * @param {HTMLElement} el @param {string} type @param {ReturnType<typeof store>} kept
 */
export const offered = (el, type, kept) => {
  const form = el.querySelector("form");
  if (!form || !ARGUING.includes(type)) return;
  /** @type {HTMLTextAreaElement | null} */
  let last = null;
  form.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) last = target;
  });
  const box = document.createElement("details");
  box.className = "x-locker js-only";
  const summary = document.createElement("summary");
  summary.textContent = "From your evidence";
  const list = document.createElement("ul");
  box.append(summary, list);
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    const pieces = Object.values(kept.locker());
    const help = document.createElement("li");
    help.textContent = pieces.length ? "A press puts it, with what to cite, into the field where you wrote last." : "Nothing saved yet: “Save” beside a source or a chart, or + beside a paragraph, puts it here.";
    list.replaceChildren(help, ...pieces.map(({ text, cite, page }) => {
      const li = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.action = "use-evidence";
      button.textContent = text.length > 140 ? `${text.slice(0, 140)}…` : text;
      button.onclick = () => {
        const field = last?.isConnected ? last : /** @type {HTMLTextAreaElement | null} */ (form.querySelector("textarea[data-evidence]") ?? form.querySelector("textarea"));
        if (!field) return;
        field.value = `${field.value.trim()}${field.value.trim() ? " " : ""}“${text}” (${cite || page})`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      };
      li.append(button);
      return li;
    }));
  });
  form.append(box);
};
