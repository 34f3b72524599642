"""The corpus within a Sphinx build: loaded once, checked, and asked for by pages."""

from __future__ import annotations

import functools
import hashlib
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from essaybook.corpus import Corpus, load, plain, prose
from essaybook.corpus.prose import Page
from essaybook.corpus.rules import check
from essaybook.kept import Kept

log = logging.getLogger(__name__)


@functools.cache
def engine_version() -> int:
    """A number that changes when the engine's own files do, so that no page of an older engine stays."""
    here = Path(__file__).parent.parent
    total = 0
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".mjs", ".typ"}:
            total = zlib.crc32(path.read_bytes(), total)
    return total


def ground(root: Path) -> str:
    """A digest of every file of the corpus and of the engine: what all that follows from records is made of."""
    digest = hashlib.sha256(str(engine_version()).encode())
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def fill(app: Sphinx) -> None:
    """Load and check the corpus. A finding stops the build with all findings in sight."""
    root = Path(app.srcdir) / app.config.essaybook_corpus
    # Before it is read: what an editor saves meanwhile is not in this build.
    cast(Any, app).essaybook_ground = ground(root)
    corpus, findings = load(root)
    maker = engine_version(), version("myst-parser"), version("markdown-it-py")
    kept: Kept[Page] = Kept(Path(app.doctreedir) / "prose.pickle", maker)
    findings = findings + check(
        corpus,
        Path(app.srcdir) / app.config.essaybook_prose,
        lambda path: kept.of(f"{path} {plain.text(path)}", lambda: prose.read(path)),
    )
    kept.close()
    if findings:
        lines = "\n".join(finding.text(Path(app.srcdir)) for finding in sorted(findings))
        raise ExtensionError(f"{len(findings)} to mend in the book's records and prose:\n{lines}")
    cast(Any, app).essaybook = corpus


def corpus_of(app: Sphinx) -> Corpus:
    """The corpus of this build."""
    return cast(Corpus, cast(Any, app).essaybook)


def ground_of(app: Sphinx) -> str:
    """The digest of the corpus that this build has read."""
    return cast(str, cast(Any, app).essaybook_ground)


def depend(env: BuildEnvironment, kind: str, name: str) -> None:
    """Let the current page be read again when the file of a record changes."""
    place = corpus_of(env.app).places.get((kind, name))
    if place is not None:
        env.note_dependency(str(place.file))
