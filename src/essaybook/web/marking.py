"""The marking page: a page of its own, under a policy that lets it reach nothing, for a class's hand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from essaybook.exercises import join
from essaybook.exercises.page import FOLDER, book_id, put
from essaybook.exercises.types import TYPES
from essaybook.web import assets, study
from essaybook.web.plan import plan_of
from essaybook.web.standing import settled

PAGE = "marking"
TEMPLATE = "web/marking.html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; connect-src 'none'"
)
"""Stricter than the book's: a file that somebody handed in could not send anything if it ran, and it does not."""

PARTS = ("handins.js", "tally.js", "marks.js", "feedback.js", "desk.js")
"""The page's own scripts, each after those that it builds on."""


def types() -> list[str]:
    """The scripts of all types, which judge answers again, and the core, after them."""
    return join.script_names(TYPES)


def own() -> list[str]:
    """What the page loads of ours below ``_static``: the hand-in's way with words, and the parts."""
    return ["handin.js", *(f"marking/{name}" for name in PARTS)]


def about(app: Sphinx) -> dict[str, str]:
    """The book and its edition, as a hand-in names them."""
    return {
        "book": book_id(app),
        "title": str(app.config.html_title or app.config.project),
        "edition": app.config.essaybook_edition,
        "date": app.config.essaybook_edition_date,
    }


def context(book: dict[str, str], home: str, shared: list[str]) -> dict[str, Any]:
    """What the template prints. ``shared``: the addresses of the types, the core, the telling, the records."""
    return {
        "about": book,
        "home": home,
        "policy": POLICY,
        "description": "Opens a class's hand-ins on this computer, marks them by key, gives a table and feedback.",
        "icon": assets.inline("icon.svg"),
        "boot": assets.address(assets.BOOT),
        "styles": [assets.address("book.css"), assets.address("marking/marking.css")],
        "scripts": [*shared, *(assets.address(name) for name in own())],
    }


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The marking page, for Sphinx to write."""
    if app.builder.name != "html" or settled(app, f"{PAGE}.html"):
        return
    for name in types():
        put(app, name)
    shared = [assets.found(app, f"_static/{FOLDER}/{name}") for name in types()] + study.shared(app)
    home = app.builder.get_target_uri(plan_of(app).root.page)
    yield PAGE, {"title": "Marking", **context(about(app), home, shared)}, TEMPLATE
