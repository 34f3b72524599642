// @ts-check
// What a page does beyond being read: set as its reader likes it, notes in the margin, cards, where one is.
// Without it everything is still there: notes in their list, records behind their links. boot.js is put before it.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const root = document.documentElement;
  const wide = matchMedia("(min-width: 60rem)");

  /**
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {HTMLElement[]}
   */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((el) => /** @type {HTMLElement} */ (el));

  /**
   * Once the page is painted: whoever asks where things stand before that makes a slow device lay it out twice.
   * @param {() => void} act
   */
  const painted = (act) => requestAnimationFrame(() => setTimeout(act));

  // What boot.js put off: laid out once everything has come, a part at a time, so that no press waits for it.
  const idle = window.requestIdleCallback ?? setTimeout;
  const wait = () => {
    const rest = all("section").filter((el) => getComputedStyle(el).contentVisibility === "auto");
    const next = () => {
      const part = rest.shift();
      if (!part) return root.classList.remove("arriving");
      part.style.contentVisibility = "visible";
      idle(next);
    };
    next();
  };
  addEventListener("load", () => idle(wait));

  // How one reads: day or night, room between letters and lines, length of line. What is chosen is kept, and set by
  // boot.js on every page. The panel is made when it is first asked for.
  const WAYS = {
    mode: ["Page", "as your device has it", "light", "dark"],
    spacing: ["Spacing", "as set", "wide", "wider"],
    line: ["Lines", "as set", "short", "shorter"],
  };

  /** @param {string} way @param {string} choice */
  const choose = (way, choice) => {
    if (choice) root.dataset[way] = choice;
    else delete root.dataset[way];
    try {
      if (choice) localStorage.setItem(way, choice);
      else localStorage.removeItem(way);
    } catch {
      // Storage is refused: the choice lasts as long as the page.
    }
  };

  const panel = document.createElement("form");
  panel.className = "reading";
  panel.id = "reading";
  panel.popover = "auto";
  panel.setAttribute("aria-label", "How to read");
  panel.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) choose(target.name, target.value);
  });
  const asker = document.querySelector("[data-action=reading]");
  asker?.addEventListener("click", () => {
    if (panel.isConnected) return;
    for (const [way, [legend, ...choices]] of Object.entries(WAYS)) {
      const set = document.createElement("fieldset");
      set.append(Object.assign(document.createElement("legend"), { textContent: legend }));
      for (const [i, words] of choices.entries()) {
        const value = i ? words : "";
        const input = Object.assign(document.createElement("input"), { type: "radio", name: way, value });
        input.checked = (root.dataset[way] ?? "") === value;
        const label = document.createElement("label");
        label.append(input, ` ${words}`);
        set.append(label);
      }
      panel.append(set);
    }
    asker.after(panel);
    asker.setAttribute("popovertarget", panel.id); // this same press opens it
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
    /** @type {HTMLElement} */
    let beside = ref;
    while (beside.parentElement && beside.parentElement.tagName !== "SECTION") beside = beside.parentElement;
    // A set piece has no margin beside it: there the list and the card are enough.
    if (!note || placed.has(note) || !beside.matches("p, ul, ol") || beside.closest(".claim")) continue;
    placed.add(note);
    note.classList.add("placed");
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

  // They come in a script of the page's own, once the first is wanted.
  /** @type {Promise<void> | undefined} */
  let coming;
  const fetched = () => (coming ??= new Promise((done) => {
    const src = article?.dataset.cards;
    if (!src) return done();
    Object.assign(window, { essaybookCards: (/** @type {string} */ html) => article.insertAdjacentHTML("beforeend", html) });
    const script = document.createElement("script");
    script.src = src;
    script.onload = script.onerror = () => done();
    document.head.append(script);
  }));

  /**
   * The card of what was named: it bears the anchor that the link leads to.
   * @param {HTMLElement} from
   */
  const cardOf = async (from) => {
    const anchor = decodeURIComponent(/** @type {HTMLAnchorElement} */ (from).hash.slice(1));
    if (!from.matches("a.ref")) {
      await fetched();
      return document.getElementById(anchor.replace(/^(card-)?/, "card-"));
    }
    const note = noteOf(from);
    if (!note) return null;
    card.replaceChildren(...copy(note));
    card.setAttribute("aria-label", `Note ${from.textContent}`);
    article?.append(card);
    return card;
  };

  /**
   * @param {HTMLElement} from
   * @param {boolean} [enter]
   */
  const show = async (from, enter) => {
    const box = await cardOf(from);
    if (!box?.showPopover) {
      if (enter) location.href = /** @type {HTMLAnchorElement} */ (from).href;
      return;
    }
    if (!box.matches(":popover-open")) box.showPopover();
    place(box, from);
    // From there the browser gives the focus back when the card closes.
    if (enter) box.focus({ preventScroll: true });
  };

  /** @param {EventTarget | null} target */
  const asked = (target) => (target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("a.who, a.key, a.ref")) : null);

  document.addEventListener("click", (event) => {
    const from = asked(event.target);
    if (!from || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(from, true);
  });
  document.addEventListener("focusin", (event) => {
    if (asked(event.target)?.matches(".who, .key")) fetched();
  });

  // A resting pointer shows a card, and leaving both it and the words hides it.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || !wide.matches || !(event.target instanceof Element)) return;
    const from = asked(event.target);
    const box = event.target.closest(".card");
    clearTimeout(timer);
    if (from && !from.matches("a.ref")) {
      fetched();
      timer = setTimeout(() => show(from), 220);
    } else if (!box) {
      const open = document.querySelector(".card:popover-open");
      if (open instanceof HTMLElement && !open.contains(document.activeElement)) timer = setTimeout(() => open.hidePopover(), 280);
    }
  });

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
    // Not by scrollIntoView: the next press of Tab would go on from the menu, and not from where the address leads.
    const here = () => {
      const side = menu.querySelector("nav");
      const link = side?.querySelector("[aria-current]")?.getBoundingClientRect();
      if (!side || !link?.height) return;
      const { top, bottom } = side.getBoundingClientRect();
      side.scrollTop += Math.max(0, link.bottom - bottom) - Math.max(0, top - link.top);
    };
    menu.addEventListener("toggle", here);
    painted(here);
  }

  // What was copied or kept is said to eye and ear.
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let fading;

  /** @param {string} words */
  const tell = (words) => {
    said.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => said.replaceChildren(), 4000);
  };

  /** Without the clipboard of a safe address, by the old way. @param {string} text */
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.className = "sr";
      area.value = text;
      const from = document.activeElement;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (from instanceof HTMLElement) from.focus({ preventScroll: true });
      return done;
    }
  };

  /** @param {string} text @param {string} what */
  const take = async (text, what) => {
    tell((await copied(text)) ? `${what} copied.` : "This browser does not copy: mark the words instead.");
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("[data-copy]");
    if (button) take((button.previousElementSibling?.textContent ?? "").trim(), "Reference");
    // The link itself still leads there, so that the address bar has it too.
    const mark = event.target.closest("a.mark");
    if (mark instanceof HTMLAnchorElement) take(mark.href, "Link to the paragraph");
  });

  // A copy that does not know its public address still knows where it was opened.
  if (location.protocol.startsWith("http")) {
    for (const el of all("[data-address]")) el.textContent = location.origin + location.pathname;
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
    painted(mark);
  }

  // Evidence: one press beside a source, a chart or a paragraph keeps its words with what to cite. What was kept
  // is read with distrust by whoever shows it, so here it is only added to.
  /** @param {Element | null | undefined} el */
  const wordsOf = (el) => {
    const made = /** @type {Element | undefined} */ (el?.cloneNode(true));
    for (const out of made?.querySelectorAll(".mark, .ref, .key, button, .sr") ?? []) out.remove();
    return (made?.textContent ?? "").replace(/\s+/g, " ").trim();
  };

  /** @param {Element} from */
  const evidence = (from) => {
    /** @param {string} selector */
    const at = (selector) => wordsOf(from.querySelector(selector));
    const ref = from.id.replace(/^(q|chart)-/, "");
    if (from.matches(".source")) return { kind: "quotation", ref, text: at("blockquote") || at(".source-sense"), cite: `${at(".source-who")}, ${at(".source-date")}. ${at(".source-prov")}` };
    if (from.matches(".chart")) return { kind: "figure", ref, text: `${at(".chart-t")}. ${from.querySelector(":scope > .sr")?.textContent?.trim() ?? ""}`, cite: at(".chart-src") };
    return { kind: "paragraph", ref, text: wordsOf(from), cite: `${wordsOf(document.querySelector("h1"))}, paragraph ${ref.replace("-", " ")}, in ${wordsOf(document.querySelector(".bar-title"))}` };
  };

  /** @param {Element} from @returns {string} */
  const keep = (from) => {
    const { book, page } = article?.dataset ?? {};
    const piece = evidence(from);
    const [place, name] = [`essaybook:${book}:locker`, `${piece.kind}:${piece.ref}`];
    try {
      const { items } = JSON.parse(localStorage.getItem(place) ?? "null") ?? {};
      const all = items && typeof items === "object" ? items : {};
      const { note = "", count = 0 } = all[name] ?? {};
      localStorage.setItem(place, JSON.stringify({ format: 1, items: { ...all, [name]: { ...piece, page, note, count: count + 1 } } }));
      return "Saved in My work";
    } catch {
      return "This browser keeps nothing for this page";
    }
  };

  /** @param {string} label @param {string} words */
  const saver = (label, words) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "save";
    button.dataset.action = "save-evidence";
    button.textContent = words;
    button.setAttribute("aria-label", label);
    return button;
  };
  for (const block of all("figure.source[id], figure.chart[id]")) {
    const of = wordsOf(block.querySelector(".source-who, .chart-t"));
    block.querySelector(".source-acts, .chart-src")?.append(" ", saver(`Save as evidence: ${of}`, "Save"));
  }
  // One button serves all paragraphs: it goes to the one that is pointed at, touched or reached by key.
  const own = saver("", "+");
  /** @param {Event} event */
  const follow = ({ target }) => {
    const mark = target instanceof Element && target.closest("p:has(> .mark)")?.querySelector(":scope > .mark");
    if (!mark || mark.nextElementSibling === own) return;
    own.textContent = "+";
    own.setAttribute("aria-label", `Save ${mark.getAttribute("aria-label")?.replace("Link to ", "")} as evidence`);
    mark.after(own);
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-action=save-evidence]");
    const from = button && button.closest("figure, p:has(> .mark)");
    if (!from) return;
    const words = keep(from);
    tell(words);
    button.textContent = words[0] === "S" ? (button === own ? "✓" : "Saved") : "Not kept";
  });

  // Without a network: a worker keeps the pages that are read. A newer edition is offered, and read when asked for.
  /** @param {ServiceWorker} coming */
  const offer = (coming) => {
    const box = document.createElement("p");
    box.className = "offer";
    box.setAttribute("role", "status");
    document.body.append(box);
    /** @param {string} words @param {() => void} then */
    const button = (words, then) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      made.addEventListener("click", then);
      return made;
    };
    box.append(
      "A newer edition of this book is there. ",
      button("Read it", () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
        coming.postMessage("take over");
      }),
      button("Later", () => box.remove()),
    );
  };
  const accompany = async () => {
    try {
      const worker = new URL("sw.js", new URL(root.dataset.content_root ?? "", location.href));
      const registration = await navigator.serviceWorker.register(worker);
      if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const coming = registration.installing;
        coming?.addEventListener("statechange", () => {
          if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
        });
      });
      (await navigator.serviceWorker.ready).active?.postMessage(location.href);
    } catch {
      // No worker here: the book is read as ever.
    }
  };
  if (isSecureContext && location.protocol.startsWith("http") && "serviceWorker" in navigator) addEventListener("load", accompany);
});
