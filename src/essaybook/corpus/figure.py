"""Figures: numbers with a unit, a series, a source and a date, from the CSV files of a data package."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from essaybook.corpus.dates import Date
from essaybook.corpus.record import Checked, Model, Record, Slug, Text


class Figure(Record):
    """One number. ``upper`` closes a range; ``qualifier`` is printed before it (about, over, under)."""

    resource: Slug
    series: Text
    label: Text = Field(description="what was counted, in words")
    date: Date
    value: Decimal
    upper: Decimal | None = None
    qualifier: Text | None = None
    unit: Text
    source: Slug | None = None
    work: Slug | None = None
    at: Text | None = None
    checked: Checked
    note: Text | None = None

    @property
    def number(self) -> str:
        """The number as print sets it: thousands marked, ranges joined, per cent spelt out."""
        low = f"{self.value:,f}"
        number = low if self.upper is None else f"{low}–{self.upper:,f}"
        return f"{number} per cent" if self.unit == "per cent" else number

    @property
    def words(self) -> str:
        """The number with its qualifier."""
        return f"{self.qualifier} {self.number}" if self.qualifier else self.number


class Column(Model):
    """A column of a CSV file, as its descriptor names it."""

    name: str
    type: str
    description: str = ""


class Resource(Model):
    """A CSV file of figures and what its descriptor says of it."""

    name: Slug
    title: Text
    description: Text
    path: Text
    columns: list[Column]
