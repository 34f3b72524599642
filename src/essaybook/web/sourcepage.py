"""A page of its own for every source, made from its record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from essaybook.corpus.source import Source
from essaybook.exercises.base import Exercise
from essaybook.pages.shelf import corpus_of
from essaybook.pages.uses import uses_of
from essaybook.web.reach import Reach
from essaybook.web.render import render
from essaybook.web.standing import settled
from essaybook.web.words import clip

Page = tuple[str, dict[str, Any], str]


def places(app: Sphinx) -> list[tuple[str, Source]]:
    """Every source, in the order of time, with its page below the one that lists them; none where no page does."""
    home = Reach(app, app.config.root_doc).homes.get("source")
    sources = sorted(corpus_of(app).sources.values(), key=lambda s: (s.date.first, s.id)) if home else []
    return [(f"{home}/{source.id}", source) for source in sources]


def pages(app: Sphinx) -> Iterator[Page]:
    """Every source's page, for Sphinx to write. They show where they are used."""
    if app.builder.name not in {"html", "epub"}:
        return
    found = places(app)
    near = [None, *((page, source.title) for page, source in found), None]
    for i, (page, source) in enumerate(found):
        if settled(app, f"{page}.html"):
            continue
        about = source.about or f"{source.by}, {source.when}. {source.occasion}"
        context = {
            "title": source.title,
            "body": _body(app, page, source),
            "essaybook_description": clip(f"{source.title}: {about}", 200),
            "essaybook_around": (near[i], near[i + 2]),
            "essaybook_source": source.id,
        }
        yield page, context, "page.html"


def _body(app: Sphinx, page: str, source: Source) -> str:
    reach = Reach(app, page)
    home = page.rpartition("/")[0]
    leaf = reach.plan.leaf(home)
    records = [("source", source.id), *(("quotation", q.id) for q in source.quotations)]
    return render(
        app,
        page,
        "sourcepage.html",
        source=source,
        home=home,
        home_title=leaf.title if leaf else "Sources",
        when=source.when,
        used=reach.uses(*records),
        exercises=list(_exercises(reach, records)),
    )


def _exercises(reach: Reach, records: list[tuple[str, str]]) -> Iterator[tuple[Exercise, str]]:
    """Exercises that ask about a source or rest on it, and where the book has them, in its order."""
    wanted = set(records)
    order = reach.plan.order
    found = []
    for exercise in reach.corpus.exercises.values():
        if wanted.isdisjoint(exercise.references()):
            continue
        if use := next(iter(uses_of(reach.app.env, "exercise", exercise.id, order)), None):
            found.append((order.index(use.page), exercise, reach.page(use.page, use.anchor)))
    yield from ((exercise, href) for _, exercise, href in sorted(found, key=lambda each: each[0]))
