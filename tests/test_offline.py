"""The book without a network: what was read is kept whole, of one edition, and a newer one is offered."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from essaybook.web.worker import MANIFEST, WORKER, pages_of, short, worker
from site_server import served

CHAPTER = "book/factors/testament.html"
OTHER = "book/factors/troika.html"
UNREAD = "book/factors/funeral.html"
KEPT = """async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url)));
    return kept.flat();
}"""


@pytest.fixture
def site(html: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may bring out in a new edition."""
    leave = shutil.ignore_patterns("downloads")
    return Path(shutil.copytree(html, tmp_path / "site", ignore=leave))


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def edition(site: Path, *changes: tuple[str, Callable[[str], str]]) -> None:
    """Bring the site out anew, with some files changed."""
    for name, change in changes:
        path = site / name
        before = path.read_text(encoding="utf-8")
        assert change(before) != before
        path.write_text(change(before), encoding="utf-8")
    (site / WORKER).write_text(worker(pages_of(site)), encoding="utf-8")


def read(page: Page, address: str, name: str) -> None:
    """Open a page and wait until it is kept."""
    page.goto(f"{address}/{name}")
    for _ in range(200):
        if f"{address}/{name}" in page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{name} was not kept")


def test_what_was_read_is_there_without_a_network_and_what_was_not_is_named(reader: Page, site: Path) -> None:
    with served(site) as address:
        read(reader, address, CHAPTER)
        read(reader, address, OTHER)
    messages: list[str] = []
    reader.on("pageerror", lambda error: messages.append(str(error)))
    reader.on("requestfailed", lambda request: messages.append(request.url))
    reader.goto(f"{address}/{CHAPTER}?from=a-link#notes")
    assert reader.evaluate("document.fonts.ready.then(() => document.fonts.check('20px Book'))")
    exercise = reader.locator("section.exercise[data-type=choice]").first
    expect(exercise).to_have_attribute("data-state", "ready")
    exercise.locator("label").first.click()
    exercise.get_by_role("button", name="Check").click()
    expect(exercise).to_have_attribute("data-state", "checked")
    reader.locator("a.who").first.click()
    expect(reader.locator(".card:popover-open")).to_be_visible()
    assert messages == []
    reader.goto(f"{address}/{UNREAD}")
    expect(reader.get_by_role("heading", name="Not on this device")).to_be_visible()
    reader.get_by_role("link", name="The troika against Trotsky").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("troika")


def test_a_newer_edition_is_offered_and_the_readers_answers_stay(reader: Page, site: Path) -> None:
    with served(site) as address:
        read(reader, address, CHAPTER)
        exercise = reader.locator("section.exercise[data-type=choice]").first
        exercise.locator("input").first.check()
        exercise.get_by_role("button", name="Check").click()
        expect(exercise).to_have_attribute("data-state", "checked")
        saved = reader.evaluate("JSON.stringify(Object.entries(localStorage).sort())")
        edition(site, (CHAPTER, lambda text: text.replace("</h1>", ", mended</h1>")))
        reader.goto(f"{address}/{CHAPTER}")
        offer = reader.locator(".offer")
        expect(offer).to_contain_text("A newer edition of this book is there.")
        expect(reader.locator("h1")).not_to_contain_text("mended")
        offer.get_by_role("button", name="Later").press("Enter")
        expect(offer).to_have_count(0)
        reader.reload()
        expect(reader.locator("h1")).not_to_contain_text("mended")
        offer.get_by_role("button", name="Read it").press("Enter")
        expect(reader.locator("h1")).to_contain_text("mended")
        expect(exercise.locator("input").first).to_be_checked()
        assert reader.evaluate("JSON.stringify(Object.entries(localStorage).sort())") == saved
        assert len(reader.evaluate("caches.keys()")) == 1
    reader.reload()
    expect(reader.locator("h1")).to_contain_text("mended")


def test_no_page_gets_a_file_of_another_edition(reader: Page, site: Path) -> None:
    old = (site / "_static/book.css").read_text(encoding="utf-8")
    new = old + "h1{color:rgb(1, 2, 3)}\n"
    before, after = (f"_static/book.css?v={short(style.encode())}" for style in (old, new))
    pages = [path.relative_to(site).as_posix() for path in (site / "book").rglob("*.html")]

    def colour() -> object:
        return reader.evaluate("getComputedStyle(document.querySelector('h1')).color")

    with served(site) as address:
        read(reader, address, CHAPTER)
        renamed = [(name, lambda text: text.replace(before, after)) for name in pages]
        edition(site, ("_static/book.css", lambda _: new), *renamed)
        reader.goto(f"{address}/{CHAPTER}")  # kept: the old page with the old style
        assert colour() != "rgb(1, 2, 3)"
        reader.goto(f"{address}/{OTHER}")  # not kept: the new page with the new style
        assert colour() == "rgb(1, 2, 3)"
        assert not [url for url in reader.evaluate(KEPT) if OTHER in url]
        # The old page asks late for a file that is now another one: it gets none.
        reader.goto(f"{address}/{CHAPTER}")
        refused = f"fetch('../../{before}&late').then((r) => r.text(), () => 'refused')"
        assert reader.evaluate(refused) == "refused"


def test_a_worker_that_was_told_other_pages_is_another_edition(html: Path) -> None:
    pages = pages_of(html)
    text = (html / WORKER).read_text(encoding="utf-8")
    assert text == worker(pages) == worker(dict(reversed(pages.items())))
    assert text != worker({**pages, CHAPTER: pages[CHAPTER] + b" "})
    assert text.count(".html") > 150
    assert "marking.html" in pages
    assert not any(name.startswith("downloads") for name in pages)


def test_the_manifest_leads_to_the_book(html: Path) -> None:
    said = json.loads((html / MANIFEST).read_text(encoding="utf-8"))
    assert (html / said["start_url"]).is_file()
    assert (html / said["icons"][0]["src"].partition("?")[0]).is_file()
    assert f'<link rel="manifest" href="../../{MANIFEST}">' in (html / CHAPTER).read_text(encoding="utf-8")


def test_every_file_of_a_page_carries_its_hash(html: Path) -> None:
    for name in (CHAPTER, "my-work.html", "search.html", "book/labs/party-in-numbers.html"):
        text = (html / name).read_text(encoding="utf-8")
        named = re.findall(r'<(?:script|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="([^"]+)"', text)
        named = [address for address in named if not address.startswith("data:")]
        assert len(named) >= 3, name
        assert [address for address in named if not re.search(r"\?v=[0-9a-f]{8}$", address)] == [], name
