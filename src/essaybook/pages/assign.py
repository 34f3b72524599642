"""The ``assign`` directive: what a teacher needs to set one chapter, from its records and a few lines of hers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from docutils import nodes
from pydantic import Field
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.corpus import Corpus
from essaybook.corpus.finding import nearest
from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise
from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective, yaml_body
from essaybook.pages.uses import listed
from essaybook.pages.ways import changing

SHAPES = {"ten": "Ten minutes", "lesson": "One lesson", "week": "A week"}
"""The shapes of a lesson, and what they are called."""

LEVELS = {"weak": "Weak", "sound": "Sound", "strong": "Strong"}


class Slip(Model):
    """A mistake to expect, and what to say to it."""

    said: Text
    answer: Text


class Shape(Model):
    """What to do in the time there is, and the exercises for it."""

    plan: Text
    exercises: list[Slug] = Field(min_length=1)


class Marks(Model):
    """A question to set on the chapter, and what answers to it look like."""

    question: Text
    weak: Text
    sound: Text
    strong: Text


class Assignment(Model):
    """What only a teacher can write of a chapter. Every text may use roles and emphasis."""

    expect: list[Slip] = Field(min_length=2)
    ten: Shape
    lesson: Shape
    week: Shape
    marks: Marks


class AssignDirective(BookDirective):
    """``:::{assign} book/part/chapter`` with YAML; see `Assignment`."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        page = self.arguments[0]
        if page not in self.env.found_docs:
            raise self.error(f"there is no page '{page}' to assign. {nearest(page, self.env.found_docs)}")
        given = yaml_body(self, Assignment)
        own = [x.id for x in exercises_of(self.corpus, page)]
        for name in own:
            self.record("exercise", name)
        for shape in SHAPES:
            for name in getattr(given, shape).exercises:
                self.record("exercise", name)
                if name not in own:
                    raise self.error(f"{shape}: the exercise '{name}' belongs to another chapter than '{page}'")
        block = book.AssignBlock(page=page, ids=["assign"])
        block["exercises"] = {shape: list(getattr(given, shape).exercises) for shape in SHAPES}
        for slip in given.expect:
            block += self._part("said", slip.said)
            block += self._part("answer", slip.answer)
        for shape in SHAPES:
            block += self._part(shape, getattr(given, shape).plan)
        for field in ("question", *LEVELS):
            block += self._part(field, getattr(given.marks, field))
        changing(self.env)
        self.env.metadata[self.env.docname]["assign"] = page
        return [block]

    def _part(self, name: str, text: str) -> book.AssignPart:
        return book.AssignPart("", "", *self.inline(text), part=name)


def exercises_of(corpus: Corpus, page: str) -> list[Exercise]:
    """The exercises that belong to a chapter, wherever the book prints them."""
    name = PurePosixPath(page).name
    return [exercise for exercise in corpus.exercises.values() if exercise.chapter == name]


@dataclass(frozen=True)
class Stand:
    """An exercise where a reader first meets it: on which page, at which anchor."""

    exercise: Exercise
    page: str
    anchor: str


def stands(env: BuildEnvironment, corpus: Corpus, page: str, order: list[str]) -> dict[str, list[Stand]]:
    """A chapter's exercises by the page on which each stands, the chapter's own page first, as they come there."""
    pages: dict[str, list[Stand]] = {}
    own = {exercise.id for exercise in exercises_of(corpus, page)}
    for there in sorted(order, key=lambda name: name != page):
        for name in listed(env, "exercise", there):
            if name in own:
                own.discard(name)
                pages.setdefault(there, []).append(Stand(corpus.exercises[name], there, f"x-{name}"))
    return pages


def assigned(env: BuildEnvironment) -> dict[str, str]:
    """The page to assign from, by the chapter that it is for."""
    return {meta["assign"]: page for page, meta in sorted(env.metadata.items()) if "assign" in meta}


def takes(env: BuildEnvironment, page: str) -> str:
    """What a chapter presumes, in the words of its own opening."""
    words: str = env.metadata[page]["takes"]
    return words


def setup_assign(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("assign", AssignDirective)
