"""Specifications: what an examination asks about the book's question, and where the book treats each point."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from essaybook.corpus.record import Model, Record, Slug, Text


class State(StrEnum):
    """Whether a specification is examined."""

    CURRENT = "current"
    PAST = "past"
    UNKNOWN = "unknown"


class Point(Model):
    """One point of a specification, in our words: the paragraphs that treat it, or whole pages."""

    says: Text
    paragraphs: list[Slug] = Field(
        default_factory=list, description="ids of paragraphs, as a chapter numbers them"
    )
    pages: list[Text] = Field(
        default_factory=list, description="files without their ending, as the table of contents names them"
    )

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Point:
        if not self.paragraphs and not self.pages:
            raise ValueError("a point leads to paragraphs, to pages, or to both")
        return self


class Specification(Record):
    """A paper of an examination, as far as it was seen.

    ``seen`` is the day on which ``address`` was read, ``how`` says what was read there and what was not.
    ``serves`` says what of the paper this book is good for, ``leaves`` what it is not.
    """

    board: Text
    name: Text
    code: Text | None = None
    stage: Text = Field(description="the examination: AS, A-level, IB diploma")
    state: State
    address: Text
    seen: Text = Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")
    how: Text
    serves: Text
    leaves: Text
    points: list[Point] = Field(default_factory=list)
