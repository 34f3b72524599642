"""Giving paragraphs their ids, once, and keeping the ledgers: of numbers given, of exercises' versions."""

from __future__ import annotations

import re
from pathlib import Path

from essaybook.corpus import Corpus, prose
from essaybook.corpus.corpus import Version
from essaybook.corpus.prose import Page
from essaybook.exercises.versions import digest


def number(corpus: Corpus, folder: Path) -> dict[Path, int]:
    """Give an id to every paragraph of a chapter that has none; write pages and ledger.

    The versions of exercises go into their ledger as well. Returns how many ids each page received, and how
    many versions the ledger did. Numbers go up in the order in which they are given, and a
    number that was given is never given again, even when its paragraph is deleted.
    """
    last = {name: record.last for name, record in corpus.numberings.items()}
    given: dict[Path, int] = {}
    for path in sorted(folder.rglob("*.md")):
        page = prose.read(path)
        if page.opener is not None and (count := _page(page, last)):
            given[path] = count
    if given:
        ledger = "".join(f"- id: {key}\n  last: {last[key]}\n" for key in sorted(last))
        head = "# The highest paragraph number given in each chapter. Written by 'essaybook number'.\n"
        (corpus.root / "paragraphs.yml").write_text(head + ledger, encoding="utf-8")
    if put := record_versions(corpus):
        given[corpus.root / "versions.yml"] = len(put)
    return given


def record_versions(corpus: Corpus) -> list[str]:
    """Put every exercise's new version into the ledger. Returns the ids of those that were put there.

    An answer that changed under an old version is left alone: the checks say that the version must go up.
    """
    known = dict(corpus.versions)
    put = []
    for exercise in corpus.exercises.values():
        before = known.get(exercise.id)
        if before is None or exercise.version > before.version:
            known[exercise.id] = Version(id=exercise.id, version=exercise.version, answer=digest(exercise))
            put.append(exercise.id)
    if put:
        entries = [known[name] for name in sorted(known)]
        lines = "".join(f"- id: {e.id}\n  version: {e.version}\n  answer: {e.answer}\n" for e in entries)
        head = "# Each exercise's version and a digest of its answer. Written by 'essaybook number'.\n"
        (corpus.root / "versions.yml").write_text(head + lines, encoding="utf-8")
    return put


def _page(page: Page, last: dict[str, int]) -> int:
    key = str((page.opener or {}).get("key", ""))
    highest = [int(form[1]) for p in page.paragraphs if (form := re.fullmatch(rf"{key}-(\d+)", p.id or ""))]
    last[key] = max([last.get(key, 0), *highest])
    lines = page.path.read_text(encoding="utf-8").splitlines(keepends=True)
    without = [paragraph for paragraph in page.paragraphs if paragraph.id is None]
    names = {}
    for paragraph in without:
        last[key] += 1
        names[paragraph.line] = f"{{#{key}-{last[key]}}}\n"
    for line in sorted(names, reverse=True):
        lines.insert(line - 1, names[line])
    if names:
        page.path.write_text("".join(lines), encoding="utf-8")
    return len(names)
