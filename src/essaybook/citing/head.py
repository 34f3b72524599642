"""What a page's head says of it to programs: Highwire tags, Open Graph, and schema.org as JSON-LD.

The JSON-LD stands in a ``script`` of a type that no browser runs, so the policy of the site lets it be.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from essaybook.citing.reference import Reference

CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Page:
    """A page for programs. ``kind`` is ``book``, ``chapter``, ``exercises``, ``source`` or ``page``."""

    reference: Reference
    kind: str
    description: str
    print: str | None = None
    """The absolute address of the printed book."""


def metas(page: Page) -> list[tuple[str, str, str]]:
    """Each tag: the attribute that names it, its name, its content."""
    reference, book = page.reference, page.reference.book
    title = reference.title or book.title
    said: list[tuple[str, str, str | None]] = [
        ("name", "citation_title", title),
        ("name", "citation_author", reference.original.by if reference.original else book.author),
        ("name", "citation_publication_date", str(book.date).replace("-", "/")),
        ("name", "citation_inbook_title", book.title if reference.title else None),
        ("name", "citation_language", book.language),
        ("name", "citation_public_url", reference.address),
        ("name", "citation_pdf_url", page.print if page.kind == "book" else None),
        ("property", "og:type", "book" if page.kind == "book" else "article"),
        ("property", "og:title", title),
        ("property", "og:site_name", book.title),
        ("property", "og:description", page.description),
        ("property", "og:url", reference.address),
    ]
    return [(kind, name, content) for kind, name, content in said if content]


TYPES: dict[str, str | list[str]] = {
    "book": ["Book", "LearningResource"],
    "chapter": ["Chapter", "LearningResource"],
    "exercises": "LearningResource",
    "source": "LearningResource",
    "page": "WebPage",
}
RESOURCE = {"chapter": "chapter", "exercises": "exercises", "source": "primary source", "book": "textbook"}


def linked(page: Page) -> dict[str, Any]:
    """The page for schema.org, and the book that it is part of."""
    reference, book = page.reference, page.reference.book
    whole: dict[str, Any] = {
        "name": book.title,
        "author": {"@type": "Organization", "name": book.author},
        "bookEdition": book.name,
        "datePublished": str(book.date),
        "inLanguage": book.language,
        "isAccessibleForFree": True,
    }
    rights = {"license": book.licence, "educationalLevel": book.level}
    type_ = TYPES[page.kind]
    said: dict[str, Any] = {"@context": CONTEXT, "@type": type_}
    if page.kind == "book":
        said |= whole
    else:
        said["name"] = reference.title
        said["position"] = reference.number
        said["isPartOf"] = {"@type": "Book", **whole}
    if source := reference.original:
        said["about"] = {
            "@type": "CreativeWork",
            "name": source.title,
            "author": source.by,
            "dateCreated": source.iso,
        }
    said["url"] = reference.address
    said |= rights if page.kind != "page" else {"license": book.licence}
    said["learningResourceType"] = RESOURCE.get(page.kind)
    filled: dict[str, Any] = _filled(said)
    return filled


def _filled(value: Any) -> Any:
    """Without what is not known."""
    if isinstance(value, dict):
        return {name: _filled(part) for name, part in value.items() if part not in (None, "")}
    return value


def script(page: Page) -> Markup:
    """The JSON-LD as an element. No text in it can close the element: ``<`` is written as an escape."""
    body = json.dumps(linked(page), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(body))
