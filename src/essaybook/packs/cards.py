"""Cards to learn from: an Anki deck whose notes keep a learner's progress, and the same as a table."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import genanki

from essaybook.corpus import Corpus
from essaybook.packs.gather import Chapter, Edition, Entry, html, line, zipped

STYLE = ".card { font: 18px/1.5 Georgia, serif; text-align: left; max-width: 34em; margin: 0 auto; padding: 1em; }"


def number(*names: str) -> int:
    """An id that follows from names alone, in the range that Anki keeps for them."""
    digest = hashlib.sha256("\n".join(names).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def front(entry: Entry) -> str:
    """What a card asks, as HTML."""
    asked = entry.question
    shown = html(asked.prompt)
    match asked.kind:
        case "single" | "several":
            return shown + _list(answer.text for answer in asked.answers)
        case "match":
            return shown + _list(pair.row for pair in asked.pairs) + html(" · ".join(asked.choices))
        case _:
            return shown


def back(entry: Entry) -> str:
    """What a card answers, as HTML."""
    asked = entry.question
    match asked.kind:
        case "single" | "several":
            right = _list(f"{a.text} {a.feedback}" for a in asked.answers if a.right)
            return right + html(asked.key)
        case "match":
            return _list(f"{pair.row}: {pair.belongs}" for pair in asked.pairs) + html(asked.key)
        case "number":
            return html(f"{asked.value.normalize():f}\n\n{asked.key}")
        case _:
            return html(asked.key)


def terms(corpus: Corpus) -> list[tuple[str, str, str]]:
    """The glossary as cards: id, term, meaning."""
    return [
        (f"term--{term.id}", html(term.term), html("\n\n".join(filter(None, [term.brief, term.ru]))))
        for _, term in sorted(corpus.terms.items())
    ]


def tsv(chapter: Chapter) -> str:
    """A chapter's cards as a table: front, back, id. A line each, as flash card programs import them."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    for entry in chapter.entries:
        rows.writerow([line(front(entry)), line(back(entry)), entry.id])
    return out.getvalue()


def deck(path: Path, chapters: list[Chapter], corpus: Corpus, edition: Edition) -> None:
    """Write the deck: a part for every chapter, one for the glossary.

    Anki knows a note again by its guid, which follows from the question's id, so that a new edition changes the
    words and leaves what was learned. It takes over only what is newer: notes bear the day of the edition.
    """
    book, title, day = edition.id, edition.title, edition.day
    model = genanki.Model(
        number(book, "model"),
        title,
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Id"}],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
        css=STYLE,
    )
    decks = []
    rows = [(f"{title}::{c.title}", c.slug, [(e.id, front(e), back(e)) for e in c.entries]) for c in chapters]
    rows.append((f"{title}::Glossary", "glossary", terms(corpus)))
    for name, slug, cards in rows:
        made = genanki.Deck(number(book, "deck", slug), name)
        for id_, asked, told in cards:
            fields = [line(asked), line(told), id_]
            made.add_note(genanki.Note(model, fields, guid=genanki.guid_for(book, id_), tags=[slug]))
        decks.append(made)
    when = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "deck.apkg"
        genanki.Package(decks).write_to_file(raw, timestamp=when)
        with zipfile.ZipFile(raw) as read:
            zipped(path, {name: read.read(name) for name in sorted(read.namelist())})


def _list(texts: Iterable[str]) -> str:
    rows = "".join(f"<li>{html(text)}</li>" for text in texts)
    return f"<ul>{rows}</ul>"
