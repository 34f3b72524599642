"""Words that print sets around records: index headings, life dates, dates on a line of years."""

from __future__ import annotations

from essaybook.corpus import Corpus
from essaybook.corpus.dates import When, span_words
from essaybook.corpus.historian import Work
from essaybook.corpus.person import Day, Person, Post


def surname_first(name: str) -> str:
    """``Jane Austen`` as an index sorts it: ``Austen, Jane``."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first and "," not in name else name


def authors(work: Work, corpus: Corpus) -> list[str]:
    """A work's authors as index headings, those left out who act in the book themselves."""
    acting = {person.short for person in corpus.people.values()}
    return [name for name in work.authors if name.partition(",")[0] not in acting and "," in name]


def day_words(day: Day) -> str:
    """A day of birth or death, the Old Style day in brackets."""
    old = f" (Old Style {day.old_style.words})" if day.old_style else ""
    note = f", {day.note}" if day.note else ""
    return f"{day.date.words}{old}{note}"


def life(person: Person) -> str:
    """Birth and death on one line."""
    born = f"born {day_words(person.born)}" if person.born else ""
    died = f"died {day_words(person.died)}" if person.died else ""
    return "; ".join(part for part in (born, died) if part)


def years(post: Post) -> str:
    """The years of a post, as far as they are known."""
    if post.start and post.end:
        return span_words(post.start, post.end) if post.start.month else _year_span(post.start, post.end)
    if post.start:
        return f"from {post.start.words}"
    return f"until {post.end.words}" if post.end else ""


def _year_span(start: When, end: When) -> str:
    return str(start.year) if start.year == end.year else f"{start.year}–{end.words}"


def year_of(when: When, last: bool = False) -> float:
    """A date as a year with a fraction, for a place on a line of years."""
    day = when.last if last else when.first
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 4)
