"""What the web form rearranges in a resolved page before it is written: heads, notes, marks.

All of it is late and for HTML only, so that the neutral tree that print reads stays as it is.
"""

from __future__ import annotations

import re

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

from essaybook.pages import nodes as book
from essaybook.web.plan import plan_of


class Head(nodes.General, nodes.Element):
    """How a page without an opener begins. Attribute ``part``. Children: the title."""


class NoteList(nodes.General, nodes.Element):
    """The page's notes, in order. Children: docutils' footnotes."""


class ParagraphMark(nodes.Inline, nodes.Element):
    """The address of a paragraph, at its edge. Attributes: ``anchor``, ``number``."""


def rearrange(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Rearrange a page for the web."""
    if app.builder.format != "html":
        return
    _scripts(doctree)
    _head(app, doctree, page)
    _notes(doctree)
    _marks(app, doctree, page)
    _code(doctree)


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


def _code(doctree: nodes.document) -> None:
    """Folded code goes under what it draws: most readers of a lab never open it."""
    for code in list(doctree.findall(HideCodeCellNode)):
        cell = code.parent
        cell.remove(code)
        cell += code


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
