"""What a chapter's folder among the downloads holds: the one list of the files, and the links to them."""

from __future__ import annotations

from pathlib import PurePosixPath

from essaybook.web.reach import Reach

FILES = {
    "reading.pdf": "The chapter to print",
    "worksheet.pdf": "Worksheet",
    "worksheet.docx": "Worksheet to edit (Word)",
    "key.pdf": "Key",
    "slides.pptx": "Slides (PowerPoint)",
    "cover.pdf": "Cover lesson on one sheet",
    "moodle.xml": "Questions for Moodle",
    "questions.gift": "Questions as GIFT",
    "qti.zip": "Questions for Canvas (QTI)",
    "deck.tsv": "Cards as a table",
}
"""Every file by its name, and what it is called where it is linked."""

PROMISED: frozenset[str] = frozenset()
"""Names in `FILES` that are made after the pages have been written, and so are linked before they are there."""


BESIDE = frozenset({"book.pdf", "book-a5.pdf", "book.epub", "book-offline.zip"})
"""The book in its other forms. They are made beside the site: a site built alone has none of them."""


def downloads(reach: Reach, page: str) -> list[tuple[str, str]]:
    """Words and address of every file of a chapter that is there, or will be."""
    folder = f"downloads/{PurePosixPath(page).name}"
    found = []
    for name, words in FILES.items():
        path = f"{folder}/{name}"
        href = reach.file(path) if name in PROMISED else reach.built(path)
        if href:
            found.append((words, href))
    return found
