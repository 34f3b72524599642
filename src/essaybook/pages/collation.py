"""The ``collation`` directive: two recorded texts side by side."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import CollationBlock


class CollationDirective(BookDirective):
    """``:::{collation} collation-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        collation = self.record("collation", self.arguments[0])
        self.record("quotation", collation.left)
        self.record("quotation", collation.right)
        return [CollationBlock(record=collation.id, ids=[f"collation-{collation.id}"])]


def setup_collation(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("collation", CollationDirective)
