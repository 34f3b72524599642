"""Ways through the book: which pages, in which order, with which question and which work at each."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.record import Model, Record, Slug, Text


class Step(Model):
    """A lesson: a page, the question put to it, what is done there and what at home."""

    page: Text = Field(description="the page's file without its ending, as the table of contents names it")
    question: Text
    exercises: list[Slug] = Field(default_factory=list, description="worked through in the lesson")
    homework: Slug | None = Field(default=None, description="the exercise to do at home")


class Way(Record):
    """A way through the book. Its minutes are counted, never written down.

    ``brief`` may use roles and emphasis. A way that is ``core`` holds just the chapters that call themselves so.
    """

    name: Text
    brief: Text
    core: bool = False
    every: bool = Field(default=False, description="leads through every chapter")
    steps: list[Step] = Field(default_factory=list)
