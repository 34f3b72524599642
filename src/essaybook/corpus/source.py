"""Sources and the passages quoted from them."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import Field, model_validator

from essaybook.corpus.dates import Date, span_words
from essaybook.corpus.record import Model, Record, Slug, Text


class Wording(StrEnum):
    """How the wording of a quotation is known. The word is printed beside it."""

    CHECKED = "checked"
    """Read in an edition, in context."""
    QUOTED = "as-quoted"
    """Read only as another author quotes it."""
    PARAPHRASE = "paraphrase"
    """No wording is given, only the sense."""
    UNCHECKED = "unchecked"
    """Printed with a warning: nobody here has seen it in its source."""


class RightsStatus(StrEnum):
    """Why the passage may be printed."""

    PUBLIC_DOMAIN = "public-domain"
    OFFICIAL = "official"
    QUOTED = "quoted"
    """In copyright somewhere; a short passage quoted for criticism."""


class Rights(Model):
    """The rights in a source, recorded per source because they differ by country and by date of printing."""

    status: RightsStatus
    statement: Text


class Witness(Model):
    """Where the wording was read: the edition, its pages, and by what means."""

    edition: Text
    work: Slug | None = None
    pages: Text | None = None
    means: Text = Field(description="printed volume, electronic re-setting, as quoted by another author")
    read: bool
    locator: Text | None = Field(default=None, description="where the machine-readable text stands")


class Quotation(Record):
    """A passage quoted in the book. ``original`` stands letter for letter in the source's ``text``.

    An ellipsis in square brackets, ``[…]``, marks what was left out; each part is checked by itself.
    """

    original: Text | None = None
    english: Text | None = None
    paraphrase: Text | None = None
    translator: Text | None = None
    wording: Wording
    plain: Text | None = Field(default=None, description="the sense in plain words, 200 words at most")
    note: Text | None = None


class Source(Record):
    """A document: who, when, on what occasion, where it was read, who may print it."""

    title: Text
    by: Text = Field(description="the speaker or author as printed over the passage")
    people: list[Slug] = Field(default_factory=list)
    date: Date
    end: Date | None = None
    old_style: Date | None = None
    dated: Text | None = Field(default=None, description="printed in the date's place where none is known")
    place: Text | None = None
    occasion: Text
    kind: Text = Field(description="speech, letter, dictation, resolution, memoir, article")
    language: Text = Field(description="BCP 47 tag of the original")
    first_published: Text
    provenance: Text
    witnesses: list[Witness] = Field(min_length=1)
    rights: Rights
    text: Text | None = Field(default=None, description="the original as read, normalisations applied")
    normalised: list[Text] = Field(default_factory=list)
    about: Text | None = Field(default=None, description="what the document is, for its own page")
    note: Text | None = None
    quotations: list[Quotation] = Field(min_length=1)

    @property
    def when(self) -> str:
        """The date in words, Old Style in brackets where it is recorded; or that none is known."""
        if self.dated:
            return self.dated
        words = span_words(self.date, self.end)
        return f"{words} (Old Style {self.old_style.words})" if self.old_style else words

    @property
    def paragraphs(self) -> list[str]:
        """The text as read, by paragraphs: lines, as folded YAML leaves them, or what empty lines part."""
        text = self.text or ""
        parts = re.split(r"\n\s*\n" if "\n\n" in text else "\n", text)
        return [" ".join(part.split()) for part in parts if part.strip()]

    @model_validator(mode="after")
    def _translated(self) -> Source:
        for quotation in self.quotations:
            foreign = not self.language.startswith("en")
            if quotation.original and foreign and not (quotation.english and quotation.translator):
                raise ValueError(f"quotation '{quotation.id}' has an original but no english with a translator")
            if quotation.wording is Wording.PARAPHRASE:
                if quotation.paraphrase is None:
                    raise ValueError(f"quotation '{quotation.id}' is a paraphrase without a paraphrase")
            elif quotation.english is None and quotation.original is None:
                raise ValueError(f"quotation '{quotation.id}' has no wording in any language")
        return self
