"""Words of a text in their contexts, found in all their inflected forms, Russian and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[а-я]")


@cache
def fold(word: str) -> str:
    """A word without what readers leave out: capitals, accents, the dots of ё. The browser's does the same."""
    word = unicodedata.normalize("NFC", word.lower()).replace("ё", "е")
    if _CYRILLIC.search(word):
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def stem(word: str) -> str:
    """The stem of a folded word, Russian where it is written in Cyrillic, else English."""
    return str(_stemmer("russian" if _CYRILLIC.search(word) else "porter").stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


def forms(text: str) -> list[tuple[str, str]]:
    """Every word of a text as it stands there, and its stem."""
    return [(word, stem(fold(word))) for word in WORD.findall(unicodedata.normalize("NFC", text))]


@dataclass(frozen=True)
class Line:
    """A place where words stand: what is before them, they themselves, what is after."""

    before: str
    words: str
    after: str


def lines(text: str, wanted: str, around: int = 6) -> Iterator[Line]:
    """Where a word, or several in a row, stand in a text in any form, with ``around`` words on either side.

    Marks stay with the word that they touch.
    """
    printed = unicodedata.normalize("NFC", text).split()
    there = [(root, at) for at, piece in enumerate(printed) for _, root in forms(piece)]
    stems = [root for _, root in forms(wanted)]
    for i in range(len(there) - len(stems) + 1 if stems else 0):
        found = there[i : i + len(stems)]
        if [root for root, _ in found] == stems:
            first, last = found[0][1], found[-1][1] + 1
            pieces = printed[max(first - around, 0) : first], printed[first:last], printed[last : last + around]
            yield Line(*(" ".join(part) for part in pieces))
