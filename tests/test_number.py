"""Paragraph ids: given once, kept for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from essaybook.build import Book
from essaybook.number import number

OPENER = """# A chapter

:::{opener}
key: ch
part: Factors
question: Why?
answer:
- One.
- Two.
- Three.
span: 1924/1925
events: [one, two]
:::

"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    (tmp_path / "book" / "corpus").mkdir(parents=True)
    return Book(tmp_path)


def give(book: Book) -> str:
    number(book.read()[0], book.prose)
    return (book.prose / "page.md").read_text()


def test_every_paragraph_gets_the_next_number(book: Book) -> None:
    (book.prose / "page.md").write_text(OPENER + "First.\n\n## A heading\n\nSecond\nruns on.\n\n- a list\n")
    assert "{#ch-1}\nFirst.\n\n## A heading\n\n{#ch-2}\nSecond\nruns on." in give(book)
    assert [f.rule for f in book.read()[1] if f.rule.startswith("p-")] == []


def test_a_deleted_number_is_never_given_again(book: Book) -> None:
    page = book.prose / "page.md"
    page.write_text(OPENER + "First.\n\nSecond.\n")
    page.write_text(give(book).replace("{#ch-2}\nSecond.\n", "Third.\n"))
    assert "{#ch-3}\nThird." in give(book)
    assert "last: 3" in (book.corpus / "paragraphs.yml").read_text()


def test_giving_twice_changes_nothing(book: Book) -> None:
    (book.prose / "page.md").write_text(OPENER + "First.\n")
    once = give(book)
    assert give(book) == once


def test_pages_that_are_no_chapters_are_left_alone(book: Book) -> None:
    (book.prose / "page.md").write_text("# About\n\nWords.\n")
    assert give(book) == "# About\n\nWords.\n"
