"""The steps of a chart of days: what each says, and how far down the line it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from essaybook.corpus import Corpus
from essaybook.corpus.chart import DayChart
from essaybook.corpus.event import Event

LONG = 6.0
"""How many lines of text the whole stretch adds to the line beside the steps, beyond what their words need."""


@dataclass(frozen=True)
class Told:
    """A step: its event, the date as the line needs it, and the lines of text that lie empty before it."""

    event: Event
    when: str
    again: bool
    """Whether the step before has the same date, so that only listeners need to be told it."""
    gap: float
    label: str
    says: str


def steps(chart: DayChart, corpus: Corpus) -> Iterator[Told]:
    """The steps in their order. Dates leave out a year that is the same for all."""
    year = f" {chart.start.year}" if chart.start.year == chart.end.year else ""
    span = max((chart.end.last - chart.start.first).days, 1)
    before: Event | None = None
    for day in chart.days:
        event = corpus.events[day.event]
        empty = (event.date.first - (before.end or before.date).last).days if before else 0
        yield Told(
            event=event,
            when=event.when.removesuffix(year),
            again=before is not None and before.when == event.when,
            gap=round(max(empty, 0) / span * LONG, 1),
            label=day.label,
            says=day.says,
        )
        before = event
