"""The record of a causal web."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Verb(Model):
    """How one factor stands to another. With ``back`` the second factor is the cause of the first."""

    id: Slug
    text: Text = Field(max_length=24)
    back: bool = False


class Factor(Model):
    """A factor. ``event`` dates it, so that no recorded link runs from a later thing to an earlier one."""

    id: Slug
    text: Text = Field(max_length=40)
    inside: Text | None = Field(default=None, description="as it stands inside a sentence, if not the same")
    gloss: Text | None = Field(default=None, description="a line that says what is meant")
    event: Slug | None = None
    without: Note | None = Field(default=None, description="said when the reader takes this factor away")

    @property
    def inner(self) -> str:
        """The factor inside a sentence: a leading article goes small."""
        return self.inside or (f"the {self.text[4:]}" if self.text.startswith("The ") else self.text)


class Link(Note):
    """A link, always from cause to effect, whichever verb says it. ``text`` is the reason.

    Without ``verbs`` any verb in this direction is meant.
    """

    cause: Slug
    effect: Slug
    verbs: list[Slug] = Field(default_factory=list)


def _verbs() -> list[Verb]:
    return [
        Verb(id="enabled", text="enabled"),
        Verb(id="sped-up", text="sped up"),
        Verb(id="exploited", text="exploited", back=True),
        Verb(id="hid", text="hid"),
        Verb(id="depended-on", text="depended on", back=True),
    ]


class CausalWeb(Exercise):
    """Join factors by verbs, then take one away. There is no complete web."""

    verb: ClassVar[str] = "Connect"
    check_word: ClassVar[str] = "Compare"

    type: Literal["causal-web"]
    certainty: bool = False
    factors: list[Factor] = Field(min_length=3, max_length=10)
    verbs: list[Verb] = Field(default_factory=_verbs, min_length=1, max_length=8)
    supported: list[Link] = Field(min_length=1, description="links that records bear out")
    contradicted: list[Link] = Field(default_factory=list, description="links that records rule out")
    because: Text = "Which one link carries the most, and what shows it?"

    @property
    def meta(self) -> str:
        return f"{len(self.factors)} factors, {self.minutes} minutes"

    @property
    def start(self) -> list[Factor]:
        """The factors in the order in which lists and drawing give them."""
        return self.shuffled(self.factors)

    def notes(self) -> Iterator[Note]:
        yield from self.supported
        yield from self.contradicted
        yield from (factor.without for factor in self.factors if factor.without)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield from (("event", factor.event) for factor in self.factors if factor.event)
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        factors = {factor.id: factor for factor in self.factors}
        verbs = {verb.id for verb in self.verbs}
        for field, parts in (("factors", self.factors), ("verbs", self.verbs)):
            if len({part.id for part in parts}) < len(parts):
                yield (field,), "two of these have the same id", "Rename one of them"
            for i in equal_texts(part.text for part in parts):
                yield (field, i), "two of these say the same", "Change one of them"
        for field, links in (("supported", self.supported), ("contradicted", self.contradicted)):
            for i, link in enumerate(links):
                for name in {link.cause, link.effect} - factors.keys():
                    yield (field, i), f"no factor is called '{name}'", "Name one of the factors"
                for name in sorted(set(link.verbs) - verbs):
                    yield (field, i, "verbs"), f"no verb is called '{name}'", "Name one of the verbs"
                if link.cause == link.effect:
                    yield (field, i), "a factor is its own cause", "Name two different factors"
            for (_, one), (j, other) in combinations(enumerate(links), 2):
                if (one.cause, one.effect) == (other.cause, other.effect) and self._shared(one, other):
                    yield (field, j), "the same link stands twice", "Join the two"
        for i, link in enumerate(self.supported):
            for other in self.contradicted:
                if (link.cause, link.effect) == (other.cause, other.effect) and self._shared(link, other):
                    wrong = f"'{link.cause}' to '{link.effect}' is both supported and contradicted"
                    yield ("supported", i), wrong, "Take one out, or give them different verbs"
            dates = [corpus.events.get(factors[n].event or "") for n in (link.cause, link.effect) if n in factors]
            before, after = dates if len(dates) == 2 else (None, None)
            if before and after and before.date.first > (after.end or after.date).last:
                wrong = f"the cause '{link.cause}' is dated {before.when}, after its effect, {after.when}"
                yield ("supported", i), wrong, "Turn the link round, take it out, or correct the factor's event"
        joined = {name for link in self.supported for name in (link.cause, link.effect)}
        for i, factor in enumerate(self.factors):
            if factor.id not in joined:
                wrong = f"no supported link touches '{factor.id}'"
                yield ("factors", i), wrong, "Record a link for it, or take it out"

    def _shared(self, one: Link, other: Link) -> bool:
        """Whether some verb belongs to both; a link without verbs takes any."""
        return not one.verbs or not other.verbs or bool(set(one.verbs) & set(other.verbs))

    def sentence(self, link: Link) -> str:
        """A link in words, by its first verb."""
        verb = next((verb for verb in self.verbs if verb.id in link.verbs), self.verbs[0])
        factors = {factor.id: factor for factor in self.factors}
        first, second = (link.effect, link.cause) if verb.back else (link.cause, link.effect)
        return f"{factors[first].text} {verb.text} {factors[second].inner}"

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        return {"start": [factor.id for factor in self.start]}

    def form(self) -> list[str]:
        return [
            "Factors: " + "; ".join(factor.text for factor in self.start) + ".",
            "Verbs: " + ", ".join(verb.text for verb in self.verbs) + ".",
            "Write each link as a factor, a verb, a factor.",
            "Then cross one factor out. Which links fall? What is left without a cause?",
            self.because,
        ]

    def key(self) -> list[str]:
        lines = ["There is no complete web. Links that the records support:"]
        lines += [f"{self.sentence(link)}: {link.text}" for link in self.supported]
        if self.contradicted:
            lines.append("Links that the records contradict:")
            lines += [f"{self.sentence(link)}: {link.text}" for link in self.contradicted]
        lines += [f"Without “{f.text}”: {f.without.text}" for f in self.factors if f.without]
        return lines
