"""p: prose draws its quotations, figures and dates from records, and its paragraphs have ids for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable

from essaybook.corpus.agree import date_disagrees, figure_disagrees, quotation_disagrees
from essaybook.corpus.corpus import Corpus
from essaybook.corpus.dates import MONTHS
from essaybook.corpus.finding import Finding, nearest
from essaybook.corpus.prose import ROLE, Page

WORDS = 6
"""A quotation of more words than this needs a record."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b(?: \d{{4}})?")
_NUMBER = re.compile(
    r"(?<![\w.,/§-])(?:\d{1,3}(?:,\d{3})+|\d{3,}|\d+(?:\.\d+)?(?= ?(?:%|per cent|percent)))(?![\w/])"
)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_PAGE = re.compile(
    r"(?:\bpp?\.\s*\d+(?:[–-]\d+)?(?:,| and)|\bpp?\.|\bvols?\.|\bnos?\.|\bnotes?|\bart(?:icle|\.)|[–-])[\s  ]*$"
)


def quotations(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-001: words in quotation marks, more than six, that no record backs."""
    for page in pages:
        for passage in page.passages:
            for match in _QUOTED.finditer(passage.text):
                words = match[1].split()
                if len(words) > WORDS and ROLE not in match[1]:
                    wrong = f"no record backs the quotation '{' '.join(words[:8])} …'"
                    edit = "Record it and write {q}`id`, or say it in your own words"
                    yield Finding(page.path, passage.line_at(match.start()), "p-001", wrong, edit)


def numbers(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-002: a number of consequence typed by hand: three digits or more, or a percentage. Years may stand."""
    for page in pages:
        for passage in page.passages:
            for match in _NUMBER.finditer(passage.text):
                if _YEAR.fullmatch(match[0]) or _PAGE.search(passage.text[: match.start()]):
                    continue
                wrong = f"no record backs the number {match[0]}"
                edit = "Record it and write {fig}`id` or {fig}`your words <id>`"
                yield Finding(page.path, passage.line_at(match.start()), "p-002", wrong, edit)


def days(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-003: a day and month typed by hand, outside the notes, which date what they cite."""
    for page in pages:
        for passage in page.passages:
            for match in _DAY.finditer(passage.text):
                if not passage.note:
                    wrong = f"the date {match[0]} is typed by hand"
                    edit = "Write {date}`event-id`, or {date}`your words <event-id>`"
                    yield Finding(page.path, passage.line_at(match.start()), "p-003", wrong, edit)


def paragraph_ids(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-004: a chapter's paragraph without an id. p-005: an id of the wrong form, twice, or never given out."""
    run = "Run 'essaybook number', which gives ids and keeps the ledger"
    taken: dict[str, Page] = {}
    for page in pages:
        if page.opener is None:
            continue
        key = str(page.opener.get("key", ""))
        last = corpus.numberings[key].last if key in corpus.numberings else 0
        for paragraph in page.paragraphs:
            if paragraph.id is None:
                yield Finding(page.path, paragraph.line, "p-004", "this paragraph has no id", run)
                continue
            form = re.fullmatch(rf"{re.escape(key)}-(\d+)", paragraph.id)
            wrong = ""
            if form is None:
                wrong = f"the id '{paragraph.id}' is not '{key}-' and a number"
            elif paragraph.id in taken:
                wrong = f"the id '{paragraph.id}' is given twice"
            elif int(form[1]) > last:
                wrong = f"the id '{paragraph.id}' is not in the ledger, which ends at {last}"
            if wrong:
                yield Finding(page.path, paragraph.line, "p-005", wrong, run)
            taken[paragraph.id] = page


def chapter_keys(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-006: two chapters with one key, or events in an opener that are not recorded."""
    keys: dict[str, Page] = {}
    for page in pages:
        if page.opener is None:
            continue
        key = str(page.opener.get("key", ""))
        if key in keys:
            wrong = f"the key '{key}' belongs to {keys[key].path.name}"
            yield Finding(page.path, 1, "p-006", wrong, "Give this chapter a key of its own")
        keys[key] = page
        for event in page.opener.get("events", []):
            if event not in corpus.events:
                wrong = f"no event is recorded as '{event}'"
                yield Finding(page.path, 1, "i-002", wrong, nearest(event, corpus.events))


def own_words(corpus: Corpus, pages: list[Page]) -> Iterable[Finding]:
    """p-007: an author's own words for a date, a figure or a quotation that disagree with the record."""
    for page in pages:
        for role in page.roles:
            wrong = None
            if role.name == "q" and role.record in corpus.quotations:
                wrong = quotation_disagrees(role.words, corpus.quotations[role.record][1])
            elif role.name == "date" and role.record in corpus.events and role.words:
                wrong = date_disagrees(role.words, corpus.events[role.record])
            elif role.name == "fig" and role.record in corpus.figures and role.words:
                wrong = figure_disagrees(role.words, corpus.figures[role.record])
            if wrong:
                yield Finding(page.path, role.line, "p-007", wrong, "Correct the words, or name another record")


RULES = [own_words, quotations, numbers, days, paragraph_ids, chapter_keys]
