"""t-003: a specification's points lead to paragraphs and pages that are there."""

from __future__ import annotations

from collections.abc import Iterable

from essaybook.corpus import yamlfile
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding, nearest
from essaybook.corpus.prose import Page


def places(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """t-003: a point leads to a paragraph or a page that does not exist."""
    top = corpus.root.parent.parent
    names = {page.path.relative_to(top).with_suffix("").as_posix() for page in pages}
    numbers = {paragraph.id for page in pages for paragraph in page.paragraphs if paragraph.id}
    for specification in corpus.specifications.values():
        place = corpus.places["specification", specification.id]
        file = yamlfile.read(place.file)
        at = next(i for i, raw in enumerate(file.data) if raw.get("id") == specification.id)
        for i, point in enumerate(specification.points):
            for field, known in (("paragraphs", numbers), ("pages", names)):
                for j, name in enumerate(getattr(point, field)):
                    if name not in known:
                        wrong = f"'{specification.id}' leads to a {field[:-1]} that does not exist, '{name}'"
                        line = file.line((at, "points", i, field, j))
                        yield Finding(place.file, line, "t-003", wrong, nearest(name, known))


RULES = [places]
