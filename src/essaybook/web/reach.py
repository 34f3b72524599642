"""Addresses: where a record stands, seen from a page, and where the book uses it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx

from essaybook.corpus import Corpus
from essaybook.pages.shelf import corpus_of
from essaybook.pages.uses import Use, uses_of
from essaybook.web.plan import Leaf, Plan, plan_of

SHORT = {"q": "source", "x": "exercise", "chart": "chart", "claim": "claim"}
"""What a block of a page is called in a word, by the beginning of its anchor."""


@dataclass(frozen=True)
class Spot:
    """One place on a page: what to call it, the same in a word, and its address."""

    words: str
    short: str
    href: str


@dataclass
class Used:
    """A page that uses a record, and the places on it."""

    leaf: Leaf
    href: str
    spots: list[Spot] = field(default_factory=list)


@dataclass(frozen=True)
class Reach:
    """Addresses as ``page`` must write them."""

    app: Sphinx
    at: str

    @property
    def corpus(self) -> Corpus:
        """The records of this build."""
        return corpus_of(self.app)

    @property
    def plan(self) -> Plan:
        """The book's order."""
        return plan_of(self.app)

    @property
    def homes(self) -> dict[str, str]:
        """The page that lists each kind of record."""
        homes: dict[str, str] = self.app.env.__dict__.get("essaybook_homes", {})
        # A catalogue taken out of the book leaves its name behind in the environment.
        return {kind: page for kind, page in homes.items() if page in self.app.env.all_docs}

    def page(self, page: str, anchor: str = "") -> str:
        """The address of a page, or of a place on it."""
        uri = self.app.builder.get_relative_uri(self.at, page) if page != self.at else ""
        return f"{uri}#{anchor}" if anchor else uri or "#"

    def file(self, path: str) -> str:
        """The address of a file below the site's root."""
        return "../" * self.at.count("/") + path

    def built(self, path: str) -> str | None:
        """The same, where the file has been made."""
        return self.file(path) if (Path(self.app.outdir) / path).is_file() else None

    def record(self, kind: str, name: str) -> str | None:
        """The address of a record's own entry, or nothing where the book has no page for its kind."""
        match kind:
            case "source":
                home = self.homes.get("source")
                return self.page(f"{home}/{name}") if home else None
            case "quotation":
                source = self.corpus.quotations[name][0].id
                home = self.homes.get("source")
                return self.page(f"{home}/{source}", f"q-{name}") if home else None
            case "position":
                return self.record("work", self.corpus.positions[name].work)
            case "chart" | "collation":
                first = next(iter(uses_of(self.app.env, kind, name, self.plan.order)), None)
                return self.page(first.page, f"{kind}-{name}") if first else None
            case "exercise":
                first = next(iter(uses_of(self.app.env, "exercise", name, self.plan.order)), None)
                return self.page(first.page, first.anchor) if first else None
            case "resource":
                home = self.homes.get("figure")
                return self.page(home, f"data-{name}") if home else None
            case _:
                home = self.homes.get(kind)
                return self.page(home, f"{kind}-{name}") if home else None

    def uses(self, *records: tuple[str, str]) -> list[Used]:
        """Where the book uses any of these records: pages in reading order, each with its places."""
        found: dict[str, Used] = {}
        for kind, name in records:
            for use in uses_of(self.app.env, kind, name, self.plan.order):
                leaf = self.plan.leaf(use.page)
                if leaf is None or use.page == self.at:
                    continue  # A page needs no pointer to itself.
                used = found.setdefault(use.page, Used(leaf, self.page(use.page)))
                words = self._words(leaf, use)
                spot = Spot(words, self._short(use, words), self.page(use.page, use.anchor))
                if all(spot.words != other.words for other in used.spots):
                    used.spots.append(spot)
        order = {page: i for i, page in enumerate(self.plan.order)}
        return sorted(found.values(), key=lambda used: order[used.leaf.page])

    def _short(self, use: Use, words: str) -> str:
        """A paragraph's number, or what else of the page it is."""
        kind = use.anchor.partition("-")[0]
        return words if words.startswith("¶") else SHORT.get(kind, "opening" if words == "opening" else "passage")

    def _words(self, leaf: Leaf, use: Use) -> str:
        paragraph = re.fullmatch(rf"{re.escape(leaf.key)}-(\d+)", use.anchor) if leaf.key else None
        if paragraph:
            return f"¶\N{NO-BREAK SPACE}{paragraph[1]}"
        return "opening" if use.heading in ("", leaf.title) else use.heading
