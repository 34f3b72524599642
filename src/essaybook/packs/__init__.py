"""Packs: the book's exercises for learning systems and cards, from the same records as its pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.address import site
from essaybook.packs.gather import Edition, gather
from essaybook.packs.slides import slides
from essaybook.packs.worksheet import worksheet
from essaybook.packs.write import write
from essaybook.pages.lesson import lesson_of
from essaybook.pages.outline import reading_order


def written(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write the packs once all pages are read and before any is written: pages link to what is there."""
    from essaybook.exercises.page import book_id
    from essaybook.pages.shelf import corpus_of
    from essaybook.web.plan import plan_of

    if app.builder.name == "html":
        pages = {leaf.page: leaf.title for leaf in plan_of(app).leaves if leaf.number}
        title = str(app.config.html_title or app.config.project)
        day = date.fromisoformat(app.config.essaybook_edition_date)
        corpus = corpus_of(app)
        edition = Edition(book_id(app), title, day, site())
        out = Path(app.outdir) / "downloads"
        out.mkdir(parents=True, exist_ok=True)
        if chapters := gather(corpus, pages):
            write(chapters, corpus, edition, out)
        order = reading_order(env)
        for page in pages:
            if lesson := lesson_of(env, corpus, page, order):
                folder = out / lesson.slug
                folder.mkdir(exist_ok=True)
                (folder / "worksheet.docx").write_bytes(worksheet(lesson, corpus, edition))
                (folder / "slides.pptx").write_bytes(slides(lesson, corpus, edition))
    return []


def setup_packs(app: Sphinx) -> None:
    """Write packs with the site."""
    app.connect("env-updated", written, priority=950)
