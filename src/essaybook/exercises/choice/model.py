"""The record of a choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Answer, Question
from essaybook.letters import closed

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Option(Model):
    """One option. ``feedback`` is given when it was picked, for right ones too."""

    id: Slug
    text: Text
    right: bool = False
    feedback: Note


class Choice(Exercise):
    """Pick one option, or several; each has its own feedback."""

    verb: ClassVar[str] = "Choose"

    type: Literal["choice"]
    options: list[Option] = Field(min_length=2, max_length=8)
    several: bool = False
    because: Text | None = Field(default=None, description="asks for the reason, in the reader's own words")

    @property
    def meta(self) -> str:
        return "every right answer" if self.several else "one answer"

    def notes(self) -> Iterator[Note]:
        yield from (option.feedback for option in self.options)
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        right = sum(option.right for option in self.options)
        if right == 0:
            yield ("options",), "no option is right", "Mark one with 'right: true'"
        if right > 1 and not self.several:
            yield ("options",), f"{right} options are right", "Add 'several: true', or leave one right"
        for i in equal_texts(option.text for option in self.options):
            yield ("options", i), "two options say the same", "Change one of them"

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """The question as it is."""
        answers = tuple(Answer(option.text, option.right, option.feedback.text) for option in self.options)
        loses = "The reason is not asked for." if self.because else ""
        kind: Literal["several", "single"] = "several" if self.several else "single"
        return [Question("choice", kind, self.asked(corpus), self.told, answers, loses=loses)]

    def form(self) -> list[str]:
        return [f"[ ] {option.text}" for option in self.options] + ([self.because] if self.because else [])

    def key(self) -> list[str]:
        return [
            f"{'Right' if option.right else 'Wrong'}: {closed(option.text)} {option.feedback.text}"
            for option in self.options
        ]
