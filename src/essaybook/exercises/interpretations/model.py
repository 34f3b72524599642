"""The record of a comparison of historians' arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.historian import Seen
from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Pair, Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Bearing(StrEnum):
    """What a piece of evidence does to an argument."""

    SUPPORTS = "supports"
    CHALLENGES = "challenges"
    SILENT = "silent"


BEARINGS: dict[Bearing, str] = {
    Bearing.SUPPORTS: "supports it",
    Bearing.CHALLENGES: "challenges it",
    Bearing.SILENT: "does not bear on it",
}

RATES: dict[str, str] = {
    "0": "not convincing",
    "1": "in part",
    "2": "largely",
    "3": "convincing",
}
"""How far an argument convinces, from least to most. Never marked."""

SEEN: dict[Seen, str] = {
    Seen.READ: "our paraphrase; passages of the work were read for this edition",
    Seen.ABSTRACT: "our paraphrase, after the author’s or publisher’s summary",
    Seen.REPORTED: "our paraphrase, after another author’s account",
    Seen.MEMORY: "our paraphrase of a standard work, not opened for this edition",
}
"""What stands under an argument: whose words, and on what they rest."""


class Argument(Model):
    """A historian's argument in our words, sharpened to the question.

    With a ``position`` the page says how far the work was seen; without one, ``by`` says whose view it is.
    """

    id: Slug
    by: Text
    text: Text
    position: Slug | None = None
    weighs: Note = Field(
        description="what it explains and what it leaves; printed beside the reader's own reasons"
    )


class Reading(Model):
    """What a piece of evidence does to one argument, and what somebody who argues so would say to it."""

    argument: Slug
    bears: Bearing
    also: list[Bearing] = Field(default_factory=list, description="readings that can be defended too")
    says: Note


class Evidence(Model):
    """A record of the corpus, with a label of a few words; numbers in the label are the record's."""

    about: Text = Field(description="kind:id of the record")
    label: Text
    readings: list[Reading] = Field(min_length=1)


