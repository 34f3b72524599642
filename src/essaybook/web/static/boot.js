// @ts-check
// Sets the page as its reader likes it before it is painted, and asks for the face before the style sheet names it:
// text that is painted in another first may move. Loaded in the head, without defer.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const own = document.currentScript;
  if (location.protocol.startsWith("http") && own instanceof HTMLScriptElement) {
    const href = new URL("fonts/book-roman-latin.woff2", own.src).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
  }
  for (const way of ["mode", "spacing", "line"]) {
    try {
      const kept = localStorage.getItem(way);
      if (kept && /^(light|dark|wide|wider|short|shorter)$/.test(kept)) root.dataset[way] = kept;
    } catch {
      // Storage is refused: the page is as its makers set it.
    }
  }
})();
