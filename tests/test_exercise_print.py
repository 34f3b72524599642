"""Exercises on paper: every one that a page calls has its form, and its entry in the key at the back."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from essaybook.build import Book
from essaybook.corpus import Corpus
from essaybook.exercises import types

CALL = re.compile(r"^:{3,}\{exercise\} (\S+)", re.M)
LEAST = 60  # letters of an entry beside its prompt and its closing words


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


@pytest.fixture(scope="module")
def called(root: Path) -> list[str]:
    return [
        name for path in (root / "book").rglob("*.md") for name in CALL.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module", params=["book.pdf", "book-a5.pdf"])
def parts(request: pytest.FixtureRequest, html: Path, printed: dict[str, list[str]]) -> dict[str, str]:
    """The letters of each part of the printed book, by the part's heading."""
    pdf = PdfReader(html / "downloads" / request.param)
    opens = [
        (str(item.title), pdf.get_destination_page_number(item) or 0)
        for item in pdf.outline
        if not isinstance(item, list)
    ]
    ends = [page for _, page in opens[1:]] + [len(pdf.pages)]
    return {
        title: squeezed("".join(printed[request.param][first:end]))
        for (title, first), end in zip(opens, ends, strict=True)
        if title in {"Exercises", "Key to the exercises"}
    }


def squeezed(words: str) -> str:
    """Letters alone, so that line breaks, hyphens and ligatures make no difference."""
    return "".join(c for c in words.casefold() if c.isalpha())


@pytest.fixture(scope="module")
def prompts(called: list[str], corpus: Corpus) -> dict[str, str]:
    return {name: squeezed(corpus.exercises[name].prompt) for name in called}


def test_every_type_and_every_exercise_is_called_by_a_page(called: list[str], corpus: Corpus) -> None:
    assert set(called) == set(corpus.exercises)
    assert {corpus.exercises[name].type for name in called} == set(types.TYPES)


def test_every_exercise_called_has_its_form_in_print(parts: dict[str, str], prompts: dict[str, str]) -> None:
    # Some exercises ask the same of different things.
    asked = Counter(prompts.values())
    assert [n for n, prompt in prompts.items() if parts["Exercises"].count(prompt) < asked[prompt]] == []


def test_every_exercise_called_has_an_entry_in_the_key(
    parts: dict[str, str], prompts: dict[str, str], corpus: Corpus
) -> None:
    key = parts["Key to the exercises"]
    asked = Counter(prompts.values())
    assert [name for name, prompt in prompts.items() if key.count(prompt) < asked[prompt]] == []
    # From one prompt to the next there must be words, those that close the exercise aside.
    closings = [squeezed(e.closing.text) for e in corpus.exercises.values() if e.closing]
    entries = re.split("|".join(sorted(map(re.escape, asked), key=len, reverse=True)), key)[1:]
    assert len(entries) >= len(prompts)
    for entry in entries:
        closed = [words for words in closings if words in entry]
        assert len(entry) - sum(map(len, closed)) >= LEAST, entry
    assert [words for words in closings if words not in key] == []


def test_no_form_gives_its_answer_away(parts: dict[str, str], called: list[str], corpus: Corpus) -> None:
    """The words that close an exercise once it is checked stand in the key and nowhere before it."""
    closings = {name: closing.text for name in called if (closing := corpus.exercises[name].closing)}
    assert closings
    assert [name for name, words in closings.items() if squeezed(words) in parts["Exercises"]] == []
