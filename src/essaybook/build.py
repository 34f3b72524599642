"""Building the book: pages, print, downloads, each by the same Sphinx configuration Jupyter Book makes."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

from essaybook.corpus import Corpus, Finding, load
from essaybook.corpus.rules import check
from essaybook.packs.gather import zipped
from essaybook.web.worker import WORKER, is_page, worker

Say = Callable[[str], None]

OFFLINE = "book-offline.zip"
TO_OFFLINE = re.compile(rf'<a href="[^"]*{re.escape(OFFLINE)}"[^>]*>(.*?)</a>'.encode(), re.DOTALL)
"""A link to the zip of the site, which the site inside it does not have."""


class BuildFailed(Exception):
    """A build that stopped. The reason has been printed where it arose."""


@dataclass(frozen=True)
class Book:
    """A book's folder: the one that holds ``_config.yml`` and ``_toc.yml``."""

    root: Path

    @property
    def corpus(self) -> Path:
        """The folder of records."""
        return self.root / "book" / "corpus"

    @property
    def prose(self) -> Path:
        """The folder of pages."""
        return self.root / "book"

    @property
    def out(self) -> Path:
        """The folder that builds write to."""
        return self.root / "_build"

    @property
    def html(self) -> Path:
        """The site."""
        return self.out / "html"

    @property
    def typst(self) -> Path:
        """The printed book."""
        return self.out / "typst"

    @property
    def epub(self) -> Path:
        """The book for e-readers."""
        return self.out / "epub"

    def read(self) -> tuple[Corpus, list[Finding]]:
        """The corpus and everything that the checks find in it and in the prose."""
        corpus, findings = load(self.corpus)
        return corpus, sorted(set(findings) | set(check(corpus, self.prose)))


def sphinx(book: Book, builder: str, out: Path) -> None:
    """Run one builder as Jupyter Book would, with warnings as errors. Raises BuildFailed."""
    overrides = {
        "external_toc_path": (book.root / "_toc.yml").as_posix(),
        "nitpicky": True,
        "latex_individualpages": False,  # Jupyter Book's own command always gives it
    }
    result = build_sphinx(
        book.root,
        out,
        noconfig=True,
        path_config=book.root / "_config.yml",
        confoverrides=overrides,
        doctreedir=book.out / ".doctrees",
        builder=builder,
        warningiserror=True,
        quiet=True,
    )
    if result:
        raise BuildFailed(f"{builder}: {result}")


def build(book: Book, say: Say, printed: bool = True) -> None:
    """Print, EPUB, site, downloads. Raises BuildFailed when a named output is not there at the end."""
    downloads = book.html / "downloads"
    named = [downloads / name for name in ("book.pdf", "book.epub", OFFLINE)] if printed else []
    if printed:
        say("print: A4 and A5")
        sphinx(book, "typst", book.typst)
        say("EPUB")
        sphinx(book, "epub", book.epub)
    say("pages")
    bring(book)
    if printed:
        # Pages link to what is there, and the zip is made of the pages: its place is taken before.
        (downloads / OFFLINE).touch()
    sphinx(book, "html", book.html)
    say("downloads")
    if printed:
        offline(book)
    checksums(book)
    missing = [
        path.relative_to(book.root).as_posix() for path in (book.html / "index.html", *named) if not path.exists()
    ]
    if missing:
        raise BuildFailed(f"the build ended without {', '.join(missing)}")


def bring(book: Book) -> None:
    """Put print and EPUB beside the site, before its pages are written: they link to what is there."""
    folder = book.html / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    for made, kind in ((book.typst, "*.pdf"), (book.epub, "*.epub")):
        for path in sorted(made.rglob(kind)):
            there = folder / path.relative_to(made)
            there.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, there)


def offline(book: Book) -> None:
    """Zip the site, to be opened from a disk or put on a host.

    All of it goes in, the downloads as well, for pages link to them; but not the zip itself, to which no page
    in it leads. The checksums in it are those of what it holds. Sphinx's mark of the command that made the site
    stays out, so that the zip follows from the site alone.
    """
    made = book.html / "downloads" / OFFLINE
    made.unlink(missing_ok=True)
    checksums(book)
    files = {}
    for path in book.html.rglob("*"):
        if path.is_file() and path.name != ".buildinfo":
            content = path.read_bytes()
            name = path.relative_to(book.html).as_posix()
            files[name] = TO_OFFLINE.sub(rb"\1", content) if path.suffix == ".html" else content
    files[WORKER] = worker({name: files[name] for name in files if is_page(name)}).encode()
    # In a folder of its own, so that unpacking it strews nothing about.
    zipped(made, {f"{made.stem}/{name}": files[name] for name in sorted(files)})


def checksums(book: Book) -> None:
    """Write the checksums of all downloads."""
    folder = book.html / "downloads"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    ]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
