"""The Sphinx builder ``typst``: the whole book as one Typst document, typeset as PDF for A4 and A5."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging

from essaybook.pages import nodes as book
from essaybook.pages.outline import Entry
from essaybook.pages.shelf import corpus_of
from essaybook.pdf.catalogues import Catalogues
from essaybook.pdf.compiler import FORMATS, Compiler
from essaybook.pdf.exercises import Exercises
from essaybook.pdf.keys import page_key, place_key
from essaybook.pdf.leaves import Leaves
from essaybook.pdf.markup import Typst, call, content, join, literal, words
from essaybook.pdf.matter import Matter
from essaybook.pdf.sheets import Sheets
from essaybook.pdf.writer import Writer, anchors_of

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent / "template"


class TypstBuilder(Builder):
    """Writes ``book.typ`` with what it needs, then ``book.pdf``, ``book-a5.pdf`` and a folder a chapter."""

    name = "typst"
    format = "typst"
    epilog = "The printed book is in %(outdir)s."
    allow_parallel = True
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]

    def get_outdated_docs(self) -> str:
        """One document holds every page, so every page is always out of date."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """A page as `Writer` knows it."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same from everywhere: the book is one document."""
        return self.get_target_uri(to, typ)

    def write(self, *ignored: Any) -> None:
        """Write and typeset the book."""
        out = Path(self.outdir)
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(TEMPLATE.glob("*.typ")):
            shutil.copyfile(path, out / path.name)
        document = out / "book.typ"
        text, leaves = self.book(out)
        document.write_text(text, encoding="utf-8")
        compiler = Compiler(out)
        for form, name in FORMATS.items():
            (out / name).write_bytes(compiler.typeset(document, packed=True, format=form))
            log.info("%s", name)
        leaves.write(out, compiler)
        cover = out / "cover.typ"
        cover.write_text(leaves.front(), encoding="utf-8")
        (out / "cover.png").write_bytes(compiler.picture(cover))
        compiler.tidy()

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing is written page by page."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Nothing is written page by page."""

    # ------------------------------------------------------------ the book

    def book(self, out: Path) -> tuple[str, Leaves]:
        """The document, calls to the template's functions and words, nothing else; and its parts by themselves."""
        sheets = self.sheets(out)
        matter = Matter(sheets, self.config)
        chapters, reference = self.halves(sheets)
        sheets.exercises = Exercises(sheets, [*chapters, *reference])
        imports = join([Typst('#import "template.typ": *'), sheets.exercises.imports()], "\n")
        pages = [(entry, self.page(sheets, entry)) for entry in chapters]
        parts = [
            imports,
            matter.head(),
            matter.cover(),
            matter.imprint(),
            matter.contents(),
            self.root(sheets),
            *(text for _, text in pages),
        ]
        # An index comes last, and its words for the web are of no use in print.
        index = next((entry for entry in reference if entry.page == sheets.homes.get("index")), None)
        reference = [entry for entry in reference if entry is not index]
        back = [self.reference(sheets, entry, first=i == 0) for i, entry in enumerate(reference)]
        back += [*sheets.exercises.part(), matter.index(index), matter.colophon()]
        parts.append(call("reference", literal(matter.title), content(join(back, "\n\n"))))
        sheets.keys.check()
        return join(parts, "\n\n") + "\n", Leaves(sheets, matter, imports, pages)

    def sheets(self, out: Path) -> Sheets:
        """Everything that must be known before a page is written."""
        env = self.env
        corpus = corpus_of(self.app)
        homes = {k: p for k, p in env.__dict__.get("essaybook_homes", {}).items() if p in env.found_docs}
        sheets = Sheets(env, corpus, out, {}, homes=homes)
        for page in sheets.order:
            tree = env.get_doctree(page)
            for toctree in list(tree.findall(addnodes.toctree)):
                (toctree.parent.parent if _only_child(toctree) else toctree.parent).remove(
                    toctree.parent if _only_child(toctree) else toctree
                )
            env.resolve_references(tree, page, self)
            sheets.trees[page] = tree
            sheets.anchors.update(anchors_of(page, tree))
            for node in tree.findall(book.SourceBlock):
                sheets.shown.setdefault(node["record"], place_key(page, node["ids"][0]))
        return sheets

    def halves(self, sheets: Sheets) -> tuple[list[Entry], list[Entry]]:
        """Pages of the body, and those of the reference part, which begins with the first catalogue."""
        every = [entry for part in sheets.parts for entry in _walk(part.entries)]
        catalogues = {entry.page for entry in every if _catalogue(sheets.trees[entry.page])}
        reference = {
            entry.page
            for part in sheets.parts
            if any(entry.page in catalogues for entry in _walk(part.entries))
            for entry in _walk(part.entries)
        }
        return [e for e in every if e.page not in reference], [e for e in every if e.page in reference]

    def root(self, sheets: Sheets) -> Typst:
        """The first page of the site, which in print speaks to the reader after the contents."""
        page = self.config.root_doc
        key = sheets.keys.define(page_key(page))
        opening = call("plain-opening", content("To the reader"), key=literal(key), fresh="false")
        return join([opening, Writer(sheets, page).write(sheets.trees[page])], "\n\n")

    def page(self, sheets: Sheets, entry: Entry) -> Typst:
        """A page of the body: a chapter with its opening, or a page without."""
        tree = sheets.trees[entry.page]
        opener = entry.opener or {}
        writer = Writer(sheets, entry.page, str(opener.get("key", "")), entry.number)
        key = sheets.keys.define(page_key(entry.page))
        node = next(iter(tree.findall(book.Opener)), None)
        if node is not None:
            opening = writer.opening(node, words(entry.title), key)
        elif part := next((part for part in sheets.running_on if entry in part.entries), None):
            opening = call("run-on", content(words(entry.title)), literal(key))
            if entry is part.entries[0]:
                place = literal(sheets.keys.define(f"part:{part.caption}"))
                opening = join([call("plain-opening", content(words(part.caption)), key=place), opening], "\n\n")
        else:
            opening = call("plain-opening", content(words(entry.title)), key=literal(key))
        return join([opening, writer.write(tree)], "\n\n")

    def reference(self, sheets: Sheets, entry: Entry, first: bool) -> Typst:
        """A page of the reference part: its few words, then its catalogue."""
        tree = sheets.trees[entry.page]
        key = literal(sheets.keys.define(page_key(entry.page)))
        opening = call("reference-opening", content(words(entry.title)), key, first="true" if first else None)
        kinds = [node["kind"] for node in tree.findall(book.Catalogue)]
        for node in list(tree.findall(book.Catalogue)):
            node.parent.remove(node)
        lead = Writer(sheets, entry.page).write(tree)
        lists = [Catalogues(sheets, entry.page).write(kind) for kind in kinds]
        return join([opening, call("lead", content(lead)) if lead.strip() else "", *lists], "\n\n")


def _catalogue(tree: nodes.document) -> bool:
    return next(iter(tree.findall(book.Catalogue)), None) is not None


def _only_child(toctree: nodes.Element) -> bool:
    """Whether the element around a toctree holds nothing else, so that it goes with it."""
    return isinstance(toctree.parent, nodes.compound) and len(toctree.parent.children) == 1


def _walk(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _walk(entry.children)
