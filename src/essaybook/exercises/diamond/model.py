"""The record of a diamond."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.historian import Seen
from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

SHAPES = ([1, 2, 3, 2, 1], [1, 2, 2, 1], [1, 2, 1])
"""The diamonds that the style sheet can draw."""

SEEN = {
    Seen.READ: "read for this edition, in part at least",
    Seen.ABSTRACT: "known from its summary",
    Seen.REPORTED: "known from another author’s account",
    Seen.MEMORY: "standard knowledge, not opened for this edition",
}

LEAN = {"high": "would rank it high", "low": "would rank it low", "asks": "would ask"}


class Factor(Model):
    """Something to be ranked. ``text`` is short enough for a cell of the diamond."""

    id: Slug
    text: Text = Field(max_length=48)


class Voice(Note):
    """What a recorded position implies about a factor. ``text`` names the historian and stands by itself.

    ``high`` goes with a reader who ranks the factor first and against one who ranks it last, ``low`` the other
    way round; ``asks`` puts the same question to both.
    """

    position: Slug
    factor: Slug
    lean: Literal["high", "low", "asks"]


class Objection(Note):
    """What a date or a count says to a reader who puts ``over`` in a higher row than ``under``."""

    over: Slug
    under: Slug


class Diamond(Exercise):
    """Rank factors in tiers. There is no right order; historians answer the two ends."""

    verb: ClassVar[str] = "Rank"
    check_word: ClassVar[str] = "Compare"

    type: Literal["diamond"]
    certainty: bool = False
    factors: list[Factor] = Field(min_length=4, max_length=9)
    tiers: list[int] = Field(default_factory=lambda: [1, 2, 3, 2, 1])
    most: Text = Field(default="did most", description="what the top of the diamond means")
    least: Text = Field(default="did least", description="what its foot means")
    voices: list[Voice] = Field(min_length=1)
    objections: list[Objection] = Field(default_factory=list)

    @property
    def meta(self) -> str:
        return f"{len(self.factors)} factors, {self.minutes} minutes"

    @property
    def start(self) -> list[Factor]:
        """The factors in the order in which the reader first meets them."""
        return self.shuffled(self.factors)

    @property
    def rows(self) -> list[int]:
        """The row of each place, counted from 1."""
        return [row for row, width in enumerate(self.tiers, 1) for _ in range(width)]

    @property
    def asks(self) -> list[str]:
        """What each row's reason begins with."""
        middle = [f"Row {row}" for row in range(2, len(self.tiers))]
        return [f"Row 1, {self.most}", *middle, f"Row {len(self.tiers)}, {self.least}"]

    def notes(self) -> Iterator[Note]:
        for voice in self.voices:
            yield Note(text=voice.text, cites=[f"position:{voice.position}", *voice.cites])
        yield from self.objections
        yield from super().notes()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        known = {factor.id for factor in self.factors}
        if self.tiers not in SHAPES:
            shapes = "; ".join("-".join(map(str, shape)) for shape in SHAPES)
            yield ("tiers",), "no diamond is drawn in this shape", f"Use one of {shapes}"
        elif sum(self.tiers) != len(self.factors):
            wrong = f"{len(self.factors)} factors stand against {sum(self.tiers)} places"
            yield ("factors",), wrong, "Add or take out factors, or change the tiers"
        if len(known) < len(self.factors):
            yield ("factors",), "two factors have the same id", "Rename one of them"
        for i in equal_texts(factor.text for factor in self.factors):
            yield ("factors", i), "two factors say the same", "Change one of them"
        for i, voice in enumerate(self.voices):
            if voice.factor not in known:
                yield ("voices", i, "factor"), f"no factor is called '{voice.factor}'", "Name one of the factors"
        for (_, one), (j, other) in combinations(enumerate(self.voices), 2):
            if (one.position, one.factor) == (other.position, other.factor):
                yield ("voices", j), f"'{other.position}' speaks twice about '{other.factor}'", "Join the two"
        for i, factor in enumerate(self.factors):
            count = len({voice.position for voice in self.voices if voice.factor == factor.id})
            if count < 2:
                wrong = f"only {count} position speaks about '{factor.id}', whichever end it is put at"
                yield ("factors", i), wrong, "Add voices until two different positions answer"
        pairs = [(objection.over, objection.under) for objection in self.objections]
        for i, (over, under) in enumerate(pairs):
            for name in {over, under} - known:
                yield ("objections", i), f"no factor is called '{name}'", "Name one of the factors"
            if over == under:
                yield ("objections", i), "a factor is set over itself", "Name two different factors"
            elif (under, over) in pairs[:i]:
                wrong = f"'{over}' and '{under}' are objected to both ways round, so that no ranking escapes"
                yield ("objections", i), wrong, "Keep the one that a date or a count bears out"

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        positions = {}
        for name in dict.fromkeys(voice.position for voice in self.voices):
            if position := corpus.positions.get(name):
                positions[name] = {"who": position.historian, "seen": SEEN[position.seen]}
        return {"start": [factor.id for factor in self.start], "positions": positions}

    def form(self) -> list[str]:
        letters = [f"{chr(65 + i)}  {factor.text}" for i, factor in enumerate(self.start)]
        places = [" ".join(["[  ]"] * width) for width in self.tiers]
        return [*letters, *(f"{ask}: {place} because" for ask, place in zip(self.asks, places, strict=True))]

    def key(self) -> list[str]:
        lines = ["There is no right order. What the recorded arguments would say:"]
        for factor in self.factors:
            said = (voice for voice in self.voices if voice.factor == factor.id)
            lines += [f"{factor.text} ({LEAN[voice.lean]}): {voice.text}" for voice in said]
        names = {factor.id: factor.text for factor in self.factors}
        lines += [f"“{names[o.over]}” over “{names[o.under]}”: {o.text}" for o in self.objections]
        return lines
