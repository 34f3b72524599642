"""Roles for what a book says of itself: what its configuration holds, and how many of its records are what.

Neither is typed by hand, so neither can lag behind.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.address import repository
from essaybook.corpus.dates import When
from essaybook.corpus.finding import nearest
from essaybook.pages.directive import BookRole
from essaybook.pages.roles import Result

REPOSITORY = "the repository that this copy was made from"
"""What is printed where the place that builds the book does not say which that is."""


class BookWordRole(BookRole):
    """``{book}`title` ``, and so on: see `known`. ``edition`` begins small, to stand within a sentence."""

    def known(self) -> dict[str, str]:
        """What the configuration holds, by the name that an author writes."""
        config = self.env.config
        edition = str(config.essaybook_edition)
        when = When.parse(str(config.essaybook_edition_date))
        return {
            "title": str(config.html_title or config.project),
            "author": str(config.author),
            "edition": edition[:1].lower() + edition[1:],
            "date": when.words,
            "year": str(when.year),
            "id": str(config.essaybook_id),
            "licence": str(config.essaybook_licence),
        }

    def run(self) -> Result:
        if self.text == "repository":
            address = repository()
            return [nodes.reference("", REPOSITORY, refuri=address) if address else nodes.Text(REPOSITORY)], []
        known = self.known()
        if self.text not in known:
            return self.fail(f"the book says nothing of '{self.text}'. {nearest(self.text, known)}")
        return [nodes.Text(known[self.text])], []


class CountRole(BookRole):
    """``{count}`source` `` counts a kind of record; ``{count}`quotation wording=checked` `` those with a value."""

    def run(self) -> Result:
        kind, _, rest = self.text.partition(" ")
        try:
            records = self.corpus.table(kind)
        except KeyError:
            return self.fail(f"'{kind}' is no kind of record")
        found = [record[1] if kind == "quotation" else record for record in records.values()]
        for condition in filter(None, rest.split(", ")):
            field, _, value = condition.partition("=")
            try:
                found = [record for record in found if str(_value(record, field)) == value]
            except AttributeError:
                return self.fail(f"a {kind} has no field '{field}'")
        for name in records:
            self.env.note_dependency(str(self.corpus.places[kind, name].file))
        return [nodes.Text(f"{len(found):,}")], []


def _value(record: Any, field: str) -> Any:
    """A field, or by dots a field of a field."""
    for name in field.split("."):
        record = getattr(record, name)
    return record


def setup_edition(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("book", BookWordRole())
    app.add_role("count", CountRole())
