"""What every exercise has, whatever its type."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import Field

from essaybook.corpus.record import Model, Record, Slug, Text
from essaybook.exercises.question import Question, paragraphs

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus
    from essaybook.corpus.source import Quotation, Source

Item = TypeVar("Item")
Problem = tuple[tuple[str | int, ...], str, str]
"""Where in the record, what is wrong, the edit to make."""


class Note(Model):
    """A piece of feedback: the reason, and the records that it rests on, each as ``kind:id``."""

    text: Text
    cites: list[Text] = Field(default_factory=list)


class Exercise(Record):
    """One exercise. ``version`` goes up whenever its answer changes, so that saved work is not misread."""

    verb: ClassVar[str]
    """What the reader is told to do, one word."""

    type: str
    version: int = Field(ge=1, description="goes up whenever the answer changes")
    chapter: Slug = Field(description="the file name of the chapter it belongs to, without its ending")
    prompt: Text = Field(description="what the reader is asked or told to do")
    purpose: Text = Field(description="the misconception it repairs or the skill it trains; for teachers")
    minutes: int = Field(default=5, ge=1, le=60)
    shows: list[Slug] = Field(default_factory=list, description="quotations printed with it")
    closing: Note | None = Field(default=None, description="said after the answer, whatever it was")
    certainty: bool = Field(default=True, description="whether a reader may say how sure they are")

    @property
    def meta(self) -> str:
        """A few words beside the verb: how many answers, how many minutes."""
        return f"{self.minutes} minutes"

    def notes(self) -> Iterator[Note]:
        """Every piece of feedback in the record. Types add their own and end with ``super().notes()``."""
        if self.closing:
            yield self.closing

    def references(self) -> Iterator[tuple[str, str]]:
        """Every record that the exercise names, as kind and id. Types add their own."""
        yield from (("quotation", name) for name in self.shows)
        for note in self.notes():
            for cite in note.cites:
                kind, _, name = cite.partition(":")
                yield kind, name

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        """What a check finds in this record beyond its shape. Types say what makes them answerable."""
        yield from ()

    def form(self) -> list[str]:
        """The exercise in plain lines, as a worksheet or a text fallback prints it, without its answer."""
        raise NotImplementedError

    def key(self) -> list[str]:
        """The answer in plain lines, with its reasons."""
        raise NotImplementedError

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """The exercise as questions for learning systems and cards.

        Unless a type knows better: one question to answer in words, with the key as the model answer.
        """
        return [self.essay(corpus, "Its form is the page's own; here it is answered in words.")]

    def essay(self, corpus: Corpus, loses: str = "", name: str = "words", ask: str | None = None) -> Question:
        """The whole exercise, or one part that ``ask`` puts, as a question to answer in words."""
        asked = ask if ask is not None else paragraphs(*self.form())
        return Question(name, "essay", self.asked(corpus, asked), paragraphs(*self.key(), self.told), loses=loses)

    def asked(self, corpus: Corpus, *more: str) -> str:
        """The prompt under the passages printed with it, and what belongs to one question alone."""
        found = (corpus.quotations[name] for name in self.shows if name in corpus.quotations)
        return paragraphs(*(passage(*pair) for pair in found), self.prompt, *more)

    @property
    def told(self) -> str:
        """What is said after every answer."""
        return self.closing.text if self.closing else ""

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """Numbers and names from the corpus that the type's page and module need, ready to show."""
        return {}

    def shuffled(self, items: Sequence[Item], salt: str = "") -> list[Item]:
        """The items in an order that is the same for this exercise on every page, sheet and device."""
        mixed = list(items)
        random.Random(f"{self.id}/{self.version}/{salt}").shuffle(mixed)
        return mixed


def passage(source: Source, quotation: Quotation) -> str:
    """A quotation with whose it is and when, in one line; a paraphrase stands without quotation marks."""
    words = quotation.english or quotation.original
    said = f"“{words}”" if words else str(quotation.paraphrase)
    return f"{said} ({source.by}, {source.when})"


def equal_texts(texts: Iterable[str]) -> list[int]:
    """Positions of texts that an earlier one already says, spaces and case aside."""
    seen: set[str] = set()
    again = []
    for i, text in enumerate(texts):
        folded = " ".join(text.casefold().split())
        if folded in seen:
            again.append(i)
        seen.add(folded)
    return again
