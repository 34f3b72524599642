// @ts-check
// Keeps the pages that were read, to be read again without a network. A page is kept with every file it names or not
// at all, and each file is checked by its hash, so that nothing of another edition slips in beside it. A newer worker
// waits until a reader asks for the newer edition.
(() => {
  "use strict";

  /** @type {Record<string, string>} */
  const PAGES = {}; // pages of this edition, by path: how the hash of each begins
  const EDITION = ""; // how the hash of that list begins

  const worker = /** @type {any} */ (self);
  const root = /** @type {string} */ (worker.registration.scope);
  const OURS = `essaybook ${root} `; // other books may share the host
  const kept = () => caches.open(OURS + EDITION);

  /** The path of a page as the list has it: some hosts leave out the end of a name. @param {URL} url */
  const path = (url) => {
    const given = decodeURI(url.href.split(/[?#]/)[0]).slice(root.length);
    return [given, `${given}.html`, `${given}index.html`].find((name) => name in PAGES);
  };

  /** How the hash of a file must begin: its address says it, or the list of pages. @param {URL} url */
  const expected = (url) => url.searchParams.get("v") ?? PAGES[path(url) ?? ""];

  /** The one address under which a file is kept. @param {URL} url */
  const plain = (url) => (url.searchParams.has("v") ? url.href.split("#")[0] : root + path(url));

  /**
   * A file of this edition, whole; null when the site has moved on to another. Throws without a network.
   * @param {string} address
   */
  const fetched = async (address) => {
    const url = new URL(address);
    const response = await fetch(address, { cache: url.searchParams.has("v") ? "default" : "no-cache" });
    const body = await response.arrayBuffer();
    const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 4)];
    const begins = hash.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (!response.ok || begins !== expected(url)) return null;
    // Made anew, for a page that a host redirected may not be shown from the store.
    return new Response(body, { headers: { "Content-Type": response.headers.get("Content-Type") ?? "" } });
  };

  /**
   * Keep a page with all that it names, or nothing of it.
   * @param {string} page
   */
  const keep = async (page) => {
    const store = await kept();
    /** @type {Map<string, Response>} */
    const files = new Map();
    const waiting = [page];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      if (files.has(at) || (at !== page && (await store.match(at)))) continue;
      const file = await fetched(at);
      if (!file) return;
      files.set(at, file.clone());
      if (!/html|css/.test(file.headers.get("Content-Type") ?? "")) continue;
      for (const [name] of (await file.text()).matchAll(/[^\s"'()]+\?v=[0-9a-f]{8}/g)) waiting.push(new URL(name, at).href);
    }
    // The page last: where the device has no more room, it is not there without its files.
    for (const [address, file] of [...files].reverse()) await store.put(address, file);
  };

  /** What is shown where a page was not kept and there is no network: what was. */
  const absent = async () => {
    const store = await kept();
    const addresses = (await store.keys()).map(({ url }) => url);
    const items = [];
    for (const url of addresses) {
      if (new URL(url).search) continue;
      const title = /<title>(.*?)(?: · .*)?<\/title>/.exec((await (await store.match(url))?.text()) ?? "")?.[1];
      items.push([title ?? url, `<li><a href="${encodeURI(decodeURI(url))}">${title}</a></li>`]);
    }
    items.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
    const style = addresses.find((url) => url.includes("/_static/book.css?"));
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Not on this device</title>${style ? `<link rel="stylesheet" href="${style}">` : ""}</head>
<body><div class="frame"><main class="chapter"><article><header class="opener is-bare"><h1>Not on this device</h1></header>
<p>There is no network, and this page was not opened here before. These were:</p><ul class="plain-list">${items.map(([, item]) => item).join("")}</ul></article></main></div></body></html>`;
    return new Response(page, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  };

  /** @param {any} event @param {URL} url */
  const answer = async (event, url) => {
    const address = plain(url);
    const had = await (await kept()).match(address);
    if (had) return had;
    // Part of a page: of its own edition, or none.
    if (url.searchParams.has("v")) return (await fetched(address)) ?? Response.error();
    try {
      const response = await fetch(event.request);
      event.waitUntil(keep(address).then(() => worker.registration.update()).catch(() => {}));
      return response;
    } catch {
      return absent();
    }
  };

  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || !url.href.startsWith(root) || expected(url) === undefined) return;
    event.respondWith(answer(event, url));
  });

  worker.addEventListener("message", (/** @type {any} */ event) => {
    if (event.data === "take over") worker.skipWaiting();
    else if (expected(new URL(event.data)) !== undefined) event.waitUntil(keep(plain(new URL(event.data))).catch(() => {}));
  });

  /** The stores of other editions of this book. */
  const others = async () => (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== OURS + EDITION);

  // What could be read without a network in the last edition can be in this one.
  const carry = async () => {
    for (const name of await others()) {
      for (const { url } of await (await caches.open(name)).keys()) {
        if (!new URL(url).search && expected(new URL(url))) await keep(url);
      }
    }
  };
  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(carry().catch(() => {})));
  worker.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(others().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => worker.clients.claim()));
  });
})();
