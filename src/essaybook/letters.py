"""Which letters words are written in, and how they end. It depends on nothing, so that every form can ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

CYRILLIC_WORDS = re.compile("[Ѐ-ӿ]+(?:[ -][Ѐ-ӿ]+)*")
_ENDED = re.compile(r"[.?!…][”’)]*$")


def tongues(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and of each whether it is written in Cyrillic."""
    end = 0
    for found in CYRILLIC_WORDS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    if end < len(text):
        yield text[end:], False


def closed(text: str) -> str:
    """Words that others follow: with a full stop, unless they end as a sentence does."""
    return text if _ENDED.search(text) else f"{text}."
