"""A reference as programs read it: BibTeX and RIS."""

from __future__ import annotations

import calendar
import re

from essaybook.citing.reference import Original, Reference

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}
"""Braces by name: BibTeX counts them, whether a stroke stands before them or not."""


def _tex(text: str) -> str:
    """A text with the signs that TeX takes for orders made harmless."""
    return re.sub(r"[\\~^{}%&$#_]", lambda sign: _SPECIAL.get(sign[0], f"\\{sign[0]}"), text)


def _first(source: Original) -> str:
    """The document itself, in a note: its date and where its words stand."""
    return f"{source.when}, {source.printed}"


def _people(source: Original) -> str:
    """Authors in braces, each a name that is not to be taken apart."""
    return " and ".join(name if name == "others" else f"{{{_tex(name)}}}" for name in source.authors)


def bibtex(reference: Reference) -> str:
    """An entry for BibTeX. ``urldate`` is left empty for the reader's day."""
    book, source = reference.book, reference.original
    maker, whole = f"{{{{{_tex(book.author)}}}}}", f"{{{{{_tex(book.title)}}}}}"
    fields = [("author", f"{{{_people(source)}}}" if source else maker)]
    if reference.title or source:
        title = source.title if source else reference.title
        fields += [("title", f"{{{{{_tex(title)}}}}}"), ("booktitle", whole)]
    else:
        fields.append(("title", whole))
    if source:
        fields.append(("editor", maker))
    if reference.number:
        fields.append(("chapter", f"{{{reference.number}}}"))
    if book.name:
        fields.append(("edition", f"{{{_tex(book.name)}}}"))
    fields.append(("year", f"{{{book.date.year}}}"))
    if book.date.month:
        fields.append(("month", calendar.month_abbr[book.date.month].lower()))
    if book.date.day:
        fields.append(("day", f"{{{book.date.day}}}"))
    if source:
        fields.append(("note", f"{{{_tex(_first(source))}}}"))
    if reference.place:
        fields.append(("url", f"{{{reference.place}}}"))
    fields.append(("urldate", "{}"))
    kind = "incollection" if reference.title or source else "book"
    body = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{kind}{{{reference.key},\n{body}}}\n"


def ris(reference: Reference) -> str:
    """The same in RIS, a tag to a line. The day of reading, Y2, is left for the reader to add."""
    book, source = reference.book, reference.original
    part = bool(reference.title or source)
    lines = [("TY", "CHAP" if part else "BOOK"), ("ID", reference.key)]
    if source:
        names = source.authors
        if names[-1] == "others":
            names = [*names[:-2], f"{names[-2]} and others"]
        lines += [("AU", name) for name in names]
        lines += [("TI", source.title), ("T2", book.title), ("A2", book.author)]
    else:
        lines.append(("AU", book.author))
        lines += [("TI", reference.title), ("T2", book.title)] if part else [("TI", book.title)]
    if reference.number:
        lines.append(("SE", str(reference.number)))
    if book.name:
        lines.append(("ET", book.name))
    lines += [("PY", str(book.date.year)), ("DA", str(book.date).replace("-", "/"))]
    if source:
        lines.append(("N1", _first(source)))
    if reference.place:
        lines.append(("UR", reference.place))
    lines += [("LA", book.language), ("ER", "")]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines)
