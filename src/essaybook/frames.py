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
        "licence": package["licenses"][0]["title"],
        "units": {series: rows["unit"].iloc[0] for series, rows in frame.groupby("series", sort=False)},
        "sources": _sources(frame, records_of(root)),
    }
    return frame


def _frame(path: Path) -> DataFrame:
    import pandas

    try:
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        numbers = frame[["value", "upper"]].apply(pandas.to_numeric)
        first = (frame["date"] + "-01-01").str[:10]
        frame["day"] = pandas.to_datetime(first, format="%Y-%m-%d")
        kept: DataFrame = frame.assign(**{name: numbers[name] for name in numbers}).set_index("id")
        kept[["series", "label", "unit", "source", "work"]]  # Columns that are missing show themselves here.
    except KeyError as error:
        column = str(error.args[0]).strip("'\"")
        raise Amiss(f"{path.name} lacks a column that every table of figures has: {column}.") from None
    except ValueError as error:
        raise Amiss(f"{path.name} can no longer be read as figures: {_first(str(error))}.") from None
    if kept.empty:
        raise Amiss(f"{path.name} holds no rows.")
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
