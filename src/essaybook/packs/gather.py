"""What the packs are written from: the questions of every chapter, and how text becomes what a format takes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import escape

from essaybook.corpus import Corpus
from essaybook.exercises.base import Exercise
from essaybook.exercises.question import Question

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip of ours: the first that the format knows."""


@dataclass(frozen=True)
class Entry:
    """A question with the exercise that it comes from."""

    exercise: Exercise
    question: Question

    @property
    def id(self) -> str:
        """The question's id in every format: it stays while the question does."""
        return f"{self.exercise.id}--{self.question.name}"

    @property
    def title(self) -> str:
        """A line that tells the question from the others of its chapter."""
        part = self.question.name.replace("-", " ")
        return f"{self.exercise.verb}: {self.exercise.id.replace('-', ' ')} ({part})"


@dataclass(frozen=True)
class Edition:
    """The book as packs name it. ``site`` is its public address, with a slash at the end, where it is known."""

    id: str
    title: str
    day: date
    site: str | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter, its page and its questions, exercise by exercise in the order of their ids."""

    slug: str
    title: str
    page: str
    entries: tuple[Entry, ...]


def gather(corpus: Corpus, pages: dict[str, str]) -> list[Chapter]:
    """The chapters that have exercises, in the order of ``pages``, which gives the path of each its title."""
    found = []
    for page, title in pages.items():
        slug = page.rpartition("/")[2]
        exercises = [one for _, one in sorted(corpus.exercises.items()) if one.chapter == slug]
        entries = tuple(Entry(one, asked) for one in exercises for asked in one.as_questions(corpus))
        if entries:
            found.append(Chapter(slug, title, page, entries))
    return found


def html(text: str) -> str:
    """Plain text as paragraphs of HTML, with its Cyrillic words marked as Russian."""
    from essaybook.web.words import tongues

    parts = (part.strip() for part in text.split("\n\n"))
    return "".join(f"<p>{escape(tongues(part))}</p>" for part in parts if part)


def line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())


def packed(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes follow from the files alone, in their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            made = zipfile.ZipInfo(name, EARLIEST)
            made.compress_type = zipfile.ZIP_DEFLATED
            made.external_attr = 0o644 << 16
            out.writestr(made, content)
    return held.getvalue()


def zipped(path: Path, files: dict[str, bytes]) -> None:
    """Write such a zip."""
    path.write_bytes(packed(files))
