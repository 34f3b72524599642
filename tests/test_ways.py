"""Ways through the book and its chapters at a glance: counted from the pages, the same on the web and in print."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

from essaybook.build import Book
from essaybook.corpus import Corpus, prose
from essaybook.pages.load import PACE, Load, minutes, told
from essaybook.web.frame import LONG, NEAR, Link, folded


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


def text(path: Path) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))).split())


def test_every_chapter_is_in_the_table_with_its_aims_and_the_minutes_its_own_page_says(
    html: Path, root: Path, corpus: Corpus
) -> None:
    glance = text(html / "book/teaching/at-a-glance.html")
    for path in (root / "book").rglob("*.md"):
        opener = prose.read(path).opener
        if opener is None or path.parent.name == "labs":
            continue
        page = path.relative_to(root).with_suffix(".html").as_posix()
        read = re.search(r"(\d+) minutes? to read", text(html / page))
        assert read
        work = [exercise.minutes for exercise in corpus.exercises.values() if exercise.chapter == path.stem]
        row = glance.partition(f"{opener['number']} {text(html / page).partition(' · ')[0].partition('. ')[2]}")[2]
        assert row, page
        assert f"{read[1]} min {len(work)}, {sum(work)} min" in row.partition("In all")[0], page


def test_the_way_names_question_work_and_homework_of_every_lesson(html: Path, corpus: Corpus) -> None:
    for way in corpus.ways.values():
        # The six lessons stand beside the table they choose from; the short ways on the first page.
        name = "book/teaching/at-a-glance.html" if way.core else "book/index.html"
        page, said = (html / name).read_text(encoding="utf-8"), text(html / name)
        assert f'id="way-{way.id}"' in page
        for step in way.steps:
            assert step.question in said
            for name in (*step.exercises, *filter(None, [step.homework])):
                assert re.search(rf'href="[^"]+#x-{name}"', page), name
                assert corpus.exercises[name].prompt in said


def test_print_has_them_too(printed: dict[str, list[str]], root: Path, corpus: Corpus) -> None:
    letters = re.sub(r"\W", "", "".join(printed["book.pdf"]))
    for way in corpus.ways.values():
        for step in way.steps:
            assert re.sub(r"\W", "", step.question) in letters, step.question
    for path in (root / "book").rglob("*.md"):
        for aim in (prose.read(path).opener or {}).get("objectives", []):
            assert re.sub(r"\W", "", aim)[1:] in letters, aim


def test_a_load_counts_text_and_not_notes() -> None:
    page = new_document("")
    page += nodes.paragraph("", "word " * PACE * 3)
    page += nodes.footnote("", nodes.paragraph("", "note " * PACE * 9))
    assert minutes(page, Corpus(Path())) == 3
    assert minutes(new_document(""), Corpus(Path())) == 1
    assert Load(3, 1, 5) + Load(4, 2, 20) == Load(7, 3, 25)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (100, "100 minutes"),
        (120, "2 hours"),
        (135, "2½ hours"),
        (600, "10 hours"),
    ],
)
def test_minutes_are_told_as_people_tell_them(count: int, words: str) -> None:
    assert told(count) == words


def whole(pages: int, here: int) -> list[tuple[str, list[Link]]]:
    """Two parts: one of three pages, one of as many as asked for, on one of which the reader is."""
    many = [Link(f"Page {n}", f"p{n}.html", n, "page" if n == here else "") for n in range(pages)]
    return [("First", [Link(f"Start {n}", f"s{n}.html") for n in range(3)]), ("Second", many)]


def test_the_contents_of_a_short_book_are_all_there() -> None:
    contents = whole(LONG - 3, 5)
    assert folded(contents, "index.html") == contents


@pytest.mark.parametrize(("here", "first", "last"), [(0, 0, NEAR), (50, 50 - NEAR, 50 + NEAR), (199, 199 - NEAR, 199)])
def test_the_contents_of_a_long_book_are_those_near_the_page_and_a_way_to_the_rest(
    here: int, first: int, last: int
) -> None:
    start, near = folded(whole(200, here), "index.html")
    assert [link.words for link in start[1]] == ["Start 0", "and 2 more"]
    assert start[1][-1].href == "index.html#part-1"
    shown = [link.number for link in near[1][:-1]]
    assert shown == list(range(first, last + 1))
    assert near[1][-1].words == f"and {200 - len(shown)} more"
    assert near[1][-1].href == "index.html#part-2"
