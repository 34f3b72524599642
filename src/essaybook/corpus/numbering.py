"""Paragraph numbers: given once, never again, kept in a ledger so that a deleted one stays retired."""

from __future__ import annotations

from pydantic import Field

from essaybook.corpus.record import Record


class Numbering(Record):
    """The highest paragraph number ever given under a chapter's key (the record's id)."""

    last: int = Field(ge=0)
