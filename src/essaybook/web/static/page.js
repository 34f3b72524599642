// @ts-check
// What a page does beyond being read: day and night, notes in the margin, cards, where one is.
// Without it everything is still there: notes in their list, records behind their links.
(() => {
  "use strict";

  const root = document.documentElement;
  const wide = matchMedia("(min-width: 60rem)");

  /**
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {HTMLElement[]}
   */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((el) => /** @type {HTMLElement} */ (el));

  // Day and night.
  document.querySelector("[data-action=mode]")?.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const mode = dark ? "light" : "dark";
    root.dataset.theme = mode;
    try {
      localStorage.setItem("mode", mode);
    } catch {
      // Storage is refused: the choice lasts as long as the page.
    }
  });

  // Notes: the list stays. Each is cloned once for the margin and, when first asked for, into one card.
  const article = document.querySelector("article");
  const card = document.createElement("div");
  card.className = "card";
  card.id = "card-note";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");

  /**
   * A note's content without its way back.
   * @param {HTMLElement} note
   */
  const copy = (note) => {
    const made = /** @type {HTMLElement} */ (note.cloneNode(true));
    for (const el of all(".back", made)) el.remove();
    for (const el of all("[id]", made)) el.removeAttribute("id");
    return [...made.childNodes];
  };

  /** @param {HTMLElement} ref */
  const noteOf = (ref) => document.getElementById(decodeURIComponent(/** @type {HTMLAnchorElement} */ (ref).hash.slice(1)));

  /** @type {Set<HTMLElement>} */
  const placed = new Set();
  for (const ref of all("a.ref")) {
    const note = noteOf(ref);
    // In a set piece that has no margin beside it, the list and the card are enough.
    const beside = ref.closest("p, li, dl, figure, aside");
    if (!note || placed.has(note) || !beside || ref.closest("li, dl, figure, aside, table")) continue;
    placed.add(note);
    const side = document.createElement("div");
    side.className = "sidenote";
    side.setAttribute("aria-hidden", "true");
    const n = document.createElement("span");
    n.className = "n";
    n.textContent = ref.textContent;
    side.append(n, ...copy(note));
    // What is hidden from the ear is kept from the keyboard too.
    for (const el of all("a", side)) el.tabIndex = -1;
    beside.before(side);
  }
  if (placed.size) root.classList.add("noted");

  // Cards: on wide screens beside what was named, on small ones from the foot.
  /**
   * @param {HTMLElement} box
   * @param {HTMLElement} from
   */
  const place = (box, from) => {
    if (!wide.matches) {
      box.style.left = box.style.top = "";
      return;
    }
    const at = from.getClientRects()[0] ?? from.getBoundingClientRect();
    const below = at.bottom + 8 + box.offsetHeight <= innerHeight;
    box.style.left = `${Math.max(12, Math.min(at.left, root.clientWidth - box.offsetWidth - 12)) + scrollX}px`;
    box.style.top = `${(below ? at.bottom + 8 : Math.max(8, at.top - box.offsetHeight - 8)) + scrollY}px`;
  };

  /** @type {HTMLElement | null} */
  let opener = null;

  /**
   * @param {HTMLElement} from
   * @param {boolean} [enter]
   */
  const show = (from, enter) => {
    let box = document.getElementById(from.dataset.card ?? "");
    if (from.matches("a.ref")) {
      const note = noteOf(from);
      if (!note) return false;
      card.replaceChildren(...copy(note));
      card.setAttribute("aria-label", `Note ${from.textContent}`);
      article?.append(card);
      box = card;
    }
    if (!box?.showPopover) return false;
    if (!box.matches(":popover-open")) box.showPopover();
    opener = from;
    place(box, from);
    if (enter) box.focus({ preventScroll: true });
    return true;
  };

  /** @param {EventTarget | null} target */
  const asked = (target) => (target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("a[data-card], a.ref")) : null);

  document.addEventListener("click", (event) => {
    const from = asked(event.target);
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // Beside its text on a wide screen, a note needs no card.
    if (show(from, true)) event.preventDefault();
  });

  // A resting pointer shows a card, and leaving both it and the words hides it.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || !wide.matches || !(event.target instanceof Element)) return;
    const from = asked(event.target);
    const box = event.target.closest(".card");
    clearTimeout(timer);
    if (from && !from.matches("a.ref")) timer = setTimeout(() => show(from), 220);
    else if (!box) {
      const open = document.querySelector(".card:popover-open");
      if (open instanceof HTMLElement && !open.contains(document.activeElement)) timer = setTimeout(() => open.hidePopover(), 280);
    }
  });

  // Closing by key gives the focus back to the words.
  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLElement) || !box.matches(".card") || /** @type {ToggleEvent} */ (event).newState !== "closed") return;
    if (opener && (document.activeElement === document.body || box.contains(document.activeElement))) opener.focus({ preventScroll: true });
    opener = null;
  }, true);

  // The menu closes when something else is touched, or by key.
  const menu = document.querySelector("details.menu");
  if (menu instanceof HTMLDetailsElement) {
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    menu.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest" });
  }

  // Where one is, in the list of what stands on the page.
  const links = all(".contents a");
  const heads = links.map((link) => document.getElementById(decodeURIComponent(/** @type {HTMLAnchorElement} */ (link).hash.slice(1))));
  if (links.length) {
    let waiting = false;
    const mark = () => {
      waiting = false;
      let at = 0;
      heads.forEach((head, i) => {
        if (head && head.getBoundingClientRect().top < innerHeight / 3) at = i;
      });
      links.forEach((link, i) => (i === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    }, { passive: true });
    mark();
  }
})();
