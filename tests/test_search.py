"""The search: words in any form and in two languages, excerpts with no fetch, nothing that grows with the book."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from essaybook.web.passages import Passage
from essaybook.web.search import FOLDER, SIZE, Found, files, fold, index, stem, stems
from site_server import visit

MOST = 150_000
"""Bytes of a search, all of it, over the wire."""


def read(html: Path, name: str) -> list[object]:
    """What a file of the search hands over."""
    text = (html / FOLDER / name).read_text(encoding="utf-8")
    return list(json.loads(f"[{text.partition('(')[2].rpartition(')')[0]}]"))


def search(page: Page, html: Path, query: str) -> Page:
    """The search page, from a disk, with an answer on it."""
    page.goto(f"{(html / 'search.html').as_uri()}?q={quote(query)}", wait_until="networkidle")
    expect(page.locator("#search-says")).not_to_be_empty()
    return page


@pytest.mark.parametrize(
    ("query", "marked", "where"),
    [
        ("appointing", "appointed", "book/factors/general-secretary.html#gs-"),  # the page says "appointed"
        ("FACTIONS", "faction", "book/setting/party-without-a-will.html#"),
        ("секретарями", "секретарь", "book/reference/sources/"),  # in none of the book's pages in this form
        ("Сталину", "Сталин", "book/reference/sources/"),
        ("твёрдых", "твердое", "book/reference/sources/"),
        ("Krestin", "Krestinsky", "book/reference/people.html#person-krestinsky"),  # the beginning of a word
    ],
)
def test_a_word_is_found_in_its_other_forms(page: Page, html: Path, query: str, marked: str, where: str) -> None:
    search(page, html, query)
    more = page.get_by_role("button", name="More pages")
    while more.is_visible():
        shown = page.locator("#search-results > li").count()
        more.click()
        expect(page.locator("#search-results > li")).not_to_have_count(shown)
    marks = {text.casefold() for text in page.locator("#search-results mark").all_inner_texts()}
    assert marked.casefold() in marks
    links = [link.get_attribute("href") or "" for link in page.locator("#search-results a").all()]
    assert any(link.startswith(where) for link in links), links


def test_an_excerpt_leads_to_the_paragraph_that_has_it(page: Page, html: Path) -> None:
    search(page, html, "thermometer")
    link = page.locator("#search-results li li a").first
    link.click()
    page.wait_for_url("**/question.html#qu-7")
    assert "thermometer" in page.locator("#qu-7").inner_text()


def test_every_word_asked_for_is_on_every_page_found(page: Page, html: Path) -> None:
    search(page, html, "Zinoviev grain")
    for item in page.locator("#search-results > li").all():
        marks = " ".join(item.locator("mark").all_inner_texts()).casefold()
        assert "zinoviev" in marks
        assert "grain" in marks


def test_russian_in_an_excerpt_is_called_russian(page: Page, html: Path) -> None:
    search(page, html, "необъятную")
    assert page.locator("#search-results mark").first.evaluate("mark => mark.closest('[lang=ru]') !== null")


def test_nothing_found_is_said(page: Page, html: Path) -> None:
    search(page, html, "zeppelin")
    expect(page.locator("#search-says")).to_contain_text("Nothing in the book has this word")
    assert page.locator("#search-results > li").count() == 0
    search(page, html, "of the")
    expect(page.locator("#search-says")).to_contain_text("too common")


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)> party", "__proto__", "constructor", "party ☭ \" ' \\"])
def test_hostile_words_stay_text(page: Page, html: Path, query: str) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("pageerror", lambda error: said.append(str(error)))
    search(page, html, query)
    assert said == []
    assert page.locator("main img").count() == 0
    assert page.locator("#q").input_value() == query
    assert query in page.title()


def test_hostile_words_of_the_book_stay_text(page: Page, html: Path, tmp_path: Path) -> None:
    hostile = "<b onmouseover=alert(1)>troika</b> </script><script>alert(2)</script>"
    made = files([Found("book/index.html", hostile, hostile, [Passage("", hostile, hostile)])])
    for path in [html / "search.html", *(html / "_static").rglob("*.js"), *(html / "_static").glob("*.css")]:
        target = tmp_path / path.relative_to(html)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name, text in made.items():
        (tmp_path / FOLDER / name).write_text(text, encoding="utf-8")
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    search(page, tmp_path, "troika")
    assert hostile in page.locator("#search-results > li").inner_text()
    assert page.locator("#search-results b, #search-results script").count() == 0
    assert said == []


def test_without_javascript_it_says_so_and_offers_what_there_is(browser: Browser, html: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((html / "search.html").as_uri())
    assert "needs JavaScript" in page.locator("main").inner_text()
    # No form that finds nothing.
    assert not page.get_by_role("button", name="Search").is_visible()
    context.close()


def test_a_search_is_light_and_grows_by_its_letters_alone(page: Page, html: Path, address: str) -> None:
    seen = visit(page, f"{address}/search.html?q={quote('Stalin congress party')}")
    assert seen.messages == []
    print(f"a search: {seen.bytes} bytes in {len(seen.sizes)} requests")
    letters = {name: size for name, size in seen.sizes.items() if "/words-" in name or "/index.js" in name}
    assert seen.bytes <= MOST, seen.sizes
    # And with the three heaviest letters in place of those asked for.
    shelves = sorted((len(gzip.compress(p.read_bytes(), 6)) for p in (html / FOLDER).glob("words-*.js")), reverse=True)
    worst = seen.bytes - sum(s for n, s in letters.items() if "/words-" in n) + sum(shelves[:3])
    print(f"the heaviest of three words: {worst} bytes")
    assert worst <= MOST
    # Passages come in files of one size, as many as are shown: a longer book asks for no more of them.
    largest = max(path.stat().st_size for path in (html / FOLDER).glob("text-*.js"))
    assert largest <= 4 * SIZE


def test_no_other_page_loads_the_index(html: Path) -> None:
    pages = [path for path in html.rglob("*.html") if path.name != "search.html"]
    assert [path for path in pages if FOLDER in path.read_text(encoding="utf-8")] == []


def test_every_passage_leads_to_a_place_that_is_there(html: Path) -> None:
    (plan,) = read(html, "index.js")
    assert isinstance(plan, dict)
    passages: dict[int, list[str]] = {}
    for _, address in plan["texts"]:
        first, found = read(html, address.rpartition("/")[2].partition("?")[0])
        assert isinstance(first, int)
        assert isinstance(found, list)
        passages |= dict(enumerate(found, first))
    assert sorted(passages) == list(range(plan["size"]))
    ends = [*(row[3] for row in plan["pages"][1:]), plan["size"]]
    lost = []
    for (href, _, _, first), end in zip(plan["pages"], ends, strict=True):
        text = (html / href).read_text(encoding="utf-8")
        for number in range(first, end):
            anchor = passages[number][0]
            if anchor and f'id="{anchor}"' not in text:
                lost.append((href, anchor))
    assert lost == []


def test_the_browsers_stemmers_agree_with_those_of_the_index(page: Page, html: Path) -> None:
    (plan,) = read(html, "index.js")
    assert isinstance(plan, dict)
    text = "".join(path.read_text(encoding="utf-8") for path in (html / FOLDER).glob("text-*.js"))
    words = sorted({fold(word) for word in re.findall(r"[^\W_]+", text)})
    assert len(words) > 5_000
    page.goto((html / "search.html").as_uri())
    theirs = page.evaluate(
        "words => words.map(w => (/[а-я]/.test(w) ? new RussianStemmer() : new PorterStemmer()).stemWord(w))", words
    )
    assert [(w, t, stem(w)) for w, t in zip(words, theirs, strict=True) if t != stem(w)] == []


def test_the_index_knows_headings_from_text() -> None:
    pages = [Found("a.html", "Trains", "", [Passage("", "Trains", "A late train."), Passage("p", "Fares", "Trains.")])]
    assert index(pages) == {"fare": [3], "late": [0], "train": [1, 2]}
    assert stems("The Café’s 240,000 ЁЛКИ, a b") == ["cafe", "240", "000", "елк"]


def test_numbers_of_passages_rise(html: Path) -> None:
    for path in (html / FOLDER).glob("words-*.js"):
        _, shelf = read(html, path.name)
        assert isinstance(shelf, dict)
        assert list(shelf) == sorted(shelf)
        assert all(steps[0] >= 0 and all(step > 0 for step in steps[1:]) for steps in shelf.values())
        assert all(a != b for a, b in pairwise(shelf))
