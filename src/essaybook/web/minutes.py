"""How long a page takes to read."""

from __future__ import annotations

from docutils import nodes

from essaybook.corpus import Corpus
from essaybook.pages import nodes as book
from essaybook.web.shape import NoteList

PACE = 220
"""Words a minute, for prose that has to be understood."""


def _count(node: nodes.Node) -> int:
    if isinstance(node, nodes.Text):
        return len(node.astext().split())
    if isinstance(node, NoteList):
        return 0
    return sum(_count(child) for child in node.children)


def minutes(doctree: nodes.document, corpus: Corpus) -> int:
    """Minutes for the text and the passages quoted in it, notes left out."""
    words = _count(doctree)
    for block in doctree.findall(book.SourceBlock):
        quotation = corpus.quotations[block["record"]][1]
        words += len((quotation.english or quotation.paraphrase or quotation.original or "").split())
    return max(1, round(words / PACE))
