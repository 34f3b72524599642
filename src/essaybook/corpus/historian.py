"""Historians' positions, and the works they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    causes: list[Slug] = Field(min_length=1, description="print groups positions by the first")
    argument: Text
    seen: Seen
    note: Text | None = None


FEW = 5
"""As many positions are read as they stand. More are sifted on the screen, and grouped in print."""


def causes_of(positions: Iterable[Position]) -> list[tuple[Slug, int]]:
    """Every cause that positions name, and how many name it: the commonest first."""
    counts = Counter(cause for position in positions for cause in position.causes)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def by_first_cause(positions: Iterable[Position]) -> list[tuple[Slug, list[Position]]]:
    """Positions by the first cause of each, the largest group first; within a group as they came."""
    groups: dict[Slug, list[Position]] = {}
    for position in positions:
        groups.setdefault(position.causes[0], []).append(position)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
