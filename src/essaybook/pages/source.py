"""The ``source`` directive: a passage as a block with its apparatus."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import SourceBlock


class SourceDirective(BookDirective):
    """``:::{source} quotation-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        self.record("quotation", name)
        return [SourceBlock(record=name, ids=[f"q-{name}"])]


def setup_source(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("source", SourceDirective)
