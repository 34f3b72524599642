"""The record of a marking of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Pair, Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

SPOKEN = 6
"""Words in quotation marks that a paragraph may use without a record: a title, a label, a turn of phrase."""


class Strand(Model):
    """One thing that is marked, with its levels in our own words, the lowest first."""

    id: Slug
    name: Text
    levels: list[Text] = Field(min_length=3, max_length=5)


class Placing(Model):
    """The level of a paragraph in one strand, why, and the words of the paragraph that show it."""

    strand: Slug
    level: int = Field(ge=1, le=5)
    why: Note
    words: list[Text] = Field(min_length=1)


class Paragraph(Model):
    """A paragraph written for this book. ``lift`` says what would move it up, or keep it at the top."""

    id: Slug
    text: Text
    placings: list[Placing] = Field(min_length=1)
    lift: Note


class Marker(Exercise):
    """Place paragraphs in levels, strand by strand. One level off earns half."""

    verb: ClassVar[str] = "Mark"

    type: Literal["marker"]
    certainty: bool = Field(default=False, description="levels are a matter of degree")
    question: Text = Field(description="the question that the paragraphs answer")
    strands: list[Strand] = Field(min_length=1, max_length=4)
    paragraphs: list[Paragraph] = Field(min_length=1, max_length=4)

    @property
    def meta(self) -> str:
        n = len(self.paragraphs)
        many = "one paragraph" if n == 1 else f"{('two', 'three', 'four')[n - 2]} paragraphs"
        return f"{many}, {self.minutes} minutes"

    def notes(self) -> Iterator[Note]:
        for paragraph in self.paragraphs:
            yield from (placing.why for placing in paragraph.placings)
            yield paragraph.lift
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        heights = {strand.id: len(strand.levels) for strand in self.strands}
        if len(heights) < len(self.strands):
            yield ("strands",), "two strands have the same id", "Give one another id"
        if len(set(heights.values())) > 1:
            yield ("strands",), "the strands do not have equally many levels", "Write the levels that are missing"
        for i, strand in enumerate(self.strands):
            for j in equal_texts(strand.levels):
                yield ("strands", i, "levels", j), "two levels are described alike", "Say what sets them apart"
        ids = [paragraph.id for paragraph in self.paragraphs]
        for i in equal_texts(paragraph.text for paragraph in self.paragraphs):
            yield ("paragraphs", i), "two paragraphs are the same", "Change one of them"
        for i, paragraph in enumerate(self.paragraphs):
            if paragraph.id in ids[:i]:
                yield ("paragraphs", i, "id"), f"there are two paragraphs '{paragraph.id}'", "Give one another id"
            yield from self._misplaced(i, paragraph, heights)
            yield from _unrecorded(i, paragraph, corpus)
        levels = {placing.level for paragraph in self.paragraphs for placing in paragraph.placings}
        if len(levels) == 1:
            yield (
                ("paragraphs",),
                "every placing is at the same level",
                "Change a paragraph, so that there is something to tell apart",
            )

    def _misplaced(self, i: int, paragraph: Paragraph, heights: dict[Slug, int]) -> Iterator[Problem]:
        """A paragraph has one placing in every strand, at a level that exists, and quotes itself exactly."""
        have = [placing.strand for placing in paragraph.placings]
        for name in heights:
            if have.count(name) != 1:
                wrong = f"it is placed {have.count(name)} times in the strand '{name}'"
                yield ("paragraphs", i, "placings"), wrong, f"Give one placing with 'strand: {name}'"
        for j, placing in enumerate(paragraph.placings):
            where = ("paragraphs", i, "placings", j)
            if placing.strand not in heights:
                yield (*where, "strand"), f"there is no strand '{placing.strand}'", f"Known: {', '.join(heights)}"
            elif placing.level > heights[placing.strand]:
                wrong = f"there is no level {placing.level} in '{placing.strand}'"
                yield (*where, "level"), wrong, f"The highest is {heights[placing.strand]}"
            for k, words in enumerate(placing.words):
                if words not in paragraph.text:
                    yield (
                        (*where, "words", k),
                        "these words are not in the paragraph",
                        "Quote it letter for letter",
                    )

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """One question for each paragraph: its level in every strand."""
        names = {strand.id: strand.name for strand in self.strands}
        legend = [f"{s.name}, level {n}: {text}" for s in self.strands for n, text in enumerate(s.levels, 1)]
        levels = tuple(f"level {n}" for n in range(1, len(self.strands[0].levels) + 1))
        found = []
        for paragraph in self.paragraphs:
            pairs = tuple(Pair(names[placing.strand], f"level {placing.level}") for placing in paragraph.placings)
            key = [f"{names[p.strand]}: level {p.level}. {p.why.text}" for p in paragraph.placings]
            asked = self.asked(corpus, f"Question: {self.question}", *legend, paragraph.text)
            loses = "One level off earns nothing."
            told = "\n\n".join([*key, paragraph.lift.text])
            found.append(Question(paragraph.id, "match", asked, told, pairs=pairs, others=levels, loses=loses))
        return found

    def form(self) -> list[str]:
        lines = [f"Question: {self.question}"]
        for strand in self.strands:
            lines += [f"{strand.name}, level {n}: {text}" for n, text in enumerate(strand.levels, 1)]
        for letter, paragraph in zip("ABCD", self.paragraphs, strict=False):
            lines.append(f"Paragraph {letter}. {paragraph.text}")
            lines += [f"Paragraph {letter}, {strand.name.lower()}: level ____" for strand in self.strands]
        return lines

    def key(self) -> list[str]:
        lines = ["Levels as this book’s authors place them; another marker may differ by one."]
        names = {strand.id: strand.name.lower() for strand in self.strands}
        for letter, paragraph in zip("ABCD", self.paragraphs, strict=False):
            for placing in paragraph.placings:
                words = "; ".join(f"“{words}”" for words in placing.words)
                name = names.get(placing.strand, placing.strand)
                lines.append(f"Paragraph {letter}, {name}: level {placing.level}. {placing.why.text} See: {words}")
            lines.append(f"Paragraph {letter}, the next step: {paragraph.lift.text}")
        return lines


def _unrecorded(i: int, paragraph: Paragraph, corpus: Corpus) -> Iterator[Problem]:
    """A paragraph that quotes, quotes a record: nobody's words are made up for an example."""
    recorded = [
        " ".join(text.split())
        for _, quotation in corpus.quotations.values()
        for text in (quotation.english, quotation.original)
        if text
    ]
    for words in re.findall(r"“([^”]+)”", paragraph.text):
        plain = " ".join(words.split()).rstrip(".,;:")
        if len(plain.split()) > SPOKEN and not any(plain in text for text in recorded):
            wrong = f"“{plain}” is in no quotation of the corpus"
            yield ("paragraphs", i, "text"), wrong, "Quote a record letter for letter, or put it in your own words"
