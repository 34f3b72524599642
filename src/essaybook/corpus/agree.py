"""Whether an author's own words agree with the record they stand for."""

from __future__ import annotations

import re
from decimal import Decimal

from essaybook.corpus.dates import MONTHS
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure
from essaybook.corpus.source import Quotation, Wording


def date_disagrees(words: str, event: Event) -> str | None:
    """What is wrong with words for an event's date. They may say less than the record, never something else."""
    days = [int(day) for day in re.findall(r"\b\d{1,2}\b", words)]
    years = [int(year) for year in re.findall(r"\b\d{4}\b", words)]
    named = [month for month in MONTHS if re.search(rf"\b{month}\b", words)]
    for date in (event.date, event.end, event.old_style):
        if date is None:
            continue
        first, last = date, event.end or date
        within = {first.day, last.day} | set(range(first.day, (last.day or first.day) + 1))
        months = {MONTHS[d.month - 1] for d in (first, last) if d.month}
        if (
            all(day in within for day in days)
            and all(first.year <= year <= last.year for year in years)
            and all(month in months for month in named)
        ):
            return None
    return f"'{words}' does not agree with the record '{event.id}', {event.when}"


def figure_disagrees(words: str, figure: Figure) -> str | None:
    """What is wrong with words for a figure. Digits must be the recorded value, whole or rounded."""
    values = [figure.value] + ([figure.upper] if figure.upper is not None else [])
    for number in re.findall(r"\d[\d,]*(?:\.\d+)?", words):
        if not any(is_rounding(number, value) for value in values):
            return f"'{number}' is not the recorded figure '{figure.id}', {figure.words}, nor a rounding of it"
    return None


def is_rounding(number: str, value: Decimal) -> bool:
    """Whether ``number`` as typed is ``value``, or ``value`` rounded to the digits typed."""
    digits = number.replace(",", "")
    typed = Decimal(digits)
    if typed == value:
        return True
    places = len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if not places else 0
    step = Decimal(10) ** (zeros - places)
    return abs(typed - value) <= step / 2


def quotation_disagrees(words: str | None, quotation: Quotation) -> str | None:
    """What is wrong with quoting these words, or the whole where there are none. Letter for letter."""
    text = quotation.english or quotation.original
    if text is None or quotation.wording is Wording.PARAPHRASE:
        return f"'{quotation.id}' is a paraphrase, so no words of it can be quoted"
    if words and _plain(words) not in _plain(text):
        return f"'{words}' does not stand letter for letter in '{quotation.id}': {text}"
    return None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("“", '"').replace("”", '"'))
