"""What a chart says in words: its table, and the line that names its sources."""

from __future__ import annotations

from essaybook.charts.draw import series, stretches
from essaybook.corpus import Corpus
from essaybook.corpus.chart import AnyChart, BarChart, LineChart, SeatChart
from essaybook.corpus.dates import When
from essaybook.corpus.figure import Figure
from essaybook.corpus.record import Checked

Table = tuple[list[str], list[list[str]]]


def table(chart: AnyChart, corpus: Corpus) -> Table:
    """The header and rows of the same data."""
    if isinstance(chart, SeatChart):
        rows = []
        for person in chart.people:
            for first, last, begins, ends in stretches(chart, corpus, person):
                start = When(first.year, first.month, first.day).words if begins else "before the chart begins"
                end = When(last.year, last.month, last.day).words if ends else "still a member"
                rows.append([corpus.people[person].short, start, end])
        return ["Full member", "From", "To"], rows
    figures = used_figures(chart, corpus)
    return ["What was counted", "When", "Number", "Checked"], [
        [figure.label, figure.date.words, figure.words, state(figure)] for figure in figures
    ]


def state(figure: Figure) -> str:
    """Whether a figure was checked, in the words the reader is given."""
    return {Checked.CHECKED: "checked", Checked.PARTLY: "partly checked", Checked.UNCHECKED: "not checked"}[
        figure.checked
    ]


def used_figures(chart: LineChart | BarChart, corpus: Corpus) -> list[Figure]:
    """The figures that a chart draws, in its own order."""
    if isinstance(chart, LineChart):
        return [f for line in chart.lines for f in series(corpus, chart.resource, line.series)]
    names = [name for bar in chart.bars for name in (bar.total, bar.part) if name]
    return [corpus.figures[name] for name in names]


def credit(chart: AnyChart, corpus: Corpus) -> str:
    """The sources and works that a chart rests on, each once, in order of use."""
    if isinstance(chart, SeatChart):
        office = corpus.offices[chart.office]
        bases = [basis for composition in office.compositions for basis in composition.basis]
        named = [(basis.source, basis.work) for basis in bases]
    else:
        named = [(figure.source, figure.work) for figure in used_figures(chart, corpus)]
    words: dict[str, None] = {}
    for source, work in named:
        if source:
            words[corpus.sources[source].title] = None
        elif work:
            words[corpus.works[work].short] = None
    return "; ".join(words)
