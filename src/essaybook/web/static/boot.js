// @ts-check
// Sets the page as its reader likes it before it is painted. Loaded in the head, without defer.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  for (const way of ["mode", "spacing", "line"]) {
    try {
      const kept = localStorage.getItem(way);
      if (kept && /^(light|dark|wide|wider|short|shorter)$/.test(kept)) root.dataset[way] = kept;
    } catch {
      // Storage is refused: the page is as its makers set it.
    }
  }
})();
