"""Measures the book against a control made in the same run: a stock Jupyter Book of the same text.

`make bench` prints each measure, the control's, and their ratio. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from site_server import ARGUMENTS, PLAIN, served, visit  # noqa: E402

HTML = ROOT / "_build" / "html"
FEW = 5
"""Of the control's pages, which all weigh about the same, and of second visits, one in so many is weighed."""


class Text(HTMLParser):
    """The headings and paragraphs of a page's article, as plain Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.depth = 0
        self.open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.depth += 1
        if self.depth and tag in {"h1", "h2", "h3", "p", "li"}:
            self.open = tag
            self.lines.append({"h1": "# ", "h2": "## ", "h3": "### "}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.depth -= 1
        if tag == self.open:
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.open and self.lines:
            self.lines[-1] += " ".join(data.split()).replace("<", "") + " "


def chapters() -> list[Path]:
    """The pages of the built book that stand in its table of contents."""
    return sorted(p for p in (HTML / "book").rglob("*.html") if "reference/sources/" not in p.as_posix())


def stock(folder: Path) -> list[str]:
    """Write the control: the same words in a Jupyter Book of default settings. Returns its pages."""
    names = []
    for path in chapters():
        text = Text()
        text.feed(path.read_text(encoding="utf-8"))
        name = path.relative_to(HTML / "book").with_suffix("").as_posix().replace("/", "-")
        body = "\n\n".join(line.strip() for line in text.lines if line.strip("# "))
        (folder / f"{name}.md").write_text(body if body.startswith("# ") else f"# {name}\n\n{body}", "utf-8")
        names.append(name)
    names.sort(key=lambda name: name != "index")
    (folder / "_config.yml").write_text(
        "title: The control\nexecute: {execute_notebooks: 'off'}\nonly_build_toc_files: true\n"
    )
    files = "".join(f"  - file: {name}\n" for name in names[1:])
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {names[0]}\nchapters:\n{files}")
    return names


def jupyter_book(folder: Path) -> float:
    """Seconds for one build."""
    start = time.monotonic()
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", ".", "-q"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def weights(browser: Browser, folder: Path, pages: list[str]) -> dict[str, tuple[int, int]]:
    """Bytes over the wire and requests for a first visit to each page."""
    found = {}
    with served(folder) as address:
        for name in pages:
            context = browser.new_context(**PLAIN)
            seen = visit(context.new_page(), f"{address}/{name}")
            found[name] = (seen.bytes, len(seen.sizes))
            context.close()
    return found


def second(browser: Browser, folder: Path, first: str, then: list[str]) -> list[int]:
    """Bytes over the wire for a second page, the first one cached."""
    found = []
    with served(folder) as address:
        for name in then:
            context = browser.new_context(**PLAIN)
            page = context.new_page()
            visit(page, f"{address}/{first}")
            found.append(visit(context.new_page(), f"{address}/{name}").bytes)
            context.close()
    return found


def row(what: str, ours: float, control: float, unit: str) -> None:
    print(f"{what:<46}{ours:>10.1f} {unit:<4} control {control:>10.1f} {unit:<4} ratio {ours / control:.3f}")


def compare_weights(browser: Browser, control: Path, names: list[str]) -> None:
    ours = [path.relative_to(HTML).as_posix() for path in chapters()]
    mine = weights(browser, HTML, ours)
    some = [f"{name}.html" for name in names[::FEW]]
    theirs = weights(browser, control / "_build" / "html", some)
    sizes, others = ([v[0] / 1000 for v in w.values()] for w in (mine, theirs))
    row("first visit, median page", statistics.median(sizes), statistics.median(others), "kB")
    row("first visit, heaviest page", max(sizes), max(others), "kB")
    asked, others_asked = ([float(v[1]) for v in w.values()] for w in (mine, theirs))
    row("requests, most", max(asked), max(others_asked), "")
    twice = [b / 1000 for b in second(browser, HTML, ours[0], ours[1::FEW])]
    twice_theirs = [b / 1000 for b in second(browser, control / "_build" / "html", some[0], some[1:])]
    row("second page, median", statistics.median(twice), statistics.median(twice_theirs), "kB")
    for name, (size, requests) in mine.items():
        print(f"    {name:<52}{size / 1000:>8.1f} kB {requests:>3} requests")


def compare_builds(control: Path, names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        ignore = shutil.ignore_patterns("_build", ".venv", ".tools", ".git", "node_modules")
        shutil.copytree(ROOT, copy, ignore=ignore)
        shutil.rmtree(control / "_build", ignore_errors=True)
        row("cold build of the pages", jupyter_book(copy), jupyter_book(control), "s")
        changed = copy / "book" / "question.md"
        changed.write_text(
            changed.read_text(encoding="utf-8").replace("# The question", "# The question\n"), "utf-8"
        )
        other = control / f"{names[1]}.md"
        other.write_text(other.read_text(encoding="utf-8") + "\n\nOne more paragraph.\n", "utf-8")
        row("one page edited", jupyter_book(copy), jupyter_book(control), "s")


def main() -> int:
    if not (HTML / "index.html").exists():
        print("There is no built book to measure: run `make book` first.")
        return 2
    options: dict[str, Any] = {"executable_path": os.environ.get("BOOK_CHROMIUM"), "args": ARGUMENTS}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        control = Path(folder)
        names = stock(control)
        jupyter_book(control)
        browser = playwright.chromium.launch(**options)
        compare_weights(browser, control, names)
        browser.close()
        compare_builds(control, names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
