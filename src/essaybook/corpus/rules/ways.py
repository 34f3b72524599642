"""t: the ways through the book (its trails) lead to pages that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from essaybook.corpus import yamlfile
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding, nearest
from essaybook.corpus.prose import Page
from essaybook.corpus.way import Step, Way


def _name(corpus: Corpus, page: Page) -> str:
    """A page as ways name it: its file without the ending, from the folder that holds the book."""
    return page.path.relative_to(corpus.root.parent.parent).with_suffix("").as_posix()


def _steps(corpus: Corpus) -> Iterator[tuple[Way, Step, int]]:
    """Every step with its line."""
    for way in corpus.ways.values():
        file = yamlfile.read(corpus.places["way", way.id].file)
        at = next(i for i, raw in enumerate(file.data) if raw.get("id") == way.id)
        for i, step in enumerate(way.steps):
            yield way, step, file.line((at, "steps", i))


def pages(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """t-001: a way leads to a page that does not exist."""
    names = {_name(corpus, page) for page in pages}
    for way, step, line in _steps(corpus):
        if step.page not in names:
            wrong = f"the way '{way.id}' leads to a page that does not exist, '{step.page}'"
            yield Finding(corpus.places["way", way.id].file, line, "t-001", wrong, nearest(step.page, names))


def core(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """t-002: a core way and the chapters that call themselves core do not agree."""
    ways = [way for way in corpus.ways.values() if way.core]
    openers = {_name(corpus, page): page for page in pages if page.opener is not None}
    marked = {name for name, page in openers.items() if str((page.opener or {}).get("core")).lower() == "true"}
    for way, step, line in _steps(corpus):
        if way.core and step.page in openers and step.page not in marked:
            wrong = f"'{step.page}' is on the way '{way.id}', but its opener does not say so"
            yield Finding(
                corpus.places["way", way.id].file, line, "t-002", wrong, "Write 'core: true' in its opener"
            )
    for way in ways:
        for name in sorted(marked - {step.page for step in way.steps}):
            wrong = f"this chapter says that it is core, but the way '{way.id}' does not lead to it"
            edit = f"Add a step for '{name}' in {corpus.places['way', way.id].file.name}, or take 'core' out"
            yield Finding(openers[name].path, 1, "t-002", wrong, edit)


RULES = [pages, core]
