"""Many positions on one page: sifted on the screen, complete without a script, grouped in print, light."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from essaybook.corpus.historian import Position, Seen, by_first_cause, causes_of
from site_server import served, visit

CAUSES = ["frost", "rivals", "long-debts"]
WORK = "@book{{w{0},\n  author = {{Smith, Ann{0}}},\n  title = {{A History of Village {0}}},\n  year = {{19{0}}},\n  seen = {{{1}}},\n}}\n"
"""Forty works of which every fourth was read."""


def position(i: int) -> Position:
    return Position(
        id=f"p{i}",
        historian=f"Ann{i} Smith",
        work=f"w{i}",
        causes=[CAUSES[i % 3], *([CAUSES[0]] if i % 3 == 1 and i % 2 else [])],
        argument=f"The mill burned for reason {i}; " + "and the village never paid for another, " * 4 + "they say",
        seen=Seen.READ if i % 4 == 0 else Seen.MEMORY,
        note="Described from memory of a standard work",
    )


POSITIONS = [position(i) for i in range(10, 50)]


def test_causes_are_counted_and_positions_grouped() -> None:
    assert causes_of(POSITIONS) == [("frost", 20), ("rivals", 14), ("long-debts", 13)]
    groups = by_first_cause(POSITIONS)
    assert [(cause, len(found)) for cause, found in groups] == [("rivals", 14), ("frost", 13), ("long-debts", 13)]
    assert sorted(p.id for _, found in groups for p in found) == sorted(p.id for p in POSITIONS)


def site(folder: Path, builder: str) -> Path:
    """A book of one page that lists forty positions, and then three of them again on another page."""
    records = folder / "book/corpus"
    records.mkdir(parents=True)
    lines = [
        f"- {{id: {p.id}, historian: {p.historian}, work: {p.work}, causes: [{', '.join(p.causes)}], "
        f"argument: '{p.argument}', seen: {p.seen}, note: {p.note}}}\n"
        for p in POSITIONS
    ]
    (records / "historians.yml").write_text("".join(lines), encoding="utf-8")
    works = [WORK.format(p.work[1:], p.seen) for p in POSITIONS]
    (records / "references.bib").write_text("".join(works), encoding="utf-8")
    every, few = (" ".join(p.id for p in some) for some in (POSITIONS, POSITIONS[:3]))
    for name, ids in (("page", every), ("few", few)):
        page = f"# A page\n\n:::{{positions}} {ids}\n:::\n"
        if name == "page":
            page += "\n```{toctree}\nfew\n```\n"
        (folder / f"book/{name}.md").write_text(page, encoding="utf-8")
    config: dict[str, Any] = {
        "extensions": ["myst_parser", "essaybook"],
        "myst_enable_extensions": ["colon_fence"],
        "root_doc": "book/page",
        "project": "A Book",
        "html_theme": "basic",
        "essaybook_edition_date": "2026-01-01",
    }
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "out", folder / "trees", builder, config, status=None, warning=None,
            warningiserror=True,
        )  # fmt: skip
        app.build()
    return folder / "out"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(site(tmp_path_factory.mktemp("village"), "html")) as address:
        yield f"{address}/book/page.html"


def shown(page: Page) -> int:
    return page.locator(".positions > div:visible").count()


def test_positions_are_sifted_by_keyboard_and_brought_back(page: Page, village: str) -> None:
    seen = visit(page, village)
    assert seen.messages == []
    assert seen.bytes <= 64_000
    assert shown(page) == 40
    frost = page.get_by_role("checkbox", name="frost")
    frost.focus()
    page.keyboard.press("Space")
    assert shown(page) == 20
    page.get_by_role("checkbox", name="rivals").check()
    # Both causes are asked for.
    assert shown(page) == 7
    expect(page.locator("output")).to_have_text("7 of 40 positions")
    page.get_by_role("checkbox", name="rivals").uncheck()
    page.locator("label", has_text="not opened").click()
    assert page.locator(".positions > div:visible[data-seen=read]").count() == 0
    assert shown(page) < 20
    page.get_by_role("button", name="Show all").press("Enter")
    expect(page.locator("output")).to_have_text("40 of 40 positions")
    assert shown(page) == 40
    # A link to what is put aside brings it back.
    frost.check()
    page.evaluate("location.hash = '#position-p11'")
    expect(page.locator("#position-p11")).to_be_visible()


def test_touch_sifts_too_and_nobody_is_shut_out(phone: Page, village: str) -> None:
    phone.goto(village)
    phone.locator("label", has_text="long debts").tap()
    assert shown(phone) == 13
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    low = phone.evaluate("Math.min(...[...document.querySelectorAll('.sift label')].map((l) => l.offsetHeight))")
    assert low >= 24


def test_axe_finds_nothing(browser: Browser, village: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme="dark")
    page = context.new_page()
    page.goto(village)
    found = [rule["id"] for rule in Axe().run(page, ".sift, .positions").response["violations"]]
    context.close()
    assert found == []


def test_without_a_script_the_list_is_complete_and_offers_nothing_dead(browser: Browser, village: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(village)
    assert shown(page) == 40
    assert not page.locator(".sift").is_visible()
    context.close()


def test_only_a_page_with_many_asks_for_the_script(page: Page, village: str) -> None:
    page.goto(village)
    assert page.locator("script[src*='positions.js']").count() == 1
    page.goto(village.replace("page.html", "few.html"))
    assert page.locator("script[src*='positions.js']").count() == 0
    assert page.locator(".sift").count() == 0


def test_print_groups_them_by_cause(tmp_path: Path) -> None:
    text = (site(tmp_path, "typst") / "book.typ").read_text(encoding="utf-8")
    groups = [line for line in text.splitlines() if line.startswith("#cause(")]
    assert groups == ["#cause([rivals], 14, 0)", "#cause([frost], 13, 7)", "#cause([long debts], 13, 0)"]
    assert text.count("#position(") == 43
