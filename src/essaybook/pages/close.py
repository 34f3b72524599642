"""The ``close`` directive: what a factor explains, what it leaves, what it depends on."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.corpus.record import Model, Text
from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective, yaml_body


class Closing(Model):
    """The three lines with which a chapter closes."""

    explains: Text
    leaves: Text
    depends: Text


class CloseDirective(BookDirective):
    """``:::{close}`` with YAML; see `Closing`. Each line may hold roles and links."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        closing = yaml_body(self, Closing)
        node = book.Close(ids=["close"])
        for part in ("explains", "leaves", "depends"):
            node += book.ClosePart("", "", *self.inline(getattr(closing, part)), part=part)
        return [node]


def setup_close(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("close", CloseDirective)
