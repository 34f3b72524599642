"""The ``chart`` directive: a recorded chart in place."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ChartBlock


class ChartDirective(BookDirective):
    """``:::{chart} chart-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        chart = self.record("chart", self.arguments[0])
        for kind, name in chart.references():
            record = self.record(kind, name)
            if kind == "resource":
                self.env.note_dependency(str(self.corpus.root / "figures" / record.path))
        return [ChartBlock(record=chart.id, ids=[f"chart-{chart.id}"])]


def setup_chart(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chart", ChartDirective)
