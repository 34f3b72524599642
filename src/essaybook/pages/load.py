"""What a page asks of a reader, in minutes: its text at a steady pace, and the exercises that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.corpus import Corpus
from essaybook.pages import nodes as book
from essaybook.pages.shelf import corpus_of

PACE = 220
"""Words a minute, for prose that has to be understood."""


@dataclass(frozen=True)
class Load:
    """Minutes to read, how many exercises, and their minutes together."""

    reading: int
    exercises: int = 0
    work: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(self.reading + other.reading, self.exercises + other.exercises, self.work + other.work)


def minutes(page: nodes.document, corpus: Corpus) -> int:
    """Minutes for the text and the passages quoted in it, notes and code left out."""
    words = _count(page)
    for block in page.findall(book.SourceBlock):
        quotation = corpus.quotations[block["record"]][1]
        words += len((quotation.english or quotation.paraphrase or quotation.original or "").split())
    return max(1, round(words / PACE))


def _count(node: nodes.Node) -> int:
    if isinstance(node, nodes.Text):
        return len(node.astext().split())
    if isinstance(node, nodes.footnote | nodes.literal_block):
        return 0
    return sum(_count(child) for child in node.children)


def load_of(env: BuildEnvironment, page: str, corpus: Corpus) -> Load:
    """A page's load, once it is read. An exercise belongs to the chapter that it names, wherever it stands."""
    name = PurePosixPath(page).name
    asked = [exercise.minutes for exercise in corpus.exercises.values() if exercise.chapter == name]
    return Load(env.metadata[page]["minutes"], len(asked), sum(asked))


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep with a page that was just read what other pages say of it: its minutes, and what it presumes."""
    opener = next(iter(doctree.findall(book.Opener)), None)
    app.env.metadata[app.env.docname] |= {
        "minutes": minutes(doctree, corpus_of(app)),
        "takes": opener.children[0].astext() if opener is not None and opener.children else "",
    }


def setup_load(app: Sphinx) -> None:
    """Connect to the reading of pages."""
    app.connect("doctree-read", note)


def told(count: int) -> str:
    """Minutes in words; hours, once nobody would count them in minutes."""
    if count <= 100:
        return "1 minute" if count == 1 else f"{count} minutes"
    halves = (count + 15) // 30
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"
