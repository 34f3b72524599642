"""The record of a rewriting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.letters import closed

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

CLEAN = "none"
"""What the form says where no slip is left; no slip can have it as its id."""


class Slip(Model):
    """Something wrong with the sentence. ``phrases`` are words that make it whatever stands around them."""

    id: Slug
    text: Text = Field(description="what the sentence still says or leaves out, as the writer ticks it")
    phrases: list[Text] = Field(default_factory=list)
    feedback: Note = Field(description="why it is a slip, and what to write")


class Keep(Model):
    """Something that the new sentence must still say, and the words that would show it, any one of them."""

    text: Text
    any: list[Text] = Field(min_length=1)


class Sentence(Model):
    """A sentence that would do, and what makes it do."""

    text: Text
    because: Note


class Rewrite(Exercise):
    """Make the sentence true in at most ``limit`` words without losing its point."""

    verb: ClassVar[str] = "Rewrite"

    type: Literal["rewrite"]
    sentence: Text
    point: Text = Field(description="what must survive, as a phrase: 'that the post helped him'")
    limit: int = Field(ge=5, le=80)
    slips: list[Slip] = Field(min_length=2, max_length=7)
    keeps: list[Keep] = Field(default_factory=list, max_length=5)
    models: list[Sentence] = Field(min_length=1, max_length=3)
    certainty: bool = False

    @property
    def meta(self) -> str:
        return f"at most {self.limit} words"

    def notes(self) -> Iterator[Note]:
        yield from (slip.feedback for slip in self.slips)
        yield from (model.because for model in self.models)
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        for i, slip in enumerate(self.slips):
            if slip.id == CLEAN:
                yield ("slips", i, "id"), f"'{CLEAN}' means that no slip is left", "Give it another id"
            if slip.id in {other.id for other in self.slips[:i]}:
                yield ("slips", i, "id"), f"two slips are called '{slip.id}'", "Give one another id"
        for i in equal_texts(slip.text for slip in self.slips):
            yield ("slips", i), "two slips say the same", "Change one of them"
        for i, model in enumerate(self.models):
            if (n := count(model.text)) > self.limit:
                yield ("models", i), f"this model has {n} words, {self.limit} are allowed", "Shorten it"
            for phrase in self._banned(model.text):
                yield ("models", i), f"this model says '{phrase}', which a slip forbids", "Reword one of them"
            for keep in self.keeps:
                if not any(says(model.text, words) for words in keep.any):
                    wrong = f"this model does not keep {keep.text}, by its list of words"
                    yield ("models", i), wrong, "Add its words to the list, or reword the model"
            if plain(model.text) == plain(self.sentence):
                yield ("models", i), "this model is the sentence itself", "Make it true"

    def _banned(self, text: str) -> Iterator[str]:
        yield from (phrase for slip in self.slips for phrase in slip.phrases if says(text, phrase))

    def form(self) -> list[str]:
        return [f"“{self.sentence}”", f"Its point: {self.point}. At most {self.limit} words.", "_" * 40]

    def key(self) -> list[str]:
        models = [f"For example: “{model.text}” {model.because.text}" for model in self.models]
        return models + [f"Slip: {closed(slip.text)} {slip.feedback.text}" for slip in self.slips]


def plain(text: str) -> str:
    """A text as phrases are looked for in it: letters and digits only, case aside."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).lower()).split())


def says(text: str, phrase: str) -> bool:
    """Whether a text contains these words, whole and in this order."""
    return f" {plain(phrase)} " in f" {plain(text)} "


def count(text: str) -> int:
    """Words in a text; a dash between spaces is none."""
    return sum(any(c.isalnum() for c in token) for token in text.split())
