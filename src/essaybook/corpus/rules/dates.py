"""d: dates that can be, in order, and in both calendars where Russia still used the old one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import pairwise

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.dates import GREGORIAN_IN_RUSSIA, When
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page


def _dated(corpus: Corpus) -> Iterator[tuple[str, str, When, When | None]]:
    for event in corpus.events.values():
        yield "event", event.id, event.date, event.old_style
    for source in corpus.sources.values():
        yield "source", source.id, source.date, source.old_style
    for person in corpus.people.values():
        for day in (person.born, person.died):
            if day:
                yield "person", person.id, day.date, day.old_style


def backwards(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """d-002: an end before its beginning, a death before a birth, records out of order in their file."""
    spans = [("event", e.id, e.date, e.end) for e in corpus.events.values()]
    spans += [("source", s.id, s.date, s.end) for s in corpus.sources.values()]
    spans += [("person", p.id, p.born.date, p.died.date) for p in corpus.people.values() if p.born and p.died]
    spans += [("office", o.id, holder.start, holder.end) for o in corpus.offices.values() for holder in o.holders]
    for kind, name, start, end in spans:
        if end and end.last < start.first:
            place = corpus.places[kind, name]
            wrong = f"the {kind} '{name}' ends on {end} before it begins on {start}"
            yield Finding(place.file, place.line, "d-002", wrong, "Correct one of the two dates")
    for earlier, later in pairwise(corpus.events.values()):
        if later.date.first < earlier.date.first:
            place = corpus.places["event", later.id]
            wrong = f"the event '{later.id}' of {later.date} stands after '{earlier.id}' of {earlier.date}"
            yield Finding(place.file, place.line, "d-002", wrong, "Move it to its place in order of date")
    for office in corpus.offices.values():
        for one, other in pairwise(office.compositions):
            if other.date.first < one.date.first:
                place = corpus.places["office", office.id]
                wrong = f"the compositions '{one.id}' and '{other.id}' are out of order"
                yield Finding(place.file, place.line, "d-002", wrong, "Order them by date")


def old_style(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """d-003: a day before 14 February 1918 without Old Style. d-004: one that is not the same day.

    The calendars were 12 days apart until 28 February 1900 (Old Style) and 13 days after it.
    People born far from Russia may go without: their Old Style is not asked for.
    """
    for kind, name, new, old in _dated(corpus):
        if not new.day or new >= GREGORIAN_IN_RUSSIA:
            continue
        place = corpus.places[kind, name]
        apart = datetime.timedelta(days=13 if new >= When(1900, 3, 13) else 12)
        expected = new.first - apart
        if old is None:
            if kind != "person":
                wrong = f"the {kind} '{name}' of {new} gives no Old Style date"
                yield Finding(place.file, place.line, "d-003", wrong, f"Add 'old_style: {expected}'")
        elif old.day and old.first != expected:
            wrong = f"the {kind} '{name}': Old Style {old} is not the same day as {new}"
            yield Finding(place.file, place.line, "d-004", wrong, f"Write 'old_style: {expected}'")


RULES = [backwards, old_style]
