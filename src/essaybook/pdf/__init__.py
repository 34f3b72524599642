"""The printed form: a Sphinx builder that writes Typst and typesets it as tagged PDF."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from essaybook.pdf.builder import TypstBuilder
from essaybook.pdf.teaching import setup_teaching

CONFIG = ("essaybook_subtitle", "essaybook_licence")
"""Words for the cover and the colophon that no record holds."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder, and what it asks of the configuration."""
    for name in CONFIG:
        if name not in app.config:
            app.add_config_value(name, "", "")
    app.add_builder(TypstBuilder)
    setup_teaching(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
