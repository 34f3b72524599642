"""A page of its own for every source, made from its record, and found by the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx

from essaybook.corpus.source import Source
from essaybook.pages.shelf import corpus_of
from essaybook.web.reach import Reach
from essaybook.web.render import render
from essaybook.web.words import clip

Page = tuple[str, dict[str, Any], str]


def pages(app: Sphinx) -> Iterator[Page]:
    """Every source's page, for Sphinx to write. They are written in every build: they show where they are used."""
    if app.builder.name != "html":
        return
    home = Reach(app, app.config.root_doc).homes.get("source")
    if home is None:
        return
    sources = sorted(corpus_of(app).sources.values(), key=lambda s: (s.date.first, s.id))
    _index(app, {f"{home}/{source.id}": source for source in sources})
    near = [None, *((f"{home}/{source.id}", source.title) for source in sources), None]
    for i, source in enumerate(sources):
        page = f"{home}/{source.id}"
        about = source.about or f"{source.by}, {source.when}. {source.occasion}"
        context = {
            "title": source.title,
            "body": _body(app, page, home, source),
            "essaybook_description": clip(f"{source.title}: {about}", 200),
            "essaybook_around": (near[i], near[i + 2]),
        }
        yield page, context, "page.html"


def _body(app: Sphinx, page: str, home: str, source: Source) -> str:
    reach = Reach(app, page)
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
    )


def _index(app: Sphinx, made: dict[str, Source]) -> None:
    """Feed the pages to the search index, and keep Sphinx from pruning what is not a file of its own."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return
    prune = indexer.prune

    def keep(names: Iterable[str]) -> None:
        prune([*names, *made])

    indexer.prune = keep
    for page, source in made.items():
        indexer.feed(page, f"{page}.html", source.title, _document(source))


def _document(source: Source) -> nodes.document:
    """What the index should know of a source."""
    document = new_document("")
    section = nodes.section("", nodes.title("", source.title))
    words = [source.by, source.occasion, source.about, source.text]
    for quotation in source.quotations:
        words += [quotation.english, quotation.original, quotation.paraphrase, quotation.plain]
    section += nodes.paragraph("", " ".join(word for word in words if word))
    document += section
    return document
