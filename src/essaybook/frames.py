"""The book's figures as pandas frames: ``essaybook.data("name")``, with units and sources beside the numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essaybook.around import find, records_of
from essaybook.labs.amiss import Amiss

if TYPE_CHECKING:
    from pandas import DataFrame

    from essaybook.corpus import Corpus

PACKAGE = "datapackage.json"
NEEDED = ("id", "series", "label", "date", "value", "unit")
SPARED = ("upper", "qualifier", "source", "work", "at", "checked", "note")
"""Columns that a table has, and those that it may do without."""


def data(name: str, *, corpus: Path | str | None = None) -> DataFrame:
    """A table of figures, a row to a number, as its CSV file has them.

    ``value`` and ``upper`` are numbers, ``date`` is what the record says (a year, a month or a day) and ``day``
    its first day. ``attrs`` holds ``title``, ``description``, ``licence``, ``units`` (the unit of each series) and
    ``sources`` (what each series was taken from, in words). Raises Amiss, a sentence, for a name that no table
    has and for a file that is no longer a table of figures.
    """
    root = Path(corpus).resolve() if corpus else find()
    package = json.loads((root / "figures" / PACKAGE).read_text(encoding="utf-8"))
    tables = {raw["name"]: raw for raw in package["resources"]}
    if name not in tables:
        raise Amiss(f"There is no table called “{name}”. The tables are: {', '.join(sorted(tables))}.")
    frame = _frame(root / "figures" / tables[name]["path"])
    frame.attrs = {
        "title": tables[name]["title"],
        "description": tables[name]["description"],
        "licence": "; ".join(licence["title"] for licence in package.get("licenses", [])),
        "units": {series: rows["unit"].iloc[0] for series, rows in frame.groupby("series", sort=False)},
        "sources": _sources(frame, records_of(root)),
    }
    return frame


def _frame(path: Path) -> DataFrame:
    import pandas

    try:
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        lacking = [name for name in NEEDED if name not in frame]
        if lacking:
            raise Amiss(f"{path.name} lacks what every table of figures has: {', '.join(lacking)}.")
        for name in SPARED:
            frame[name] = frame.get(name, "")
        for name in ("value", "upper"):
            frame[name] = pandas.to_numeric(frame[name])
        frame["day"] = pandas.to_datetime((frame["date"] + "-01-01").str[:10], format="%Y-%m-%d")
    except Amiss:
        raise
    except ValueError as error:
        raise Amiss(f"{path.name} can no longer be read as figures: {_first(str(error))}.") from None
    if frame.empty:
        raise Amiss(f"{path.name} holds no rows.")
    kept: DataFrame = frame.set_index("id")
    return kept


def _first(words: str) -> str:
    return words.splitlines()[0].rstrip(". ")


def _sources(frame: Any, corpus: Corpus) -> dict[str, str]:
    """What each series was taken from."""
    found: dict[str, str] = {}
    for series, rows in frame.groupby("series", sort=False):
        words: dict[str, None] = {}
        for source, work in zip(rows["source"], rows["work"], strict=True):
            if source in corpus.sources:
                words[corpus.sources[source].title] = None
            elif work in corpus.works:
                words[corpus.works[work].short] = None
        found[series] = "; ".join(words)
    return found
