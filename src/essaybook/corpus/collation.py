"""Two texts side by side, passage by passage, with what changed between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from pydantic import Field, model_validator

from essaybook.corpus.record import Model, Record, Slug, Text

ALIKE = 0.5
"""The share of words that two passages must have in common before the others are marked: of two passages
with little in common every word would be."""

Run = tuple[str, bool]
"""Words, and whether the other side has them otherwise."""

Key = Callable[[str], str]
"""What of a word has to agree for two words to be the same."""


class Pair(Model):
    """A passage in both texts. A side that has nothing there is left out."""

    left: Text | None = Field(default=None, description="words of the left text's original, letter for letter")
    right: Text | None = Field(default=None, description="words of the right text's original, letter for letter")
    left_english: Text | None = None
    right_english: Text | None = None
    says: Text = Field(description="one line on what changed")

    @model_validator(mode="after")
    def _paired(self) -> Pair:
        if not (self.left or self.right):
            raise ValueError("a row has words on neither side")
        for side, words, english in (
            ("left", self.left, self.left_english),
            ("right", self.right, self.right_english),
        ):
            if bool(words) != bool(english):
                raise ValueError(f"{side} and {side}_english belong together")
        return self


class Collation(Record):
    """Two quotations compared. ``title`` is a sentence: what the comparison shows."""

    title: Text
    note: Text | None = None
    left: Slug = Field(description="a quotation")
    right: Slug = Field(description="a quotation")
    left_label: Text
    right_label: Text
    rows: list[Pair] = Field(min_length=1)


def bare(word: str) -> str:
    """A word without capitals and punctuation."""
    return re.sub(r"\W", "", word).casefold()


@dataclass(frozen=True)
class Stretch:
    """Words of both texts that stand opposite each other. A side may have none."""

    left: str
    right: str
    same: bool


def aligned(left: str, right: str, key: Key = bare) -> list[Stretch]:
    """Both texts word by word, in stretches. Words are the same where ``key`` makes the same of them."""
    a, b = left.split(), right.split()
    opcodes = _matcher(a, b, key).get_opcodes()
    return [Stretch(" ".join(a[i:j]), " ".join(b[k:m]), tag == "equal") for tag, i, j, k, m in opcodes]


def in_common(left: str, right: str, key: Key = bare) -> float:
    """The share of all their words that two texts have in common and in the same order."""
    return _matcher(left.split(), right.split(), key).ratio()


def compared(left: str, right: str) -> tuple[list[Run], list[Run]]:
    """Both texts in runs of words that they share and words in which they differ.

    Capitals and punctuation make no difference. Where little is shared, nothing counts as different.
    """
    if not (left.split() and right.split()) or in_common(left, right) < ALIKE:
        return [(left, False)] if left else [], [(right, False)] if right else []
    stretches = aligned(left, right)
    ours = [(s.left, not s.same) for s in stretches if s.left]
    theirs = [(s.right, not s.same) for s in stretches if s.right]
    return ours, theirs


def _matcher(a: list[str], b: list[str], key: Key) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [key(word) for word in a], [key(word) for word in b], autojunk=False)
