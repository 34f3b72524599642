"""Dated events."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.dates import Date, span_words
from essaybook.corpus.record import Slug, Statement, Text


class Event(Statement):
    """Something that happened on a day, in a month or over a stretch of days. Dates are New Style."""

    date: Date
    end: Date | None = None
    old_style: Date | None = None
    label: Text = Field(description="a few words for the strip and the timeline", max_length=60)
    text: Text = Field(description="what happened, in one or two sentences")
    people: list[Slug] = Field(default_factory=list)
    themes: list[Slug] = Field(default_factory=list)
    turning: bool = Field(default=False, description="named on every chapter's strip of years")

    @property
    def when(self) -> str:
        """The date in words, Old Style in brackets where it is recorded."""
        words = span_words(self.date, self.end)
        return f"{words} (Old Style {self.old_style.words})" if self.old_style else words
