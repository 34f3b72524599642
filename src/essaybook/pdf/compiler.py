"""Typesetting: from a Typst document to tagged PDF. A warning is an error."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from essaybook.pdf.keys import PrintError

FORMATS = {"a4": "book.pdf", "a5": "book-a5.pdf"}
"""Formats of the template, and the files they give."""

SPARE = range(0, 12, 2)
"""Lines a column more than the template's own estimate, tried in turn where balanced columns run short."""
RUN_OFF = "columns run off page"


def typeset(document: Path, **inputs: str) -> bytes:
    """A document as PDF/UA-1. No font of this machine takes part, no clock is read.

    ``inputs`` are those that the template knows: ``format``, ``ink``, ``leaf``.

    Raises PrintError with the compiler's own words for whatever it finds.
    """
    for spare in SPARE:
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(document),
                root=str(document.parent),
                ignore_system_fonts=True,
                sys_inputs=inputs | {"spare": str(spare)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            told = str(error.diagnostic or error.message)
            if RUN_OFF in told and spare != SPARE[-1]:
                continue
            raise PrintError(f"{document.name}: {told}") from None
        break
    if warnings:
        told = "\n".join(str(warning.diagnostic or warning.message) for warning in warnings)
        raise PrintError(f"{document.name}: {told}")
    if not isinstance(pdf, bytes):
        raise PrintError(f"{document.name}: the compiler gave no PDF")
    return pdf


def packed(pdf: bytes) -> bytes:
    """The same PDF, its objects in compressed streams: a book's tags are more than half of its bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def picture(document: Path) -> bytes:
    """A document of one page as a PNG, for what shows a cover. Raises PrintError."""
    try:
        png = typst.compile(
            str(document),
            root=str(document.parent),
            ignore_system_fonts=True,
            sys_inputs={"format": "a5"},
            format="png",
            ppi=150,
        )
    except typst.TypstError as error:
        raise PrintError(f"{document.name}: {error.diagnostic or error.message}") from None
    if not isinstance(png, bytes):
        raise PrintError(f"{document.name}: it has more than one page")
    return png
