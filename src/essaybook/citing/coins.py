"""COinS: a work of the bibliography as an OpenURL in an empty ``span``, which reference managers find in a page.

The keys are those of the Z39.88-2004 formats ``book`` and ``journal``.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from markupsafe import Markup

from essaybook.corpus.historian import Work

GENRES = {"book": "book", "incollection": "bookitem", "inbook": "bookitem", "inproceedings": "proceeding"}


def context(work: Work) -> str:
    """The context object of a work, as a query. A year that is no number is left out, and what is not recorded."""
    field = work.fields.get
    journal = work.kind == "article"
    contained = bool(field("booktitle"))
    genre = "article" if journal else GENRES.get(work.kind, "document")
    pairs: list[tuple[str, str | None]] = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if journal else 'book'}"),
        ("rft.genre", genre),
        ("rft.atitle" if journal or contained else "rft.btitle", work.title),
        ("rft.jtitle", field("journal")) if journal else ("rft.btitle", field("booktitle")),
        *(("rft.au", name) for name in work.authors or work.editors),
        ("rft.date", work.year if re.fullmatch(r"\d{4}", work.year) else None),
        ("rft.volume" if journal else "", field("volume")),
        ("rft.issue" if journal else "rft.pub", field("number") if journal else field("publisher")),
        ("" if journal else "rft.place", field("address")),
        ("" if journal else "rft.edition", field("edition")),
        ("" if journal else "rft.series", field("series")),
        ("rft.pages", (field("pages") or "").replace("–", "-")),
        ("rft.isbn", field("isbn")),
        ("rft_id", f"info:doi/{field('doi')}" if field("doi") else field("url")),
    ]
    return urlencode([(name, value) for name, value in pairs if name and value])


def coins(work: Work) -> Markup:
    """The span."""
    return Markup('<span class="Z3988" title="{}"></span>').format(context(work))
