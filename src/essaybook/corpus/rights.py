"""Sources under their rights: the status, then the statement, then those that share it."""

from __future__ import annotations

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.source import RightsStatus, Source

Group = tuple[RightsStatus, list[tuple[str, list[Source]]]]


def by_rights(corpus: Corpus) -> list[Group]:
    """Every source once, by status in the order of `RightsStatus`. Statements that most sources share come first.

    Two statements that differ only in their line breaks are one.
    """
    groups: dict[RightsStatus, dict[str, list[Source]]] = {status: {} for status in RightsStatus}
    for source in sorted(corpus.sources.values(), key=lambda source: (source.date.first, source.id)):
        statement = " ".join(source.rights.statement.split())
        groups[source.rights.status].setdefault(statement, []).append(source)
    return [
        (status, sorted(shared.items(), key=lambda pair: -len(pair[1])))
        for status, shared in groups.items()
        if shared
    ]


def titled(source: Source) -> str:
    """A source's title, and its date where the title does not say the year."""
    return source.title if str(source.date.year) in source.title else f"{source.title}, {source.when}"
