"""The record of a close reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.corpus.source import Wording
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

GAP = "[…]"
STATUS = {
    Wording.CHECKED: "Wording checked",
    Wording.QUOTED: "As quoted, not read in the original",
}
"""What is printed under a passage. Other wordings are nobody's words, and words are what is marked here."""
ALIKE = 0.8
"""Two readings that share this much cannot be told apart by marks."""


class Reading(Model):
    """One way to read the passage, and the words that carry it.

    ``around`` are words that may be marked with them and neither help nor harm, such as the subject of a verb.
    """

    id: Slug
    name: Text = Field(description="a few words, as feedback calls it")
    says: Text = Field(description="what somebody who reads it so would say, one sentence")
    spans: list[Text] = Field(min_length=1)
    around: list[Text] = Field(default_factory=list)
    accepted: bool = True
    feedback: Note


class CloseReading(Exercise):
    """Mark the words that show it; scored by overlap with the nearest accepted reading.

    ``passage`` repeats words of the quotation's English, so that a changed translation is found and the version
    goes up: saved marks count words.
    """

    verb: ClassVar[str] = "Underline"

    type: Literal["close-reading"]
    quotation: Slug
    passage: Text = Field(description="the quotation's English or parts of it, […] where words are left out")
    readings: list[Reading] = Field(min_length=1, max_length=4)
    because: Text | None = Field(default=None, description="asks for the reason, in the reader's own words")
    certainty: bool = False

    @property
    def meta(self) -> str:
        return "more than one reading" if sum(r.accepted for r in self.readings) > 1 else "one reading"

    @property
    def units(self) -> list[tuple[str, str]]:
        """The words of the passage with their punctuation, and what stands between each and the next."""
        units: list[tuple[str, str]] = []
        for token in self.passage.split():
            if bare(token):
                units.append((token, " "))
            elif units:
                word, after = units[-1]
                units[-1] = (word, f"{after}{token} ")
        return units

    def notes(self) -> Iterator[Note]:
        yield from (reading.feedback for reading in self.readings)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield "quotation", self.quotation
        yield from super().references()

    def places(self, words: str) -> list[int]:
        """Every word of the passage at which these words begin."""
        wanted, there = tokens(words), tokens(self.passage)
        return [i for i in range(len(there)) if wanted and there[i : i + len(wanted)] == wanted]

    def marks(self, spans: list[str]) -> set[int]:
        """The words that these spans cover, counted from 0; each span by its first place."""
        return {i for span in spans for at in self.places(span)[:1] for i in range(at, at + len(tokens(span)))}

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        yield from self._passage(corpus)
        for i, reading in enumerate(self.readings):
            for field in ("spans", "around"):
                for j, span in enumerate(getattr(reading, field)):
                    where = ("readings", i, field, j)
                    if span not in self.passage or not self.places(span):
                        yield where, f"'{span}' does not stand in the passage", "Give its exact words"
                    elif len(self.places(span)) > 1:
                        yield where, f"'{span}' stands in the passage more than once", "Give more of its words"
            if both := self.marks(reading.spans) & self.marks(reading.around):
                words = " ".join(self.units[k][0] for k in sorted(both))
                yield ("readings", i, "around"), f"'{words}' is both needed and free", "Leave it in one of them"
        if not any(reading.accepted for reading in self.readings):
            yield ("readings",), "no reading is accepted", "Accept one"
        for i in equal_texts(reading.name for reading in self.readings):
            yield ("readings", i, "name"), "two readings have one name", "Change one of them"
        sets = [self.marks(reading.spans) for reading in self.readings]
        for i, mine in enumerate(sets):
            if len(mine) > len(self.units) / 2:
                edit = "Keep the words that carry it"
                yield ("readings", i, "spans"), "this reading marks more than half of the passage", edit
            for j, other in enumerate(sets[:i]):
                if mine and 2 * len(mine & other) / (len(mine) + len(other)) >= ALIKE:
                    wrong = f"marks cannot tell this reading from '{self.readings[j].id}'"
                    yield ("readings", i, "spans"), wrong, "Give it words of its own"

    def _passage(self, corpus: Corpus) -> Iterator[Problem]:
        if self.quotation in self.shows:
            yield ("shows",), "the passage would be printed twice", f"Leave '{self.quotation}' out"
        if self.quotation not in corpus.quotations:
            return
        _, quotation = corpus.quotations[self.quotation]
        if quotation.wording not in STATUS or quotation.english is None:
            wrong = f"nobody has seen the words of '{self.quotation}'"
            yield ("quotation",), wrong, "Choose a quotation whose wording was read"
            return
        for part in self.passage.split(GAP):
            if part.strip() not in quotation.english:
                wrong = f"this does not stand in the English of '{self.quotation}': {part.strip()[:60]}"
                yield ("passage",), wrong, "Copy it letter for letter, and mark what is left out with […]"

    def form(self) -> list[str]:
        return [self.passage, "Underline the words." + (f" {self.because}" if self.because else "")]

    def key(self) -> list[str]:
        return [
            f"{reading.name}{'' if reading.accepted else ' (not accepted)'}: {quoted(reading.spans)}. "
            f"{reading.says} {reading.feedback.text}"
            for reading in self.readings
        ]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        if self.quotation not in corpus.quotations:
            return {}
        source, quotation = corpus.quotations[self.quotation]
        return {
            "source": source.id,
            "by": source.by,
            "date": source.when,
            "title": source.title,
            "status": STATUS.get(quotation.wording, ""),
        }


def bare(token: str) -> str:
    """A word without the punctuation at its ends."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", token)


def tokens(text: str) -> list[str]:
    """The words of a text, punctuation at their ends aside."""
    return [word for token in text.split() if (word := bare(token))]


def quoted(spans: list[str]) -> str:
    """Spans as a key prints them."""
    return ", ".join(f"“{span}”" for span in spans)
