"""Two texts side by side, passage by passage, with what changed between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from pydantic import Field, model_validator

from essaybook.corpus.record import Model, Record, Slug, Text

ALIKE = 0.5
"""The share of words that two passages must have in common before the others are marked: of two passages
with little in common every word would be."""

Run = tuple[str, bool]
"""Words, and whether the other side has them otherwise."""


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


def compared(left: str, right: str) -> tuple[list[Run], list[Run]]:
    """Both texts in runs of words that they share and words in which they differ.

    Capitals and punctuation make no difference. Where little is shared, nothing counts as different.
    """
    a, b = left.split(), right.split()
    if not (a and b):
        return list(_run(a, False)), list(_run(b, False))
    matcher = SequenceMatcher(None, [_bare(word) for word in a], [_bare(word) for word in b], autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(left, False)], [(right, False)]
    ours: list[Run] = []
    theirs: list[Run] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        ours += _run(a[i:j], tag != "equal")
        theirs += _run(b[k:m], tag != "equal")
    return ours, theirs


def _run(words: list[str], differs: bool) -> Iterator[Run]:
    if words:
        yield " ".join(words), differs


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()
