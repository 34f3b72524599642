"""An exercise as the questions that other systems ask: what learning systems and cards have in common."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["single", "several", "match", "number", "essay"]


@dataclass(frozen=True)
class Answer:
    """One option, and what is said when it was chosen."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Pair:
    """A row and what it belongs to."""

    row: str
    belongs: str


@dataclass(frozen=True)
class Question:
    """One question.

    ``name`` tells it from others of its exercise, and never changes while the question is the same: what a learner
    did with it hangs on it. ``prompt`` and ``key`` are plain text, paragraphs parted by an empty line. ``loses``
    says what of the exercise this question cannot do; empty where nothing is lost.
    """

    name: str
    kind: Kind
    prompt: str
    key: str
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    others: tuple[str, ...] = ()
    """What no row of a match belongs to."""
    value: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    """A number, and the bounds within which an answer counts."""
    loses: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """All that a row of a match can be joined to, in an order that gives nothing away."""
        return tuple(sorted({*(pair.belongs for pair in self.pairs), *self.others}))


def paragraphs(*texts: str | None) -> str:
    """Texts as paragraphs; what is empty is left out."""
    return "\n\n".join(text.strip() for text in texts if text and text.strip())
