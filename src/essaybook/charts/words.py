"""What a chart says in words: its table, and the line that names its sources."""

from __future__ import annotations

from collections.abc import Iterator

from essaybook.charts.draw import series, stretches
from essaybook.corpus import Corpus
from essaybook.corpus.chart import AnyChart, BarChart, DayChart, LineChart, PostChart, SeatChart, VoteChart
from essaybook.corpus.dates import When
from essaybook.corpus.figure import Figure
from essaybook.corpus.record import Basis, Checked

Table = tuple[list[str], list[list[str]]]

STATE = {Checked.CHECKED: "checked", Checked.PARTLY: "partly checked", Checked.UNCHECKED: "not checked"}
"""How far something was checked, in the words the reader is given."""


def table(chart: AnyChart, corpus: Corpus) -> Table:
    """The header and rows of the same data."""
    match chart:
        case SeatChart():
            return ["Full member", "From", "To"], list(_sat(chart, corpus))
        case PostChart():
            return ["Who", "Post", "From", "To", "Checked"], list(_held(chart, corpus))
        case DayChart():
            told = [(step, corpus.events[step.event]) for step in chart.days]
            return ["When", "What the record says", "Who says so", "Checked"], [
                [event.when, event.text, step.says, STATE[event.checked]] for step, event in told
            ]
        case _:
            return ["What was counted", "When", "Number", "Checked"], [
                [figure.label, figure.date.words, figure.words, STATE[figure.checked]]
                for figure in used_figures(chart, corpus)
            ]


def _sat(chart: SeatChart, corpus: Corpus) -> Iterator[list[str]]:
    for person in chart.people:
        for first, last, begins, ends in stretches(chart, corpus, person):
            start = When(first.year, first.month, first.day).words if begins else "before the chart begins"
            end = When(last.year, last.month, last.day).words if ends else "still a member"
            yield [corpus.people[person].short, start, end]


def _held(chart: PostChart, corpus: Corpus) -> Iterator[list[str]]:
    for name in chart.people:
        person = corpus.people[name]
        for post in corpus.held(chart, name):
            start = post.start.words if post.start else ""
            end = post.end.words if post.end else "after the chart ends"
            yield [person.short, post.title, start, end, STATE[person.checked]]


def used_figures(chart: LineChart | BarChart | VoteChart, corpus: Corpus) -> list[Figure]:
    """The figures that a chart draws, in its own order."""
    match chart:
        case LineChart():
            return [f for line in chart.lines for f in series(corpus, chart.resource, line.series)]
        case BarChart():
            names = [name for bar in chart.bars for name in (bar.total, bar.part) if name]
        case VoteChart():
            names = [name for vote in chart.votes for name in vote.figures]
    return [corpus.figures[name] for name in names]


def credit(chart: AnyChart, corpus: Corpus) -> str:
    """The sources and works that a chart rests on, each once, in order of use."""
    bases: list[Basis] = []
    match chart:
        case SeatChart():
            bases = [basis for c in corpus.offices[chart.office].compositions for basis in c.basis]
        case PostChart():
            bases = [basis for name in chart.people for basis in corpus.people[name].basis]
        case DayChart():
            bases = [basis for day in chart.days for basis in corpus.events[day.event].basis]
    named = [(basis.source, basis.work) for basis in bases]
    if isinstance(chart, LineChart | BarChart | VoteChart):
        named = [(figure.source, figure.work) for figure in used_figures(chart, corpus)]
    words: dict[str, None] = {}
    for source, work in named:
        if source:
            words[corpus.sources[source].title] = None
        elif work:
            words[corpus.works[work].short] = None
    return "; ".join(words)
