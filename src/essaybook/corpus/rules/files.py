"""f: what a file still holds that no reader should see."""

from __future__ import annotations

import re
from collections.abc import Iterable

from essaybook.corpus import plain
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page

WRITTEN = {".yml", ".csv", ".json", ".bib"}
"""The files of records that people write."""

_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[,;:]? [A-Z]+){2,}\b")


def unfilled(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """f-005: words of a form that nobody has filled in. Forms say what belongs there in capitals."""
    for path in [*sorted(corpus.root.rglob("*.yml")), *(page.path for page in pages)]:
        for number, line in enumerate(plain.text(path).splitlines(), 1):
            if form := _CAPITALS.search(line.partition(" #")[0]):
                wrong = f"the form still says '{form[0]}'"
                yield Finding(path, number, "f-005", wrong, "Write what belongs there, or remove the line")


def readable(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """f-006: what is no text. Everything else reads it as a sign that stands for nothing."""
    written = [path for path in sorted(corpus.root.rglob("*")) if path.suffix in WRITTEN]
    for path in [*written, *(page.path for page in pages)]:
        for number, line in enumerate(plain.text(path).splitlines(), 1):
            if plain.STRANGE in line:
                before = line.partition(plain.STRANGE)[0][-20:].strip()
                wrong = f"after '{before}' stands what is no letter in UTF-8"
                yield Finding(path, number, "f-006", wrong, "Write it again, and save the file as UTF-8")


RULES = [unfilled, readable]
