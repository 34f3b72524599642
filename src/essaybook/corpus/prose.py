"""An author's MyST page as its checks see it: paragraphs, roles, directives, and the words typed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from essaybook.corpus import plain

ROLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage's text where a role stood."""

YAML_DIRECTIVES = {"opener", "close", "lab", "lab-close", "assign"}
DATA_DIRECTIVES = {
    "source",
    "chart",
    "collation",
    "positions",
    "claims",
    "exercise",
    "exercise-yaml",
    "ways",
    "specifications",
}
NO_PROSE = {"key", "span", "events", "number", "core", "minutes", "exercises"}
"""Fields of directives that hold no words of an author."""


@dataclass(frozen=True)
class Role:
    """A role in prose: its name, the record it names, the line, the author's own words if there are any."""

    name: str
    record: str
    line: int
    words: str | None = None


@dataclass(frozen=True)
class Passage:
    """A stretch of words typed by hand, with `ROLE` where records speak. Newlines are the author's."""

    text: str
    line: int
    note: bool = False

    def line_at(self, index: int) -> int:
        """The author's line of a character of ``text``."""
        return self.line + self.text.count("\n", 0, index)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running prose: its id, if it has one, and its line."""

    id: str | None
    line: int


@dataclass
class Page:
    """One page of prose."""

    path: Path
    opener: dict[str, Any] | None = None
    roles: list[Role] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    arguments: list[tuple[str, str, int]] = field(default_factory=list)
    """Record ids named by directives: directive, id, line."""


@cache
def _parser() -> MarkdownIt:
    config = MdParserConfig(enable_extensions={"attrs_block", "colon_fence", "deflist"})
    return create_md_parser(config, DocutilsRenderer)


def read(path: Path) -> Page:
    """Parse one page. Never raises for what an author wrote: the build says what is wrong with MyST."""
    page = Page(path)
    _walk(page, plain.text(path), 1, top=True)
    return page


def inline(text: str) -> Iterator[Token]:
    """The tokens of one paragraph's worth of prose."""
    for token in _parser().parse(text):
        yield from token.children or []


def _walk(page: Page, text: str, first: int, top: bool = False) -> None:
    note = False
    for token in _parser().parse(text):
        line = first + (token.map[0] if token.map else 0)
        match token.type:
            case "footnote_reference_open":
                note = True
            case "footnote_reference_close":
                note = False
            case "paragraph_open" if top and token.level == 0:
                page.paragraphs.append(Paragraph(_id(token), line))
            case "inline":
                _passage(page, token.children or [], line, note)
            case "colon_fence" | "fence" if token.info.startswith("{"):
                _directive(page, token, line)


def _id(token: Token) -> str | None:
    value = token.attrs.get("id")
    return str(value) if value else None


def _passage(page: Page, tokens: list[Token], line: int, note: bool) -> None:
    words: list[str] = []
    for token in tokens:
        match token.type:
            case "myst_role":
                at = line + "".join(words).count("\n")
                page.roles.append(Role(token.meta["name"], _record(token.content), at, _words(token.content)))
                words.append(ROLE)
                words.append("\n" * token.content.count("\n"))
            case "softbreak" | "hardbreak":
                words.append("\n")
            case "text":
                words.append(token.content)
            case "code_inline" | "image":
                words.append(ROLE)
    page.passages.append(Passage("".join(words), line, note))


def _record(content: str) -> str:
    return content[:-1].rpartition("<")[2].strip() if content.endswith(">") else content.strip()


def _words(content: str) -> str | None:
    return content.rpartition("<")[0].strip() if content.endswith(">") else None


def _prose(value: Any) -> Iterator[str]:
    """Every text of a directive's fields that is prose."""
    match value:
        case dict():
            for key, below in value.items():
                if key not in NO_PROSE:
                    yield from _prose(below)
        case list():
            for below in value:
                yield from _prose(below)
        case str():
            yield value


def _directive(page: Page, token: Token, line: int) -> None:
    name, _, argument = token.info[1:].partition("}")
    argument = argument.strip()
    if name in YAML_DIRECTIVES:
        try:
            data = yaml.load(token.content, Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            return
        if not isinstance(data, dict):
            return
        if name in {"opener", "lab"}:
            page.opener = data
        for words in _prose(data):
            at = line + 1 + token.content[: max(token.content.find(words[:20]), 0)].count("\n")
            _passage(page, list(inline(words)), at, False)
    elif name in DATA_DIRECTIVES:
        page.arguments += [(name, record, line) for record in argument.split()]
    else:
        if argument:
            _passage(page, list(inline(argument)), line, False)
        if name in {"then", "note", "tip", "admonition"}:
            _walk(page, token.content, line + 1)
