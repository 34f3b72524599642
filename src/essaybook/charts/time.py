"""A time axis: dates to positions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from essaybook.charts.svg import Svg


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
