"""The ``then`` directive: what people knew on a day, before the end was known."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ThenBox, ThenTitle


class ThenDirective(BookDirective):
    """``:::{then} place and day`` with prose."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        box = ThenBox("", ThenTitle("", "", *self.inline(self.arguments[0])))
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def setup_then(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("then", ThenDirective)
