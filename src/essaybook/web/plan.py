"""The book's plan as pages show it: parts, numbers, the core path, reading order. Made once in a build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sphinx.application import Sphinx

from essaybook.pages.outline import Entry, outline
from essaybook.web.words import smart


@dataclass(frozen=True)
class Leaf:
    """A page in its place."""

    page: str
    title: str
    part: str
    number: int | None = None
    core: bool = False
    question: str = ""
    key: str = ""
    """What its paragraph ids begin with."""
    answer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The pages in order; ``parts`` are stretches of them under a caption."""

    root: Leaf
    parts: tuple[tuple[str, tuple[Leaf, ...]], ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every page, the root first."""
        return (self.root, *(leaf for _, leaves in self.parts for leaf in leaves))

    @cached_property
    def order(self) -> list[str]:
        """The names of the pages in reading order."""
        return [leaf.page for leaf in self.leaves]

    def leaf(self, page: str) -> Leaf | None:
        """A page's place, or nothing for a generated page."""
        return self._by_page.get(page)

    @cached_property
    def _by_page(self) -> dict[str, Leaf]:
        return {leaf.page: leaf for leaf in self.leaves}

    def around(self, page: str) -> tuple[Leaf | None, Leaf | None]:
        """The pages before and after."""
        order = self.order
        if page not in order:
            return None, None
        at = order.index(page)
        leaves = self.leaves
        return (leaves[at - 1] if at else None), (leaves[at + 1] if at + 1 < len(leaves) else None)


def _leaves(entries: list[Entry], part: str, first: int) -> Iterator[Leaf]:
    """Pages below a caption. A page with an opener is a chapter, and chapters are counted through."""
    count = first
    for entry in entries:
        opener = entry.opener or {}
        number = entry.number or (count if opener else None)
        count = number + 1 if number else count
        yield Leaf(
            entry.page,
            entry.title,
            part,
            number,
            bool(opener.get("core")),
            smart(str(opener.get("question") or "")),
            str(opener.get("key") or ""),
            tuple(smart(line) for line in opener.get("answer") or ()),
        )
        for leaf in _leaves(entry.children, part, count):
            count = leaf.number + 1 if leaf.number else count
            yield leaf


def make(app: Sphinx) -> Plan:
    """The plan from the table of contents as it stands now."""
    env = app.env
    root = Leaf(env.config.root_doc, env.titles[env.config.root_doc].astext(), "")
    parts = []
    first = 1
    for part in outline(env):
        leaves = tuple(_leaves(part.entries, part.caption, first))
        first = max((leaf.number + 1 for leaf in leaves if leaf.number), default=first)
        parts.append((part.caption, leaves))
    return Plan(root, tuple(parts))


def plan_of(app: Sphinx) -> Plan:
    """The plan of this build."""
    kept = cast(Any, app).__dict__
    if "essaybook_plan" not in kept:
        kept["essaybook_plan"] = make(app)
    return cast(Plan, kept["essaybook_plan"])


def renew(app: Sphinx) -> Plan:
    """The plan made afresh, once all pages are read."""
    cast(Any, app).__dict__.pop("essaybook_plan", None)
    return plan_of(app)
