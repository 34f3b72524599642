"""A reference in the styles that schools and universities ask for: Chicago (notes), MHRA, MLA, Harvard.

Titles of books are ``<cite>``, which is set in italics; the rest is text.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from essaybook.citing.reference import ADDRESS, DAY, Reference

Style = Callable[[Reference], Markup]


def _double(title: str) -> str:
    """A title to stand in double quotation marks: its own become single."""
    return title.replace("“", "‘").replace("”", "’")


def _single(title: str) -> str:
    """A title in single quotation marks, which stand outside its own double ones."""
    return f"‘{title}’"


def _stop(text: str) -> str:
    """A text that ends as a sentence does."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _cite(title: str) -> Markup:
    return Markup("<cite>{}</cite>").format(title)


def _at(reference: Reference) -> Markup:
    """The address, or a place for it that a page can fill in by itself."""
    where = reference.place
    return escape(where) if where else Markup("<span data-address>{}</span>").format(ADDRESS)


def _where(reference: Reference, chapter: str, paragraph: str) -> str:
    """Chapter and paragraph, or the id of a source, each after a comma."""
    parts = []
    if reference.number:
        parts.append(f"{chapter} {reference.number}")
    if reference.paragraph:
        parts.append(f"{paragraph} {reference.paragraph.replace('-', ' ')}")
    if reference.original:
        parts.append(f"source {reference.original.id}")
    return "".join(f", {part}" for part in parts)


def chicago(reference: Reference) -> Markup:
    """As a note."""
    book = reference.book
    tail = Markup("{}, {} ({}){}, {}.").format(
        _cite(book.title), book.within, book.date.words, _where(reference, "chap.", "para."), _at(reference)
    )
    if source := reference.original:
        lead = "trans. in" if source.translated else "here from"
        head = f"{source.by}, “{_double(source.title)},” {source.when}, {source.printed}; {lead} {book.author}, "
        return escape(head) + tail
    title = f"“{_double(reference.title)},” in " if reference.title else ""
    return escape(f"{book.author}, {title}") + tail


def mhra(reference: Reference) -> Markup:
    """As a note; it names no author where the book's makers are only that."""
    book = reference.book
    tail = Markup("{}, {} ({}){}, {} [accessed {}].").format(
        _cite(book.title),
        book.within,
        book.date.words,
        _where(reference, "chapter", "paragraph"),
        _at(reference),
        DAY.strip("[]"),
    )
    if source := reference.original:
        lead = "trans. in" if source.translated else "here from"
        return escape(f"{source.by}, {_single(source.title)}, {source.when}, {source.printed}; {lead} ") + tail
    return escape(f"{_single(reference.title)}, in " if reference.title else "") + tail


def mla(reference: Reference) -> Markup:
    """As an entry in a list of works cited."""
    book = reference.book
    stop = "" if _stop(book.title) == book.title else "."
    tail = Markup("{}{} By {}, {}, {}{}, {}. Accessed {}.").format(
        _cite(book.title),
        stop,
        book.author,
        book.within,
        book.date.words,
        _where(reference, "ch.", "par."),
        _at(reference),
        DAY,
    )
    if source := reference.original:
        lead = "Trans. in" if source.translated else "Here from"
        printed = source.printed[:1].upper() + source.printed[1:]
        head = f"{_stop(source.by)} “{_stop(_double(source.title))}” {_stop(source.when)} {_stop(printed)} {lead} "
        return escape(head) + tail
    return escape(f"“{_stop(_double(reference.title))}” " if reference.title else "") + tail


def harvard(reference: Reference) -> Markup:
    """As an entry in a list of references; in the text go author and year."""
    book = reference.book
    tail = Markup("{}, {}{}. Available at: {} (Accessed: {}).").format(
        _cite(book.title), book.within, _where(reference, "chapter", "paragraph"), _at(reference), DAY
    )
    named = f"{book.author} ({book.date.year}) "
    if source := reference.original:
        lead = "Translated in" if source.translated else "Here from"
        head = f"{source.by} ({source.year}) {_single(source.title)}, {source.when}, {_stop(source.printed)} "
        return escape(f"{head}{lead} {named}") + tail
    return escape(named + (f"{_single(reference.title)}, in " if reference.title else "")) + tail


STYLES: dict[str, Style] = {"Chicago": chicago, "MHRA": mhra, "MLA": mla, "Harvard": harvard}
