"""The corpus: every checked record of a book, by kind and id."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from essaybook.corpus.chart import AnyChart, PostChart
from essaybook.corpus.claim import Claim
from essaybook.corpus.collation import Collation
from essaybook.corpus.dates import When
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure, Resource
from essaybook.corpus.finding import nearest
from essaybook.corpus.historian import Position, Work
from essaybook.corpus.numbering import Numbering
from essaybook.corpus.office import Office
from essaybook.corpus.person import Person, Post, Stand
from essaybook.corpus.record import Record, Slug, Text
from essaybook.corpus.source import Quotation, Source
from essaybook.corpus.specification import Specification
from essaybook.corpus.term import Term
from essaybook.corpus.theme import Theme
from essaybook.corpus.way import Way

if TYPE_CHECKING:
    from essaybook.exercises.base import Exercise


class Allowance(Record):
    """A finding that an editor allows: the rule, the file, the words it stands on, and why."""

    rule: Text
    file: Text
    match: Text
    reason: Text


class Version(Record):
    """An exercise's version (the id is the exercise's) and a digest of the answer that it had."""

    version: int = Field(ge=1)
    answer: Text


@dataclass(frozen=True)
class Place:
    """Where a record stands."""

    file: Path
    line: int


class UnknownRecord(KeyError):
    """A name that no record has. Its message names the nearest known ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass
class Corpus:
    """Records by kind and id, and where each stands. Ids are unique within a kind."""

    root: Path
    sources: dict[Slug, Source] = field(default_factory=dict)
    quotations: dict[Slug, tuple[Source, Quotation]] = field(default_factory=dict)
    people: dict[Slug, Person] = field(default_factory=dict)
    events: dict[Slug, Event] = field(default_factory=dict)
    offices: dict[Slug, Office] = field(default_factory=dict)
    figures: dict[Slug, Figure] = field(default_factory=dict)
    resources: dict[Slug, Resource] = field(default_factory=dict)
    claims: dict[Slug, Claim] = field(default_factory=dict)
    works: dict[Slug, Work] = field(default_factory=dict)
    positions: dict[Slug, Position] = field(default_factory=dict)
    terms: dict[Slug, Term] = field(default_factory=dict)
    themes: dict[Slug, Theme] = field(default_factory=dict)
    ways: dict[Slug, Way] = field(default_factory=dict)
    specifications: dict[Slug, Specification] = field(default_factory=dict)
    charts: dict[Slug, AnyChart] = field(default_factory=dict)
    collations: dict[Slug, Collation] = field(default_factory=dict)
    allowances: dict[Slug, Allowance] = field(default_factory=dict)
    numberings: dict[Slug, Numbering] = field(default_factory=dict)
    exercises: dict[Slug, Exercise] = field(default_factory=dict)
    versions: dict[Slug, Version] = field(default_factory=dict)
    places: dict[tuple[str, Slug], Place] = field(default_factory=dict)

    def table(self, kind: str) -> dict[Slug, Any]:
        """All records of a kind, named in the singular as roles and references name it."""
        tables: dict[str, dict[Slug, Any]] = {
            "source": self.sources,
            "quotation": self.quotations,
            "person": self.people,
            "event": self.events,
            "office": self.offices,
            "figure": self.figures,
            "resource": self.resources,
            "claim": self.claims,
            "work": self.works,
            "position": self.positions,
            "term": self.terms,
            "theme": self.themes,
            "way": self.ways,
            "specification": self.specifications,
            "chart": self.charts,
            "collation": self.collations,
            "allowance": self.allowances,
            "numbering": self.numberings,
            "exercise": self.exercises,
            "version": self.versions,
        }
        return tables[kind]

    def get(self, kind: str, name: Slug) -> Any:
        """One record. Raises UnknownRecord, which names the nearest known ids."""
        table = self.table(kind)
        if name not in table:
            raise UnknownRecord(f"no {kind} is recorded as '{name}'. {nearest(name, table)}")
        return table[name]

    def dated(self) -> list[Event]:
        """Events in order of their first day."""
        return sorted(self.events.values(), key=lambda e: (e.date.first, e.date.last, e.id))

    @property
    def years(self) -> tuple[int, int]:
        """The years of the book: from the first to the last event that every strip names."""
        events = self.events.values()
        years = [event.date.year for event in events if event.turning] or [e.date.year for e in events]
        return min(years), max(years)

    def stands(self) -> dict[int, list[tuple[Person, Stand]]]:
        """Where everybody stood, year by year, people in the order of the name that prose uses."""
        years: dict[int, list[tuple[Person, Stand]]] = {}
        for person in sorted(self.people.values(), key=lambda p: p.short.casefold()):
            for stand in person.stood:
                years.setdefault(stand.year, []).append((person, stand))
        return dict(sorted(years.items()))

    def sitting(self, office: Slug, person: Slug) -> list[tuple[When, When | None]]:
        """The stretches for which somebody was a full member of a body, from its compositions."""
        stretches: list[tuple[When, When | None]] = []
        start: When | None = None
        for composition in sorted(self.offices[office].compositions, key=lambda c: c.date):
            if person in composition.members:
                start = start or composition.date
            elif start:
                stretches.append((start, composition.date))
                start = None
        return stretches + ([(start, None)] if start else [])

    def held(self, chart: PostChart, person: Slug) -> list[Post]:
        """The posts of somebody that a chart of posts shows: in its bodies, within its years, first to last."""
        return sorted(
            (
                post
                for post in self.people[person].posts
                if post.body in chart.bodies
                and post.start
                and post.start.first <= chart.end.last
                and (post.end is None or post.end.last >= chart.start.first)
            ),
            key=lambda post: (post.start.first if post.start else chart.start.first, post.title),
        )
