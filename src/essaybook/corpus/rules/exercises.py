"""e: exercises that can be answered, that rest on records, and whose saved answers are not misread."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from essaybook.corpus import yamlfile
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.dates import MONTHS, When
from essaybook.corpus.finding import Finding, nearest
from essaybook.corpus.prose import Page
from essaybook.exercises.versions import digest

RESERVED = {"settings"}
"""Ids that the page's own store uses beside those of exercises."""

_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")


def _file(corpus: Corpus, name: str) -> yamlfile.YamlFile:
    return yamlfile.read(corpus.places["exercise", name].file)


def _strings(data: Any, where: yamlfile.Way = ()) -> Iterator[tuple[yamlfile.Way, str]]:
    """Every string in a file's data, and its place."""
    match data:
        case str():
            yield where, data
        case dict():
            for key, value in data.items():
                yield from _strings(value, (*where, key))
        case list():
            for i, value in enumerate(data):
                yield from _strings(value, (*where, i))


def answerable(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """e-001: what the exercise's own type finds in it: no right answer, two equal options, an order with ties."""
    for exercise in corpus.exercises.values():
        # A type looks its records up; where one is missing, that is what is to be mended first.
        if any(True for _ in _unknown(corpus, exercise.id)):
            continue
        file = _file(corpus, exercise.id)
        if exercise.id in RESERVED:
            wrong = f"the id '{exercise.id}' is kept for the page's own use"
            yield Finding(file.path, file.line(("id",)), "e-001", wrong, "Give the exercise another id")
        for where, wrong, edit in exercise.problems(corpus):
            yield Finding(file.path, file.line(where), "e-001", wrong, edit)


def _unknown(corpus: Corpus, name: str) -> Iterator[tuple[str, str, str | None]]:
    """Kind and id of what an exercise names and nobody recorded, and what is wrong if the kind is."""
    for kind, target in dict.fromkeys(corpus.exercises[name].references()):
        try:
            table = corpus.table(kind)
        except KeyError:
            yield kind, target, f"'{kind}' is no kind of record"
        else:
            if target not in table:
                yield kind, target, None


def unknown(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """i-002: an exercise names a record that is not there. For works the rule is w-001."""
    for name in corpus.exercises:
        for kind, target, wrong in _unknown(corpus, name):
            file = _file(corpus, name)
            named = {f"{kind}:{target}", target}
            line = next((file.line(where) for where, text in _strings(file.data) if text in named), 1)
            known = [] if wrong else corpus.table(kind)
            wrong = wrong or f"the exercise names the {kind} '{target}', which is not recorded"
            rule = "w-001" if kind == "work" else "i-002"
            yield Finding(file.path, line, rule, wrong, nearest(target, known))


def versions(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """e-002: the answer changed and the version did not, so that saved work would be misread.

    A book that has no ledger yet is still being drafted, and nobody has saved anything.
    """
    if not corpus.versions:
        return
    for exercise in corpus.exercises.values():
        file = _file(corpus, exercise.id)
        line = file.line(("version",))
        known = corpus.versions.get(exercise.id)
        if known is None or exercise.version > known.version:
            wrong = f"version {exercise.version} is not in the ledger"
            yield Finding(file.path, line, "e-002", wrong, "Run 'essaybook number', which keeps it")
        elif exercise.version < known.version:
            wrong = f"version {exercise.version} is lower than one already given out, {known.version}"
            yield Finding(file.path, line, "e-002", wrong, f"Write 'version: {known.version + 1}'")
        elif digest(exercise) != known.answer:
            wrong = f"the answer changed, but the version is still {exercise.version}"
            yield Finding(file.path, line, "e-002", wrong, f"Write 'version: {exercise.version + 1}'")


def _days(value: Any) -> Iterator[tuple[When, When]]:
    """Every date in a record, as a first and a last; an event's own span among them."""
    match value:
        case When():
            yield value, value
        case str():
            for day, month, year in _DAY.findall(value):
                when = When(int(year), MONTHS.index(month) + 1, int(day))
                yield when, when
        case BaseModel():
            start, end = getattr(value, "date", None), getattr(value, "end", None)
            if isinstance(start, When) and isinstance(end, When):
                yield start, end
            for field in type(value).model_fields:
                yield from _days(getattr(value, field))
        case list() | tuple():
            for item in value:
                yield from _days(item)


def dates(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """e-003: a day in an exercise's text that none of the records it names knows."""

    @functools.cache
    def days(kind: str, name: str) -> list[tuple[When, When]]:
        return list(_days(corpus.get(kind, name)))

    for exercise in corpus.exercises.values():
        file = _file(corpus, exercise.id)
        typed = [(where, found) for where, text in _strings(file.data) for found in _DAY.finditer(text)]
        if not typed or any(True for _ in _unknown(corpus, exercise.id)):
            continue
        known = [span for kind, name in exercise.references() for span in days(kind, name)]
        for where, found in typed:
            day = (int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
            if not any(_parts(first) <= day <= _parts(last) for first, last in known):
                wrong = f"no record that this exercise names knows the day {found[0]}"
                edit = "Correct the date, or cite the record that has it"
                yield Finding(file.path, file.line(where), "e-003", wrong, edit)


def _parts(when: When) -> tuple[int, int, int]:
    return when.year, when.month, when.day


def chapters(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """e-004: an exercise that belongs to no page, or stands in another chapter's folder."""
    stems = sorted({page.path.stem for page in pages})
    for exercise in corpus.exercises.values():
        file = _file(corpus, exercise.id)
        line = file.line(("chapter",))
        if exercise.chapter not in stems:
            wrong = f"no page is called '{exercise.chapter}'"
            yield Finding(file.path, line, "e-004", wrong, nearest(exercise.chapter, stems))
        elif file.path.parent.name != exercise.chapter:
            wrong = f"this exercise of '{exercise.chapter}' stands in the folder '{file.path.parent.name}'"
            yield Finding(file.path, line, "e-004", wrong, f"Move the file to exercises/{exercise.chapter}")


RULES = [answerable, unknown, versions, dates, chapters]
