// A Firefox that a test drives.
import puppeteer from "puppeteer-core";

/** @param {string} executablePath */
export const launch = (executablePath) => puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  // With the recommended preferences a driven Firefox lets a page on a disk do what no reader's lets it do.
  extraPrefsFirefox: { "remote.prefs.recommended": false },
});

/** A page that notes in `wrong` whatever goes wrong on it. */
export const watched = async (browser, wrong) => {
  const page = await browser.newPage();
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (said) => ["error", "warn"].includes(said.type()) && wrong.push(`${said.type()}: ${said.text()}`));
  return page;
};
