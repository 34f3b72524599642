"""Where every record is used: gathered page by page, so that references work the other way too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.corpus.chart import DayChart, LineChart
from essaybook.pages import nodes as book
from essaybook.pages.shelf import corpus_of


@dataclass(frozen=True)
class Use:
    """One use of a record: the page, the anchor on it, and the heading it stands under."""

    page: str
    anchor: str
    heading: str


_INDEXES: WeakKeyDictionary[
    BuildEnvironment, tuple[tuple[int, ...], dict[tuple[str, str], list[Use]]]
] = WeakKeyDictionary()


def _store(env: BuildEnvironment) -> dict[str, list[tuple[str, str, Use]]]:
    return cast(dict[str, list[tuple[str, str, Use]]], env.__dict__.setdefault("essaybook_uses", {}))


def _named(node: nodes.Node, app: Sphinx) -> Iterator[tuple[str, str]]:
    corpus = corpus_of(app)
    match node:
        case book.Mention():
            yield node["kind"], node["record"]
        case book.InlineQuotation() | book.SourceBlock():
            source = corpus.quotations[node["record"]][0]
            yield "quotation", node["record"]
            yield "source", source.id
            if isinstance(node, book.SourceBlock):
                # Whoever speaks is met there, named or not.
                yield from (("person", name) for name in source.people)
        case book.ClaimBlock():
            for reference in corpus.claims[node["record"]].evidence:
                kind, _, name = reference.partition(":")
                yield kind, name
                if kind == "quotation":
                    yield "source", corpus.quotations[name][0].id
        case book.ChartBlock():
            yield "chart", node["record"]
            chart = corpus.charts[node["record"]]
            # An event marked on an axis is a landmark; only days are told.
            told = isinstance(chart, DayChart)
            yield from (found for found in chart.references() if told or found[0] != "event")
            if isinstance(chart, LineChart):
                for line in chart.lines:
                    for figure in corpus.figures.values():
                        if (figure.resource, figure.series) == (chart.resource, line.series):
                            yield "figure", figure.id
        case book.CollationBlock():
            yield "collation", node["record"]
            collation = corpus.collations[node["record"]]
            for name in (collation.left, collation.right):
                yield "quotation", name
                yield "source", corpus.quotations[name][0].id
        case book.ExerciseBlock():
            yield "exercise", node["record"]
            for kind, name in corpus.exercises[node["record"]].references():
                yield kind, name
                if kind == "quotation":
                    yield "source", corpus.quotations[name][0].id
                elif kind == "position":
                    yield "work", corpus.positions[name].work
        case book.PositionList():
            for name in node["records"]:
                yield "work", corpus.positions[name].work
        case book.Opener():
            for name in node["opener"]["events"]:
                yield "event", name


def _place(node: nodes.Node, page: str) -> Use:
    anchor = ""
    heading = ""
    at: nodes.Node | None = node
    while at is not None:
        if isinstance(at, nodes.footnote):
            # A note stands at the foot of the page, but is read where it is called.
            call = next((c for c in _calls(at) if c.get("refid") in at["ids"]), None)
            if call is not None:
                return _place(call.parent, page)
        if isinstance(at, nodes.Element) and not anchor and at.get("ids"):
            anchor = at["ids"][0]
        if isinstance(at, nodes.section) and not heading:
            title = at.next_node(nodes.title)
            heading = title.astext() if title is not None else ""
        at = at.parent
    return Use(page, anchor, heading)


def _calls(note: nodes.footnote) -> Iterator[nodes.footnote_reference]:
    """Every call of a note on its page."""
    assert note.document is not None
    return note.document.findall(nodes.footnote_reference)


def gather(app: Sphinx, doctree: nodes.document) -> None:
    """Note every use on a page that was just read."""
    page = app.env.docname
    _store(app.env)[page] = [
        (kind, name, _place(node, page))
        for node in doctree.findall(nodes.Element)
        for kind, name in _named(node, app)
    ]


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """Drop what a page used, before it is read again or when it is gone."""
    _store(env).pop(page, None)


def merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader gathered."""
    _store(env).update({page: uses for page, uses in _store(other).items() if page in pages})
    mine = env.__dict__.setdefault("essaybook_homes", {})
    mine.update(other.__dict__.get("essaybook_homes", {}))


def uses_of(env: BuildEnvironment, kind: str, name: str, order: list[str]) -> list[Use]:
    """Where a record is used, in reading order, once per anchor."""
    found = dict.fromkeys(_by_record(env).get((kind, name), ()))
    if len(found) < 2:
        return list(found)
    rank = {page: i for i, page in enumerate(order)}
    return sorted(found, key=lambda use: rank.get(use.page, len(rank)))


def _by_record(env: BuildEnvironment) -> dict[tuple[str, str], list[Use]]:
    """The uses by record. Made once for what the pages hold now: they are asked for thousands of times."""
    store = _store(env)
    state = tuple(id(uses) for uses in store.values())
    known = _INDEXES.get(env)
    if known is None or known[0] != state:
        index: dict[tuple[str, str], list[Use]] = {}
        for uses in store.values():
            for kind, name, use in uses:
                index.setdefault((kind, name), []).append(use)
        known = _INDEXES[env] = (state, index)
    return known[1]


def used(env: BuildEnvironment) -> set[tuple[str, str]]:
    """Every kind and id that some page uses."""
    return {(kind, name) for uses in _store(env).values() for kind, name, _ in uses}


def listed(env: BuildEnvironment, kind: str, page: str) -> list[str]:
    """The records of a kind that a page uses, in the order in which they stand there."""
    return list(dict.fromkeys(name for found, name, _ in _store(env).get(page, ()) if found == kind))


def setup_uses(app: Sphinx) -> None:
    """Connect to the reading of pages."""
    app.connect("doctree-read", gather)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
