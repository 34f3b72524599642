"""Typesetting: from a Typst document to tagged PDF. A warning is an error."""

from __future__ import annotations

from pathlib import Path

import typst

from essaybook.pdf.keys import PrintError

FORMATS = {"a4": "book.pdf", "a5": "book-a5.pdf"}
"""Formats of the template, and the files they give."""


def typeset(document: Path, form: str) -> bytes:
    """One format of the book as PDF/UA-1. No font of this machine takes part, no clock is read.

    Raises PrintError with the compiler's own words for whatever it finds.
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(document),
            root=str(document.parent),
            ignore_system_fonts=True,
            sys_inputs={"format": form},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise PrintError(f"{form}: {error.diagnostic or error.message}") from None
    if warnings:
        told = "\n".join(str(warning.diagnostic or warning.message) for warning in warnings)
        raise PrintError(f"{form}: {told}")
    if not isinstance(pdf, bytes):
        raise PrintError(f"{form}: the compiler gave no PDF")
    return pdf
