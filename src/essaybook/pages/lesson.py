"""A chapter as a teacher takes it into a room: what it asks, shows and sets, in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sphinx.environment import BuildEnvironment

from essaybook.corpus import Corpus
from essaybook.corpus.chart import AnyChart
from essaybook.corpus.historian import Position
from essaybook.corpus.source import Quotation, Source, Wording
from essaybook.exercises.base import Exercise
from essaybook.pages import nodes as book
from essaybook.pages.assign import SHAPES, assigned, exercises_of, stands
from essaybook.pages.uses import listed


@dataclass(frozen=True)
class Lesson:
    """A chapter's questions, passages, charts, positions and exercises, each in the order of its page.

    ``planned`` are the exercises that a teacher chose for one lesson. ``set`` is the question to set, with what a
    weak, a sound and a strong answer look like under their names; empty where nobody wrote a page to assign from.
    """

    page: str
    title: str
    opener: dict[str, Any]
    exercises: list[Exercise]
    planned: list[Exercise]
    passages: list[tuple[Source, Quotation]]
    charts: list[AnyChart]
    positions: list[Position]
    set: dict[str, str]

    @property
    def slug(self) -> str:
        """The name of its folder among the downloads."""
        return PurePosixPath(self.page).name

    @property
    def question(self) -> str:
        """The question to set, else the chapter's own."""
        return self.set.get("question") or str(self.opener["question"])

    def short(self, most: int) -> list[tuple[Source, Quotation]]:
        """Passages of at most so many words: those whose wording was checked first, and the longest of these."""
        fit = [(pair, length(pair[1])) for pair in self.passages if length(pair[1]) <= most]
        fit.sort(key=lambda found: (found[0][1].wording is not Wording.CHECKED, -found[1]))
        return [pair for pair, _ in fit]


def said(quotation: Quotation) -> str:
    """The words of a passage as the page gives them in English."""
    return quotation.english or quotation.paraphrase or quotation.original or ""


def length(quotation: Quotation) -> int:
    """How many words a passage has."""
    return len(said(quotation).split())


def lesson_of(env: BuildEnvironment, corpus: Corpus, page: str, order: list[str]) -> Lesson | None:
    """The lesson of a chapter; none where a page is no chapter or asks nothing."""
    opener = env.metadata[page].get("opener")
    met = stands(env, corpus, page, order)
    exercises = [stand.exercise for there in met.values() for stand in there]
    exercises += [one for one in exercises_of(corpus, page) if one not in exercises]
    if not opener or not exercises:
        return None
    tree = env.get_doctree(page)
    planned, question = _assigned(env, page)
    return Lesson(
        page=page,
        title=env.titles[page].astext(),
        opener=opener,
        exercises=exercises,
        planned=[corpus.exercises[name] for name in planned],
        passages=[corpus.quotations[node["record"]] for node in tree.findall(book.SourceBlock)],
        charts=[corpus.charts[node["record"]] for node in tree.findall(book.ChartBlock)],
        positions=[corpus.positions[name] for name in listed(env, "position", page)],
        set=question,
    )


def _assigned(env: BuildEnvironment, page: str) -> tuple[list[str], dict[str, str]]:
    """The exercises planned for a lesson, and the question to set with its levels."""
    there = assigned(env).get(page)
    block = next(iter(env.get_doctree(there).findall(book.AssignBlock)), None) if there else None
    if block is None:
        return [], {}
    parts = {part["part"]: part.astext() for part in block.findall(book.AssignPart)}
    kept = {name: text for name, text in parts.items() if name not in (*SHAPES, "said", "answer")}
    return list(block["exercises"]["lesson"]), kept
