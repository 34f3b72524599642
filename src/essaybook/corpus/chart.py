"""Charts as data: what is drawn, from which records, and the sentence it argues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from essaybook.corpus.dates import Date
from essaybook.corpus.record import Model, Record, Slug, Text

Reference = tuple[str, Slug]
"""Kind and id of a record."""


class Mark(Model):
    """A moment marked on a time axis: an event, and what to call it there."""

    event: Slug
    label: Text


class Chart(Record):
    """What every chart has. ``title`` is a sentence; ``alt`` says what a listener needs."""

    title: Text
    subtitle: Text | None = None
    alt: Text
    note: Text | None = None

    def references(self) -> Iterator[Reference]:
        """Every record that the chart names."""
        yield from ()


class Line(Model):
    """A line on a chart: a series of a resource, and its name beside it."""

    series: Text
    label: Text
    lead: bool = Field(default=False, description="drawn in red")


class LineChart(Chart):
    """Series over time."""

    kind: Literal["line"]
    resource: Slug
    lines: list[Line] = Field(min_length=1)
    marks: list[Mark] = Field(default_factory=list)
    start: Date | None = None
    end: Date | None = None

    def references(self) -> Iterator[Reference]:
        """Table and moments."""
        yield "resource", self.resource
        yield from (("event", mark.event) for mark in self.marks)


class Bar(Model):
    """A bar: a figure, and inside it the part that matters."""

    label: Text
    total: Slug
    part: Slug | None = None
    lead: bool = Field(default=False, description="drawn in red; with no lead, the parts are")


class BarChart(Chart):
    """Horizontal bars, each a figure, a part of it solid."""

    kind: Literal["bars"]
    resource: Slug
    bars: list[Bar] = Field(min_length=1)
    part_label: Text | None = None
    rest_label: Text | None = None

    def references(self) -> Iterator[Reference]:
        """Table and figures."""
        yield "resource", self.resource
        yield from (("figure", name) for bar in self.bars for name in (bar.total, bar.part) if name)


class SeatChart(Chart):
    """Who sat in a body from when to when: one stave per person, from its compositions."""

    kind: Literal["seats"]
    office: Slug
    start: Date
    end: Date
    people: list[Slug] = Field(min_length=1)
    lead: Slug | None = None
    marks: list[Mark] = Field(default_factory=list)

    def references(self) -> Iterator[Reference]:
        """Body, people and moments."""
        yield "office", self.office
        yield from (("person", name) for name in self.people)
        yield from (("event", mark.event) for mark in self.marks)


class PostChart(Chart):
    """Who held which posts when: under each name a bar for every post in one of the bodies."""

    kind: Literal["posts"]
    start: Date
    end: Date
    people: list[Slug] = Field(min_length=1)
    bodies: list[Slug] = Field(min_length=1)
    lead: Slug | None = None
    marks: list[Mark] = Field(default_factory=list)

    def references(self) -> Iterator[Reference]:
        """People, bodies and moments."""
        yield from (("person", name) for name in self.people)
        yield from (("office", name) for name in self.bodies)
        yield from (("event", mark.event) for mark in self.marks)


class Vote(Model):
    """One counted vote. ``needed`` is the number of votes that would have carried it."""

    label: Text
    in_favour: Slug = Field(alias="for", description="the figure that counts those in favour")
    against: Slug
    silent: Slug | None = Field(default=None, description="the figure that counts those who voted neither way")
    needed: Slug | None = None
    lead: bool = Field(default=False, description="drawn in red")

    @property
    def figures(self) -> list[Slug]:
        """The figures it names: for, against, and those of the others that are known."""
        return [name for name in (self.in_favour, self.against, self.silent, self.needed) if name]


class VoteChart(Chart):
    """Decisions by counted vote: each a bar of the whole, parted into for, against and neither."""

    kind: Literal["votes"]
    resource: Slug
    votes: list[Vote] = Field(min_length=1)

    def references(self) -> Iterator[Reference]:
        """Table and figures."""
        yield "resource", self.resource
        yield from (("figure", name) for vote in self.votes for name in vote.figures)


class Step(Model):
    """A step of a story: an event, what happened in a few words, and whose word that is."""

    event: Slug
    label: Text
    says: Text = Field(description="who says so, in a few words")


class DayChart(Chart):
    """A few days or months told step by step. How well each step is known is read from its event."""

    kind: Literal["days"]
    start: Date
    end: Date
    days: list[Step] = Field(min_length=1)

    def references(self) -> Iterator[Reference]:
        """Events."""
        yield from (("event", day.event) for day in self.days)


Drawn = LineChart | BarChart | SeatChart | PostChart | VoteChart
"""Charts that are drawings. Days are a list, set as one."""

AnyChart = Annotated[Drawn | DayChart, Field(discriminator="kind")]
