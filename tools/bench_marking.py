"""Measures how long the marking page takes to open 30, 60 and 300 hand-ins, and how many presses one pupil costs.

The control is the page itself with 60. Where time grows no faster than the class, 300 take less than five times as
long. Every hand-in answers sixteen exercises of the book, one of each type. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench import ROOT, row  # it also says where the tests' helpers stand
from playwright.sync_api import Browser, sync_playwright

import handins
from essaybook.corpus import load
from essaybook.web import marking
from site_server import ARGUMENTS, packed

TIMES = 5
SIZES = (30, 60, 300)

# Asked from inside the page: from choosing the files to the sheet of the class being there.
OPENED = """() => new Promise((resolve) => {
  const desk = document.querySelector("[data-desk]");
  const input = document.querySelector("[data-part=files]");
  let start = 0;
  input.addEventListener("change", () => { start = performance.now(); }, { capture: true });
  new MutationObserver(() => requestAnimationFrame(() => resolve((performance.now() - start) / 1000)))
    .observe(desk, { attributes: true, attributeFilter: ["data-opened"] });
})"""


def seconds(browser: Browser, page_address: str, files: list[str]) -> float:
    """From choosing the files to the whole-class sheet, in a browser that has marked nothing yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_address)
    page.locator("[data-desk][data-ready]").wait_for()
    page.evaluate(f"() => {{ globalThis.opened = ({OPENED})(); }}")  # a promise, not waited for yet
    page.locator("[data-part=files]").set_input_files(files)
    taken = float(page.evaluate("() => globalThis.opened"))
    context.close()
    return taken


def presses(browser: Browser, page_address: str, files: list[str]) -> tuple[list[int], list[int]]:
    """Presses for each pupil of a class, and how many answers each has."""
    page = browser.new_context().new_page()
    page.goto(page_address)
    page.locator("[data-part=files]").set_input_files(files)
    page.locator(f'[data-opened="{len(files)}"]').wait_for()
    page.locator("[data-view=pupil]").click()
    for comment in ("Name the witness.", "Say when.", "Weigh it."):
        page.locator("[data-part=comment]").fill(comment)
        page.locator("[data-part=add] button").click()
    counts, answers = [], []
    for _ in files:
        answers.append(page.locator(".answer").count())
        counts.append(handins.mark_pupil(page) + 1)
        page.keyboard.press("n")
    return counts, answers


def main() -> None:
    """Print what was measured."""
    records = handins.told(load(ROOT / "book" / "corpus")[0])
    path = os.environ.get("BOOK_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        address = handins.page_alone(folder, records).as_uri()
        made = handins.class_of(max(SIZES), records, each=16)
        files = []
        for file, text in made.items():
            (folder / file).write_text(text, encoding="utf-8")
            files.append(str(folder / file))
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        times = {n: [seconds(browser, address, files[:n]) for _ in range(TIMES)] for n in SIZES}
        medians = {n: statistics.median(all_) for n, all_ in times.items()}
        for n in SIZES:
            row(f"opening {n} hand-ins, against 60", medians[n], medians[60], "s")
        counts, answers = presses(browser, address, files[:30])
        many = f"{statistics.median(counts):.0f} for {statistics.median(answers):.0f} answers"
        print(f"presses to mark one pupil: {many} ({min(counts)} to {max(counts)})")
        browser.close()
        own = sum(
            len(packed((folder / "_static" / one).read_bytes())) for one in [*marking.own(), "marking/marking.css"]
        )
        rest = sum(len(packed(path.read_bytes())) for path in (folder / "_static").glob("*.js"))
        print(f"the page's own scripts and style, gzipped: {own / 1000:.1f} kB")
        print(f"records, types and telling, gzipped: {rest / 1000:.1f} kB")
        print(
            f"a hand-in with sixteen answers, on average: {sum(map(len, made.values())) / len(made) / 1000:.1f} kB"
        )


if __name__ == "__main__":
    sys.exit(main())
