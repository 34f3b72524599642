"""Charts as data: what is drawn, from which figures or bodies, and the sentence it argues."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from essaybook.corpus.dates import Date
from essaybook.corpus.record import Model, Record, Slug, Text


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


class SeatChart(Chart):
    """Who sat in a body from when to when: one stave per person, from its compositions."""

    kind: Literal["seats"]
    office: Slug
    start: Date
    end: Date
    people: list[Slug] = Field(min_length=1)
    lead: Slug | None = None
    marks: list[Mark] = Field(default_factory=list)


AnyChart = Annotated[LineChart | BarChart | SeatChart, Field(discriminator="kind")]
