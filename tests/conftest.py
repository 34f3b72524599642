"""What tests share: the repository, the built book, a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pypdf import PdfReader

from site_server import ARGUMENTS, served

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("_build", ".venv", ".tools", ".git", "node_modules", ".*_cache", "__pycache__")

# Tests run side by side, so how long a thing takes says nothing about it: no test is one of speed.
settings.register_profile("beside", deadline=None)
settings.load_profile("beside")
expect.set_options(timeout=20_000)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """What one of the processes that share the tests makes for all: the others wait for it, or fail as it did."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path, made = shared / name, shared / f"{name}.made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            assert not path.exists(), f"{name} could not be made: see the first error"
            make(path)
            made.touch()
    return path


Budget = Callable[[str, float, float], None]


@pytest.fixture
def budget(record_property: Callable[[str, object], None]) -> Budget:
    """Hold a number to its bound, and print both at the end of the run: what is measured, the number, the most."""

    def hold(what: str, number: float, most: float) -> None:
        record_property("budget", [what, number, most])
        assert number <= most, f"{what}: {number:g}, of which {most:g} is allowed"

    return hold


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Every number that was held to a bound, beside it."""
    reports = [one for found in terminalreporter.stats.values() for one in found if getattr(one, "when", "") == "call"]
    rows = [row for one in reports for name, row in one.user_properties if name == "budget"]
    # What may not be at all is told once for all pages.
    none: dict[str, list[float]] = {}
    for what, number, most in rows:
        if not most:
            none.setdefault(what.partition(" at ")[0], []).append(number)
    if rows:
        terminalreporter.section("budget: number, bound")
    for what, number, most in sorted(row for row in rows if row[2]):
        terminalreporter.write_line(f"{number:>12,.6g} {most:>12,.6g}  {what}")
    for what, numbers in sorted(none.items()):
        terminalreporter.write_line(f"{sum(numbers):>12,.6g} {0:>12}  {what} ({len(numbers)} looked at)")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def build(folder: Path, *more: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Build the book in a folder as a reader of the README would. Its words are in the result."""
    command = [sys.executable, "-m", "essaybook", "--root", str(folder), "build", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | (env or {}))


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as a clone would have it, built."""

    def make(folder: Path) -> None:
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
        result = build(folder)
        assert result.returncode == 0, result.stdout + result.stderr

    return once(tmp_path_factory, "book", make)


@pytest.fixture(scope="session")
def html(copy: Path) -> Path:
    return copy / "_build" / "html"


@pytest.fixture(scope="session")
def printed(html: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of every page of each printed book, by its file's name. Reading them takes most of a minute."""

    def make(path: Path) -> None:
        words = {
            name: [page.extract_text() for page in PdfReader(html / "downloads" / name).pages]
            for name in ("book.pdf", "book-a5.pdf")
        }
        path.write_text(json.dumps(words), encoding="utf-8")

    words: dict[str, list[str]] = json.loads(once(tmp_path_factory, "words.json", make).read_text(encoding="utf-8"))
    return words


@pytest.fixture(scope="session")
def address(html: Path) -> Iterator[str]:
    with served(html) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("BOOK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    options: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**options)
    yield context.new_page()
    context.close()
