"""People: lives, posts, where they stood year by year, what became of them."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.dates import Date
from essaybook.corpus.record import Model, Slug, Statement, Text


class Day(Model):
    """A day of birth or death, in both calendars where they differed."""

    date: Date
    old_style: Date | None = None
    note: Text | None = None


class Post(Model):
    """A post held. Years may be all that is known."""

    title: Text
    start: Date | None = None
    end: Date | None = None
    body: Slug | None = Field(default=None, description="the office record it belongs to")


class Stand(Model):
    """Where somebody stood in one year, in a few words."""

    year: int
    where: Text
    who_says: Text | None = None


class Person(Statement):
    """Somebody who acts in the book."""

    name: Text
    short: Text = Field(description="the name as running prose uses it")
    ru: Text | None = None
    born: Day | None = None
    died: Day | None = None
    brief: Text = Field(description="one line for the card, no full stop")
    posts: list[Post] = Field(default_factory=list)
    stood: list[Stand] = Field(default_factory=list)
    fate: Text | None = None
    rehabilitated: Text | None = None

    @property
    def heading(self) -> str:
        """The name as an index sorts it: the one that prose uses, then the rest of the full name."""
        head, found, rest = self.name.partition(self.short)
        if not found or not head.strip():
            return self.name
        return " ".join(f"{self.short}, {head.strip()} {rest.strip()}".split())
