"""Where labs and exercises can be run: a live copy elsewhere, the notebook to take away, the folder at home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.address import hub, launch, on_hub, repository
from essaybook.kept import Kept
from essaybook.labs.notebook import FOLDER, exercises_of, notebook
from essaybook.pages.lab import is_lab
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.shelf import corpus_of, ground_of
from essaybook.web.reach import Reach

DOWNLOADS = f"downloads/{FOLDER}"


@dataclass(frozen=True)
class Way:
    """A live copy: what to call it, and its address."""

    words: str
    href: str


@dataclass(frozen=True)
class Live:
    """What a lab's head says of running it."""

    links: list[Way]
    words: str
    notebook: str


def path_of(app: Sphinx, page: str, doctree: nodes.document | None) -> str | None:
    """The notebook that a live copy opens for a page, from the folder that it starts in; nothing where none is.

    A lab has its own. A page with exercises opens the one with all the exercises of their chapter.
    """
    if is_lab(app, page):
        return f"{FOLDER}/{Path(page).name}.ipynb"
    for found in doctree.findall(ExerciseBlock) if doctree else ():
        return f"{FOLDER}/{exercises_of(corpus_of(app).exercises[found['record']].chapter)}"
    return None


def ways(app: Sphinx, path: str) -> list[Way]:
    """Every live copy that can open a notebook. Not Colab, which opens only what a repository holds."""
    found = []
    if (Path(app.srcdir) / "binder").is_dir():
        if at := hub():
            found.append(Way("Run it on your school’s notebook server.", on_hub(at, path)))
        if repo := repository():
            found.append(Way("Run it live.", launch(repo, path)))
    return found


def live(app: Sphinx, page: str) -> Live:
    """How to run a lab, as things stand where the book is built."""
    path = f"{FOLDER}/{Path(page).name}.ipynb"
    taken = Reach(app, page).file(f"downloads/{path}")
    links = ways(app, path)
    if repository() and links:
        words = "It opens on mybinder.org, a free service with no account, and takes some minutes to start."
        return Live(links, words, taken)
    if links:
        return Live(links, "", taken)
    words = "To move the controls yourself, type “make labs” in the folder of this book: it opens in your browser."
    return Live([], words, taken)


def write(app: Sphinx) -> None:
    """Put every lab's notebook among the downloads."""
    target = Path(app.outdir) / DOWNLOADS
    target.mkdir(parents=True, exist_ok=True)
    before: Kept[str] = Kept(Path(app.doctreedir) / "labs.pickle", (ground_of(app), version("jupytext")))
    kept = set()
    for page in sorted(app.env.found_docs):
        if is_lab(app, page):
            path = target / f"{Path(page).name}.ipynb"
            source = Path(app.env.doc2path(page))
            said = source.read_text(encoding="utf-8")
            made = before.of(said, partial(notebook, source, corpus_of(app)))
            path.write_text(made, encoding="utf-8", newline="\n")
            kept.add(path)
    before.close()
    for path in set(target.glob("*.ipynb")) - kept:
        path.unlink()
