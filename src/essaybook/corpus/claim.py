"""The essay's claims, one by one, with a verdict each."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from essaybook.corpus.record import Record, Slug, Text


class Verdict(StrEnum):
    """What the evidence makes of a claim."""

    ACCURATE = "accurate"
    NUANCE = "needs nuance"
    WRONG = "wrong"
    UNVERIFIED = "unverified"


class Claim(Record):
    """A claim in our words, the verdict, why, and the records one step away.

    ``because`` may use roles and emphasis; ``evidence`` lists ``kind:id`` references.
    """

    number: int
    claim: Text
    verdict: Verdict
    because: Text
    evidence: list[Text] = Field(default_factory=list)
    chapters: list[Slug] = Field(default_factory=list)
