// Reads a site in Firefox, takes its server away and reads on; then marks a class with the page from a disk.
// Called with one JSON argument: { browser, site, kept: [page, page], unread, marking, files }. Prints JSON.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { launch, watched } from "./driven.mjs";

const asked = JSON.parse(process.argv[2]);
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };
const server = createServer((request, response) => {
  const path = join(asked.site, decodeURIComponent(new URL(request.url, "http://here").pathname));
  if (!existsSync(path) || !extname(path)) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": KINDS[extname(path)] ?? "application/octet-stream", "Cache-Control": "no-store" });
  createReadStream(path).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await launch(asked.browser);
const wrong = [];
const kept = async (url) => {
  for (const name of await caches.keys()) if (await (await caches.open(name)).match(url)) return true;
  return false;
};
const told = () => ({
  heading: document.querySelector("h1").textContent,
  exercises: [...document.querySelectorAll(".exercise")].map((el) => el.dataset.state),
  face: document.fonts.check("20px Book"),
});

const page = await watched(browser, wrong);
for (const name of asked.kept) {
  await page.goto(`${address}/${name}`, { waitUntil: "load" });
  await page.waitForFunction(kept, { timeout: 30_000, polling: 200 }, `${address}/${name}`);
}
server.closeAllConnections();
await new Promise((closed) => server.close(closed));

const found = { read: {}, wrong, marked: {} };
for (const name of [...asked.kept, asked.unread]) {
  await page.goto(`${address}/${name}`, { waitUntil: "load" });
  await page.waitForFunction(() => !document.querySelector(".exercise[data-state=static]"), { timeout: 30_000 });
  found.read[name] = await page.evaluate(told);
}
await page.close();

const desk = await watched(browser, wrong);
await desk.goto(asked.marking, { waitUntil: "load" });
await desk.waitForSelector("[data-desk][data-ready]");
await (await desk.$("[data-part=files]")).uploadFile(...asked.files);
await desk.waitForSelector(`[data-desk][data-opened="${asked.files.length}"]`);
const words = (part) => desk.$eval(`[data-part=${part}]`, (el) => el.textContent);
found.marked.opened = await words("said");
await desk.focus("[data-view=pupil]");
await desk.keyboard.press("Enter");
await desk.keyboard.down("Shift");
await desk.keyboard.press("S");
await desk.keyboard.up("Shift");
for (let open = await desk.$$eval(".answer:not(.is-done)", (all) => all.length); open > 0; open -= 1) {
  for (const key of ["u", "m", "7", "Enter"]) await desk.keyboard.press(key);
}
found.marked.left = await desk.$$eval(".answer:not(.is-done)", (all) => all.length);
found.marked.progress = await words("progress");
await desk.reload({ waitUntil: "load" });
await desk.waitForSelector("[data-desk][data-ready]");
found.marked.kept = await words("said");
await browser.close();
console.log(JSON.stringify(found));
