"""The ``specifications`` directive: what an examination asks, and the paragraphs that answer to it."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective
from essaybook.pages.ways import changing


class SpecificationsDirective(BookDirective):
    """``:::{specifications}``, or ``:::{specifications} id id`` for some of them."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        named = self.arguments[0].split() if self.arguments else list(self.corpus.specifications)
        for name in named:
            self.record("specification", name)
        changing(self.env)
        return [book.SpecificationList(records=named)]


def setup_specifications(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("specifications", SpecificationsDirective)
