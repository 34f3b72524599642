"""The ``positions`` directive: what historians argue, with how each was seen."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import PositionList


class PositionsDirective(BookDirective):
    """``:::{positions} id id``"""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        names = self.arguments[0].split()
        for name in names:
            position = self.record("position", name)
            self.record("work", position.work)
        return [PositionList(records=names)]


def setup_positions(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("positions", PositionsDirective)
