"""The book for e-readers: Sphinx's EPUB 3 builder, with the pages' own forms, no script and no dead link."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from essaybook.epub.builder import EpubBuilder, forms, settings


def setup_epub(app: Sphinx) -> None:
    """Put our builder in the place of Sphinx's."""
    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(EpubBuilder, override=True)
    app.connect("config-inited", settings, priority=950)
    # Once every extension has said how its nodes look on the web.
    app.connect("builder-inited", forms, priority=999)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder."""
    setup_epub(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
