"""What the parts of the printed book share while it is written: records, pages, places, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.environment import BuildEnvironment

from essaybook.corpus import Corpus
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.outline import Part, outline, reading_order
from essaybook.pages.uses import uses_of
from essaybook.pdf.keys import Keys, place_key, record_key
from essaybook.pdf.markup import Typst, call, content, join, literal, words
from essaybook.pdf.names import authors, surname_first
from essaybook.pdf.works import work_name

if TYPE_CHECKING:
    from essaybook.pdf.exercises import Exercises


@dataclass
class Sheets:
    """The book being printed."""

    env: BuildEnvironment
    corpus: Corpus
    out: Path
    trees: dict[str, nodes.document]
    keys: Keys = field(default_factory=Keys)
    homes: dict[str, str] = field(default_factory=dict)
    """Kind of record, and the page of its catalogue."""
    shown: dict[str, str] = field(default_factory=dict)
    """Quotation, and the label where a chapter prints it as a block."""
    exercises: Exercises | None = None
    anchors: set[str] = field(default_factory=set)
    """Labels of all places that page anchors have in print."""

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the book in order."""
        return outline(self.env)

    @cached_property
    def order(self) -> list[str]:
        """Every page in order."""
        return reading_order(self.env)

    @cached_property
    def running_on(self) -> list[Part]:
        """Parts whose pages do no more than call exercises: in print these follow one another."""

        def short(page: str) -> bool:
            tree = self.trees[page]
            called = next(iter(tree.findall(ExerciseBlock)), None) is not None
            return called and sum(1 for _ in tree.findall(nodes.section)) == 1

        every = [part for part in self.parts if len(part.entries) > 1]
        return [p for p in every if all(short(e.page) and not e.opener and not e.children for e in p.entries)]

    def file(self, name: str, text: str) -> str:
        """Write a file beside the document and give its name as the document calls it."""
        (self.out / name).write_text(text, encoding="utf-8")
        return literal(name)

    # ------------------------------------------------------------ references

    def place_of(self, kind: str, name: str) -> str | None:
        """The label of a record: a quotation where it is shown, others in their catalogue."""
        if kind == "quotation":
            return self.shown.get(name) or self.place_of("source", self.corpus.quotations[name][0].id)
        if kind == "position":
            return self.place_of("work", self.corpus.positions[name].work)
        if kind in ("chart", "collation"):
            use = next(iter(uses_of(self.env, kind, name, self.order)), None)
            return place_key(use.page, f"{kind}-{name}") if use else None
        if kind == "claim":
            return place_key(self.homes["claim"], f"claim-{name}") if "claim" in self.homes else None
        return record_key(kind, name) if kind in self.homes else None

    def refer(self, key: str, markup: str, page: str, inside: bool = False) -> Typst:
        """Words that lead to a label and name its page."""
        return call("xref", literal(self.keys.want(key, page)), content(markup), inside="true" if inside else None)

    def name_of(self, kind: str, name: str) -> Typst:
        """A record in a few words, as a list of evidence names it."""
        corpus = self.corpus
        match kind:
            case "quotation":
                source, quotation = corpus.quotations[name]
                start = " ".join(
                    (quotation.english or quotation.original or quotation.paraphrase or "").split()[:5]
                )
                begun = call("q", content(words(start.rstrip(" ,.;:") + "…")))
                return join([words(f"{source.by}, {source.when}, "), begun])
            case "source":
                return words(f"{corpus.sources[name].by}, {corpus.sources[name].title}")
            case "person":
                return words(corpus.people[name].short)
            case "event":
                event = corpus.events[name]
                return words(f"{event.label}, {event.when}")
            case "figure":
                figure = corpus.figures[name]
                return words(f"{figure.label}: {figure.words}")
            case "office":
                return words(corpus.offices[name].name)
            case "term":
                return words(corpus.terms[name].term)
            case "work":
                return work_name(corpus.works[name])
            case "position":
                return words(f"{corpus.positions[name].historian}’s argument")
            case "claim":
                return words(f"claim {corpus.claims[name].number}")
            case _:
                return words(corpus.table(kind)[name].title)

    def used_on(self, kind: str, name: str, page: str) -> Typst:
        """The pages of the book that use a record, catalogues left out."""
        found: dict[str, None] = {}
        for use in uses_of(self.env, kind, name, self.order):
            key = place_key(use.page, use.anchor)
            found[key if key in self.anchors else place_key(use.page, "")] = None
        if not found:
            return Typst("")
        return call("pages", *(literal(self.keys.want(key, page)) for key in found))

    # ------------------------------------------------------------ the index

    def index(self, kind: str, name: str, main: bool = False) -> Typst:
        """An entry of the index for a record that has one."""
        corpus = self.corpus
        match kind:
            case "person":
                headings = [corpus.people[name].heading]
            case "office":
                headings = [corpus.offices[name].name]
            case "term":
                headings = [corpus.terms[name].heading]
            case "event":
                headings = [corpus.themes[theme].name for theme in corpus.events[name].themes]
            case "work":
                headings = authors(corpus.works[name], corpus)
            case "position":
                headings = self._historian(name)
            case _:
                headings = []
        return join(call("idx", literal(heading), main="true" if main else None) for heading in headings)

    def _historian(self, name: str) -> list[str]:
        position = self.corpus.positions[name]
        acting = {f"{p.name}": p for p in self.corpus.people.values()}
        if position.historian in acting:
            return [acting[position.historian].heading]
        return authors(self.corpus.works[position.work], self.corpus) or [surname_first(position.historian)]
