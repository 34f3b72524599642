"""The record of an estimate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.figure import Figure
from essaybook.corpus.record import Checked, Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

CHECKED = {Checked.CHECKED: "checked", Checked.PARTLY: "partly checked", Checked.UNCHECKED: "not checked"}


class Other(Model):
    """Another count of the same thing, and why it differs. Its number stands in the reason."""

    figure: Slug
    label: Text = Field(description="a few words for the drawing: whose count, of what")
    why: Note


class Point(Model):
    """One number to commit. ``said`` tells the recorded number in words, whatever was committed."""

    id: Slug
    label: Text
    figure: Slug
    said: Note
    others: list[Other] = Field(default_factory=list)


class Given(Model):
    """A number that the reader starts from, printed with the prompt."""

    figure: Slug
    label: Text


class Estimate(Exercise):
    """Commit a number for each point; close is within ``tolerance`` times the recorded number."""

    verb: ClassVar[str] = "Estimate"
    check_word: ClassVar[str] = "See the record"

    type: Literal["estimate"]
    unit: Text = Field(description="as it stands after the field: people, votes, in a hundred")
    points: list[Point] = Field(min_length=1, max_length=10)
    given: list[Given] = Field(default_factory=list, max_length=6)
    shape: Literal["bars", "curve"] = "bars"
    tolerance: Decimal = Field(default=Decimal("1.5"), gt=1, le=10)
    ceiling: Decimal | None = Field(default=None, gt=0, description="no answer can be higher")
    close: Note
    low: Note
    high: Note
    because: Text | None = Field(default=None, description="asks for the reason, in the reader's own words")

    @property
    def meta(self) -> str:
        return "one number" if len(self.points) == 1 else f"{len(self.points)} numbers"

    def notes(self) -> Iterator[Note]:
        for point in self.points:
            yield point.said
            yield from (other.why for other in point.others)
        yield from (self.close, self.low, self.high)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield from (("figure", name) for name in self._names())
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        for i in equal_texts(point.label for point in self.points):
            yield ("points", i, "label"), "two numbers are asked for in the same words", "Change one label"
        asked = {point.figure for point in self.points}
        if len(asked) < len(self.points):
            yield ("points",), "the same figure is asked for twice", "Take one point out"
        for i, given in enumerate(self.given):
            if given.figure in asked:
                yield ("given", i), f"'{given.figure}' is given and asked for", "Give another figure"
        for i, point in enumerate(self.points):
            yield from self._point(corpus, i, point)
        if self.shape == "curve":
            yield from self._curve(corpus)

    def _point(self, corpus: Corpus, i: int, point: Point) -> Iterator[Problem]:
        figure = corpus.figures.get(point.figure)
        if figure is None:
            return
        if figure.value <= 0:
            yield (
                ("points", i, "figure"),
                f"'{figure.id}' is {figure.value}, and no number is a multiple of it",
                "Ask for a figure above nought",
            )
        if self.ceiling is not None and figure.value > self.ceiling:
            yield ("ceiling",), f"'{figure.id}' is above the ceiling", f"Raise it to {figure.number} or more"
        if figure.number not in point.said.text:
            yield (
                ("points", i, "said", "text"),
                f"it does not give the recorded number, {figure.number}",
                f"Write {figure.number}",
            )
        for j, other in enumerate(point.others):
            rival = corpus.figures.get(other.figure)
            if rival is None:
                continue
            if rival.unit != figure.unit:
                yield (
                    ("points", i, "others", j),
                    f"it counts {rival.unit}, the recorded figure {figure.unit}",
                    "Compare figures of one unit",
                )
            if rival.number not in other.why.text:
                yield (
                    ("points", i, "others", j, "why", "text"),
                    f"it does not give its number, {rival.number}",
                    f"Write {rival.number}",
                )

    def _curve(self, corpus: Corpus) -> Iterator[Problem]:
        if len(self.points) < 2:
            yield ("shape",), "one point makes no curve", "Write 'shape: bars'"
        dated = [corpus.figures[point.figure].date for point in self.points if point.figure in corpus.figures]
        if any(later <= earlier for earlier, later in pairwise(dated)):
            yield ("points",), "the points of the curve are not in order of date", "Put the earliest first"

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """A question for each number, with the bounds within which the page calls an answer close."""
        given = [f"{one.label}: {corpus.figures[one.figure].words}." for one in self.given]
        found = []
        for point in self.points:
            value = corpus.figures[point.figure].value
            key = "\n\n".join([point.said.text, *(f"{o.label}: {o.why.text}" for o in point.others), self.told])
            found.append(
                Question(
                    point.id,
                    "number",
                    self.asked(corpus, *given, f"{point.label} ({self.unit})"),
                    key.strip(),
                    value=value,
                    least=(value / self.tolerance).quantize(Decimal("0.01")),
                    most=(value * self.tolerance).quantize(Decimal("0.01")),
                    loses="Nothing is drawn, and a miss is not told high from low.",
                )
            )
        return found

    def form(self) -> list[str]:
        return [
            *(f"{point.label}: ________ {self.unit}" for point in self.points),
            *([self.because] if self.because else []),
        ]

    def key(self) -> list[str]:
        lines = []
        for point in self.points:
            lines.append(f"{point.label}: {point.said.text}")
            lines += [f"{other.label}: {other.why.text}" for other in point.others]
        return [
            *lines,
            f"Close (within {self.tolerance:f} times): {self.close.text}",
            f"Too low: {self.low.text}",
            f"Too high: {self.high.text}",
        ]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """Every figure it names, by id: number, words, series, date, how far checked and who says so."""
        known = (corpus.figures[name] for name in self._names() if name in corpus.figures)
        return {figure.id: _shown(figure, corpus) for figure in known}

    def _names(self) -> list[str]:
        named = [given.figure for given in self.given]
        for point in self.points:
            named += [point.figure, *(other.figure for other in point.others)]
        return list(dict.fromkeys(named))


def _shown(figure: Figure, corpus: Corpus) -> dict[str, Any]:
    if figure.source in corpus.sources:
        who = corpus.sources[figure.source].title
    elif figure.work in corpus.works:
        who = corpus.works[figure.work].short
    else:
        who = ""
    day = figure.date.first
    return {
        "value": float(figure.value),
        "upper": None if figure.upper is None else float(figure.upper),
        "words": figure.words,
        "label": figure.label,
        "unit": figure.unit,
        "series": figure.series,
        "date": figure.date.words,
        "year": round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 3),
        "checked": CHECKED[figure.checked],
        "source": ", ".join(part for part in (who, figure.at) if part),
    }
