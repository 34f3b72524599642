"""The record of an alignment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Pair, Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

LETTERS = "ABCDEFGHIJ"


class Group(Model):
    """A side that people can stand on. ``short`` is what a select shows, ``text`` says what is meant."""

    id: Slug
    short: Text = Field(max_length=24)
    text: Text


class Reading(Model):
    """Another group that the evidence allows, and who reads it so."""

    group: Slug
    note: Note


class Cell(Model):
    """Where one person stood in one year, and why it is said."""

    year: int
    group: Slug
    because: Note
    disagrees: list[Reading] = Field(default_factory=list, description="placements accepted as well")


class Line(Model):
    """One person's years. A year in which there is nothing to ask has no cell."""

    person: Slug
    name: Text
    cells: list[Cell] = Field(min_length=1)


class Alignment(Exercise):
    """Place each person in a group, year by year."""

    verb: ClassVar[str] = "Place"

    type: Literal["alignment"]
    groups: list[Group] = Field(min_length=2, max_length=7)
    years: list[int] = Field(min_length=2, max_length=6)
    people: list[Line] = Field(min_length=2, max_length=7)

    @property
    def meta(self) -> str:
        return f"{len(self.people)} people, {sum(len(line.cells) for line in self.people)} placements"

    def notes(self) -> Iterator[Note]:
        for line in self.people:
            for cell in line.cells:
                yield cell.because
                yield from (reading.note for reading in cell.disagrees)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield from (("person", line.person) for line in self.people)
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        groups = [group.id for group in self.groups]
        for g, name in enumerate(groups):
            if name in groups[:g]:
                yield ("groups", g, "id"), f"two groups are called '{name}'", "Give one of them another id"
        for g in equal_texts(group.short for group in self.groups):
            yield ("groups", g), "two groups say the same", "Change one of them"
        if sorted(set(self.years)) != self.years:
            yield ("years",), "the years are not in order, each once", "List them from first to last"
        people = [line.person for line in self.people]
        for p, line in enumerate(self.people):
            if line.person in people[:p]:
                yield ("people", p), f"'{line.person}' stands here twice", "Join the two"
            person = corpus.people.get(line.person)
            if person and line.name not in (person.short, person.name):
                yield ("people", p, "name"), f"the record calls them {person.short}", f"Write '{person.short}'"
            yield from self._cells(corpus, p, line, groups)
        for year in self.years:
            if not any(cell.year == year for line in self.people for cell in line.cells):
                yield ("years",), f"nobody is asked about {year}", "Leave the year out"
        if len({cell.group for line in self.people for cell in line.cells}) == 1:
            yield ("people",), "everybody stands in one group in every year", "Add a person or a year that differs"

    def _cells(self, corpus: Corpus, p: int, line: Line, groups: list[Slug]) -> Iterator[Problem]:
        person = corpus.people.get(line.person)
        stood = {stand.year for stand in person.stood} if person else set()
        years = [cell.year for cell in line.cells]
        for c, cell in enumerate(line.cells):
            where = ("people", p, "cells", c)
            if cell.year not in self.years:
                yield (*where, "year"), f"{cell.year} is none of the exercise's years", "Add it to 'years'"
            if cell.year in years[:c]:
                wrong = f"{line.name} stands in {cell.year} twice"
                yield (*where, "year"), wrong, "Use 'disagrees' for a second view"
            for name in [cell.group, *(reading.group for reading in cell.disagrees)]:
                if name not in groups:
                    yield where, f"there is no group '{name}'", f"Use one of: {', '.join(groups)}"
            if any(reading.group == cell.group for reading in cell.disagrees):
                yield (*where, "disagrees"), "whoever disagrees says the same as the record", "Name another group"
            if person and cell.year not in stood and not cell.because.cites:
                wrong = f"the record of {line.name} has no entry for {cell.year}, and nothing else is cited"
                yield (*where, "because"), wrong, "Add 'cites:' with the records it rests on"

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """One question for each person: the group for every year."""
        groups = {group.id: group.short for group in self.groups}
        legend = "\n\n".join(f"{group.short}: {group.text}" for group in self.groups)
        found = []
        for line in self.people:
            pairs = tuple(Pair(str(cell.year), groups[cell.group]) for cell in line.cells)
            key = "\n\n".join(
                f"{cell.year}: {groups[cell.group]}. {cell.because.text}"
                + "".join(f" Or {groups[other.group]}: {other.note.text}" for other in cell.disagrees)
                for cell in line.cells
            )
            disputed = any(cell.disagrees for cell in line.cells)
            loses = "A placing that others defend earns nothing." if disputed else ""
            asked = self.asked(corpus, f"{line.name}, year by year.", legend)
            others = tuple(groups.values())
            found.append(Question(line.person, "match", asked, key, pairs=pairs, others=others, loses=loses))
        return found

    def form(self) -> list[str]:
        lettered = zip(LETTERS, self.groups, strict=False)
        lines = [f"{letter}. {group.short}: {group.text}" for letter, group in lettered]
        for line in self.people:
            years = {cell.year for cell in line.cells}
            blanks = "   ".join(f"{year} {'____' if year in years else '–'}" for year in self.years)
            lines.append(f"{line.name}:   {blanks}")
        return lines

    def key(self) -> list[str]:
        short = {group.id: group.short for group in self.groups}
        lines = []
        for line in self.people:
            for cell in line.cells:
                others = "".join(f" Or {short[r.group]}: {r.note.text}" for r in cell.disagrees)
                lines.append(f"{line.name}, {cell.year}: {short[cell.group]}. {cell.because.text}{others}")
        return lines

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """The record's words on each person and year, and who is the witness where one is named."""
        stood: dict[str, dict[str, str | None]] = {}
        for line in self.people:
            person = corpus.people.get(line.person)
            for stand in person.stood if person else []:
                if any(cell.year == stand.year for cell in line.cells):
                    stood[f"{line.person}:{stand.year}"] = {"where": stand.where, "who": stand.who_says}
        return {
            "stood": stood,
            "letters": {group.id: letter for letter, group in zip(LETTERS, self.groups, strict=False)},
        }
