"""The record of a planner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

JUDGEMENT = (
    "more", "most", "less", "least", "mainly", "chiefly", "above all", "decisive", "decided", "outweighs",
    "outweighed", "rather than", "only", "partly", "largely", "limited", "enough", "without", "depended",
    "although", "however", "far",
)  # fmt: skip
"""Words without which a sentence weighs nothing. A record may give its own."""

PARTS = ("claim", "evidence", "counter", "link")


class Starters(Model):
    """Sentences to begin with, for the fullest frame. The nth paragraph takes the nth, and round again."""

    thesis: Text
    claim: list[Text] = Field(min_length=1)
    evidence: list[Text] = Field(min_length=1)
    counter: list[Text] = Field(min_length=1)
    link: list[Text] = Field(min_length=1)


class Signal(Note):
    """What a plan's words give away about this question: said when one of ``words`` stands in it, or none."""

    words: list[Text] = Field(min_length=1)
    when: Literal["absent", "present"]


class Planner(Exercise):
    """Plan the essay. What the check lists are signals; only a reader can judge a plan."""

    verb: ClassVar[str] = "Plan"
    check_word: ClassVar[str] = "What is missing?"

    type: Literal["planner"]
    certainty: bool = False
    question: Text = Field(description="the essay's question")
    paragraphs: int = Field(default=4, ge=2, le=6, description="how many the frame begins with")
    starters: Starters
    positions: list[Slug] = Field(min_length=2, description="historians worth naming in an answer")
    judgement: list[Text] = Field(default_factory=lambda: list(JUDGEMENT), min_length=1)
    signals: list[Signal] = Field(default_factory=list)

    @property
    def meta(self) -> str:
        return f"{self.paragraphs} paragraphs, {self.minutes} minutes"

    def notes(self) -> Iterator[Note]:
        yield from self.signals
        yield Note(text="No historian is named.", cites=[f"position:{name}" for name in self.positions])
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        for i in equal_texts(signal.text for signal in self.signals):
            yield ("signals", i), "two signals say the same", "Change one of them, or join their words"
        for i, signal in enumerate(self.signals):
            for word in signal.words:
                if not any(letter.isalnum() for letter in word):
                    yield ("signals", i, "words"), f"'{word}' is no word to look for", "Give letters or figures"
        if len(set(self.positions)) < len(self.positions):
            yield ("positions",), "a position is named twice", "Name it once"

    def starter(self, part: str, paragraph: int) -> str:
        """The sentence that a paragraph's part begins with; paragraphs count from 1."""
        given: list[str] = getattr(self.starters, part)
        return given[(paragraph - 1) % len(given)]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """Surnames that count as a historian's: those with a work or position here who are no actors in it."""
        actors = {word for person in corpus.people.values() for word in f"{person.name} {person.short}".split()}
        names = {
            _surname(one)
            for position in corpus.positions.values()
            for one in position.historian.replace(" and ", ",").split(",")
        }
        names |= {a.split(",")[0].strip() for work in corpus.works.values() for a in work.authors if "," in a}
        suggested = [corpus.positions[name].historian for name in self.positions if name in corpus.positions]
        return {"historians": sorted(names - actors - {""}), "suggested": list(dict.fromkeys(suggested))}

    def form(self) -> list[str]:
        asks = ["point", "evidence, with its date", "against it", "back to the question"]
        return [
            self.question,
            f"Thesis: {self.starters.thesis}",
            *(f"Paragraph {n}: {'; '.join(asks)}" for n in range(1, self.paragraphs + 1)),
        ]

    def key(self) -> list[str]:
        return [
            "There is no model plan. A reader looks for: a thesis that weighs, evidence with a date in every "
            "paragraph, something against each point, a historian by name, and a link back to the question.",
            *(
                f"{'If nothing is said of' if signal.when == 'absent' else 'If the plan says'} "
                f"{', '.join(signal.words)}: {signal.text}"
                for signal in self.signals
            ),
        ]


def _surname(name: str) -> str:
    return name.split()[-1] if name.split() else ""
