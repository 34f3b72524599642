"""The record of a weighing of sources."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Frame(StrEnum):
    """A way of setting out the answer. The two share a row for content."""

    AO2 = "ao2"
    OPCVL = "opcvl"


class Criterion(StrEnum):
    """What is looked at in a source, in the order in which the form asks for it."""

    ORIGIN = "origin"
    PURPOSE = "purpose"
    CONTENT = "content"
    PROVENANCE = "provenance"
    TONE = "tone"
    CONTEXT = "context"
    VALUE = "value"
    LIMITATION = "limitation"


class Bears(StrEnum):
    """Which way a criterion moves the value of the source for this enquiry."""

    ADDS = "adds"
    LIMITS = "limits"
    BOTH = "both"


ROWS: dict[Frame, tuple[Criterion, ...]] = {
    Frame.AO2: (Criterion.CONTENT, Criterion.PROVENANCE, Criterion.TONE, Criterion.CONTEXT),
    Frame.OPCVL: (
        Criterion.ORIGIN,
        Criterion.PURPOSE,
        Criterion.CONTENT,
        Criterion.VALUE,
        Criterion.LIMITATION,
    ),
}
"""The criteria of each frame."""

SUMMING = (Criterion.VALUE, Criterion.LIMITATION)
"""Criteria that draw the balance: they get no choice of direction, their name is the direction."""

NAMES: dict[Frame, str] = {
    Frame.AO2: "Content, provenance, tone, context",
    Frame.OPCVL: "Origin, purpose, content, value, limitation",
}

CODES: dict[Frame, str] = {Frame.AO2: "AO2", Frame.OPCVL: "OPCVL"}
"""What teachers call the frames."""

ASKS: dict[Criterion, str] = {
    Criterion.ORIGIN: "who made it, when, and in what form it has come down",
    Criterion.PURPOSE: "for whom, and what it was meant to bring about",
    Criterion.CONTENT: "what it says and leaves out",
    Criterion.PROVENANCE: "who, when, to whom, why, and how it reached us",
    Criterion.TONE: "how it speaks, and what that gives away",
    Criterion.CONTEXT: "what you know from elsewhere that bears it out or does not",
    Criterion.VALUE: "what it can show because of its origin, purpose and content",
    Criterion.LIMITATION: "what it cannot show, for the same reasons",
}
"""The question behind each criterion, as the form prints it under the name."""

BEARS: dict[Bears, str] = {
    Bears.ADDS: "adds to its value",
    Bears.LIMITS: "limits its value",
    Bears.BOTH: "does both",
}

CHECKS = (
    "Did you name a date?",
    "Did you use something you know from outside the source?",
    "Did you say what it is valuable for, and not only that it is valuable or biased?",
    "Did you draw something from the tone, and not only name it?",
)
"""What every reader is asked to look for in what they wrote."""


class Point(Model):
    """A model answer on one criterion of one source. ``bears`` is left out where the criterion sums up."""

    criterion: Criterion
    bears: Bears | None = None
    note: Note


class Weighed(Model):
    """A source to weigh, named by the quotation that is printed, and what this book would say of it."""

    quotation: Slug
    points: list[Point] = Field(min_length=3)


class Value(Exercise):
    """Say of one to three sources how valuable they are for one enquiry. There is no score."""

    verb: ClassVar[str] = "Weigh"
    check_word: ClassVar[str] = "Compare"

    type: Literal["value"]
    certainty: bool = Field(default=False, description="there is no score to be sure of")
    enquiry: Text = Field(description="what the historian wants to know, as a noun phrase or a question")
    sources: list[Weighed] = Field(min_length=1, max_length=3)
    frames: list[Frame] = Field(
        default_factory=lambda: list(Frame), min_length=1, description="the first is shown"
    )
    judgement: Note = Field(description="the model answer to: how valuable on the whole, which more than which")
    checks: list[Text] = Field(default_factory=list, description="questions to oneself beyond the usual ones")

    @model_validator(mode="before")
    @classmethod
    def _shown(cls, raw: Any) -> Any:
        """The sources are printed over the form, as ``shows`` is in every type."""
        if not isinstance(raw, dict) or raw.get("shows") or not isinstance(raw.get("sources"), list):
            return raw
        shows = [
            source["quotation"] for source in raw["sources"] if isinstance(source, dict) and "quotation" in source
        ]
        return {**raw, "shows": shows}

    @property
    def meta(self) -> str:
        many = {1: "one source", 2: "two sources", 3: "three sources"}[len(self.sources)]
        return f"{many}, {self.minutes} minutes, no score"

    @property
    def criteria(self) -> list[Criterion]:
        """Every criterion that one of the frames asks for, in the form's order."""
        return [c for c in Criterion if any(c in ROWS[frame] for frame in self.frames)]

    @property
    def questions(self) -> list[str]:
        """The self-check list: the usual questions and the record's own."""
        return [*CHECKS, *self.checks]

    def framed(self, criterion: Criterion) -> list[Frame]:
        """The frames of this exercise that ask for a criterion."""
        return [frame for frame in self.frames if criterion in ROWS[frame]]

    def sums(self, criterion: Criterion) -> bool:
        """Whether a criterion draws the balance, so that no direction is chosen for it."""
        return criterion in SUMMING

    def notes(self) -> Iterator[Note]:
        for source in self.sources:
            yield from (point.note for point in source.points)
        yield self.judgement
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        names = [source.quotation for source in self.sources]
        if sorted(self.shows) != sorted(names):
            yield ("shows",), "it prints other passages than it asks about", "Leave 'shows' out"
        if len(set(self.frames)) < len(self.frames):
            yield ("frames",), "a frame is named twice", "Leave one of the two out"
        for i, source in enumerate(self.sources):
            where = ("sources", i, "points")
            if source.quotation in names[:i]:
                yield ("sources", i, "quotation"), "this passage is weighed twice", "Leave one of the two out"
            have = [point.criterion for point in source.points]
            for criterion in self.criteria:
                if have.count(criterion) != 1:
                    wrong = f"'{criterion}' has {have.count(criterion)} model answers"
                    yield where, wrong, f"Give one point with 'criterion: {criterion}'"
            for j, point in enumerate(source.points):
                if point.criterion not in self.criteria:
                    wrong = f"no frame of this exercise asks for '{point.criterion}'"
                    yield (*where, j), wrong, "Leave the point out, or add the frame that asks for it"
                elif self.sums(point.criterion) and point.bears:
                    yield (*where, j, "bears"), f"'{point.criterion}' has one direction only", "Leave 'bears' out"
                elif not self.sums(point.criterion) and not point.bears:
                    yield (
                        (*where, j),
                        "it does not say which way this bears",
                        "Add 'bears: adds', 'limits' or 'both'",
                    )
            directions = {point.bears for point in source.points if point.bears}
            if len(directions) == 1 and Bears.BOTH not in directions:
                only = directions.pop()
                yield (
                    where,
                    f"everything {BEARS[only]}",
                    "Find what speaks on the other side, or take another source",
                )

    def form(self) -> list[str]:
        """The first frame only: one sheet of paper has one frame."""
        rows = ROWS[self.frames[0]]
        lines = [f"Enquiry: {self.enquiry}"]
        for letter, _ in zip("ABC", self.sources, strict=False):
            for criterion in rows:
                choice = "" if self.sums(criterion) else " [ ] adds [ ] limits [ ] both, because"
                lines.append(f"Source {letter}. {criterion.capitalize()} ({ASKS[criterion]}):{choice} ____")
        return [*lines, "On the whole: ____", *(f"[ ] {question}" for question in self.questions)]

    def key(self) -> list[str]:
        lines = ["There is no score. This is what the book’s authors would write; compare yours with it."]
        for letter, source in zip("ABC", self.sources, strict=False):
            for point in sorted(source.points, key=lambda p: list(Criterion).index(p.criterion)):
                bears = f" ({BEARS[point.bears]})" if point.bears else ""
                lines.append(f"Source {letter}. {point.criterion.capitalize()}{bears}: {point.note.text}")
        return [*lines, f"On the whole: {self.judgement.text}"]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """How each source is headed, and the words that page, module and print share."""
        heads = []
        for letter, weighed in zip("ABC", self.sources, strict=False):
            source, _ = corpus.quotations[weighed.quotation]
            heads.append(
                {
                    "id": weighed.quotation,
                    "letter": letter,
                    "by": source.by,
                    "date": source.when,
                    "kind": source.kind,
                    "occasion": source.occasion,
                    "published": source.first_published,
                }
            )
        return {
            "sources": heads,
            "frames": [{"id": f, "code": CODES[f], "name": NAMES[f], "rows": list(ROWS[f])} for f in self.frames],
            "asks": {c: ASKS[c] for c in self.criteria},
            "bears": dict(BEARS),
            "checks": self.questions,
        }
