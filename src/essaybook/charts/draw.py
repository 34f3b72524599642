"""Drawing a chart record: lines over time, bars, who sat or held what from when to when, votes."""

from __future__ import annotations

import datetime
from decimal import Decimal

from essaybook.charts.posts import posts
from essaybook.charts.svg import WIDTH, Form, Svg
from essaybook.charts.time import Axis, grid, marks
from essaybook.charts.votes import votes
from essaybook.corpus import Corpus
from essaybook.corpus.chart import BarChart, Drawn, LineChart, PostChart, SeatChart, VoteChart
from essaybook.corpus.figure import Figure
from essaybook.corpus.record import Checked

ROOM = 80
"""What a number needs inside a bar."""


def draw(chart: Drawn, corpus: Corpus, form: Form) -> str:
    """The chart as SVG text. ``wide`` and ``narrow`` take class names, ``print`` its own colours."""
    match chart:
        case SeatChart():
            return str(_seats(chart, corpus, form))
        case BarChart():
            return str(_bars(chart, corpus, form))
        case LineChart():
            return str(_lines(chart, corpus, form))
        case PostChart():
            return str(posts(chart, corpus, form))
        case VoteChart():
            return str(votes(chart, corpus, form))


def series(corpus: Corpus, resource: str, name: str) -> list[Figure]:
    """The figures of a series in order of date."""
    found = [f for f in corpus.figures.values() if (f.resource, f.series) == (resource, name)]
    return sorted(found, key=lambda f: f.date.first)


def stretches(
    chart: SeatChart, corpus: Corpus, person: str
) -> list[tuple[datetime.date, datetime.date, bool, bool]]:
    """When somebody sat, within the chart: first day, last day, whether each end is a real one."""
    record = corpus.people[person]
    died = record.died.date.first if record.died else None
    found = []
    for begin, until in corpus.sitting(chart.office, person):
        end = until.first if until else chart.end.last
        if died and begin.first < died < end:
            end = died
        first, last = max(begin.first, chart.start.first), min(end, chart.end.last)
        if first < last:
            found.append((first, last, begin.first >= chart.start.first, end < chart.end.last))
    return found


def short_day(day: datetime.date) -> str:
    """``23 Oct 1926``"""
    return f"{day.day} {day:%b} {day.year}"


def _seats(chart: SeatChart, corpus: Corpus, form: Form) -> Svg:
    stacked = form == "narrow"
    row = 38.0 if stacked else 27.0
    top = 34.0 + (16 if len(chart.marks) > 1 else 0)
    bottom = top + row * len(chart.people) + 4
    width = WIDTH[form]
    svg = Svg(width, bottom + 20, form)
    axis = Axis(chart.start.first, chart.end.last, 0 if stacked else 88, width)
    grid(svg, axis, top - 8, bottom, 2 if stacked else 1)
    for i, person in enumerate(chart.people):
        y = top + row * i + (18 if stacked else 8)
        now = " c-now" if person == chart.lead else ""
        svg.text(f"c-name{now}", 0, y - 4 if stacked else y + 9, corpus.people[person].short)
        for first, last, begins, ends in stretches(chart, corpus, person):
            a, b = axis.at(first), axis.at(last)
            svg.add("rect", f"c-bar{now}", x=a, y=y, width=b - a, height=7)
            label = []
            if begins and a > axis.left + 30:
                svg.path(f"c-end{now}", f"M{a:.1f} {y - 3.5:g}v14")
                label.append(("from", first, a))
            if ends:
                svg.path(f"c-end{now}", f"M{b:.1f} {y - 3.5:g}v14")
                label.append(("to", last, b))
            for word, day, x in label:
                _date(svg, f"c-lab{now}", word, day, x, y, stacked, width)
    marks(svg, axis, corpus, chart.marks, bottom)
    return svg


def _date(
    svg: Svg, name: str, word: str, day: datetime.date, x: float, y: float, stacked: bool, width: float
) -> None:
    if stacked:
        # Both dates of a stave share the line above it, the later one at the edge.
        at, anchor = (width, "end") if word == "to" else (width * 0.62, "end")
        svg.text(name, at, y - 4, f"{word} {short_day(day)}", anchor)
    elif word == "from":
        svg.text(name, x - 6, y + 8, short_day(day), "end")
    elif x > width - 90:
        svg.text(name, x - 2, y - 6, short_day(day), "end")
    else:
        svg.text(name, x + 7, y + 8, short_day(day))


