"""Historians' positions, and the works they stand in."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from essaybook.corpus.record import Record, Slug, Text


class Seen(StrEnum):
    """How far a work was read for this edition. The reader is told."""

    READ = "read"
    """The passage was read."""
    ABSTRACT = "abstract"
    """The author's or publisher's summary was read."""
    REPORTED = "reported"
    """Another author's account of it was read."""
    MEMORY = "memory"
    """Standard knowledge of the work; not opened for this edition."""


class Work(Record):
    """A work in the bibliography. ``text`` is the entry as it is printed, in the book's style."""

    kind: Text
    authors: list[Text]
    editors: list[Text] = Field(default_factory=list)
    title: Text
    year: Text
    fields: dict[str, str] = Field(default_factory=dict)
    seen: Seen

    @property
    def short(self) -> str:
        """Author, short title and year, as a note gives them."""
        names = [name.split(",")[0] for name in (self.authors or self.editors)]
        who = " and ".join(names) if len(names) < 3 else f"{names[0]} and others"
        return f"{who}, {self.fields.get('shorttitle', self.title)} ({self.year})"


class Position(Record):
    """What a historian makes the cause, in our words, and how we know that it is so."""

    historian: Text
    work: Slug
    causes: list[Slug] = Field(min_length=1)
    argument: Text
    seen: Seen
    note: Text | None = None
