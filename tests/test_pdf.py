"""The printed book: tagged, complete, the same twice, and set in its own face alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from essaybook.build import Book
from essaybook.corpus import Corpus, prose
from essaybook.pdf.markup import widths

FORMATS = {"book.pdf": (595, 842), "book-a5.pdf": (420, 595)}


@pytest.fixture(scope="module", params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pdf(name: str, html: Path) -> PdfReader:
    return PdfReader(html / "downloads" / name)


@pytest.fixture(scope="module")
def text(name: str, printed: dict[str, list[str]]) -> str:
    return " ".join(" ".join(printed[name]).split())


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


def elements(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree."""
    waiting: list[Any] = [pdf.root_object["/StructTreeRoot"]]
    while waiting:
        at = waiting.pop()
        at = at.get_object() if isinstance(at, IndirectObject) else at
        if isinstance(at, list):
            waiting.extend(at)
        elif isinstance(at, DictionaryObject):
            if "/S" in at:
                yield at
            if "/K" in at:
                waiting.append(at["/K"])


def test_it_says_what_it_is(pdf: PdfReader, root: Path) -> None:
    config = (root / "_config.yml").read_text(encoding="utf-8")
    title = re.search(r"^title: (.+)$", config, re.M)
    assert title
    assert pdf.metadata
    assert pdf.metadata.title == title[1]
    date = re.search(r'essaybook_edition_date: "(.+)"', config)
    assert date
    assert str(pdf.metadata.creation_date)[:10] == date[1]
    assert pdf.root_object["/Lang"] == "en-GB"
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root_object["/Metadata"].get_object().get_data()
    assert pdf.outline


def test_its_pages_are_the_size_they_should_be(pdf: PdfReader) -> None:
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}
    assert len(sizes) == 1
    assert sizes <= set(FORMATS.values())


def test_only_the_books_own_face_and_all_of_it_inside(pdf: PdfReader) -> None:
    names = set()
    for page in pdf.pages:
        fonts = page["/Resources"].get("/Font", {})
        for font in fonts.values():
            font = font.get_object()
            names.add(str(font["/BaseFont"]).split("+")[1])
            assert "/ToUnicode" in font
            below = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert below.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}
    assert names
    assert all(name.startswith("LibertinusSerif") for name in names), names


def test_figures_are_described_and_russian_is_called_russian(pdf: PdfReader) -> None:
    figures = russian = notes = 0
    for element in elements(pdf):
        if element["/S"] == "/Figure":
            figures += 1
            assert element.get("/Alt")
        russian += str(element.get("/Lang", "")).startswith("ru")
        notes += element["/S"] in {"/Note", "/FENote"}
    assert figures >= 8
    assert russian >= 45
    assert notes >= 30


def test_every_paragraph_number_is_printed(text: str, root: Path) -> None:
    for path in (root / "book").rglob("*.md"):
        page = prose.read(path)
        if page.opener is None:
            continue
        for paragraph in page.paragraphs:
            assert paragraph.id
            number = paragraph.id.rpartition("-")[2]
            assert f"{page.opener['number']}.{number}" in text, paragraph.id


def squeezed(words: str) -> str:
    """Letters alone, so that line breaks, hyphens and ligatures make no difference."""
    return "".join(c for c in words.casefold() if c.isalnum())


def test_every_quotation_is_printed_in_full(text: str, corpus: Corpus) -> None:
    letters = squeezed(text)
    for _, quotation in corpus.quotations.values():
        words = quotation.english or quotation.paraphrase or ""
        middle = squeezed(words)[:40]
        assert middle in letters, quotation.id


def openings(pdf: PdfReader, items: list[Any]) -> Iterator[int]:
    """Pages that the outline leads to, counted from 1."""
    for item in items:
        if isinstance(item, list):
            yield from openings(pdf, item)
        else:
            yield (pdf.get_destination_page_number(item) or 0) + 1


def test_no_page_is_empty_but_those_before_an_opening(
    name: str, pdf: PdfReader, printed: dict[str, list[str]]
) -> None:
    empty = [i for i, words in enumerate(printed[name], 1) if not words.strip()]
    assert all(i % 2 == 0 for i in empty)
    assert {i + 1 for i in empty} <= set(openings(pdf, pdf.outline))


def test_the_column_that_says_most_is_the_widest() -> None:
    """Whatever had sixty letters was given as much as what had six hundred."""
    short, long = "You choose it, or your teacher has chosen it for all of you.", "Whatever a reader typed. " * 20
    shares = [int(found) for found in re.findall(r"share: (\d+)", widths([("When", short), ("Holds", long)]))]
    assert shares[1] > 4 * shares[0] > 0
    assert "17\u00a0December" in widths([("When", "17 December 1924"), ("Holds", long)])
    even = [int(found) for found in re.findall(r"share: (\d+)", widths([("A", short), ("B", short)]))]
    assert even[0] == even[1]


def test_a_column_of_a_table_asks_for_its_longest_word() -> None:
    """Two columns were narrower than a word of theirs, which ran into the next."""
    said = widths([("", "Post and Control Commission"), ("Word", "factionalism,"), ("Held", "61 \u00b1 2")])
    assert said == (
        '((short: false, share: 34, word: "Commission", head: "", ), '
        '(short: false, share: 18, word: "factionalism,", head: "Word", ), '
        '(short: true, share: 0, word: "61 \u00b1 2", head: "Held", ), )'
    )
