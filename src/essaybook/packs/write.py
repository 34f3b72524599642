"""Writes every pack beside the site, and the table of what each format carries of each exercise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from essaybook.corpus import Corpus
from essaybook.packs.cards import deck, tsv
from essaybook.packs.cartridge import cartridge
from essaybook.packs.gather import Chapter, Edition, Entry, zipped
from essaybook.packs.gift import gift
from essaybook.packs.moodle import moodle
from essaybook.packs.qti import quiz

FORMATS = ("moodle", "gift", "qti", "cartridge", "anki", "tsv")
TABLE = "formats.csv"
"""Which exercise goes into which format, and what is lost; written last."""

CARDS = "A card asks and tells; whoever learns marks it."
NARROW = {"match": "Every row is a choice of its own.", "number": "The number is answered in words."}
"""What a cartridge makes of the kinds that it does not have."""


def write(chapters: list[Chapter], corpus: Corpus, edition: Edition, out: Path) -> None:
    """Write all packs below ``out``: a folder for each chapter, and what holds the whole book."""
    for chapter in chapters:
        folder = out / chapter.slug
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "moodle.xml").write_bytes(moodle(chapter, edition.title))
        (folder / "questions.gift").write_text(gift(chapter), encoding="utf-8", newline="\n")
        zipped(folder / "qti.zip", quiz(chapter))
        (folder / "deck.tsv").write_text(tsv(chapter), encoding="utf-8", newline="\n")
    zipped(out / "cartridge.imscc", cartridge(chapters, edition))
    deck(out / "deck.apkg", chapters, corpus, edition)
    (out / TABLE).write_text(table(chapters), encoding="utf-8", newline="\n")


def carried(entries: list[Entry], form: str) -> tuple[str, str]:
    """How a format carries the questions of an exercise, ``carried`` or ``adapted``, and what is lost."""
    lost = dict.fromkeys(filter(None, (entry.question.loses for entry in entries)))
    if form == "cartridge":
        lost |= dict.fromkeys(NARROW[e.question.kind] for e in entries if e.question.kind in NARROW)
    if form in {"anki", "tsv"}:
        lost |= {CARDS: None}
    return ("adapted" if lost else "carried", " ".join(lost))


def rows(chapters: list[Chapter]) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """For every exercise and format: chapter, exercise, type, format, questions, how, what is lost."""
    for chapter in chapters:
        exercises: dict[str, list[Entry]] = {}
        for entry in chapter.entries:
            exercises.setdefault(entry.exercise.id, []).append(entry)
        for name, entries in exercises.items():
            for form in FORMATS:
                how, lost = carried(entries, form)
                rows_too = form == "cartridge"
                many = sum(len(entry.question.pairs) or 1 if rows_too else 1 for entry in entries)
                yield chapter.slug, name, entries[0].exercise.type, form, str(many), how, lost


def table(chapters: list[Chapter]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    made = csv.writer(out, lineterminator="\n")
    made.writerow(["chapter", "exercise", "type", "format", "questions", "how", "lost"])
    made.writerows(rows(chapters))
    return out.getvalue()
