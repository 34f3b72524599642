"""Exercises in a notebook: the same record and the same module as on the page, as an ipywidget.

``essaybook.exercise("id")`` shows one. Its ``response``, ``score``, ``certainty``, ``checked`` and ``revealed``
can be read, observed and linked like those of any ipywidget, and it stands in boxes with them.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from essaybook.around import PACKAGED, NoBook, find, records_of
from essaybook.corpus import Corpus
from essaybook.exercises.base import Exercise
from essaybook.exercises.form import inner
from essaybook.exercises.join import module
from essaybook.exercises.payload import payload
from essaybook.exercises.style import notebook_style

__all__ = ["PACKAGED", "ExerciseWidget", "NoBook", "exercise", "find"]

class ExerciseWidget(anywidget.AnyWidget):
    """One exercise. Each type has a class of its own, made when it is first shown."""

    record = traitlets.Dict(help="the record, with the records that it cites").tag(sync=True)
    html = traitlets.Unicode(help="the form as the page has it").tag(sync=True)
    response = traitlets.Any(None, allow_none=True, help="what the reader answered").tag(sync=True)
    score = traitlets.Float(None, allow_none=True, help="0 to 1 once checked, if anything is right").tag(sync=True)
    certainty = traitlets.Int(0, min=0, max=3, help="how sure the reader was, 1 to 3, else 0").tag(sync=True)
    asks = traitlets.Bool(False, help="whether the reader is asked how sure they are").tag(sync=True)
    checked = traitlets.Bool(False, help="whether the answer was checked").tag(sync=True)
    revealed = traitlets.Bool(False, help="whether the book's answer was shown").tag(sync=True)

    def __init__(self, exercise: Exercise, corpus: Corpus, **traits: Any) -> None:
        self._lines = [f"{exercise.verb}: {exercise.prompt}", *exercise.form()]
        self._static = str(inner(exercise, corpus, live=False))
        super().__init__(record=payload(exercise, corpus), html=str(inner(exercise, corpus)), **traits)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Beside the widget itself, plain lines and a static form with a folded key, for a page without it."""
        made = super()._repr_mimebundle_(**options)
        if made is None:
            return None
        data, metadata = made
        static = f'<section class="exercise">{self._static}</section>'
        return {**data, "text/plain": "\n".join(self._lines), "text/html": static}, metadata


@functools.cache
def _class(kind: str) -> type[ExerciseWidget]:
    name = "".join(part.capitalize() for part in kind.split("-"))
    # The name is what a host keeps one style sheet for.
    made = {"__module__": __name__, "_esm": module(kind), "_css": notebook_style(kind)}
    return type(f"{name}Widget", (ExerciseWidget,), made)


def exercise(name: str, *, corpus: Path | str | None = None, certainty: bool = False) -> ExerciseWidget:
    """The exercise with this id, to show in a notebook. ``certainty`` asks how sure the reader is.

    Raises NoBook where there is no book, and UnknownRecord, with the nearest known ids, for an id nobody gave.
    """
    root = Path(corpus).resolve() if corpus else find()
    records = records_of(root)
    record: Exercise = records.get("exercise", name)
    return _class(record.type)(record, records, asks=certainty)
