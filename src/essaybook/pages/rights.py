"""The ``rights`` directive: who may print what, drawn from the record of every source."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import RightsList
from essaybook.pages.ways import changing


class RightsDirective(BookDirective):
    """``:::{rights}``. It takes nothing: what a source's record says of its rights is all there is to say."""

    def run(self) -> list[nodes.Node]:
        for name in self.corpus.sources:
            self.record("source", name)
        # A source that is yet to be recorded is missing here too.
        changing(self.env)
        return [RightsList()]


def setup_rights(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("rights", RightsDirective)
