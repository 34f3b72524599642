// @ts-check
// Sets day or night before the page is painted. Loaded in the head, without defer.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const mode = localStorage.getItem("mode");
    if (mode === "light" || mode === "dark") root.dataset.theme = mode;
  } catch {
    // Storage is refused: the reader's system decides.
  }
})();
