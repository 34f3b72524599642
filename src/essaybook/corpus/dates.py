"""Dates as historians write them: to the day, the month or the year, in one calendar or two."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

MONTHS = [m for m in calendar.month_name if m]
_FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, order=True)
class When:
    """A date known to the year, the month or the day; ``month`` and ``day`` are 0 where unknown."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, value: Any) -> When:
        """Read ``1922``, ``1922-04`` or ``1922-04-03``.

        Raises ValueError for anything else, a day that no calendar has included.
        """
        if isinstance(value, When):
            return value
        form = _FORM.fullmatch(str(value).strip())
        if form is None:
            raise ValueError(f"'{value}' is not a date; write 1922, 1922-04 or 1922-04-03")
        year, month, day = (int(part or 0) for part in form.groups())
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"'{value}' is in no calendar; correct the month or the day") from None
        return cls(year, month, day)

    def __str__(self) -> str:
        """The ISO form, as precise as the date is."""
        return "-".join([f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part])

    @property
    def words(self) -> str:
        """``3 April 1922``, ``April 1922`` or ``1922``."""
        month = MONTHS[self.month - 1] if self.month else ""
        return " ".join(str(part) for part in (self.day or "", month, self.year) if part)

    @property
    def first(self) -> datetime.date:
        """The earliest day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The latest day it can mean."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def weekday(self) -> str:
        """The day of the week, or nothing where the day is unknown."""
        return calendar.day_name[self.first.weekday()] if self.day else ""


def span_words(start: When, end: When | None) -> str:
    """A date or a range in words, with nothing said twice: ``23–31 May 1924``."""
    if end is None or end == start:
        return start.words
    if start.year != end.year:
        return f"{start.words} – {end.words}"
    if start.month != end.month or not (start.day and end.day):
        head = " ".join(start.words.split()[:-1])
        return f"{head} – {end.words}" if head else end.words
    return f"{start.day}–{end.day} {MONTHS[end.month - 1]} {end.year}"


_SCHEMA = {
    "description": "1922, 1922-04 or 1922-04-03",
    "anyOf": [
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ],
}
"""A year alone is a number to an editor."""

Date = Annotated[When, BeforeValidator(When.parse), PlainSerializer(str, return_type=str), WithJsonSchema(_SCHEMA)]
GREGORIAN_IN_RUSSIA = When(1918, 2, 14)
"""The first day on which the civil calendar in Russia agreed with New Style dates."""
