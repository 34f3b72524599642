"""The built pages as files: links that lead somewhere, languages that are named, nothing from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from conftest import Budget
from essaybook.build import Book
from essaybook.corpus import Corpus

CYRILLIC = re.compile("[Ѐ-ӿ]")
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use", "wbr", "source", "col"}


@dataclass
class Read(HTMLParser):
    """What the tests ask of a page."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    stray: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    langs: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag not in VOID:
            self.langs.append((tag, given.get("lang", self.langs[-1][1] if self.langs else "")))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "script" and "src" not in given and given.get("type") in {None, "", "text/javascript", "module"}:
            self.inline.append("script")
        if tag == "style" or any(name.startswith("on") for name in given):
            self.inline.append(tag)
        for name in ("src", "data-src"):
            if name in given:
                self.assets.append(given[name])
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "preload"}:
            self.assets.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        while self.langs:
            open_tag, _ = self.langs.pop()
            if open_tag == tag:
                break

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        lang = self.langs[-1][1] if self.langs else ""
        inside = {tag for tag, _ in self.langs}
        if CYRILLIC.search(data) and lang != "ru" and not inside & {"script", "title", "pre"}:
            self.stray.append(data.strip()[:60])


@pytest.fixture(scope="module")
def pages(html: Path) -> dict[str, Read]:
    found = {}
    for path in sorted(html.rglob("*.html")):
        read = Read()
        read.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(html).as_posix()] = read
    return found


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


def test_the_named_outputs_are_there_and_say_what_they_should(html: Path, pages: dict[str, Read]) -> None:
    assert "book/index.html" in pages
    assert "General Secretary" in " ".join(pages["book/factors/general-secretary.html"].text)
    assert (html / "downloads" / "book.pdf").read_bytes()[:5] == b"%PDF-"
    assert (html / "downloads" / "book-a5.pdf").exists()
    assert "book.pdf" in (html / "downloads" / "SHA256SUMS").read_text()


def test_every_link_and_anchor_leads_somewhere(html: Path, pages: dict[str, Read], budget: Budget) -> None:
    broken = []
    count = 0
    for name, read in pages.items():
        for link in read.links + read.assets:
            if link.startswith(("http:", "https:", "mailto:", "data:", "javascript:")):
                continue
            target, fragment = urldefrag(
                unquote(link).split("?")[0] + ("#" + link.split("#")[1] if "#" in link and "?" in link else "")
            )
            count += 1
            path = (html / name).parent / target if target else html / name
            relative = path.resolve().relative_to(html.resolve()).as_posix() if path.exists() else None
            # A choice among a page's controls is no place on it; its own test asks whether it is understood.
            fragment = "" if "=" in fragment else fragment
            if relative is None or (fragment and relative in pages and fragment not in pages[relative].ids):
                broken.append((name, link))
    print(broken)
    budget(f"links that lead nowhere, of {count} within the site", len(broken), 0)


def test_ids_are_given_once(pages: dict[str, Read]) -> None:
    for name, read in pages.items():
        assert [i for i, count in Counter(read.ids).items() if count > 1] == [], name


def test_one_heading_of_the_first_rank(pages: dict[str, Read]) -> None:
    assert {name: read.tags["h1"] for name, read in pages.items() if read.tags["h1"] != 1} == {}


def test_every_russian_word_is_marked_as_russian(pages: dict[str, Read]) -> None:
    assert {name: read.stray for name, read in pages.items() if read.stray} == {}


def test_no_inline_script_or_style(pages: dict[str, Read]) -> None:
    assert {name: read.inline for name, read in pages.items() if read.inline} == {}


def test_nothing_is_asked_of_another_host(pages: dict[str, Read]) -> None:
    assert [a for read in pages.values() for a in read.assets if re.match(r"(https?:)?//", a)] == []


def test_every_source_has_its_page_with_text_rights_and_uses(
    html: Path, pages: dict[str, Read], corpus: Corpus
) -> None:
    for source in corpus.sources.values():
        words = " ".join(" ".join(pages[f"book/reference/sources/{source.id}.html"].text).split())
        assert source.rights.statement.split(".")[0] in words, source.id
        for quotation in source.quotations:
            shown = quotation.original or quotation.paraphrase or ""
            assert " ".join(shown.split()) in words, quotation.id


def test_references_work_the_other_way(pages: dict[str, Read]) -> None:
    vow = pages["book/reference/sources/vow-speech.html"]
    assert any("factors/funeral.html#" in link for link in vow.links)
    people = pages["book/reference/people.html"]
    assert any("factors/general-secretary.html#" in link for link in people.links)


def test_every_quotation_in_a_chapter_leads_to_its_record(pages: dict[str, Read]) -> None:
    chapter = pages["book/factors/general-secretary.html"]
    assert any(
        link.endswith("sources/addition-of-4-january.html") or "addition-of-4-january.html#" in link
        for link in chapter.links
    )


def test_the_index_leads_to_paragraphs(pages: dict[str, Read], corpus: Corpus) -> None:
    index = pages["book/reference/index-of-names.html"]
    text = " ".join(" ".join(index.text).split())
    for heading in ["Krestinsky, Nikolai", "Lenin Enrolment", *(theme.name for theme in corpus.themes.values())]:
        assert heading in text, heading
    places = [link for link in index.links if re.search(r"#[a-z]+-\d+$", link)]
    assert len(places) > 200
    assert any(link.endswith("general-secretary.html#gs-1") for link in places)
