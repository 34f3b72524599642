"""What the web form rearranges in a resolved page before it is written: heads, notes, marks, words to search.

All of it is late and for HTML only, so that the neutral tree that print reads stays as it is.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages import nodes as book
from essaybook.pages.shelf import corpus_of
from essaybook.web.plan import plan_of
from essaybook.web.words import WORDING


class Head(nodes.General, nodes.Element):
    """How a page without an opener begins. Attribute ``part``. Children: the title."""


class NoteList(nodes.General, nodes.Element):
    """The page's notes, in order. Children: docutils' footnotes."""


class ParagraphMark(nodes.Inline, nodes.Element):
    """The address of a paragraph, at its edge. Attributes: ``anchor``, ``number``."""


class SearchText(nodes.Invisible, nodes.Element):
    """Words that a record puts on the page: the search index reads them, the page has them already."""


def rearrange(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Rearrange a page for the web."""
    if app.builder.format != "html":
        return
    _scripts(doctree)
    _head(app, doctree, page)
    _notes(doctree)
    _marks(app, doctree, page)
    for node in list(doctree.findall(nodes.Element)):
        words = _searchable(app, node)
        if words:
            node += words


def _scripts(doctree: nodes.document) -> None:
    """Script elements that extensions leave in the text go: the policy of our pages refuses them."""
    for raw in list(doctree.findall(nodes.raw)):
        text = raw.astext()
        if "<script" in text and ("text/x-thebe-config" in text or "kernelName" in text):
            raw.parent.remove(raw)


def _head(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """The title moves into what opens the page, so that all of the opening is one piece."""
    title = doctree.next_node(nodes.title)
    if title is None or not isinstance(title.parent, nodes.section):
        return
    section = title.parent
    section.remove(title)
    opener = next(iter(section.findall(book.Opener)), None)
    if opener is not None:
        opener.insert(0, title)
        return
    leaf = plan_of(app).leaf(page)
    head = Head(part=leaf.part if leaf else "")
    head += title
    section.insert(0, head)


def _notes(doctree: nodes.document) -> None:
    notes = list(doctree.findall(nodes.footnote))
    if not notes:
        return
    for rule in list(doctree.findall(nodes.transition)):
        if "footnotes" in rule["classes"]:
            rule.parent.remove(rule)
    for note in notes:
        note.parent.remove(note)
    doctree += NoteList("", *notes, ids=["notes"])


def _marks(app: Sphinx, doctree: nodes.document, page: str) -> None:
    leaf = plan_of(app).leaf(page)
    if leaf is None or not leaf.key:
        return
    form = re.compile(rf"{re.escape(leaf.key)}-(\d+)")
    for paragraph in doctree.findall(nodes.paragraph):
        for anchor in paragraph["ids"]:
            found = form.fullmatch(anchor)
            if found:
                paragraph.insert(0, ParagraphMark(anchor=anchor, number=found[1]))
                break


def _entry(anchor: str, title: str, *words: str | None) -> nodes.section:
    """A titled stretch for the index. A hit on its title leads to the anchor.

    Sphinx counts a hit where the query is at least half as long as the title: so titles are short.
    """
    text = " ".join(word for word in words if word)
    return nodes.section("", nodes.title("", title), nodes.paragraph("", text), ids=[anchor])


def _plain(*words: str | None) -> nodes.paragraph:
    return nodes.paragraph("", " ".join(word for word in words if word))


def _searchable(app: Sphinx, node: nodes.Element) -> SearchText | None:
    """What the index should know of a node that holds only a record's id."""
    corpus = corpus_of(app)
    match node:
        case book.SourceBlock():
            source, quotation = corpus.quotations[node["record"]]
            return SearchText(
                "",
                _plain(
                    source.by,
                    source.occasion,
                    quotation.english,
                    quotation.original,
                    quotation.paraphrase,
                    WORDING[quotation.wording],
                ),
            )
        case book.InlineQuotation():
            return SearchText("", _plain(corpus.quotations[node["record"]][1].original))
        case book.Opener():
            opener = node["opener"]
            return SearchText("", _plain(opener["question"], *opener["answer"]))
        case book.ChartBlock():
            chart = corpus.charts[node["record"]]
            return SearchText("", _plain(chart.title, chart.subtitle, chart.alt))
        case book.ClaimBlock():
            claim = corpus.claims[node["record"]]
            return SearchText("", _plain(claim.claim, claim.verdict))
        case book.PositionList():
            positions = [corpus.positions[name] for name in node["records"]]
            return SearchText("", *(_plain(p.historian, p.argument) for p in positions))
        case book.RightsList():
            statements = dict.fromkeys(source.rights.statement for source in corpus.sources.values())
            return SearchText("", *map(_plain, statements))
        case book.Catalogue():
            return SearchText("", *_catalogue(app, node["kind"]))
        case _:
            return None


def _catalogue(app: Sphinx, kind: str) -> list[nodes.Node]:
    corpus = corpus_of(app)
    match kind:
        case "person":
            return [
                _entry(f"person-{p.id}", p.short, p.name, p.ru, p.brief, p.fate, *(s.where for s in p.stood))
                for p in corpus.people.values()
            ]
        case "office":
            return [_entry(f"office-{o.id}", o.name, o.ru, o.brief, o.text) for o in corpus.offices.values()]
        case "term":
            return [
                _entry(f"term-{t.id}", t.term, t.ru, t.latin, t.brief, t.label_of) for t in corpus.terms.values()
            ]
        case "event":
            return [_entry(f"event-{e.id}", f"{e.label}, {e.when}", e.text) for e in corpus.dated()]
        case "work":
            return [_plain(w.short, w.title, *w.authors, *w.editors) for w in corpus.works.values()]
        case "figure":
            return [_plain(f.label, f.words, f.unit) for f in corpus.figures.values()]
        case "source":
            return [_plain(s.title, s.by, s.occasion) for s in corpus.sources.values()]
        case _:
            return []
