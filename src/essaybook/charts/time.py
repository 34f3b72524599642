"""A time axis: dates to positions, years under it, moments marked on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from essaybook.charts.svg import Svg
from essaybook.corpus import Corpus
from essaybook.corpus.chart import Mark


@dataclass(frozen=True)
class Axis:
    """Days from ``start`` to ``end`` on positions from ``left`` to ``right``."""

    start: datetime.date
    end: datetime.date
    left: float
    right: float

    def at(self, day: datetime.date) -> float:
        """The position of a day, kept within the axis."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def years(self) -> list[tuple[int, float]]:
        """The years that begin on the axis, and where."""
        return [
            (year, self.at(datetime.date(year, 1, 1)))
            for year in range(self.start.year, self.end.year + 1)
            if self.start <= datetime.date(year, 1, 1) <= self.end
        ]


def grid(svg: Svg, axis: Axis, top: float, bottom: float, every: int = 1) -> None:
    """A line at each new year, and the year under it."""
    lines = "".join(f"M{x:.1f} {top:g}V{bottom:g}" for _, x in axis.years())
    svg.path("c-grid", lines)
    for i, (year, x) in enumerate(axis.years()):
        if i % every == 0:
            svg.text("c-year", x + 3, bottom + 14, str(year))


def marks(svg: Svg, axis: Axis, corpus: Corpus, marked: list[Mark], bottom: float) -> None:
    """A dashed line at each moment, its name above on two levels in turn."""
    for i, mark in enumerate(marked):
        x = axis.at(corpus.events[mark.event].date.first)
        y = 14 + 16 * (i % 2)
        svg.path("c-mark", f"M{x:.1f} {y + 4}V{bottom:g}")
        late = x > axis.left + (axis.right - axis.left) * 0.62
        svg.text("c-mark-lab", x - 5 if late else x + 5, y, mark.label, "end" if late else "start")
