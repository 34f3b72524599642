// @ts-check
// Sets the page as its reader likes it before it is painted, and asks for the face before any text does: text that is
// painted in another first may move. Loaded in the head, without defer; on pages of the book it begins page.js.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  // Whoever comes to the top of a page sees that first, and a phone lays out the rest a little later. Whoever comes
  // back, or to a place in it, has the whole at once: where that place is depends on what is above it.
  const [visit] = performance.getEntriesByType("navigation");
  if (visit instanceof PerformanceNavigationTiming && visit.type === "navigate" && !location.hash) root.classList.add("arriving");
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
