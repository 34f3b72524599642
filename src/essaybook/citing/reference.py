"""What is cited: the book, one of its pages, a paragraph, or a source that a page of its own prints.

Everything comes from the book's configuration and records. The day on which somebody reads is theirs to give,
and the address is known only where the book is built for one: both have a place and are never made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from essaybook.corpus.dates import When
from essaybook.corpus.source import Source, Witness, Wording

ADDRESS = "[address]"
DAY = "[day]"
"""What stands for the day of reading."""


@dataclass(frozen=True)
class Edition:
    """The book as its configuration names it. ``level`` and ``licence`` (an address) may be empty."""

    id: str
    title: str
    author: str
    name: str
    date: When
    language: str = "en"
    level: str = ""
    licence: str = ""

    @property
    def within(self) -> str:
        """The edition's name within a sentence."""
        return self.name[:1].lower() + self.name[1:]


@dataclass(frozen=True)
class Original:
    """A source as a reference gives it. ``authors`` is ``by`` taken apart for programs."""

    id: str
    by: str
    title: str
    when: str
    iso: str
    printed: str
    translated: bool
    checked: bool

    @property
    def authors(self) -> list[str]:
        """Each author's name without a comma, which a program would take for one between surname and forename."""
        return authors(self.by)

    @property
    def year(self) -> str:
        """The year that the date in words says."""
        found = re.search(r"\d{4}", self.when)
        return found[0] if found else "no date"


@dataclass(frozen=True)
class Reference:
    """What is cited. Without a ``title`` it is the book as a whole; ``key`` is its name for programs."""

    book: Edition
    key: str
    title: str = ""
    number: int | None = None
    paragraph: str = ""
    address: str | None = None
    original: Original | None = None

    @property
    def place(self) -> str | None:
        """The address, where it is known."""
        return f"{self.address}#{self.paragraph}" if self.address and self.paragraph else self.address


def key(book: str, page: str) -> str:
    """A page's name for programs: the book's id, then the page's path below the folder that holds them all."""
    return "-".join([book, *page.split("/")[1:]])


def authors(by: str) -> list[str]:
    """The names in a line that says who speaks.

    ``A, B and C`` are three. What follows a comma and is no name says how the words reached us, and stays with
    the name, in brackets. ``others`` at the end of a list is kept as that word.
    """
    parts = re.split(r", | and ", by) if ", " in by else [by]
    if len(parts) > 1 and all(part == "others" or part[:1].isupper() for part in parts):
        return parts
    head, comma, rest = by.partition(", ")
    return [f"{head} ({rest})" if comma else head]


def original(source: Source) -> Original:
    """A source with the edition that its words were read in; failing one, the first that is known."""
    witness = next((witness for witness in source.witnesses if witness.read), source.witnesses[0])
    foreign = not source.language.startswith("en")
    return Original(
        source.id,
        source.by,
        source.title,
        source.when,
        "" if source.dated else "/".join(str(date) for date in (source.date, source.end) if date),
        _printed(source, witness),
        foreign and any(quotation.english for quotation in source.quotations),
        all(quotation.wording is Wording.CHECKED for quotation in source.quotations),
    )


def _printed(source: Source, witness: Witness) -> str:
    """Where the words stand, and how we have them there, in a few words."""
    wordings = {quotation.wording for quotation in source.quotations}
    if Wording.CHECKED in wordings:
        lead = "in"
    else:
        lead = "reported in" if wordings == {Wording.PARAPHRASE} else "as quoted in"
    said = [witness.edition, *([witness.pages] if witness.pages else [])]
    return f"{lead} {', '.join(said)}{'' if witness.read else ' (not opened for this edition)'}"
