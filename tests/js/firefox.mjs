// Meets a built book in Firefox: mounts every exercise of some pages, then answers one of each type to its end.
// Called with one JSON argument: { browser, pages: [addresses], gallery: [addresses], again: bool }. Prints JSON.
import { launch, watched } from "./driven.mjs";

const { browser: executablePath, pages, galleries } = JSON.parse(process.argv[2]);

const browser = await launch(executablePath);

/** A page that notes whatever goes wrong on it. */
const open = async (address) => {
  const wrong = [];
  const page = await watched(browser, wrong);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(() => !document.querySelector(".exercise[data-state=static]"), { timeout: 60_000 });
  return { page, wrong };
};

const states = () => Object.fromEntries([...document.querySelectorAll(".exercise")].map((el) => [el.dataset.exercise, el.dataset.state]));

/** Fill every empty control, check, and again until nothing is asked any more. Stages show one another. */
const answer = async (page, id) => {
  for (let round = 0; round < 12; round += 1) {
    const state = await page.evaluate((id) => {
      const home = document.querySelector(`[data-exercise="${id}"]`);
      const shown = (el) => el.checkVisibility() && !el.disabled;
      const told = (el, kind) => el.dispatchEvent(new Event(kind, { bubbles: true }));
      const groups = new Set();
      for (const el of home.querySelectorAll("form :is(input, select, textarea)")) {
        if (!shown(el) || el.type === "hidden" || el.name.startsWith("place-")) continue; // places come by moving
        if (["radio", "checkbox"].includes(el.type)) {
          const group = [...el.form.querySelectorAll(`[name="${CSS.escape(el.name)}"]`)];
          if (groups.has(el.name) || group.some((one) => one.checked)) continue;
          groups.add(el.name);
          el.click();
        } else if (el.localName === "select") {
          if (el.value) continue;
          el.value = [...el.options].map((o) => o.value).find(Boolean) ?? "";
          told(el, "input"), told(el, "change");
        } else if (!el.value) {
          el.value = ["number", "range"].includes(el.type) ? el.max || "3" : "Not in 1924.";
          told(el, "input"), told(el, "change");
        }
      }
      // What a type asks for beyond its controls: an item moved, a link made of the last choices.
      const [from, to] = home.querySelectorAll(".web-new :is([name=from], [name=to])");
      if (to) to.selectedIndex = from.selectedIndex + 1;
      const presses = ["[data-move=down]", "[data-action=add]", "[data-action=check]"].map((one) => home.querySelector(`button${one}`));
      for (const button of presses) if (button && shown(button)) button.click();
      return home.dataset.state;
    }, id);
    if (state === "checked") break;
  }
};

const found = { mounted: {}, answered: {}, kept: {}, wrong: [] };
for (const address of pages) {
  const { page, wrong } = await open(address);
  found.mounted[address] = await page.evaluate(states);
  found.wrong.push(...wrong);
  await page.close();
}
for (const address of galleries) {
  const { page, wrong } = await open(address);
  const ids = Object.keys(await page.evaluate(states));
  for (const id of ids) await answer(page, id);
  found.answered[address] = await page.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll(".exercise")].map((el) => [
      el.dataset.type, [el.dataset.state, Boolean(el.querySelector("[data-feedback]")?.textContent.trim())],
    ])));
  await page.reload({ waitUntil: "load" });
  await page.waitForFunction(() => !document.querySelector(".exercise[data-state=static]"), { timeout: 60_000 });
  found.kept[address] = await page.evaluate(states);
  found.wrong.push(...wrong);
  await page.close();
}
await browser.close();
console.log(JSON.stringify(found));
