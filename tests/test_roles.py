"""An author's own words beside a record: what may be said, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from essaybook.corpus.agree import date_disagrees, is_rounding
from essaybook.corpus.dates import When, span_words
from essaybook.corpus.event import Event


def event(date: str, end: str | None = None) -> Event:
    record = {"id": "e", "date": date, "label": "It", "text": "It happened.", "checked": "unchecked"}
    return Event.model_validate(record | ({"end": end} if end else {}))


@pytest.mark.parametrize("words", ["3 April 1922", "3 April", "in April 1922", "1922", "the next day"])
def test_a_date_may_say_less_than_its_record(words: str) -> None:
    assert date_disagrees(words, event("1922-04-03")) is None


@pytest.mark.parametrize("words", ["4 April 1922", "3 May", "in April 1923", "3 April 1921"])
def test_a_date_may_not_say_something_else(words: str) -> None:
    assert "does not agree with the record 'e', 3 April 1922" in str(date_disagrees(words, event("1922-04-03")))


def test_a_day_within_a_span_agrees() -> None:
    assert date_disagrees("24 May 1924", event("1924-05-23", "1924-05-31")) is None
    assert date_disagrees("1 June 1924", event("1924-05-23", "1924-05-31")) is not None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("241,591", "241591"), ("241,600", "241591"), ("240,000", "241591"), ("7.8", "7.84"), ("8", "7.84")],
)
def test_a_rounding(typed: str, value: str) -> None:
    assert is_rounding(typed, Decimal(value))


@pytest.mark.parametrize(
    ("typed", "value"), [("241,592", "241591"), ("242,600", "241591"), ("500,000", "241591"), ("7.9", "7.84")]
)
def test_no_rounding(typed: str, value: str) -> None:
    assert not is_rounding(typed, Decimal(value))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1922-04-03", None, "3 April 1922"),
        ("1924-05-23", "1924-05-31", "23–31 May 1924"),
        ("1924-01-29", "1924-02-02", "29 January – 2 February 1924"),
        ("1927-12-19", "1928-01-02", "19 December 1927 – 2 January 1928"),
        ("1924-04", "1924-05", "April – May 1924"),
        ("1924", "1925", "1924 – 1925"),
    ],
)
def test_spans_say_nothing_twice(start: str, end: str | None, words: str) -> None:
    assert span_words(When.parse(start), When.parse(end) if end else None) == words
