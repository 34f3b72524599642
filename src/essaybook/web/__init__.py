"""The web form: page frame, node templates, style, the few scripts, generated pages."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the web form."""
    return {"parallel_read_safe": True, "parallel_write_safe": True}
