"""Measures how soon a reader can answer, against a control in the same run: the same exercise as an anywidget.

The control stands in a page that ipywidgets wrote, under the HTML manager that notebooks on the web use; npm
brings its scripts. Ours is a whole chapter with its fonts and its other exercises, the control holds the one
exercise and nothing else and asks no second server: what bias there is favours the control. Prints also what
the exercises weigh and how many there are. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anywidget
from bench import HTML, ROOT, row  # it also says where the server stands
from ipywidgets.embed import (  # type: ignore[import-untyped]
    __html_manager_version__,
    dependency_state,
    embed_minimal_html,
)
from playwright.sync_api import Browser, Error, sync_playwright

from essaybook.corpus import load
from essaybook.exercises import join
from essaybook.exercises.types import TYPES
from essaybook.widgets import exercise
from site_server import ARGUMENTS, packed, served

EXERCISE = "what-the-office-was"
PAGE = "book/factors/general-secretary.html"
TIMES = 5
PATIENCE = 120_000  # milliseconds; a control that never answers should not hang the run

# Asked of both pages alike, and from inside: a question from outside would wait its turn on a slow line. An
# option picked before the exercise lives is no harm: that is what an eager reader does.
ASK = """
(() => {
  const timer = setInterval(() => {
    const el = document.querySelector('[data-exercise="EXERCISE"]');
    const pick = el?.querySelector('input[name="pick"]');
    if (!pick) return;
    if (!pick.checked) pick.click();
    el.querySelector('[data-action="check"]')?.click();
    if (!el.querySelector("[data-feedback]")?.textContent.trim()) return;
    clearInterval(timer);
    console.debug(`answered ${performance.now()}`);
  }, 10);
})();
""".replace("EXERCISE", EXERCISE)

# The loader looks for a widget's module beside the page before it asks a server elsewhere, so there it is put.
CONTROL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,">
<script src="require.js"></script>
</head><body>{snippet}</body></html>
"""


@dataclass(frozen=True)
class Line:
    """How a reader is connected, and how slow the device is."""

    name: str
    megabits: float = 0  # per second; 0 for as fast as it goes
    latency: int = 0  # milliseconds
    slower: int = 1
    device: dict[str, Any] = field(default_factory=dict)


PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LINES = [Line("fast line"), Line("slow line, a phone", megabits=1.6, latency=150, slower=4, device=PHONE)]


class NoControl(Exception):
    """Why there is nothing to compare with."""


