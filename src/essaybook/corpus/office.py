"""Offices and bodies, and who sat in them when."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.dates import Date
from essaybook.corpus.record import Record, Slug, Statement, Text


class Composition(Statement):
    """A body's members from one day until its next composition."""

    date: Date
    occasion: Text
    head: Slug | None = None
    members: list[Slug] = Field(min_length=1)
    candidates: list[Slug] = Field(default_factory=list)


class Holder(Statement):
    """A post in a body and who held it."""

    person: Slug
    title: Text
    start: Date
    end: Date | None = None


class Office(Record):
    """A body or a post: what it was, what it decided, who sat in it."""

    name: Text
    ru: Text | None = None
    kind: Text = Field(description="party, state, international")
    brief: Text = Field(description="one line for the card, no full stop")
    text: Text
    compositions: list[Composition] = Field(default_factory=list)
    holders: list[Holder] = Field(default_factory=list)

    def at(self, when: Date) -> Composition | None:
        """The composition in force on a day, or nothing before the first."""
        past = [c for c in self.compositions if c.date.first <= when.first]
        return max(past, key=lambda c: c.date, default=None)
