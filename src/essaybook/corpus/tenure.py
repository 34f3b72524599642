"""Who held which post from when to when, as stretches of months: what a strip of holders is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise

from essaybook.corpus.office import Holder, Office


@dataclass(frozen=True)
class Stretch:
    """Months that a post was held by somebody; nobody is recorded for a stretch without a holder."""

    months: int
    holder: Holder | None = None


@dataclass(frozen=True)
class Tenure:
    """A post of a body, and its stretches from the first month to the last."""

    office: Office
    title: str
    stretches: list[Stretch]


def tenures(offices: list[Office], first: int, last: int) -> list[Tenure]:
    """Every post that is recorded as held between two years, with all of its months in order.

    Who is known to a year alone is taken for the whole of it, until somebody else is known to begin.
    """
    found = []
    for office in offices:
        for title in dict.fromkeys(holder.title for holder in office.holders):
            holders = sorted((h for h in office.holders if h.title == title), key=lambda h: h.start)
            stretches = _stretches(holders, first, (last - first + 1) * 12)
            if any(stretch.holder for stretch in stretches):
                found.append(Tenure(office, title, stretches))
    return found


def columns(found: list[Tenure], years: int) -> list[int]:
    """The months of each column of a table of tenures, as few columns as there can be.

    A column begins with every year and wherever a stretch begins: HTML wants no column in which no cell begins.
    """
    marks = {12 * year for year in range(years + 1)}
    for tenure in found:
        marks |= set(accumulate(stretch.months for stretch in tenure.stretches))
    at = sorted(marks)
    return [end - start for start, end in pairwise(at)]


def spans(months: list[int], widths: list[int]) -> list[int]:
    """How many columns each stretch takes up, from the first one on."""
    at = [0, *accumulate(widths)]
    ends = [0, *accumulate(months)]
    return [at.index(end) - at.index(start) for start, end in pairwise(ends)]


def _stretches(holders: list[Holder], first: int, months: int) -> list[Stretch]:
    def month(year: int, of_year: int) -> int:
        return min(max((year - first) * 12 + of_year, 0), months)

    starts = [month(h.start.year, (h.start.month or 1) - 1) for h in holders] + [months]
    ends = [month(h.end.year, h.end.month or 12) if h.end else months for h in holders]
    found, at = [], 0
    for holder, start, end, after in zip(holders, starts, ends, starts[1:], strict=False):
        found += [Stretch(start - at), Stretch(min(end, after) - max(start, at), holder)]
        at = max(at, min(end, after))
    return [stretch for stretch in [*found, Stretch(months - at)] if stretch.months > 0]
