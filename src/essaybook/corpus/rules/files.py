"""f: what a file still holds that no reader should see."""

from __future__ import annotations

import re
from collections.abc import Iterable

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page

_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[,;:]? [A-Z]+){2,}\b")


def unfilled(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """f-005: words of a form that nobody has filled in. Forms say what belongs there in capitals."""
    for path in [*sorted(corpus.root.rglob("*.yml")), *(page.path for page in pages)]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if form := _CAPITALS.search(line.partition(" #")[0]):
                wrong = f"the form still says '{form[0]}'"
                yield Finding(path, number, "f-005", wrong, "Write what belongs there, or remove the line")


RULES = [unfilled]
