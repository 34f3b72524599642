"""The style of exercises: what all share, then each type's own, for the page and for a notebook."""

from __future__ import annotations

import functools
from pathlib import Path

from essaybook.exercises.squeeze import tight
from essaybook.exercises.types import TYPES, folder

HERE = Path(__file__).parent


def _of(kind: str) -> str:
    path = folder(kind) / "style.css"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@functools.cache
def style() -> str:
    """For pages, whose own style sheet has the tokens and the face."""
    shared = (HERE / "base.css").read_text(encoding="utf-8")
    return tight("\n".join([shared, *(_of(kind) for kind in TYPES)]))


@functools.cache
def notebook_style(kind: str) -> str:
    """For one type in a notebook, which brings its own colours and none of our tokens."""
    parts = [(HERE / name).read_text(encoding="utf-8") for name in ("notebook.css", "base.css")]
    return tight("\n".join([*parts, _of(kind)]))
