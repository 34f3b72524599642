"""The cards of a page: one for each record that its prose names, and one for each inline quotation."""

from __future__ import annotations

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from essaybook.pages import nodes as book
from essaybook.pages.shelf import corpus_of
from essaybook.web.bibliography import entry
from essaybook.web.render import render

MORE = {
    "person": "Posts, stands and fate",
    "office": "What it was, and who sat in it",
    "term": "In the glossary",
    "event": "In the timeline",
    "figure": "The series it belongs to",
    "work": "In the bibliography",
    "quotation": "About this source",
}
"""The words of the link at a card's foot."""


def named(doctree: nodes.document) -> list[tuple[str, str]]:
    """Kind and id of every record that needs a card, in order of first mention."""
    found: dict[tuple[str, str], None] = {}
    for node in doctree.findall(nodes.Element):
        if isinstance(node, book.Mention) and node["kind"] in MORE:
            found[node["kind"], node["record"]] = None
        elif isinstance(node, book.InlineQuotation):
            found["quotation", node["record"]] = None
    return list(found)


def cards(app: Sphinx, page: str, doctree: nodes.document) -> Markup:
    """The cards as HTML."""
    return Markup("").join(_card(app, page, kind, name) for kind, name in named(doctree))


def _card(app: Sphinx, page: str, kind: str, name: str) -> Markup:
    corpus = corpus_of(app)
    record = corpus.get(kind, name)
    source = None
    heading = ""
    match kind:
        case "quotation":
            source, record = record
            heading = f"{source.by}, {source.when}"
        case "person" | "office":
            heading = record.name
        case "term":
            heading = record.term
        case "event":
            heading = record.label
        case "figure":
            heading = record.words
        case "work":
            heading = record.short
    return render(
        app,
        page,
        "card.html",
        kind=kind,
        name=name,
        record=record,
        source=source,
        heading=heading,
        more=MORE[kind],
        entry=entry(record) if kind == "work" else "",
    )
