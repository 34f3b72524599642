"""Themes under which events are gathered: a timeline is filtered by them, an index lists events under them."""

from __future__ import annotations

from essaybook.corpus.record import Record, Text


class Theme(Record):
    """A subject that several events belong to."""

    name: Text
