"""The record of an order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Pair, Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Item(Model):
    """One thing to be placed. Its event's first day places it; ``rank`` does where days do not decide."""

    id: Slug
    text: Text
    event: Slug | None = None
    rank: int | None = Field(default=None, description="for what has no event, or where two share a day")
    why: Note = Field(description="why it stands where it stands")


class Mistake(Model):
    """What to say to a reader who puts one item before another that came first."""

    first: Slug = Field(description="the item that came first")
    then: Slug = Field(description="the item that the reader put before it")
    note: Note


class Argument(Model):
    """The question after the sequence: what does it argue? ``model`` is one good answer."""

    ask: Text = "What does this order argue?"
    model: Note


class Order(Exercise):
    """Put items in sequence. The record lists them in the right order; checks compare it with the events."""

    verb: ClassVar[str] = "Order"

    type: Literal["order"]
    items: list[Item] = Field(min_length=3, max_length=9, description="in the right order")
    ties: list[list[Slug]] = Field(default_factory=list, description="items that may stand in any order")
    mistakes: list[Mistake] = Field(default_factory=list)
    argues: Argument

    @property
    def meta(self) -> str:
        return f"{len(self.items)} events, first to last"

    def notes(self) -> Iterator[Note]:
        yield from (item.why for item in self.items)
        yield from (mistake.note for mistake in self.mistakes)
        yield self.argues.model
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        yield from (("event", item.event) for item in self.items if item.event)
        yield from super().references()

    def tied(self, a: Slug, b: Slug) -> bool:
        """Whether two items may stand either way round."""
        return any(a in group and b in group for group in self.ties)

    def shown(self) -> list[Item]:
        """The items as the reader first sees them: mixed, and never in an order that would be right."""
        place = {item.id: i for i, item in enumerate(self.items)}
        mixed = list(self.items)
        for attempt in range(99):
            mixed = self.shuffled(self.items, str(attempt) if attempt else "")
            wrong = sum(place[a.id] > place[b.id] and not self.tied(a.id, b.id) for a, b in combinations(mixed, 2))
            if wrong > 1:
                break
        return mixed

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        ids = [item.id for item in self.items]
        for i, name in enumerate(ids):
            if name in ids[:i]:
                yield ("items", i, "id"), f"two items are called '{name}'", "Give one of them another id"
        for i in equal_texts(item.text for item in self.items):
            yield ("items", i), "two items say the same", "Change one of them"
        for g, group in enumerate(self.ties):
            for name in group:
                if name not in ids:
                    yield ("ties", g), f"no item is called '{name}'", "Name items of this exercise"
        for m, mistake in enumerate(self.mistakes):
            unknown = [name for name in (mistake.first, mistake.then) if name not in ids]
            if unknown:
                yield ("mistakes", m), f"no item is called '{unknown[0]}'", "Name items of this exercise"
            elif ids.index(mistake.first) >= ids.index(mistake.then):
                wrong = f"'{mistake.first}' does not come before '{mistake.then}' in the list"
                yield ("mistakes", m), wrong, "Exchange 'first' and 'then'"
        for (i, a), (j, b) in combinations(enumerate(self.items), 2):
            yield from self._pair(corpus, i, a, j, b)
        wrong_pairs = [p for p in combinations(self.items, 2) if not self.tied(p[0].id, p[1].id)]
        if not wrong_pairs:
            yield ("ties",), "every item may stand anywhere", "Leave at least one pair that has an order"

    def _pair(self, corpus: Corpus, i: int, a: Item, j: int, b: Item) -> Iterator[Problem]:
        """Whether the records decide between two items, and whether they decide as the list does."""
        day = self._days(corpus, a, b)
        rank = 0 if a.rank is None or b.rank is None else (a.rank > b.rank) - (a.rank < b.rank)
        decided = day or rank
        if day and rank and day != rank:
            dates = f"{self._when(corpus, a)} and {self._when(corpus, b)}"
            yield ("items", j, "rank"), f"the ranks contradict the events ({dates})", "Correct the ranks"
        elif self.tied(a.id, b.id) and decided:
            wrong = f"'{a.id}' and '{b.id}' are called a tie, but the records put one first"
            yield ("ties",), wrong, "Take one of them out of the tie"
        elif decided > 0:
            means = f"{self._when(corpus, b)} is before {self._when(corpus, a)}" if day else "by their ranks"
            yield ("items", j), f"'{b.id}' comes before '{a.id}': {means}", "List the items in the right order"
        elif not decided and not self.tied(a.id, b.id):
            if a.event and b.event and a.event in corpus.events and b.event in corpus.events:
                wrong = f"'{a.id}' and '{b.id}' fall on the same date ({self._when(corpus, b)})"
            else:
                wrong = f"nothing says whether '{a.id}' or '{b.id}' came first"
            yield ("items", j), wrong, "Add them to 'ties', or give each a 'rank'"

    def _days(self, corpus: Corpus, a: Item, b: Item) -> int:
        """-1 where a's event began first, 1 where b's did, 0 where the dates leave it open."""
        if not (a.event in corpus.events and b.event in corpus.events and a.event and b.event):
            return 0
        one, other = corpus.events[a.event].date, corpus.events[b.event].date
        return -1 if one.last < other.first else 1 if other.last < one.first else 0

    def _when(self, corpus: Corpus, item: Item) -> str:
        return corpus.events[item.event].when if item.event and item.event in corpus.events else ""

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """The places to give, then the argument in words."""
        pairs = tuple(Pair(item.text, str(self._place(i))) for i, item in enumerate(self.items))
        places = tuple(str(n) for n in range(1, len(self.items) + 1))
        key = "\n\n".join(self.key()[:-1])
        loses = "Places are matched to numbers, and every place counts by itself."
        rows = tuple(sorted(pairs, key=lambda pair: [item.text for item in self.shown()].index(pair.row)))
        asked = self.asked(corpus, "Give every item its place, 1 for the first.")
        return [
            Question("order", "match", asked, key, pairs=rows, others=places, loses=loses),
            Question("argues", "essay", self.asked(corpus, self.argues.ask), self.argues.model.text),
        ]

    def form(self) -> list[str]:
        return [f"[  ] {item.text}" for item in self.shown()] + [self.argues.ask]

    def key(self) -> list[str]:
        lines = []
        for i, item in enumerate(self.items):
            equal = any(item.id in group for group in self.ties)
            lines.append(f"{self._place(i)}{'=' if equal else ''}. {item.text}: {item.why.text}")
        return [*lines, f"{self.argues.ask} {self.argues.model.text}"]

    def _place(self, i: int) -> int:
        first = next(j for j, item in enumerate(self.items) if j == i or self.tied(item.id, self.items[i].id))
        return first + 1

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """The order first shown, each item's date in words, and its place in the key."""
        return {
            "shown": [item.id for item in self.shown()],
            "when": {item.id: self._when(corpus, item) for item in self.items},
            "place": {item.id: self._place(i) for i, item in enumerate(self.items)},
        }
