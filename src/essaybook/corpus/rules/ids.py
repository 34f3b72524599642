"""i: every name that a record or a page uses belongs to a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding, nearest
from essaybook.corpus.prose import Page
from essaybook.corpus.record import Basis

ROLES = {
    "person": "person",
    "office": "office",
    "term": "term",
    "event": "event",
    "date": "event",
    "fig": "figure",
    "q": "quotation",
    "src": "source",
    "claim": "claim",
    "work": "work",
}
DIRECTIVES = {
    "source": "quotation",
    "chart": "chart",
    "collation": "collation",
    "positions": "position",
    "claims": "claim",
    "exercise": "exercise",
    "exercise-yaml": "exercise",
    "ways": "way",
    "specifications": "specification",
}

Reference = tuple[str, str, str, str]
"""Kind and id of the record that names, kind and id of what it names."""


def references(corpus: Corpus) -> Iterator[Reference]:
    """Every reference from record to record."""
    for source in corpus.sources.values():
        yield from (("source", source.id, "person", name) for name in source.people)
        for witness in source.witnesses:
            if witness.work:
                yield "source", source.id, "work", witness.work
    for event in corpus.events.values():
        yield from (("event", event.id, "person", name) for name in event.people)
        yield from (("event", event.id, "theme", name) for name in event.themes)
        yield from _bases("event", event.id, event.basis)
    for person in corpus.people.values():
        yield from _bases("person", person.id, person.basis)
        yield from (("person", person.id, "office", post.body) for post in person.posts if post.body)
    for office in corpus.offices.values():
        for composition in office.compositions:
            names = [*composition.members, *composition.candidates]
            yield from (("office", office.id, "person", name) for name in names)
            yield from _bases("office", office.id, composition.basis)
        for holder in office.holders:
            yield "office", office.id, "person", holder.person
            yield from _bases("office", office.id, holder.basis)
    for figure in corpus.figures.values():
        if figure.source:
            yield "figure", figure.id, "source", figure.source
        if figure.work:
            yield "figure", figure.id, "work", figure.work
    for position in corpus.positions.values():
        yield "position", position.id, "work", position.work
    for claim in corpus.claims.values():
        for reference in claim.evidence:
            kind, _, name = reference.partition(":")
            yield "claim", claim.id, kind, name
    for way in corpus.ways.values():
        for step in way.steps:
            yield from (("way", way.id, "exercise", name) for name in step.exercises)
            if step.homework:
                yield "way", way.id, "exercise", step.homework
    for chart in corpus.charts.values():
        yield from (("chart", chart.id, named, target) for named, target in chart.references())
    for collation in corpus.collations.values():
        yield "collation", collation.id, "quotation", collation.left
        yield "collation", collation.id, "quotation", collation.right


def _bases(kind: str, name: str, bases: list[Basis]) -> Iterator[Reference]:
    for basis in bases:
        if basis.source:
            yield kind, name, "source", basis.source
        if basis.work:
            yield kind, name, "work", basis.work


def unknown_in_records(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """i-002: a record names a record that is not there. For works the rule is w-001."""
    for kind, name, named, target in references(corpus):
        try:
            table = corpus.table(named)
        except KeyError:
            wrong = f"the {kind} '{name}' names a kind of record that is not known, '{named}'"
            table = {}
        else:
            wrong = f"the {kind} '{name}' names a {named} that is not recorded, '{target}'"
        if target not in table:
            place = corpus.places[kind, name]
            rule = "w-001" if named == "work" else "i-002"
            yield Finding(place.file, place.line, rule, wrong, nearest(target, table))


def unknown_in_pages(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """i-002 and w-001 for roles and directives in prose."""
    for page in pages:
        named = [(ROLES[r.name], r.record, r.line) for r in page.roles if r.name in ROLES]
        named += [(DIRECTIVES[name], record, line) for name, record, line in page.arguments]
        for kind, name, line in named:
            table = corpus.table(kind)
            if name not in table:
                rule = "w-001" if kind == "work" else "i-002"
                wrong = f"no {kind} is recorded as '{name}'"
                yield Finding(page.path, line, rule, wrong, nearest(name, table))


RULES = [unknown_in_records, unknown_in_pages]
