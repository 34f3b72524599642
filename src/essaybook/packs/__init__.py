"""Packs: the book's exercises for learning systems and cards, from the same records as its pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.address import site
from essaybook.corpus import Corpus
from essaybook.packs.gather import Edition, gather
from essaybook.packs.write import TABLE, write
from essaybook.pages.lesson import Lesson, lesson_of
from essaybook.pages.outline import reading_order

MADE = "packs.json"
PAPERS = ("worksheet.docx", "slides.pptx")


class Shelf:
    """What was written in earlier builds, by a digest of all that it was made of: that need not be made again."""

    def __init__(self, path: Path, ground: str) -> None:
        self.path, self.ground = path, ground
        self.known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        # Gone until all is made: a build that stops half-way must not be taken for the one before it.
        path.unlink(missing_ok=True)
        self.now: dict[str, str] = {}

    def put(self, name: str, made_of: object, files: Iterable[Path], make: Callable[[], object]) -> None:
        """Make what goes by a name, unless it was made of the same and its files are there."""
        digest = hashlib.sha256(f"{self.ground}{made_of!r}".encode()).hexdigest()
        if self.known.get(name) != digest or not all(path.is_file() for path in files):
            make()
        self.now[name] = digest

    def close(self) -> None:
        """Keep what is known now."""
        self.path.write_text(json.dumps(self.now, indent=1), encoding="utf-8")


def packs(pages: dict[str, str], corpus: Corpus, edition: Edition, out: Path) -> None:
    """Write the packs of the exercises, where the book has any."""
    if chapters := gather(corpus, pages):
        write(chapters, corpus, edition, out)


def papers(lesson: Lesson, corpus: Corpus, edition: Edition, folder: Path) -> None:
    """Write a chapter's worksheet and slides."""
    # Here, for most builds make none, and what they are made with takes long to load.
    from essaybook.packs.slides import slides
    from essaybook.packs.worksheet import worksheet

    folder.mkdir(exist_ok=True)
    for name, make in zip(PAPERS, (worksheet, slides), strict=True):
        (folder / name).write_bytes(make(lesson, corpus, edition))


def written(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write the packs once all pages are read and before any is written: pages link to what is there."""
    from essaybook.exercises.page import book_id
    from essaybook.pages.shelf import corpus_of, ground_of
    from essaybook.web.plan import plan_of

    if app.builder.name != "html":
        return []
    pages = {leaf.page: leaf.title for leaf in plan_of(app).leaves if leaf.number}
    title = str(app.config.html_title or app.config.project)
    day = date.fromisoformat(app.config.essaybook_edition_date)
    corpus = corpus_of(app)
    edition = Edition(book_id(app), title, day, site())
    out = Path(app.outdir) / "downloads"
    out.mkdir(parents=True, exist_ok=True)
    shelf = Shelf(Path(app.doctreedir) / MADE, ground_of(app))
    shelf.put("packs", (pages, edition), [out / TABLE], lambda: packs(pages, corpus, edition, out))
    order = reading_order(env)
    for page in pages:
        if lesson := lesson_of(env, corpus, page, order):
            folder = out / lesson.slug
            files = [folder / name for name in PAPERS]
            shelf.put(page, (lesson, edition), files, partial(papers, lesson, corpus, edition, folder))
    shelf.close()
    return []


def setup_packs(app: Sphinx) -> None:
    """Write packs with the site."""
    app.connect("env-updated", written, priority=950)
