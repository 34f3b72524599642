"""A village that is in no book: the records that cases of exercise types name."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import yaml

from essaybook.corpus import Corpus, load
from essaybook.exercises import types
from essaybook.exercises.base import Exercise

HERE = Path(__file__).parent
CASES = sorted((HERE / "exercises").glob("*/*.yml"))


def village() -> Corpus:
    """The village's records."""
    corpus, findings = load(HERE / "village")
    assert findings == []
    return corpus


def read(path: Path) -> Exercise:
    """A case's record."""
    return types.read(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


class Loose(dict[str, Any]):
    """Records of a kind, and for an id that only a form's example knows, some other record."""

    def __missing__(self, name: str) -> Any:
        return next(iter(self.values()))


def loosened(corpus: Corpus) -> Corpus:
    """A corpus that has a record for every id."""
    tables = ("sources", "quotations", "people", "events", "offices", "figures", "works", "positions", "claims")
    return dataclasses.replace(corpus, **{name: Loose(getattr(corpus, name)) for name in tables})
