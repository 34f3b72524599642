"""c: a chart shows what it promises."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from essaybook.corpus import yamlfile
from essaybook.corpus.chart import DayChart, PostChart
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page


def told_in_order(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """c-001: a step that lies outside the days of its chart, or before the step that it follows."""
    for chart in corpus.charts.values():
        if not isinstance(chart, DayChart) or any(day.event not in corpus.events for day in chart.days):
            continue
        file = yamlfile.read(corpus.places["chart", chart.id].file)
        dates = [corpus.events[day.event].date for day in chart.days]
        for i, (day, date) in enumerate(zip(chart.days, dates, strict=True)):
            if date.last < chart.start.first or date.first > chart.end.last:
                wrong = f"the event '{day.event}' of {date} lies outside {chart.start} to {chart.end}"
                edit = "Correct 'start' or 'end', or leave the step out"
                yield Finding(file.path, file.line(("days", i)), "c-001", wrong, edit)
        for i, (before, after) in enumerate(pairwise(dates), 1):
            if after.last < before.first:
                wrong = f"the event '{chart.days[i].event}' of {after} is told after one of {before}"
                yield Finding(file.path, file.line(("days", i)), "c-001", wrong, "Order the steps by date")


def held_something(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """c-002: somebody on a chart of posts who held none in its bodies and years."""
    for chart in corpus.charts.values():
        if not isinstance(chart, PostChart):
            continue
        file = yamlfile.read(corpus.places["chart", chart.id].file)
        for i, name in enumerate(chart.people):
            if name in corpus.people and not corpus.held(chart, name):
                wrong = f"'{name}' has no post in these bodies between {chart.start} and {chart.end}"
                edit = "Record it under 'posts' in people.yml with its 'body', or leave the person out"
                yield Finding(file.path, file.line(("people", i)), "c-002", wrong, edit)


RULES = [told_in_order, held_something]
