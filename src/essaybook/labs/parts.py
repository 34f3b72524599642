"""What a lab shows: paragraphs, charts and tables, as plain data that every form of the book is made from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from essaybook.labs.amiss import Amiss
from essaybook.labs.look import svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

Part: TypeAlias = dict[str, Any]
"""``{"kind": "text" | "chart" | "table", …}``"""

Tabular: TypeAlias = "DataFrame | tuple[Sequence[str], Iterable[Sequence[Any]]]"
"""A frame, or heads and rows."""


def text(words: str) -> Part:
    """A paragraph of plain words."""
    return {"kind": "text", "text": words}


def table(rows: Tabular, *, title: str) -> Part:
    """A table. Of a frame the columns are shown, and its index where that has a name."""
    head, body = _cells(rows)
    return {"kind": "table", "title": title, "head": head, "rows": body}


def chart(figure: Figure, *, title: str, alt: str, table: Tabular, source: str = "") -> Part:
    """A chart. ``title`` is a sentence, ``alt`` says what the eye sees, ``table`` holds the data."""
    if not alt.strip() or alt.strip() == title.strip():
        raise Amiss(f"The chart “{title}” needs words of its own for those who do not see it: alt=.")
    head, body = _cells(table)
    words = {"title": title, "alt": alt, "source": source}
    return {"kind": "chart", **words, "svg": svg(figure), "head": head, "rows": body}


def parts(given: Any) -> list[Part]:
    """What a lab's function returned, as parts. Raises TypeError for anything else."""
    found = list(given) if isinstance(given, list | tuple) else [given]
    made = [text(item) if isinstance(item, str) else item for item in found]
    for item in made:
        if not isinstance(item, dict) or item.get("kind") not in {"text", "chart", "table"}:
            raise TypeError(f"a lab shows words, labs.chart(…) and labs.table(…), not {type(item).__name__}")
    return made


def _cells(rows: Tabular) -> tuple[list[str], list[list[str]]]:
    if isinstance(rows, tuple):
        head, body = rows
    else:
        frame = rows.reset_index() if rows.index.name else rows
        head, body = [str(name) for name in frame.columns], frame.itertuples(index=False, name=None)
    return [*map(str, head)], [[cell(value) for value in row] for row in body]


def cell(value: Any) -> str:
    """A value as a table prints it: thousands marked, nothing for nothing, whole numbers without a point."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Years are numbers too, and are not marked.
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    return str(value)
