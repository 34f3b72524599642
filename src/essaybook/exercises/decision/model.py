"""The record of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.dates import When
from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.letters import closed

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Way(Model):
    """One way to act: what it would have needed, and what people then could see coming of it."""

    id: Slug
    text: Text
    needed: Note
    followed: Note


class View(Model):
    """Somebody who had to choose. ``did`` is the way that the person took, where one of these is it."""

    id: Slug
    name: Text
    person: Slug | None = None
    stands: Text = Field(description="who you are that day and what is on your mind")
    known: list[Note] = Field(default_factory=list, description="what only this person knew")
    ask: Text = "What do you do?"
    ways: list[Way] = Field(min_length=2, max_length=5)
    did: Slug | None = None
    fact: Note = Field(description="what the person in fact did, and on whose word we know it")


class Decision(Exercise):
    """Commit to one way for each person, with a reason. No way is right."""

    verb: ClassVar[str] = "Decide"
    check_word: ClassVar[str] = "Commit"

    type: Literal["decision"]
    event: Slug = Field(description="the event whose first day it is")
    known: list[Note] = Field(min_length=2, description="what was known that day; nothing later")
    views: list[View] = Field(min_length=1, max_length=4)
    because: Text = "Because"
    others: list[Note] = Field(default_factory=list, description="what people who are no view chose")
    certainty: bool = False

    @property
    def meta(self) -> str:
        count = len(self.views)
        return "one person" if count == 1 else f"{count} people, {self.minutes} minutes"

    def notes(self) -> Iterator[Note]:
        yield from self.known
        for view in self.views:
            yield from view.known
            for way in view.ways:
                yield from (way.needed, way.followed)
            yield view.fact
        yield from self.others
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield "event", self.event
        yield from (("person", view.person) for view in self.views if view.person)
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        for i in equal_texts(view.name for view in self.views):
            yield ("views", i), "two views have one name", "Change one of them"
        for i, view in enumerate(self.views):
            ids = [way.id for way in view.ways]
            if view.did is not None and view.did not in ids:
                yield ("views", i, "did"), f"'{view.did}' is none of the ways", f"Choose among {', '.join(ids)}"
            if len(set(ids)) < len(ids):
                yield ("views", i, "ways"), "two ways have one id", "Give each its own"
            for j in equal_texts(way.text for way in view.ways):
                yield ("views", i, "ways", j), "two ways say the same", "Change one of them"
        ids = [view.id for view in self.views]
        if len(set(ids)) < len(ids):
            yield ("views",), "two views have one id", "Give each its own"
        event = corpus.events.get(self.event)
        if event is None:
            return
        for i, note in enumerate(self.known):
            yield from self._later(corpus, event.date, note, ("known", i))
        for i, view in enumerate(self.views):
            for j, note in enumerate(view.known):
                yield from self._later(corpus, event.date, note, ("views", i, "known", j))

    def _later(self, corpus: Corpus, day: When, note: Note, where: tuple[str | int, ...]) -> Iterator[Problem]:
        """A known fact that rests on a record of a later day."""
        for cite in note.cites:
            kind, _, name = cite.partition(":")
            date = _date(corpus, kind, name)
            if date is not None and date.first > day.last:
                yield where, f"{cite} is of {date.words}, after {day.words}", "Take it out, or move the day"

    def form(self) -> list[str]:
        lines = ["What is known that day:", *(f"– {note.text}" for note in self.known)]
        for view in self.views:
            lines.append(f"You are {view.name}. {view.stands}")
            lines += [f"– {note.text}" for note in view.known]
            lines += [view.ask, *(f"[ ] {way.text}" for way in view.ways), f"{self.because} …"]
        return lines

    def key(self) -> list[str]:
        lines = ["No choice is right."]
        for view in self.views:
            for way in view.ways:
                lines.append(f"{view.name}: {closed(way.text)} {way.needed.text} {way.followed.text}")
            lines.append(f"{view.name}, in fact: {view.fact.text}")
        return lines + [note.text for note in self.others]

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """The day in words."""
        event = corpus.events.get(self.event)
        if event is None:
            return {"day": "", "weekday": ""}
        return {"day": event.date.words, "weekday": event.date.weekday}


def _date(corpus: Corpus, kind: str, name: str) -> When | None:
    if kind == "event" and name in corpus.events:
        return corpus.events[name].date
    if kind == "quotation" and name in corpus.quotations:
        return corpus.quotations[name][0].date
    if kind == "source" and name in corpus.sources:
        return corpus.sources[name].date
    if kind == "figure" and name in corpus.figures:
        return corpus.figures[name].date
    return None
