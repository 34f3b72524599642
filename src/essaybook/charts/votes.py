"""Counted votes: each a bar of all who could be counted, parted into for, against and neither."""

from __future__ import annotations

from essaybook.charts.svg import WIDTH, Form, Svg
from essaybook.corpus import Corpus
from essaybook.corpus.chart import Vote, VoteChart

THICK = 18.0


def votes(chart: VoteChart, corpus: Corpus, form: Form) -> Svg:
    """The chart as a drawing. Every bar is as long as the chart is wide: what counts is how it is parted."""
    width = WIDTH[form]
    heights = [76.0 + (14 if vote.needed else 0) for vote in chart.votes]
    svg = Svg(width, sum(heights) - 16, form)
    y = 0.0
    for vote, height in zip(chart.votes, heights, strict=True):
        _vote(svg, corpus, vote, y, width)
        y += height
    return svg


def _vote(svg: Svg, corpus: Corpus, vote: Vote, y: float, width: float) -> None:
    figures = corpus.figures
    given, against = figures[vote.in_favour], figures[vote.against]
    silent = figures[vote.silent] if vote.silent else None
    total = float(given.value + against.value + (silent.value if silent else 0))
    now = " c-now" if vote.lead else ""
    svg.text(f"c-name{now}", 0, y + 13, vote.label)
    bar = y + (36 if vote.needed else 20)
    first = float(given.value) / total * (width - 1)
    second = float(against.value) / total * (width - 1)
    svg.add("rect", f"c-bar{now}" if vote.lead else "c-part", x=0, y=bar, width=first, height=THICK)
    svg.add("rect", "c-rest", x=first + 0.5, y=bar + 0.5, width=max(second - 0.5, 0.5), height=THICK - 1)
    if silent:
        rest = width - 1 - first - second
        svg.add("rect", "c-loose", x=first + second, y=bar + 0.5, width=rest, height=THICK - 1)
    svg.text("c-lab", 0, bar + THICK + 15, f"for {given.words}")
    other = f"against {against.words}" + (f", neither {silent.words}" if silent else "")
    svg.text("c-lab", width, bar + THICK + 15, other, "end")
    if vote.needed:
        needed = figures[vote.needed]
        x = min(float(needed.value) / total, 1.0) * (width - 1)
        svg.path("c-need", f"M{x:.1f} {bar - 4:g}v{THICK + 8:g}")
        anchor = "end" if x > width / 2 else "start"
        svg.text("c-mark-lab", x, bar - 7, f"needed: {needed.words}", anchor)
