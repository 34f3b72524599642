"""w: the bibliography holds what the book uses, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page
from essaybook.corpus.rules.ids import references


def used(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """w-002: a work that no record and no page names."""
    named = {target for _, _, kind, target in references(corpus) if kind == "work"}
    named |= {role.record for page in pages for role in page.roles if role.name == "work"}
    for name in corpus.works.keys() - named:
        place = corpus.places["work", name]
        wrong = f"the work '{name}' is recorded but never used"
        yield Finding(place.file, place.line, "w-002", wrong, "Cite it where it matters, or remove it")


RULES = [used]
