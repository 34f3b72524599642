"""What a module is told of its exercise: the record as JSON, what it cites, the numbers that it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from essaybook.corpus.source import Wording
from essaybook.exercises.base import Exercise

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

Url = Callable[[str, str], str | None]
"""The address of a record by kind and id, or nothing where it has none."""

WORDS = 6
"""So many words of a quotation tell it from others."""


def nowhere(kind: str, name: str) -> str | None:
    """No record has an address: a notebook stands outside the site."""
    return None


def payload(exercise: Exercise, corpus: Corpus, url: Url = nowhere) -> dict[str, Any]:
    """The record for page and notebook, with ``cited`` ({"kind:id": {label, href}}) and ``figures``."""
    cited = {
        f"{kind}:{name}": {"label": label(corpus, kind, name), "href": url(kind, name)}
        for kind, name in dict.fromkeys(exercise.references())
    }
    return {**exercise.model_dump(mode="json"), "cited": cited, "figures": exercise.figures(corpus)}


def embedded(record: dict[str, Any]) -> str:
    """The record as it stands inside a script element, which no text in it can close."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def label(corpus: Corpus, kind: str, name: str) -> str:
    """A record in the few words with which feedback names it."""
    record = corpus.get(kind, name)
    match kind:
        case "quotation":
            source, quotation = record
            text = (quotation.english or quotation.paraphrase or quotation.original or "").split()
            start = " ".join(text[:WORDS]).rstrip(",.;:") + ("…" if len(text) > WORDS else "")
            if quotation.wording is not Wording.PARAPHRASE:
                start = f"“{start.replace('“', '‘').replace('”', '’')}”"
            return f"{source.by}, {source.when}: {start}"
        case "event":
            return f"{record.label}, {record.when}"
        case "figure":
            return f"{record.label}, {record.date.words}: {record.words}"
        case "position":
            return str(corpus.works[record.work].short)
        case "work":
            return str(record.short)
        case "person" | "office":
            return str(record.name)
        case "term":
            return str(record.term)
        case "claim":
            return f"Claim {record.number}"
        case _:
            return str(getattr(record, "title", name))
