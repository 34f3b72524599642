"""The ``opener`` directive: a chapter's question, three-line answer, span of years and turning points."""

from __future__ import annotations

from docutils import nodes
from pydantic import Field, field_validator
from sphinx.application import Sphinx

from essaybook.corpus.dates import When
from essaybook.corpus.record import Model, Slug, Text
from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective, yaml_body


class Opening(Model):
    """What a chapter says of itself. ``key`` prefixes its paragraph ids and never changes."""

    key: Slug
    number: int | None = None
    part: Text
    core: bool = False
    question: Text
    answer: list[Text] = Field(min_length=3, max_length=3)
    span: Text = Field(description="start/end, each a date")
    events: list[Slug] = Field(min_length=2, max_length=7)
    takes: Text | None = None
    objectives: list[Text] = Field(default_factory=list)

    @field_validator("span")
    @classmethod
    def _span(cls, value: str) -> str:
        start, _, end = value.partition("/")
        if When.parse(end).last < When.parse(start).first:
            raise ValueError(f"span '{value}' ends before it begins")
        return value

    @property
    def start(self) -> When:
        """The first date of the span."""
        return When.parse(self.span.partition("/")[0])

    @property
    def end(self) -> When:
        """The last date of the span."""
        return When.parse(self.span.partition("/")[2])


class OpenerDirective(BookDirective):
    """``:::{opener}`` with YAML; see `Opening`."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        opening = yaml_body(self, Opening)
        for name in opening.events:
            self.record("event", name)
        if self.corpus.events:
            self.env.note_dependency(str(self.corpus.root / "events.yml"))
        node = book.Opener(opener=opening.model_dump(mode="json"))
        if opening.takes:
            node += nodes.paragraph("", "", *self.inline(opening.takes), classes=["takes"])
        self.env.metadata[self.env.docname]["opener"] = opening.model_dump(mode="json")
        return [node]


def setup_opener(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("opener", OpenerDirective)
