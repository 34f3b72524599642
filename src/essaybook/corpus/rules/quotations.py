"""q: a quotation stands letter for letter in the text that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from essaybook.corpus import yamlfile
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.finding import Finding
from essaybook.corpus.prose import Page
from essaybook.corpus.source import Wording

GAP = "[…]"
_MIXED = re.compile(r"\w*(?:[A-Za-z]\w*[Ѐ-ӿ]|[Ѐ-ӿ]\w*[A-Za-z])\w*")


def _folded(text: str) -> str:
    """Line breaks of the record's file are spaces; nothing else is changed."""
    return re.sub(r"\s+", " ", text).strip()


def letter_for_letter(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """q-001: a part of the original is not in the recorded text. q-002: there is no recorded text."""
    for source, quotation in corpus.quotations.values():
        if quotation.original is None:
            continue
        place = corpus.places["quotation", quotation.id]
        if source.text is None:
            if quotation.wording is Wording.CHECKED:
                wrong = f"the quotation '{quotation.id}' is called checked, but no text is recorded"
                yield Finding(place.file, place.line, "q-002", wrong, "Add 'text:' as it was read")
            continue
        text = _folded(source.text)
        for part in quotation.original.split(GAP):
            if _folded(part) not in text:
                wrong = f"the quotation '{quotation.id}' is not in the recorded text: '{_folded(part)[:60]}'"
                edit = f"Correct it letter for letter, and mark what is left out with {GAP}"
                yield Finding(place.file, place.line, "q-001", wrong, edit)


def one_alphabet(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """q-003: Latin and Cyrillic letters in one word, the usual slip of a scanned text."""
    for source in corpus.sources.values():
        texts = [("source", source.id, source.text or "")]
        texts += [("quotation", q.id, q.original or "") for q in source.quotations]
        for kind, name, text in texts:
            for word in _MIXED.findall(text):
                place = corpus.places.get((kind, name), corpus.places["source", source.id])
                wrong = f"the word '{word}' in '{name}' mixes Latin and Cyrillic letters"
                edit = "Retype it in one alphabet, and record that under 'normalised'"
                yield Finding(place.file, place.line, "q-003", wrong, edit)


def witnessed(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """q-004: a wording called checked that no witness was read for."""
    for source, quotation in corpus.quotations.values():
        if quotation.wording is Wording.CHECKED and not any(w.read for w in source.witnesses):
            place = corpus.places["quotation", quotation.id]
            wrong = f"the quotation '{quotation.id}' is called checked, but no witness was read"
            edit = f"Write 'wording: {Wording.QUOTED}', or read an edition and set its 'read: true'"
            yield Finding(place.file, place.line, "q-004", wrong, edit)


def plain_is_short(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """q-005: a plain version of more than 200 words."""
    for _, quotation in corpus.quotations.values():
        count = len((quotation.plain or "").split())
        if count > 200:
            place = corpus.places["quotation", quotation.id]
            wrong = f"the plain version of '{quotation.id}' has {count} words"
            yield Finding(place.file, place.line, "q-005", wrong, "Cut it to 200")


def collated(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """q-006: words of a collation that are not in the quotation that they are compared as."""
    for collation in corpus.collations.values():
        place = corpus.places["collation", collation.id]
        file = yamlfile.read(place.file)
        for side in ("left", "right"):
            name = getattr(collation, side)
            if name not in corpus.quotations:
                continue
            original = _folded(corpus.quotations[name][1].original or "")
            for i, row in enumerate(collation.rows):
                for words in map(_folded, (getattr(row, side) or "").split(GAP)):
                    if words not in original:
                        wrong = f"these {side} words are not in the original of '{name}': '{words[:60]}'"
                        edit = f"Correct them letter for letter, and mark what is left out with {GAP}"
                        yield Finding(place.file, file.line(("rows", i, side)), "q-006", wrong, edit)


RULES = [letter_for_letter, one_alphabet, witnessed, plain_is_short, collated]
