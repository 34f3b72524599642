"""Editorial rules. Each is a function from what was read to findings; its id begins every message.

The first letter says what a rule is about: f files, i ids, d dates, q quotations, s sources, n numbers,
w works, c charts, v how far a statement was verified, p prose, e exercises, t ways through the book and what else
leads into it, x allowances.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from essaybook.corpus import prose
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page
from essaybook.corpus.rules import (
    charts,
    dates,
    exercises,
    figures,
    files,
    ids,
    pages,
    quotations,
    specifications,
    statements,
    ways,
    works,
)
from essaybook.corpus.rules.allowances import allowed

Rule = Callable[[Corpus, list[Page]], Iterable[Finding]]

RULES: list[Rule] = [
    *files.RULES,
    *ids.RULES,
    *dates.RULES,
    *quotations.RULES,
    *figures.RULES,
    *works.RULES,
    *charts.RULES,
    *statements.RULES,
    *pages.RULES,
    *exercises.RULES,
    *ways.RULES,
    *specifications.RULES,
]


def check(corpus: Corpus, folder: Path, read: Callable[[Path], Page] = prose.read) -> list[Finding]:
    """Every rule over the corpus and over the pages under ``folder``, allowances applied.

    ``read`` is for who has parsed pages before.
    """
    files = sorted(path for path in folder.rglob("*.md") if "_build" not in path.parts)
    pages_read = [read(path) for path in files]
    found = [finding for rule in RULES for finding in rule(corpus, pages_read)]
    return sorted(set(allowed(corpus, found)))
