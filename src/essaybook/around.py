"""Where the book's records are, seen from a notebook: in the folder around it, or in the installed package."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essaybook.corpus import Corpus

PACKAGED = Path(__file__).parent / "_book" / "corpus"
"""The corpus as an installed package carries it."""


class NoBook(FileNotFoundError):
    """No book was found around a notebook."""


def find(start: Path | None = None) -> Path:
    """The corpus of the book that a folder belongs to, from it upwards; else the packaged one. Raises NoBook."""
    folder = (start or Path.cwd()).resolve()
    for above in (folder, *folder.parents):
        for corpus in (above / "book" / "corpus", above / "corpus"):
            if (corpus / "exercises").is_dir():
                return corpus
    if (PACKAGED / "exercises").is_dir():
        return PACKAGED
    raise NoBook(f"no book/corpus/exercises stands in {folder} or above it; say where with corpus=")


@functools.cache
def records_of(root: Path) -> Corpus:
    """The records of a corpus, read once."""
    from essaybook.corpus import load

    return load(root)[0]
