"""How a page is cited: what its head says to programs, its fold of forms, and its reference as two small files.

The files stand beside the page under its own name, with the endings ``.bib`` and ``.ris``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from essaybook.address import site
from essaybook.citing import sitemap
from essaybook.citing.head import Page
from essaybook.citing.records import bibtex, ris
from essaybook.citing.reference import Edition, Reference, key, original
from essaybook.citing.styles import STYLES
from essaybook.corpus.dates import When
from essaybook.exercises.page import book_id
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.shelf import corpus_of
from essaybook.web.plan import Leaf, plan_of
from essaybook.web.render import render

CONFIG = {"essaybook_level": "", "essaybook_licence_url": ""}
"""Values of the configuration that only references use: whom the book is for, and the address of its licence."""
PRINTED = "downloads/book.pdf"
ENDINGS = (".bib", ".ris")
"""Of the files that stand beside a page."""


def edition(app: Sphinx) -> Edition:
    """The book as the configuration names it."""
    config = app.config
    return Edition(
        book_id(app),
        str(config.html_title or config.project),
        str(config.author),
        config.essaybook_edition,
        When.parse(config.essaybook_edition_date),
        config.language or "en",
        config.essaybook_level,
        config.essaybook_licence_url,
    )


def reference(app: Sphinx, page: str, leaf: Leaf | None, heading: str, source: str | None) -> Reference:
    """What is cited when a page is. ``source`` is the id of the source that the page is of."""
    where = site()
    root = leaf is not None and leaf is plan_of(app).root
    return Reference(
        edition(app),
        book_id(app) if root else key(book_id(app), page),
        "" if root else heading,
        leaf.number if leaf else None,
        address=where + app.builder.get_target_uri(page) if where else None,
        original=original(corpus_of(app).sources[source]) if source else None,
    )


def described(cited: Reference, description: str, doctree: nodes.document | None, made: bool) -> Page:
    """A page for programs. ``made`` says whether the printed book stands among the downloads."""
    where = site()
    if cited.original:
        kind = "source"
    elif not cited.title:
        kind = "book"
    elif cited.number:
        kind = "chapter"
    else:
        exercises = doctree is not None and any(True for _ in doctree.findall(ExerciseBlock))
        kind = "exercises" if exercises else "page"
    return Page(cited, kind, description, where + PRINTED if where and made else None)


def fold(app: Sphinx, page: str, cited: Reference) -> Markup:
    """The forms of a reference, and its two files, which are written here."""
    forms: list[tuple[str, Any]] = [(name, style(cited)) for name, style in STYLES.items()]
    bib, research = ENDINGS
    texts = [("BibTeX", bib, bibtex(cited), "\n"), ("RIS", research, ris(cited), "\r\n")]
    target = Path(app.outdir) / f"{page}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    for _, ending, text, newline in texts:
        target.with_suffix(ending).write_text(text, encoding="utf-8", newline=newline)
    name = page.rpartition("/")[2]
    files = [(title, f"{name}{ending}", text) for title, ending, text, _ in texts]
    if cited.original:
        what = "source"
    elif not cited.title:
        what = "book"
    else:
        what = "chapter" if cited.number else "page"
    return render(app, page, "cite.html", what=what, forms=forms, files=files, cited=cited)


def finish(app: Sphinx) -> None:
    """The list of pages, where the site knows its address."""
    where = site()
    homes: dict[str, str] = app.env.__dict__.get("essaybook_homes", {})
    home = homes.get("source")
    sources = sorted(corpus_of(app).sources) if home in app.env.all_docs else []
    pages = [*plan_of(app).order, *(f"{home}/{name}" for name in sources)]
    addresses = [f"{where}{app.builder.get_target_uri(page)}" for page in pages] if where else []
    sitemap.write(Path(app.outdir), where, addresses, app.config.essaybook_edition_date)


def setup_cite(app: Sphinx) -> None:
    """Register the values of the configuration."""
    for name, default in CONFIG.items():
        app.add_config_value(name, default, "env")
