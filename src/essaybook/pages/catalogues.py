"""Directives of the reference part: every record of a kind, each with where it is used."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import Catalogue

KINDS = {
    "timeline": "event",
    "people": "person",
    "offices": "office",
    "glossary": "term",
    "sources": "source",
    "figures": "figure",
    "bibliography": "work",
    "index-of-names": "index",
}
"""Directive by name, and the kind of record it lists; the index lists every kind that pages name."""


class CatalogueDirective(BookDirective):
    """``:::{people}`` and its like. The page becomes the home of that kind: mentions lead there."""

    def run(self) -> list[nodes.Node]:
        kind = KINDS[self.name.rpartition(":")[2]]
        self.env.__dict__.setdefault("essaybook_homes", {})[kind] = self.env.docname
        for table, name in self.corpus.places:
            if table == kind:
                self.env.note_dependency(str(self.corpus.places[table, name].file))
        return [Catalogue(kind=kind)]


def setup_catalogues(app: Sphinx) -> None:
    """Register the directives."""
    for name in KINDS:
        app.add_directive(name, CatalogueDirective, override=True)
    # Sphinx asks its standard domain first, which has a "glossary" of its own.
    app.add_directive_to_domain("std", "glossary", CatalogueDirective, override=True)
