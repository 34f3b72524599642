"""n: a number has a unit, a series and something it rests on, and its table says what its columns are."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from essaybook.corpus import plain
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page


def sourced(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """n-003: a figure with neither source nor work."""
    for figure in corpus.figures.values():
        if not (figure.source or figure.work):
            place = corpus.places["figure", figure.id]
            wrong = f"the figure '{figure.id}' rests on nothing"
            yield Finding(place.file, place.line, "n-003", wrong, "Fill its 'source' or its 'work' column")


def ranged(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """n-004: a range whose upper end is the lower."""
    for figure in corpus.figures.values():
        if figure.upper is not None and figure.upper <= figure.value:
            place = corpus.places["figure", figure.id]
            wrong = f"the figure '{figure.id}' runs from {figure.value} to {figure.upper}"
            yield Finding(place.file, place.line, "n-004", wrong, "Exchange 'value' and 'upper', or drop 'upper'")


def described(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """n-005: a table whose columns are not those that its descriptor names."""
    for resource in corpus.resources.values():
        path = corpus.root / "figures" / resource.path
        if not path.exists():
            continue
        header = next(csv.reader(plain.text(path).splitlines(keepends=True)), [])
        named = [column.name for column in resource.columns]
        if header != named:
            wrong = f"the columns are {', '.join(header)}, the descriptor names {', '.join(named)}"
            yield Finding(path, 1, "n-005", wrong, "Make datapackage.json and the first line agree")


RULES = [sourced, ranged, described]
