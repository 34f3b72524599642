"""What the pages of a lab are written with: functions with controls, charts, tables, the records themselves.

``from essaybook import labs``. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from essaybook.labs.amiss import Amiss
from essaybook.labs.controls import choice, several, slider, switch, text
from essaybook.labs.explore import explore, show
from essaybook.labs.look import GREY, INK, PALE, RED, figure
from essaybook.labs.parts import chart, table

if TYPE_CHECKING:
    from essaybook.corpus import Corpus


def records() -> Corpus:
    """Every record of the book around this notebook, or of the installed one."""
    from essaybook.around import find, records_of

    return records_of(find())


__all__ = [
    "GREY", "INK", "PALE", "RED", "Amiss", "chart", "choice", "explore", "figure", "records", "several", "show",
    "slider", "switch", "table", "text",
]  # fmt: skip
