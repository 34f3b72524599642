"""A time axis: dates to positions, years under it, moments marked on it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from essaybook.charts.svg import Svg, breadth
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
    """A dashed line at each moment, its name above on two levels in turn.

    The upper name goes to the later of two where it would run back over the line of the earlier.
    """
    places = [axis.at(corpus.events[mark.event].date.first) for mark in marked]
    turn = len(marked) == 2 and _late(axis, places[1]) and places[1] - breadth(marked[1].label) < places[0] + 5
    for i, (mark, x) in enumerate(zip(marked, places, strict=True)):
        y = 14 + 16 * ((i + turn) % 2)
        svg.path("c-mark", f"M{x:.1f} {y + 4}V{bottom:g}")
        late = _late(axis, x)
        svg.text("c-mark-lab", x - 5 if late else x + 5, y, mark.label, "end" if late else "start")


def _late(axis: Axis, x: float) -> bool:
    """Whether a name at ``x`` has no room to its right."""
    return x > axis.left + (axis.right - axis.left) * 0.62
