"""Places in the printed book that references lead to: what was set, what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinx.errors import SphinxError


class PrintError(SphinxError):
    """Something that print has no form for."""

    category = "Print"


@dataclass
class Keys:
    """Labels of the Typst document. A label is set once; asking for one that nothing sets is an error."""

    defined: set[str] = field(default_factory=set)
    wanted: dict[str, str] = field(default_factory=dict)
    """Label, and the page that asked for it first."""

    def define(self, key: str) -> str:
        """Set a label here."""
        if key in self.defined:
            raise PrintError(f"the place '{key}' is set twice in print; give one of the two another id")
        self.defined.add(key)
        return key

    def want(self, key: str, page: str) -> str:
        """Refer to a label from a page."""
        self.wanted.setdefault(key, page)
        return key

    def check(self) -> None:
        """Raise for references that lead nowhere."""
        lost = [
            f"{page}: nothing in print is '{key}'" for key, page in self.wanted.items() if key not in self.defined
        ]
        if lost:
            raise PrintError("references that lead nowhere in print:\n" + "\n".join(lost))


def page_key(page: str) -> str:
    """The opening of a page of the book."""
    return f"page:{page}"


def place_key(page: str, anchor: str) -> str:
    """An anchor on a page."""
    return f"{page}:{anchor}" if anchor else page_key(page)


def record_key(kind: str, name: str) -> str:
    """A record's entry in its catalogue."""
    return f"{kind}/{name}"
