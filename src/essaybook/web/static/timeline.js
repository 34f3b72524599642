// @ts-check
// The timeline's controls: narrows the list to a year, a month, a person, a theme, and keeps the choice in the
// address, so that it can be cited and linked. Without it the whole list stands there.
(() => {
  "use strict";

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.zoom"));
  if (!form) return;

  /**
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {HTMLElement[]}
   */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((el) => /** @type {HTMLElement} */ (el));

  const events = all(".events > li").map((el) => {
    const from = el.querySelector("time")?.getAttribute("datetime") ?? "";
    // Who took part is told by the links to their records, so that the page says it once.
    const who = new Set(all(".event-who a", el).map((link) => (link.getAttribute("href") ?? "").split("#person-")[1]));
    return { el, from, to: el.dataset.end ?? from, who, theme: new Set(el.dataset.theme?.split(" ")) };
  });
  const years = all("section.year");
  const rows = all(".zoom-row", form);
  const [says, back] = [form.querySelector("output"), form.querySelector("button")];
  const FIELDS = ["year", "month", "who", "theme"];

  /**
   * Whether an event falls into a stretch: a year, or a month of it. One known to the year alone is in no month.
   * @param {(typeof events)[number]} event
   * @param {string} at
   */
  const during = ({ from, to }, at) => from.length >= at.length && from.slice(0, at.length) <= at && at <= to.slice(0, at.length);

  const chosen = () => Object.fromEntries(FIELDS.map((name) => [name, String(new FormData(form).get(name) ?? "")]));

  /** Show what is chosen, and how much of it every year and month has. */
  const show = () => {
    const { year, month, who, theme } = chosen();
    const fitting = events.filter((event) => (!who || event.who.has(who)) && (!theme || event.theme.has(theme)));
    const at = year && month ? `${year}-${month}` : year;
    const shown = new Set(fitting.filter((event) => !at || during(event, at)));
    for (const event of events) event.el.hidden = !shown.has(event);
    for (const section of years) section.hidden = !section.querySelector(".events > li:not([hidden])");
    rows[1].hidden = !year;
    rows.forEach((row, i) => {
      const labels = all("label", row).map((label) => ({ label, input: /** @type {HTMLInputElement} */ (label.querySelector("input")) }));
      const counts = labels.map(({ input }) => (input.value ? fitting.filter((event) => during(event, i ? `${year}-${input.value}` : input.value)).length : 0));
      const most = Math.max(1, ...counts);
      labels.forEach(({ label, input }, j) => {
        if (!input.value) return;
        label.style.setProperty("--n", String(counts[j] / most));
        input.disabled = !counts[j] && !input.checked;
        input.setAttribute("aria-label", `${label.textContent}, ${counts[j]} ${counts[j] === 1 ? "event" : "events"}`);
      });
    });
    if (says) says.textContent = `${shown.size} of ${events.length} events`;
    if (back) back.hidden = shown.size === events.length;
  };

  /** Keep the choice in the address. */
  const keep = () => {
    const said = Object.entries(chosen()).filter(([, value]) => value);
    const hash = new URLSearchParams(said).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  /** @param {Record<string, string>} choice */
  const choose = (choice) => {
    form.reset();
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      // A value that no control has would leave a select with nothing chosen.
      const known = all(`[name=${name}] > option, input[name=${name}]`, form).some((el) => "value" in el && el.value === choice[name]);
      if (field && "value" in field && choice[name] && known) field.value = choice[name];
    }
    show();
  };

  /** What the address asks for: a choice, or a place in the list, which then is shown whole. */
  const arrive = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash.includes("=")) return choose(Object.fromEntries(new URLSearchParams(hash)));
    const place = document.getElementById(hash);
    if (!place?.closest("[hidden]")) return;
    choose({});
    place.scrollIntoView();
  };

  form.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    // Another year: its months are others.
    if (field.name === "year") all("input[name=month]", form).forEach((el, i) => Object.assign(el, { checked: !i }));
    show();
    keep();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  back?.addEventListener("click", (event) => {
    event.preventDefault();
    choose({});
    keep();
    form.querySelector("select")?.focus();
  });
  addEventListener("hashchange", arrive);
  show();
  arrive();
})();
