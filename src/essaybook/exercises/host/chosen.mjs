// @ts-check
// A teacher's choice: #only=id,id shows those exercises, says that others are hidden, and offers them.

export const chosen = () => {
  const article = document.querySelector("article");
  const exercises = [...document.querySelectorAll("section.exercise")].map((el) => /** @type {HTMLElement} */ (el));
  /** @type {HTMLElement[]} */
  let notices = [];
  const everything = () => {
    for (const el of exercises) el.hidden = false;
    for (const el of notices) el.remove();
    notices = [];
  };
  /**
   * @param {string} words
   * @param {[string, () => void][]} ways
   */
  const notice = (words, ways) => {
    const box = document.createElement("div");
    box.className = "only";
    const said = document.createElement("p");
    said.textContent = words;
    box.append(said);
    for (const [label, act] of ways) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      box.append(button);
    }
    notices.push(box);
    return box;
  };
  const choose = () => {
    const asked = /^#only=(.+)/.exec(location.hash)?.[1];
    if (!asked) {
      // Whoever follows a link to an exercise that is hidden wants to see it.
      const to = document.getElementById(location.hash.slice(1));
      if (to?.closest("section[hidden]")) {
        everything();
        to.scrollIntoView();
      }
      return;
    }
    everything();
    const ids = new Set(asked.split(","));
    const shown = exercises.filter((el) => ids.has(el.dataset.exercise ?? ""));
    const strange = [...ids].filter((id) => shown.every((el) => el.dataset.exercise !== id)).length;
    const missing = strange ? ` ${strange === 1 ? "One exercise" : `${strange} exercises`} named in the link ${strange === 1 ? "is" : "are"} not on this page.` : "";
    const head = article?.querySelector("header, h1");
    if (!shown.length) {
      head?.before(notice(`The link names no exercise that stands on this page. All of it is shown.`, []));
      return;
    }
    for (const el of exercises) el.hidden = !shown.includes(el);
    const hidden = exercises.length - shown.length;
    const words = hidden
      ? `The link that brought you here shows ${shown.length} of the ${exercises.length} exercises on this page; ${hidden === 1 ? "one is" : `${hidden} are`} hidden.`
      : `The link that brought you here shows all ${exercises.length} exercises on this page.`;
    const first = shown[0];
    const show = () => {
      everything();
      first.tabIndex = -1;
      first.focus();
    };
    const go = () => {
      first.scrollIntoView();
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    };
    /** @type {[string, () => void][]} */
    const back = hidden ? [["Show all exercises", show]] : [];
    head?.before(notice(words + missing, [["Go to the exercises", go], ...back]));
    if (hidden) first.before(notice(`${hidden === 1 ? "One exercise" : `${hidden} exercises`} of this page ${hidden === 1 ? "is" : "are"} hidden.`, back));
  };
  addEventListener("hashchange", choose);
  choose();
};
