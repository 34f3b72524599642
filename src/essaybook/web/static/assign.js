// @ts-check
// A teacher ticks exercises, and the links on the page carry the choice. Without it each exercise has a link of its own.
(() => {
  "use strict";

  const root = document.querySelector("[data-assign]");
  if (!(root instanceof HTMLElement)) return;
  const whole = root.hasAttribute("data-site");
  const said = root.querySelector("[role=status]");
  const rows = [...root.querySelectorAll("[data-link]")].map((el) => /** @type {HTMLElement} */ (el));
  const boxes = () => [...root.querySelectorAll("input[type=checkbox]")].map((el) => /** @type {HTMLInputElement} */ (el));

  /** @param {number} n */
  const exercises = (n) => (n === 1 ? "1 exercise" : `${n} exercises`);

  // Where the copy does not know its own address but is read from a server, this page's address tells it.
  const served = !whole && location.protocol.startsWith("http");
  if (served) root.querySelector("[data-where]")?.remove();

  /** @type {Map<HTMLElement, string>} */
  const plain = new Map();
  for (const row of rows) {
    const field = /** @type {HTMLInputElement} */ (row.querySelector("input"));
    const href = row.dataset.href ?? "";
    plain.set(row, served ? new URL(href, location.href).href : field.value);
  }

  const write = () => {
    const ticked = boxes().filter((box) => box.checked);
    let on = 0;
    for (const row of rows) {
      const ids = ticked.filter((box) => box.closest("[data-set]")?.getAttribute("data-set") === row.dataset.link).map((box) => box.name);
      const fragment = ids.length ? `#only=${ids.join(",")}` : "";
      const link = `${plain.get(row)}${fragment}`;
      if (ids.length) on += 1;
      /** @type {HTMLInputElement} */ (row.querySelector("input")).value = link;
      /** @type {HTMLAnchorElement} */ (row.querySelector("[data-open]")).href = `${row.dataset.href}${fragment}`;
      for (const share of row.querySelectorAll("[data-share]")) /** @type {HTMLAnchorElement} */ (share).href = share.getAttribute("data-share") + encodeURIComponent(link);
      const count = row.querySelector(".assign-n");
      if (count) count.textContent = ids.length ? `, with just ${exercises(ids.length)}` : ", the whole page";
      row.classList.toggle("is-set", ids.length > 0);
    }
    if (!said) return;
    const minutes = ticked.reduce((sum, box) => sum + Number(box.dataset.minutes), 0);
    said.textContent = ticked.length
      ? `${exercises(ticked.length)}, ${minutes} minutes${on > 1 ? `, on ${on} pages: send both links` : ""}.`
      : "Nothing is ticked: each link shows its whole page.";
  };

  root.addEventListener("change", write);
  // A browser that comes back to the page ticks again what was ticked.
  addEventListener("pageshow", write);
  write();

  root.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
    const field = button?.parentElement?.querySelector("input");
    if (!button || !field) return;
    field.select();
    let done = false;
    try {
      // A page from a disk has no clipboard of the newer kind.
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(field.value);
        done = true;
      } else done = document.execCommand("copy");
    } catch {
      done = document.execCommand("copy");
    }
    if (said) said.textContent = done ? "The link is copied." : "The link is marked: copy it with Ctrl and C.";
  });
})();
