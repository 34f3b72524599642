"""v: what is called checked rests on something that was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page
from essaybook.corpus.record import Checked, Statement


def _statements(corpus: Corpus) -> Iterator[tuple[str, str, Statement]]:
    for event in corpus.events.values():
        yield "event", event.id, event
    for person in corpus.people.values():
        yield "person", person.id, person
    for office in corpus.offices.values():
        for statement in (*office.compositions, *office.holders):
            yield "office", office.id, statement


def supported(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """v-001: checked, but nothing was read for it and nothing says what agrees."""
    for kind, name, statement in _statements(corpus):
        if statement.checked is Checked.CHECKED and not any(b.read or b.says for b in statement.basis):
            place = corpus.places[kind, name]
            wrong = f"'{statement.id}' is called checked, but no basis was read for it"
            edit = "Read one and set its 'read: true', or write 'checked: unchecked'"
            yield Finding(place.file, place.line, "v-001", wrong, edit)


def explained(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """v-002: partly checked, without saying to the reader which part."""
    for kind, name, statement in _statements(corpus):
        said = statement.note or any(basis.says for basis in statement.basis)
        if statement.checked is Checked.PARTLY and not said:
            place = corpus.places[kind, name]
            wrong = f"'{statement.id}' is called partly checked, but does not say which part"
            yield Finding(place.file, place.line, "v-002", wrong, "Say so under 'note:'")


RULES = [supported, explained]
