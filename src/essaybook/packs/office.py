"""What worksheet and slides share: words with their language, and files whose bytes follow from the book alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from docutils.utils.smartquotes import smartyPants

from essaybook.letters import tongues
from essaybook.packs.gather import Edition, line, packed

STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def spoken(text: str) -> Iterator[tuple[str, bool]]:
    """Words on one line with typographic quotes, in pieces: of each whether it is written in Cyrillic."""
    return tongues(smartyPants(line(text), "qD"))


def named(core: object, title: str, edition: Edition) -> None:
    """Fill in what a file says of itself. ``core`` is the properties of python-docx or python-pptx."""
    day = datetime.combine(edition.day, time())
    said = {"title": title, "subject": edition.title, "language": "en-GB", "created": day, "modified": day}
    empty = dict.fromkeys(("author", "last_modified_by", "comments"), "")
    for name, value in (said | empty | {"revision": 1}).items():
        setattr(core, name, value)


def settled(made: bytes, day: date) -> bytes:
    """An Office file without the time at which it was made, workbooks inside it included."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        for name in held.namelist():
            content = held.read(name)
            if name.endswith(".xlsx"):
                content = settled(content, day)
            elif name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), content)
            files[name] = content
    return packed(files)