def _bars(chart: BarChart, corpus: Corpus, form: Form) -> Svg:
    width = WIDTH[form]
    row, thick = 46.0, 18.0
    keys = bool(chart.part_label)
    top = 30.0 if keys else 6.0
    svg = Svg(width, top + row * len(chart.bars), form)
    totals = [corpus.figures[bar.total] for bar in chart.bars]
    most = max((f.upper or f.value) for f in totals)
    scale = (width - 108) / float(most)
    led = any(bar.lead for bar in chart.bars)
    if keys:
        svg.text("c-lab" if led else "c-lab c-now", 0, 14, chart.part_label or "")
        if chart.rest_label:
            svg.text("c-lab", width, 14, chart.rest_label, "end")
    for i, (bar, total) in enumerate(zip(chart.bars, totals, strict=True)):
        y = top + row * i
        part = corpus.figures[bar.part] if bar.part else None
        length = float(total.value) * scale
        now = " c-now" if bar.lead or (not led and part) else ""
        svg.text("c-name c-now" if bar.lead else "c-name", 0, y + 13, bar.label)
        if part is None:
            svg.add("rect", f"c-bar{now}", x=0, y=y + 19, width=length, height=thick)
        else:
            inner = float(part.value) * scale
            svg.add("rect", "c-rest", x=0, y=y + 19, width=length, height=thick)
            solid = f"c-bar{now}" if now else "c-part"
            svg.add("rect", solid, x=0, y=y + 19, width=inner, height=thick)
            if inner > ROOM:
                svg.text("c-in", inner - 6, y + 32.5, part.words, "end")
            elif length - inner > ROOM:
                svg.text("c-lab", inner + 6, y + 32.5, part.words)
        svg.text("c-lab", length + 7, y + 32.5, total.words)
    return svg


def _lines(chart: LineChart, corpus: Corpus, form: Form) -> Svg:
    width = WIDTH[form]
    height = 300.0 if form != "narrow" else 280.0
    data = {line.series: series(corpus, chart.resource, line.series) for line in chart.lines}
    every = [figure for figures in data.values() for figure in figures]
    start = chart.start.first if chart.start else min(f.date.first for f in every)
    end = chart.end.last if chart.end else max(f.date.first for f in every)
    top, bottom = 46.0, height - 24
    axis = Axis(start, end, 0, width - 8)
    most = _ceiling(max(f.upper or f.value for f in every))
    svg = Svg(width, height, form)

    def level(value: Decimal) -> float:
        return bottom - float(value / most) * (bottom - top)

    for quarter in range(1, 5):
        value = most * quarter / 4
        y = level(value)
        svg.path("c-grid", f"M0 {y:.1f}H{width - 8:g}")
        svg.text("c-year", 0, y - 4, f"{value:,.0f}")
    svg.path("c-axis", f"M0 {bottom:g}H{width - 8:g}")
    for i, (year, x) in enumerate(axis.years()):
        if form != "narrow" or i % 3 == 0:
            svg.text(
                "c-year",
                x,
                bottom + 16,
                str(year),
                "middle" if 12 < x < width - 24 else "start" if x < 12 else "end",
            )
    marks(svg, axis, corpus, chart.marks, bottom)
    for line in chart.lines:
        now = " c-now" if line.lead else ""
        points = [(axis.at(f.date.first), level(f.value), f) for f in data[line.series]]
        svg.path(f"c-line{now}", "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in points))
        for x, y, figure in points:
            # An open ring is a number that was not checked.
            name = "c-dot" if figure.checked is Checked.CHECKED else "c-open"
            svg.add("circle", name + now, cx=x, cy=y, r=3.2)
        x, y, last = points[-1]
        svg.text(f"c-lab{now}", x - 6, y - 10, f"{line.label}, {last.words}", "end")
    return svg


def _ceiling(value: Decimal) -> Decimal:
    """The next round number above ``value`` that divides by four."""
    step = Decimal(10) ** (len(f"{int(value)}") - 1)
    for factor in (1, 2, 4, 6, 8, 10):
        if step * factor >= value:
            return step * factor
    return step * 10