class Interpretations(Exercise):
    """Say which argument convinces more, and place evidence for or against each. Only the placing is marked."""

    verb: ClassVar[str] = "Test"

    type: Literal["interpretations"]
    certainty: bool = Field(default=False, description="a judgement is not bet on")
    question: Text = Field(description="what the historians disagree about")
    arguments: list[Argument] = Field(min_length=2, max_length=3)
    evidence: list[Evidence] = Field(min_length=2, max_length=8)

    @property
    def meta(self) -> str:
        many = {2: "two arguments", 3: "three arguments"}[len(self.arguments)]
        return f"{many}, {self.minutes} minutes; only the placing of evidence is marked"

    def notes(self) -> Iterator[Note]:
        yield from (argument.weighs for argument in self.arguments)
        for evidence in self.evidence:
            yield from (reading.says for reading in evidence.readings)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield from (("position", argument.position) for argument in self.arguments if argument.position)
        for evidence in self.evidence:
            kind, _, name = evidence.about.partition(":")
            yield kind, name
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        names = [argument.id for argument in self.arguments]
        for i, argument in enumerate(self.arguments):
            if argument.id in names[:i]:
                yield ("arguments", i, "id"), f"there are two arguments '{argument.id}'", "Give one another id"
            known = corpus.positions.get(argument.position or "")
            if known and known.historian != argument.by:
                wrong = f"'{argument.by}' is not whose position '{argument.position}' is"
                yield ("arguments", i, "by"), wrong, f"Write 'by: {known.historian}'"
        for i in equal_texts(argument.text for argument in self.arguments):
            yield ("arguments", i), "two arguments say the same", "Change one of them"
        for i in equal_texts(f"{evidence.about}{evidence.label}" for evidence in self.evidence):
            yield ("evidence", i), "this evidence is offered twice", "Leave one of the two out"
        for i, evidence in enumerate(self.evidence):
            yield from self._unread(i, evidence, names)
            yield from self._drifted(i, evidence, corpus)
        for name in names:
            met = {r.bears for evidence in self.evidence for r in evidence.readings if r.argument == name}
            for bearing in (Bearing.SUPPORTS, Bearing.CHALLENGES):
                if bearing not in met:
                    wrong = f"nothing {BEARINGS[bearing][:-3]} the argument '{name}'"
                    yield ("evidence",), wrong, "Add evidence, so that the argument is tested on both sides"

    def _unread(self, i: int, evidence: Evidence, names: list[str]) -> Iterator[Problem]:
        """Evidence has one reading for every argument, and its rival readings differ from it."""
        have = [reading.argument for reading in evidence.readings]
        for name in names:
            if have.count(name) != 1:
                wrong = f"it has {have.count(name)} readings for the argument '{name}'"
                yield ("evidence", i, "readings"), wrong, f"Give one with 'argument: {name}'"
        for j, reading in enumerate(evidence.readings):
            where = ("evidence", i, "readings", j)
            if reading.argument not in names:
                yield (
                    (*where, "argument"),
                    f"there is no argument '{reading.argument}'",
                    f"Known: {', '.join(names)}",
                )
            if reading.bears in reading.also:
                yield (*where, "also"), f"'{reading.bears}' is the first reading already", "Leave it out of 'also'"
            if len({reading.bears, *reading.also}) == len(Bearing):
                yield (
                    (*where, "also"),
                    "every reading counts as right",
                    "Leave out the one that cannot be defended",
                )

    def _drifted(self, i: int, evidence: Evidence, corpus: Corpus) -> Iterator[Problem]:
        """Numbers in a label are the record's own."""
        kind, _, name = evidence.about.partition(":")
        words = _words(corpus, kind, name)
        if words is None:
            return
        strange = sorted(_numbers(evidence.label) - _numbers(words))
        if strange:
            wrong = f"the label says {', '.join(strange)}, which the {kind} does not"
            yield ("evidence", i, "label"), wrong, f"The record says: {words}"

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """For each argument what the evidence does to it, then the judgement in words."""
        found = []
        views = [f"{argument.by}: {argument.text}" for argument in self.arguments]
        for argument in self.arguments:
            read = [(one, r) for one in self.evidence for r in one.readings if r.argument == argument.id]
            pairs = tuple(Pair(one.label, BEARINGS[reading.bears]) for one, reading in read)
            key = "\n\n".join(
                f"{one.label}: {' or '.join(BEARINGS[bears] for bears in (r.bears, *r.also))}. {r.says.text}"
                for one, r in read
            )
            also = any(reading.also for _, reading in read)
            loses = "A second reading that can be defended earns nothing." if also else ""
            asked = self.asked(corpus, self.question, f"{argument.by}: {argument.text}")
            others = tuple(BEARINGS.values())
            found.append(Question(argument.id, "match", asked, key, pairs=pairs, others=others, loses=loses))
        weighs = "\n\n".join(f"{argument.by}: {argument.weighs.text}" for argument in self.arguments)
        asked = self.asked(corpus, self.question, *views, "Which convinces you more, and why?")
        return [*found, Question("judgement", "essay", asked, weighs)]

    def form(self) -> list[str]:
        lines = [f"Question: {self.question}"]
        for argument in self.arguments:
            lines += [f"{argument.by}: {argument.text}", f"Convincing? {_boxes(RATES.values())} because ____"]
        for evidence in self.evidence:
            lines.append(evidence.label)
            lines += [f"{argument.by}: {_boxes(BEARINGS.values())}" for argument in self.arguments]
        return lines

    def key(self) -> list[str]:
        lines = ["The judgement is the reader’s and is not marked. The placing of evidence, as this book has it:"]
        by = {argument.id: argument.by for argument in self.arguments}
        for evidence in self.evidence:
            for reading in evidence.readings:
                also = "".join(f" (or {BEARINGS[b]})" for b in reading.also)
                whose = by.get(reading.argument, reading.argument)
                lines.append(f"{evidence.label}. {whose}: {BEARINGS[reading.bears]}{also}. {reading.says.text}")
        return lines + [f"{argument.by}: {argument.weighs.text}" for argument in self.arguments]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """How far each argument was seen, where its work is named, and the words of the choices."""
        arguments = []
        for argument in self.arguments:
            position = corpus.positions.get(argument.position or "")
            work = corpus.works.get(position.work) if position else None
            arguments.append(
                {
                    "id": argument.id,
                    "by": argument.by,
                    "seen": SEEN[position.seen] if position else "our paraphrase",
                    "work": work.short if work else None,
                    "position": argument.position,
                }
            )
        return {"arguments": arguments, "bearings": dict(BEARINGS), "rates": RATES}


def _boxes(words: Any) -> str:
    return " ".join(f"[ ] {word}" for word in words)


def _numbers(text: str) -> set[str]:
    """Runs of digits, thousands closed up and nothing after the point."""
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[, ](?=\d{3}\b)", "", text)))


def _words(corpus: Corpus, kind: str, name: str) -> str | None:
    """What a record says, as far as a label could repeat it; None for kinds and names not looked at here."""
    if kind == "figure" and name in corpus.figures:
        figure = corpus.figures[name]
        return f"{figure.series}. {figure.label}, {figure.date.words}: {figure.words}. {figure.note or ''}".strip()
    if kind == "event" and name in corpus.events:
        event = corpus.events[name]
        return f"{event.when}: {event.text} {event.note or ''}".strip()
    if kind == "quotation" and name in corpus.quotations:
        source, quotation = corpus.quotations[name]
        return f"{source.when}: {quotation.english or quotation.original or quotation.paraphrase}"
    return None
