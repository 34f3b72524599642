"""Roles: people, offices, terms, dates, figures, quotations, works and foreign words in running prose."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.corpus.corpus import UnknownRecord
from essaybook.corpus.dates import MONTHS
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure
from essaybook.corpus.source import Wording
from essaybook.pages.directive import BookRole
from essaybook.pages.nodes import Foreign, InlineQuotation, Mention
from essaybook.pages.shelf import depend

Result = tuple[list[nodes.Node], list[nodes.system_message]]


class MentionRole(BookRole):
    """A record named in prose. Its card and its catalogue entry are one step away."""

    def __init__(self, kind: str, needs_words: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.needs_words = needs_words

    def run(self) -> Result:
        words, name = self.parts()
        try:
            record = self.corpus.get(self.kind, name)
        except UnknownRecord as error:
            return self.fail(str(error))
        if words is None and self.needs_words:
            return self.fail(f"say in words what is meant, for example {{{self.name}}}`words <{name}>`")
        wrong = self.check(words, record) if words else None
        if wrong:
            return self.fail(wrong)
        depend(self.env, self.kind, name)
        mention = Mention(self.rawtext, words or self.default(record), kind=self.kind, record=name)
        return [mention], []

    def default(self, record: Any) -> str:
        """The words printed where the author gives none."""
        match self.kind:
            case "person" | "work":
                return str(record.short)
            case "office":
                return str(record.name)
            case "term":
                return str(record.term)
            case "source":
                return str(record.title)
            case _:
                return str(record.id)

    def check(self, words: str, record: Any) -> str | None:
        """What is wrong with the author's words, if anything."""
        return None


class DateRole(MentionRole):
    """An event's date. The author's own words may say less than the record, never something else."""

    def __init__(self) -> None:
        super().__init__("event")

    def default(self, record: Event) -> str:
        return record.when

    def check(self, words: str, record: Event) -> str | None:
        for date in (record.date, record.end, record.old_style):
            if date is None:
                continue
            days = re.findall(r"\b\d{1,2}\b", words)
            years = re.findall(r"\b\d{4}\b", words)
            named = [month for month in MONTHS if re.search(rf"\b{month}\b", words)]
            first, last = date, record.end or date
            within = {first.day, last.day} | set(range(first.day, (last.day or first.day) + 1))
            if (
                all(int(day) in within for day in days)
                and all(first.year <= int(year) <= last.year for year in years)
                and all(month in {MONTHS[d.month - 1] for d in (first, last) if d.month} for month in named)
            ):
                return None
        return f"'{words}' does not agree with the record '{record.id}', {record.when}"


class FigureRole(MentionRole):
    """A figure. Digits in the author's own words must be the recorded value, rounded or whole."""

    def __init__(self) -> None:
        super().__init__("figure")

    def default(self, record: Figure) -> str:
        return record.words

    def check(self, words: str, record: Figure) -> str | None:
        typed = re.findall(r"\d[\d,]*(?:\.\d+)?", words)
        values = [record.value] + ([record.upper] if record.upper is not None else [])
        for number in typed:
            if not any(is_rounding(number, value) for value in values):
                return f"'{number}' is not the recorded figure '{record.id}', {record.words}, nor a rounding of it"
        return None


def is_rounding(number: str, value: Decimal) -> bool:
    """Whether ``number`` as typed is ``value``, or ``value`` rounded to the digits typed."""
    typed = Decimal(number.replace(",", ""))
    if typed == value:
        return True
    digits = number.replace(",", "")
    places = len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if not places else 0
    step = Decimal(10) ** (zeros - places)
    return abs(typed - value) <= step / 2


class QuotationRole(BookRole):
    """A recorded quotation in a sentence, whole or in part, letter for letter."""

    def run(self) -> Result:
        words, name = self.parts()
        try:
            _, quotation = self.corpus.get("quotation", name)
        except UnknownRecord as error:
            return self.fail(str(error))
        text = quotation.english or quotation.original
        if text is None or quotation.wording is Wording.PARAPHRASE:
            return self.fail(f"'{name}' is a paraphrase, so no words of it can be quoted")
        if words and _plain(words) not in _plain(text):
            return self.fail(f"'{words}' does not stand letter for letter in '{name}': {text}")
        depend(self.env, "quotation", name)
        return [InlineQuotation(self.rawtext, words or text, record=name)], []


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("“", '"').replace("”", '"'))


class ForeignRole(BookRole):
    """A Russian word: in Latin letters set in italics, in Cyrillic upright."""

    def run(self) -> Result:
        cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in self.text)
        lang = "ru" if cyrillic else "ru-Latn"
        return [Foreign(self.rawtext, self.text, lang=lang)], []


def setup_roles(app: Sphinx) -> None:
    """Register every role."""
    for name, kind, needs_words in [
        ("person", "person", False),
        ("office", "office", False),
        ("event", "event", True),
        ("work", "work", False),
        ("src", "source", False),
        ("claim", "claim", True),
    ]:
        app.add_role(name, MentionRole(kind, needs_words), override=True)
    # Sphinx asks its standard domain first, which has a "term" of its own.
    app.add_role_to_domain("std", "term", MentionRole("term"), override=True)
    app.add_role("date", DateRole())
    app.add_role("fig", FigureRole())
    app.add_role("q", QuotationRole())
    app.add_role("ru", ForeignRole())
