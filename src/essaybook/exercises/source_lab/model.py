"""The record of a source lab."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.corpus.source import Quotation, Source
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts, passage
from essaybook.exercises.question import Answer, Question, paragraphs
from essaybook.letters import closed

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

MOVES = {"up": "should raise it", "down": "should lower it", "none": "should not move it"}
FAR = {"little": "a little", "much": "a good deal"}


class Maker(Model):
    """Somebody who might have made the text. ``person`` ties the right one to the source's record."""

    id: Slug
    text: Text
    right: bool = False
    person: Slug | None = None
    feedback: Note


class Author(Model):
    """Whose words these are."""

    ask: Text = "Whose words do you expect?"
    options: list[Maker] = Field(min_length=2, max_length=7)


class Year(Model):
    """When the text was made; an answer within ``within`` years counts as right."""

    ask: Text = "From which year?"
    answer: int
    within: int = Field(default=0, ge=0, le=20)
    why: Note


class Use(Model):
    """Something that the text might be for. None is right: each says what would speak for it."""

    id: Slug
    text: Text
    feedback: Note


class Aim(Model):
    """What the text is for."""

    ask: Text = "What do you expect it to be for?"
    options: list[Use] = Field(min_length=2, max_length=6)


class Step(Model):
    """One thing more that the reader learns, and how it should bear on the claim."""

    id: Slug
    title: Text
    text: Text | None = None
    quotation: Slug | None = None
    moves: Literal["up", "down", "none"]
    far: Literal["little", "much"] = "little"
    why: Note

    @property
    def expected(self) -> str:
        """What it should have moved, in words."""
        return MOVES[self.moves] + ("" if self.moves == "none" else f", {FAR[self.far]}")


class SourceLab(Exercise):
    """Guess, read, revise. The first step is the text itself."""

    verb: ClassVar[str] = "Read again"
    check_word: ClassVar[str] = "Compare"

    type: Literal["source-lab"]
    passage: Slug = Field(description="the quotation, kept back until a guess is committed")
    before: Text = Field(description="what is said of the text before it shows")
    author: Author | None = None
    recognised: Text = "If you know whose text it is, answer as you would have done before you knew."
    year: Year | None = None
    aim: Aim
    claim: Text = Field(description="what the reader is more sure or less sure of, a whole sentence")
    steps: list[Step] = Field(min_length=2, max_length=6)
    revise: Text = "What moved you most, and by how much? Say what you would now write."
    certainty: bool = False

    @property
    def meta(self) -> str:
        return f"{len(self.steps) + 1} stages, {self.minutes} minutes"

    def notes(self) -> Iterator[Note]:
        if self.author:
            yield from (option.feedback for option in self.author.options)
        if self.year:
            yield self.year.why
        yield from (option.feedback for option in self.aim.options)
        yield from (step.why for step in self.steps)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield "quotation", self.passage
        yield from (("quotation", step.quotation) for step in self.steps if step.quotation)
        if self.author:
            yield from (("person", option.person) for option in self.author.options if option.person)
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        if self.passage in self.shows:
            yield ("shows",), "it prints the passage before the guess", "Take the passage out of 'shows'"
        for i, step in enumerate(self.steps):
            if step.text is None and step.quotation is None and i > 0:
                yield ("steps", i), "the step adds nothing to read", "Add 'text:' or 'quotation:'"
            if step.quotation == self.passage:
                yield ("steps", i), "the passage is shown twice", "Leave it to the first step"
        if all(step.moves == "none" for step in self.steps):
            yield ("steps",), "no step bears on the claim", "Change the claim, or add a step that does"
        ids = [step.id for step in self.steps]
        if len(set(ids)) < len(ids):
            yield ("steps",), "two steps have one id", "Give each its own"
        found = corpus.quotations.get(self.passage)
        if self.author:
            yield from self._author(self.author, found[0] if found else None)
        if self.year and found:
            source = found[0]
            first, last = source.date.year, (source.end or source.date).year
            if not first - self.year.within <= self.year.answer <= last + self.year.within:
                yield (("year", "answer"), f"the source is dated {source.date.words}", f"Write {first}")

    def _author(self, author: Author, source: Source | None) -> Iterator[Problem]:
        right = [i for i, option in enumerate(author.options) if option.right]
        if len(right) != 1:
            yield ("author", "options"), f"{len(right)} authors are right", "Mark one with 'right: true'"
        for i in equal_texts(option.text for option in author.options):
            yield ("author", "options", i), "two authors have one name", "Change one of them"
        for i in right:
            person = author.options[i].person
            if person and source and person not in source.people:
                yield (
                    ("author", "options", i, "person"),
                    f"the source's record does not name '{person}'",
                    f"Choose among {', '.join(source.people)}",
                )

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """Whose words and from which year, before the text is seen; then the rest in words."""
        found = []
        loses = "The text cannot be kept back, so it stands with the last question alone."
        if self.author:
            answers = tuple(Answer(o.text, o.right, o.feedback.text) for o in self.author.options)
            asked = self.asked(corpus, self.before, self.author.ask)
            found.append(Question("author", "single", asked, self.told, answers, loses=loses))
        if self.year:
            year = Decimal(self.year.answer)
            asked = self.asked(corpus, self.before, self.year.ask)
            within = self.year.within
            bounds = (year, year - within, year + within)
            found.append(Question("year", "number", asked, self.year.why.text, (), (), (), *bounds, loses))
        names = [self.passage, *(step.quotation for step in self.steps if step.quotation)]
        read = [corpus.quotations[name] for name in names]
        steps = [step.text for step in self.steps if step.text]
        ask = paragraphs(*(passage(*pair) for pair in read), *steps, self.claim, self.revise)
        return [*found, self.essay(corpus, loses, "revise", ask)]

    def form(self) -> list[str]:
        lines = [self.before, "Before you read:"]
        if self.author:
            lines += [self.recognised, self.author.ask, *(f"[ ] {option.text}" for option in self.author.options)]
        if self.year:
            lines.append(f"{self.year.ask} ________")
        lines += [self.aim.ask, *(f"[ ] {option.text}" for option in self.aim.options)]
        lines.append(f"How sure are you, from 0 to 10: {self.claim} ____")
        for i, step in enumerate(self.steps, 1):
            told = step.text or ("Read the passage." if i == 1 else "Read the second passage.")
            lines.append(f"{i}. {step.title}. {told} How sure now, from 0 to 10? ____")
        return [*lines, self.revise]

    def key(self) -> list[str]:
        lines = []
        if self.author:
            for option in self.author.options:
                verdict = "Right" if option.right else "Wrong"
                lines.append(f"{verdict}: {closed(option.text)} {option.feedback.text}")
        if self.year:
            lines.append(f"The year: {self.year.answer}. {self.year.why.text}")
        lines += [f"{closed(option.text)} {option.feedback.text}" for option in self.aim.options]
        return lines + [f"{step.title}: {step.expected}. {step.why.text}" for step in self.steps]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """The passages that it keeps back, by quotation: wording, language, by whom, when and of what kind."""
        names = [self.passage, *(step.quotation for step in self.steps if step.quotation)]
        return {name: _shown(*corpus.quotations[name]) for name in names if name in corpus.quotations}


def _shown(source: Source, quotation: Quotation) -> dict[str, Any]:
    return {
        "text": quotation.english or quotation.paraphrase or quotation.original or "",
        "language": source.language if not (quotation.english or quotation.paraphrase) else "en",
        "quoted": quotation.english is not None or quotation.original is not None,
        "by": source.by,
        "date": source.when,
        "title": source.title,
        "source": source.id,
    }
