"""The reference pages: every record of a kind, its checked status, and where the book uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from essaybook.citing.coins import coins
from essaybook.corpus import schema
from essaybook.corpus.dates import MONTHS
from essaybook.corpus.tenure import columns, spans, tenures
from essaybook.pages.shelf import corpus_of
from essaybook.pages.uses import used
from essaybook.web.bibliography import entry, sort_key
from essaybook.web.render import render

Values = dict[str, Any]


def _events(app: Sphinx) -> Values:
    corpus = corpus_of(app)
    events = corpus.dated()
    people = {name for event in events for name in event.people}
    themes = {name for event in events for name in event.themes}
    return {
        "years": [(year, list(group)) for year, group in groupby(events, key=lambda e: e.date.year)],
        "people": sorted((corpus.people[name] for name in people), key=lambda p: p.short.casefold()),
        "themes": [theme for theme in corpus.themes.values() if theme.id in themes],
        "MONTHS": MONTHS,
    }


def _people(app: Sphinx) -> Values:
    corpus = corpus_of(app)
    people = corpus.people.values()
    # Sorted by the name that prose uses, which is the one a reader looks for.
    return {
        "people": sorted(people, key=lambda p: p.short.casefold()),
        "stands": corpus.stands(),
        "acts": Counter(name for event in corpus.events.values() for name in event.people),
    }


def _offices(app: Sphinx) -> Values:
    corpus = corpus_of(app)
    offices = list(corpus.offices.values())
    first, last = corpus.years
    found = tenures(offices, first, last)
    widths = columns(found, last - first + 1)
    rows = [
        (tenure, zip(tenure.stretches, spans([s.months for s in tenure.stretches], widths), strict=True))
        for tenure in found
    ]
    years = zip(range(first, last + 1), spans([12] * (last - first + 1), widths), strict=True)
    return {"offices": offices, "tenures": rows, "widths": widths, "years": years, "first": first, "last": last}


def _terms(app: Sphinx) -> Values:
    return {"terms": sorted(corpus_of(app).terms.values(), key=lambda t: t.term.casefold())}


def _sources(app: Sphinx) -> Values:
    sources = corpus_of(app).sources.values()
    return {"sources": sorted(sources, key=lambda s: (s.date.first, s.id))}


def _figures(app: Sphinx) -> Values:
    corpus = corpus_of(app)
    tables = []
    for resource in corpus.resources.values():
        figures = [f for f in corpus.figures.values() if f.resource == resource.name]
        tables.append((resource, figures))
    return {"tables": tables, "schemas": schema.readable()}


def _works(app: Sphinx) -> Values:
    works = sorted(corpus_of(app).works.values(), key=sort_key)
    return {"works": [(work, entry(work), coins(work)) for work in works]}


INDEX = {"person": "People", "office": "Bodies", "term": "Terms", "work": "Works"}
"""Kinds of record in the index, and what their stretch of it is called. Events stand under their themes."""


def _index(app: Sphinx) -> Values:
    corpus = corpus_of(app)
    named = used(app.env)
    headings = {
        "person": [(p.id, p.heading) for p in corpus.people.values()],
        "office": [(o.id, o.name) for o in corpus.offices.values()],
        "term": [(t.id, t.heading) for t in corpus.terms.values()],
        "work": [(w.id, w.short) for w in corpus.works.values()],
    }
    kinds = []
    for kind, title in INDEX.items():
        entries = [entry for entry in headings[kind] if (kind, entry[0]) in named]
        kinds.append((title, kind, sorted(entries, key=lambda entry: entry[1].casefold())))
    themes = []
    for theme in sorted(corpus.themes.values(), key=lambda theme: theme.name.casefold()):
        events = [e for e in corpus.dated() if theme.id in e.themes and ("event", e.id) in named]
        if events:
            themes.append((theme, events))
    return {"kinds": kinds, "themes": themes}


KINDS: dict[str, Callable[[Sphinx], Values]] = {
    "event": _events,
    "person": _people,
    "office": _offices,
    "term": _terms,
    "source": _sources,
    "figure": _figures,
    "work": _works,
    "index": _index,
}


def catalogue(app: Sphinx, page: str, kind: str) -> Markup:
    """A kind of record as its page lists it."""
    return render(app, page, f"catalogue-{kind}.html", **KINDS[kind](app))