def fetched(folder: Path) -> Path:
    """The control's scripts, at the versions that the Python packages here were made for."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise NoControl("there is no npm on this machine")
    manager = f"@jupyter-widgets/html-manager@{__html_manager_version__}"
    names = ["requirejs@2", manager, f"anywidget@{anywidget.__version__}"]
    # Scripts of packages stay unrun: nothing here needs them.
    quiet = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(
        [npm, "install", *quiet, "--prefix", str(folder), *names], cwd=folder, capture_output=True, text=True
    )
    modules = folder / "node_modules"
    if done.returncode != 0:
        raise NoControl(f"npm could not fetch its scripts ({' '.join(done.stderr.split())[:200]})")
    # The package holds it at full length only; pages in the world carry it short.
    loader = modules / "requirejs"
    words = [f"baseUrl={loader}", "paths.whole=require", "name=whole", "logLevel=3", f"out={loader / 'short.js'}"]
    if subprocess.run([node, str(loader / "bin" / "r.js"), "-o", *words], capture_output=True).returncode != 0:
        shutil.copy(loader / "require.js", loader / "short.js")
    return modules


def write_control(folder: Path, modules: Path) -> int:
    """Write the control's page and its scripts into a folder. Returns the scripts' bytes, gzipped."""
    widget = exercise(EXERCISE, corpus=ROOT / "book" / "corpus")
    scripts = {
        "require.js": modules / "requirejs" / "short.js",
        "embed-amd.js": modules / "@jupyter-widgets" / "html-manager" / "dist" / "embed-amd.js",
        "anywidget.js": modules / "anywidget" / "dist" / "index.js",
    }
    for name, path in scripts.items():
        shutil.copy(path, folder / name)
    embed_minimal_html(
        folder / "index.html",
        views=[widget],
        state=dependency_state([widget], drop_defaults=False),  # its module is a default too, and has to stay
        template=CONTROL,
        embed_url="embed-amd.js",
        requirejs=False,  # the template brings the loader, from here
        cors=False,
    )
    return sum(len(packed((folder / name).read_bytes())) for name in scripts)


def answer(browser: Browser, address: str, line: Line) -> float:
    """Milliseconds from navigation until the exercise says something about an answer. Nothing is cached."""
    context = browser.new_context(**line.device)
    try:
        page = context.new_page()
        cdp = context.new_cdp_session(page)
        if line.megabits:
            speed = line.megabits * 1_000_000 / 8
            wire = {"latency": line.latency, "downloadThroughput": speed, "uploadThroughput": speed}
            cdp.send("Network.enable")
            cdp.send("Network.emulateNetworkConditions", {"offline": False, **wire})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
        page.add_init_script(ASK)
        with page.expect_console_message(
            lambda message: message.text.startswith("answered "), timeout=PATIENCE
        ) as heard:
            page.goto(address, wait_until="commit")
        return float(heard.value.text.split()[1])
    finally:
        context.close()


def medians(browser: Browser, addresses: list[str], line: Line) -> list[list[float]]:
    """The times of each address, sorted. They take turns, so that a busy moment of the machine meets both."""
    for address in addresses:
        answer(browser, address, LINES[0])  # the browser's own first start is nobody's
    turns = [[answer(browser, address, line) for address in addresses] for _ in range(TIMES)]
    return [sorted(times) for times in zip(*turns, strict=True)]


def compare(browser: Browser, ours: str, control: str | None) -> None:
    for line in LINES:
        what = f"first exercise that answers, {line.name}"
        times = medians(browser, [ours] if control is None else [ours, control], line)
        middle = [statistics.median(those) for those in times]
        if control is None:
            print(f"{what:<46}{middle[0]:>10.1f} ms")
        else:
            row(what, middle[0], middle[1], "ms")
        spread = [f"{those[0]:.0f} to {those[-1]:.0f}" for those in times]
        print(f"    of {TIMES} each: {', control '.join(spread)} ms")


def weigh() -> None:
    texts = {"host": join.host_script(), "kit": join.kit_script()}
    texts |= {kind: join.type_script(kind) for kind in TYPES}
    sizes = {name: len(packed(text.encode())) for name, text in texts.items()}
    for name, size in sizes.items():
        print(f"    {name:<42}{size:>10} bytes gzipped")
    print(f"{'all exercise scripts':<46}{sum(sizes.values()):>10} bytes gzipped")


def count() -> None:
    corpus, _ = load(ROOT / "book" / "corpus")
    kinds = Counter(record.type for record in corpus.exercises.values())
    for name in TYPES:
        print(f"    {name:<42}{kinds[name]:>10}")
    print(f"{'exercises':<46}{sum(kinds.values()):>10} of {len(kinds)} types")
    # pytest knows what its parameters multiply to; a reading of the file would not.
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "--collect-only", "-q", "tests/test_host.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    cases = [entry for entry in listed if "::test_" in entry]
    named = {entry.split("[")[0] for entry in cases}
    print(f"{'host conformance cases':<46}{len(named):>10} written, {len(cases)} run")


def main() -> int:
    if not (HTML / PAGE).exists():
        print("There is no built book to measure: run `make book` first.")
        return 2
    options: dict[str, Any] = {"executable_path": os.environ.get("BOOK_CHROMIUM"), "args": ARGUMENTS}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        control = folder / "control"
        control.mkdir()
        try:
            weight = write_control(control, fetched(folder))
            print(f"{'control: its three scripts':<46}{weight:>10} bytes gzipped")
            there = True
        except NoControl as reason:
            print(f"No control: {reason}. These are our own numbers only.")
            there = False
        with served(HTML) as ours, served(control) as other, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**options)
            try:
                compare(browser, f"{ours}/{PAGE}", f"{other}/index.html" if there else None)
            except Error as error:
                print(f"The measure was broken off: {error.message.splitlines()[0]}")
            browser.close()
    weigh()
    count()
    return 0


if __name__ == "__main__":
    sys.exit(main())
