"""Roles: people, offices, terms, dates, figures, quotations, works and foreign words in running prose."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.corpus.agree import date_disagrees, figure_disagrees, quotation_disagrees
from essaybook.corpus.corpus import UnknownRecord
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure
from essaybook.pages.directive import BookRole
from essaybook.pages.nodes import Foreign, InlineQuotation, Mention, Taken, Tool
from essaybook.pages.shelf import depend

Result = tuple[list[nodes.Node], list[nodes.system_message]]


TOOLS = ("my-work", "look-back", "marking")
"""The pages of the site that hold no part of the book."""


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
    """An event's date."""

    def __init__(self) -> None:
        super().__init__("event")

    def default(self, record: Event) -> str:
        return record.when

    def check(self, words: str, record: Event) -> str | None:
        return date_disagrees(words, record)


class FigureRole(MentionRole):
    """A figure."""

    def __init__(self) -> None:
        super().__init__("figure")

    def default(self, record: Figure) -> str:
        return record.words

    def check(self, words: str, record: Figure) -> str | None:
        return figure_disagrees(words, record)


class QuotationRole(BookRole):
    """A recorded quotation in a sentence, whole or in part, letter for letter."""

    def run(self) -> Result:
        words, name = self.parts()
        try:
            _, quotation = self.corpus.get("quotation", name)
        except UnknownRecord as error:
            return self.fail(str(error))
        wrong = quotation_disagrees(words, quotation)
        if wrong:
            return self.fail(wrong)
        depend(self.env, "quotation", name)
        whole = quotation.english or quotation.original
        return [InlineQuotation(self.rawtext, words or whole, record=name)], []


class ForeignRole(BookRole):
    """A Russian word: in Latin letters set in italics, in Cyrillic upright."""

    def run(self) -> Result:
        cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in self.text)
        lang = "ru" if cyrillic else "ru-Latn"
        return [Foreign(self.rawtext, self.text, lang=lang)], []


class TakeRole(BookRole):
    """A file among the downloads: ``words <path>``, or the path alone, which is then named by its last part."""

    def run(self) -> Result:
        words, path = self.parts()
        if ".." in path or path.startswith("/"):
            return self.fail(f"'{path}' leads out of the downloads; write a path below them, as data/corpus.json")
        return [Taken(self.rawtext, words or path.rpartition("/")[2], path=path)], []


class ToolRole(BookRole):
    """A page of tools at the root of the site: ``words <my-work>``. Print names it and leads nowhere."""

    def run(self) -> Result:
        words, name = self.parts()
        if name not in TOOLS:
            return self.fail(f"there is no page of tools '{name}'. There are: {', '.join(TOOLS)}")
        return [Tool(self.rawtext, words or name, name=name)], []


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
    app.add_role("take", TakeRole())
    app.add_role("tool", ToolRole())
