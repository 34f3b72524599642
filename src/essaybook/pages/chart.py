"""The ``chart`` directive: a recorded chart in place."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.corpus.chart import BarChart, LineChart, SeatChart
from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ChartBlock


class ChartDirective(BookDirective):
    """``:::{chart} chart-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        chart = self.record("chart", self.arguments[0])
        if isinstance(chart, LineChart | BarChart):
            path = self.corpus.resources[chart.resource].path
            self.env.note_dependency(str(self.corpus.root / "figures" / path))
        if isinstance(chart, SeatChart):
            self.record("office", chart.office)
        return [ChartBlock(record=chart.id, ids=[f"chart-{chart.id}"])]


def setup_chart(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chart", ChartDirective)
