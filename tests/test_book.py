"""The book's own records and prose: nothing to mend, and as much of everything as the edition promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from frictionless import Package

from essaybook.build import Book
from essaybook.corpus import Corpus, Finding
from essaybook.corpus.rules.quotations import GAP


@pytest.fixture(scope="module")
def read(root: Path) -> tuple[Corpus, list[Finding]]:
    return Book(root).read()


@pytest.fixture(scope="module")
def corpus(read: tuple[Corpus, list[Finding]]) -> Corpus:
    return read[0]


def test_nothing_to_mend(read: tuple[Corpus, list[Finding]], root: Path) -> None:
    assert [finding.text(root) for finding in read[1]] == []


def test_as_many_records_as_promised(corpus: Corpus) -> None:
    with_russian = [q for s, q in corpus.quotations.values() if s.language == "ru" and q.original]
    assert len(with_russian) >= 45
    assert len(corpus.events) >= 60
    assert len(corpus.people) >= 30
    assert len(corpus.works) >= 40
    assert len(corpus.claims) == 19


def test_every_original_is_russian_and_translated(corpus: Corpus) -> None:
    for source, quotation in corpus.quotations.values():
        if source.language == "ru" and quotation.original:
            letters = [c for c in quotation.original.replace(GAP, "") if c.isalpha()]
            cyrillic = sum("Ѐ" <= c <= "ӿ" for c in letters)
            assert cyrillic / len(letters) > 0.9, quotation.id
            assert quotation.english


def test_the_data_package_is_valid_by_frictionless(root: Path) -> None:
    report = Package(str(root / "book/corpus/figures/datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_engine_names_no_person_or_body_of_the_book(corpus: Corpus, root: Path) -> None:
    names = {person.short for person in corpus.people.values()} | {o.name for o in corpus.offices.values()}
    sources = [
        path
        for path in (root / "src").rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js", ".mjs", ".typ"}
    ]
    found = [
        (path.name, name)
        for path in sources
        for name in names
        if len(name) > 4 and name in path.read_text(encoding="utf-8")
    ]
    assert found == []
