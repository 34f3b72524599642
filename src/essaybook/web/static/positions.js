// @ts-check
// Sifts a page's positions by cause and by how far each work was seen. Without it the lists are complete.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".sift"));
  if (!form) return;
  const items = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".positions > div")]);
  const said = form.querySelector("output");

  /** @param {string} name */
  const ticked = (name) => new FormData(form).getAll(name).map(String);

  const sift = () => {
    const causes = ticked("cause");
    const seen = ticked("seen");
    for (const item of items) {
      const named = (item.dataset.cause ?? "").split(" ");
      // A position names all the causes that are ticked; of the ways of knowing it has one.
      item.hidden = !(causes.every((cause) => named.includes(cause)) && (!seen.length || seen.includes(item.dataset.seen ?? "")));
    }
    const left = items.filter((item) => !item.hidden).length;
    if (said) said.textContent = `${left} of ${items.length} positions`;
  };

  // A reset empties the boxes only after it was announced.
  form.addEventListener("reset", () => setTimeout(sift));
  form.addEventListener("change", sift);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to a position that is put aside brings the whole list back.
  const arrive = () => {
    const item = items.find((one) => one.id === decodeURIComponent(location.hash.slice(1)));
    if (!item?.hidden) return;
    form.reset();
    setTimeout(() => item.scrollIntoView());
  };
  addEventListener("hashchange", arrive);
  // Browsers keep ticks over a reload.
  sift();
  arrive();
})();
