"""Which letters words are written in. It depends on nothing, so that every form of the book can ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

CYRILLIC_WORDS = re.compile("[Ѐ-ӿ]+(?:[ -][Ѐ-ӿ]+)*")


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
