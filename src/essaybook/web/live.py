"""Where a lab can be run: a live copy elsewhere, the notebook to take away, or the folder at home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx

from essaybook.labs.notebook import FOLDER, notebook
from essaybook.pages.lab import is_lab
from essaybook.pages.shelf import corpus_of
from essaybook.web.address import launch, repository
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


def path_of(page: str) -> str:
    """A lab's notebook as a live copy has it, from the folder that it starts in."""
    return f"{FOLDER}/{Path(page).name}.ipynb"


def live(app: Sphinx, page: str) -> Live:
    """How to run a lab, as things stand where the book is built."""
    repo = repository()
    taken = Reach(app, page).file(f"downloads/{path_of(page)}")
    if repo and (Path(app.srcdir) / "binder").is_dir():
        words = "It opens on mybinder.org, a free service with no account, and takes some minutes to start."
        return Live([Way("Run it live.", launch(repo, path_of(page)))], words, taken)
    words = "To move the controls yourself, type “make labs” in the folder of this book: it opens in your browser."
    return Live([], words, taken)


def write(app: Sphinx) -> None:
    """Put every lab's notebook among the downloads."""
    target = Path(app.outdir) / DOWNLOADS
    target.mkdir(parents=True, exist_ok=True)
    kept = set()
    for page in sorted(app.env.found_docs):
        if is_lab(app, page):
            path = target / f"{Path(page).name}.ipynb"
            path.write_text(notebook(Path(app.env.doc2path(page)), corpus_of(app)), encoding="utf-8", newline="\n")
            kept.add(path)
    for path in set(target.glob("*.ipynb")) - kept:
        path.unlink()
