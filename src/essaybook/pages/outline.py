"""The book's order: parts, chapters and pages as the table of contents gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sphinx import addnodes
from sphinx.environment import BuildEnvironment


@dataclass
class Entry:
    """A page in the table of contents, with what its opener says, if it has one."""

    page: str
    title: str
    opener: dict[str, Any] | None = None
    children: list[Entry] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        """The chapter's number, where it is a chapter."""
        return self.opener["number"] if self.opener else None


@dataclass
class Part:
    """A captioned stretch of the table of contents."""

    caption: str
    entries: list[Entry]


def outline(env: BuildEnvironment) -> list[Part]:
    """The parts of the book, from the toctrees of the root page."""
    root = env.config.root_doc
    return [
        Part(toctree.get("caption") or "", [_entry(env, page) for _, page in toctree["entries"]])
        for toctree in env.get_doctree(root).findall(addnodes.toctree)
    ]


def _entry(env: BuildEnvironment, page: str) -> Entry:
    # As Sphinx notes it when it reads the page: the page itself need not be opened, which takes long.
    below = [_entry(env, child) for child in env.toctree_includes.get(page, ())]
    title = env.titles[page].astext()
    return Entry(page, title, env.metadata[page].get("opener"), below)


def reading_order(env: BuildEnvironment) -> list[str]:
    """Every page from first to last."""
    pages = [env.config.root_doc]

    def walk(entries: list[Entry]) -> None:
        for entry in entries:
            pages.append(entry.page)
            walk(entry.children)

    for part in outline(env):
        walk(part.entries)
    return pages
