"""The corpus within a Sphinx build: loaded once, checked, and asked for by pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from essaybook.corpus import Corpus, load
from essaybook.corpus.rules import check

log = logging.getLogger(__name__)


def fill(app: Sphinx) -> None:
    """Load and check the corpus. A finding stops the build with all findings in sight."""
    root = Path(app.srcdir) / app.config.essaybook_corpus
    corpus, findings = load(root)
    findings = findings + check(corpus, Path(app.srcdir) / app.config.essaybook_prose)
    if findings:
        lines = "\n".join(finding.text(Path(app.srcdir)) for finding in sorted(findings))
        raise ExtensionError(f"{len(findings)} to mend in the book's records and prose:\n{lines}")
    cast(Any, app).essaybook = corpus


def corpus_of(app: Sphinx) -> Corpus:
    """The corpus of this build."""
    return cast(Corpus, cast(Any, app).essaybook)


def depend(env: BuildEnvironment, kind: str, name: str) -> None:
    """Let the current page be read again when the file of a record changes."""
    place = corpus_of(env.app).places.get((kind, name))
    if place is not None:
        env.note_dependency(str(place.file))
