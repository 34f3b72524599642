"""Terms for the glossary."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.record import Record, Text


class Term(Record):
    """A word and what it meant then. ``label_of`` names whose label it is, where it is one."""

    term: Text
    ru: Text | None = None
    latin: Text | None = None
    brief: Text = Field(description="one or two sentences")
    label_of: Text | None = None

    @property
    def heading(self) -> str:
        """The term as an index sorts it."""
        return f"{self.term[4:]}, the" if self.term.startswith("The ") else self.term
