"""The record of a test of claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.dates import MONTHS
from essaybook.corpus.record import Model, Slug, Text
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.payload import label
from essaybook.exercises.question import Answer, Pair, Question
from essaybook.letters import closed

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus


class Verdict(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    UNDERMINES = "undermines"
    SILENT = "silent"


class Strength(StrEnum):
    """How strong a claim is on the evidence given, weakest first."""

    REFUTED = "refuted"
    WEAK = "weak"
    OPEN = "open"
    LIKELY = "likely"
    STRONG = "strong"


SCALE = {
    Strength.REFUTED: "refuted: the evidence is against it",
    Strength.WEAK: "weak: more against it than for it",
    Strength.OPEN: "open: the evidence cannot decide",
    Strength.LIKELY: "likely: more for it than against it",
    Strength.STRONG: "strong: nothing here stands against it",
}


class Claim(Model):
    """A claim under test: how strong it is once all has been weighed, and why."""

    id: Slug
    text: Text
    strength: Strength
    because: Note


class Evidence(Model):
    """A piece of evidence in a sentence, with the figures, months and quoted words of the ``record`` it names."""

    id: Slug
    text: Text
    record: Text | None = Field(default=None, description="kind:id of the record it comes from")


class Cell(Model):
    """What one piece of evidence does to one claim. ``arguable`` is a second verdict that can be defended."""

    evidence: Slug
    claim: Slug
    verdict: Verdict
    arguable: Verdict | None = None
    because: Note


class ClaimTest(Exercise):
    """Say of each piece of evidence what it does to each claim, then judge the claim.

    Certainty is off unless asked for: it pays for all or nothing, and a grid earns part by part.
    """

    verb: ClassVar[str] = "Test"

    type: Literal["claim-test"]
    claims: list[Claim] = Field(min_length=1, max_length=3)
    evidence: list[Evidence] = Field(min_length=2, max_length=7)
    cells: list[Cell]
    because: Text | None = Field(default=None, description="asks for the reason, in the reader's own words")
    certainty: bool = False

    @property
    def meta(self) -> str:
        several = f" against {len(self.claims)} claims" if len(self.claims) > 1 else ""
        return f"{len(self.evidence)} pieces of evidence{several}"

    @property
    def rows(self) -> list[Evidence]:
        """The evidence as the reader meets it."""
        return self.shuffled(self.evidence, "evidence")

    @property
    def scale(self) -> list[tuple[str, str]]:
        """The steps of strength with their words."""
        return [(step.value, words) for step, words in SCALE.items()]

    def cell(self, evidence: str, claim: str) -> Cell | None:
        """The cell where a row and a claim meet."""
        return next((c for c in self.cells if c.evidence == evidence and c.claim == claim), None)

    def notes(self) -> Iterator[Note]:
        yield from (cell.because for cell in self.cells)
        yield from (claim.because for claim in self.claims)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        for evidence in self.evidence:
            if evidence.record:
                kind, _, name = evidence.record.partition(":")
                yield kind, name
        yield from super().references()

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        for field in ("claims", "evidence"):
            items: list[Any] = getattr(self, field)
            for i, item in enumerate(items):
                if item.id in {other.id for other in items[:i]}:
                    yield (field, i, "id"), f"the id '{item.id}' is used twice", "Give one another id"
            for i in equal_texts(item.text for item in items):
                yield (field, i), "this says the same as another", "Change one of them"
        yield from self._cells()
        for claim in self.claims:
            verdicts = {cell.verdict for cell in self.cells if cell.claim == claim.id}
            if len(verdicts) == 1:
                wrong = f"every piece of evidence is '{min(verdicts)}' on '{claim.id}'"
                yield ("cells",), wrong, "Add evidence that does something else, or the grid tests nothing"
            if claim.strength is Strength.STRONG and Verdict.UNDERMINES in verdicts:
                where = ("claims", self.claims.index(claim), "strength")
                yield where, "'strong' says that nothing stands against it, and a cell does", "Correct one of them"
            if claim.strength is Strength.REFUTED and Verdict.UNDERMINES not in verdicts:
                where = ("claims", self.claims.index(claim), "strength")
                yield where, "'refuted' needs evidence against it, and no cell has any", "Correct one of them"
        for i, evidence in enumerate(self.evidence):
            yield from ((("evidence", i, "text"), *what) for what in _drift(evidence, corpus))

    def _cells(self) -> Iterator[Problem]:
        rows, claims = {e.id for e in self.evidence}, {c.id for c in self.claims}
        seen: set[tuple[str, str]] = set()
        for i, cell in enumerate(self.cells):
            if cell.evidence not in rows or cell.claim not in claims:
                wrong = f"there is no cell for '{cell.evidence}' and '{cell.claim}'"
                yield ("cells", i), wrong, "Use the ids of a piece of evidence and a claim"
            if (cell.evidence, cell.claim) in seen:
                yield ("cells", i), "this cell is given twice", "Remove one"
            if cell.arguable is cell.verdict:
                yield ("cells", i, "arguable"), "this is the verdict itself", "Remove it"
            seen.add((cell.evidence, cell.claim))
        for evidence in self.evidence:
            for claim in self.claims:
                if (evidence.id, claim.id) not in seen:
                    wrong = f"nothing is said of '{evidence.id}' and '{claim.id}'"
                    yield ("cells",), wrong, "Add the cell with its verdict and its reason"

    @property
    def letters(self) -> list[str]:
        """What each claim is called: nothing where there is only one."""
        return ["A", "B", "C"][: len(self.claims)] if len(self.claims) > 1 else [""]

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """For each claim what the evidence does to it, then how strong it is."""
        found = []
        for claim in self.claims:
            cells = [(row, cell) for row in self.rows if (cell := self.cell(row.id, claim.id))]
            pairs = tuple(Pair(row.text, cell.verdict.value) for row, cell in cells)
            key = "\n\n".join(
                f"{closed(row.text)} {cell.verdict.capitalize()}"
                f"{f', or {cell.arguable}' if cell.arguable else ''}: {cell.because.text}"
                for row, cell in cells
            )
            arguable = any(cell.arguable for _, cell in cells)
            loses = "A second verdict that can be defended earns nothing." if arguable else ""
            asked = self.asked(corpus, f"The claim: {claim.text}")
            verdicts = tuple(verdict.value for verdict in Verdict)
            found.append(Question(claim.id, "match", asked, key, pairs=pairs, others=verdicts, loses=loses))
            steps = tuple(
                Answer(words, step is claim.strength, claim.because.text if step is claim.strength else "")
                for step, words in SCALE.items()
            )
            ask = self.asked(corpus, f"The claim: {claim.text}", "How strong is it on this evidence?")
            found.append(Question(f"{claim.id}-strength", "single", ask, claim.because.text, steps))
        return found

    def form(self) -> list[str]:
        claims = [f"{_after('Claim', x)}: {c.text}" for x, c in zip(self.letters, self.claims, strict=True)]
        boxes = " ".join(f"[{_after('claim', x)} supports / undermines / silent]" for x in self.letters)
        rows = [f"{i}. {evidence.text} {boxes}" for i, evidence in enumerate(self.rows, 1)]
        strengths = [
            f"How strong is {_after('claim', x) if x else 'the claim'} now? {' / '.join(Strength)}"
            for x in self.letters
        ]
        return claims + rows + strengths + ([self.because] if self.because else [])

    def key(self) -> list[str]:
        lines = []
        for evidence in self.rows:
            for letter, claim in zip(self.letters, self.claims, strict=True):
                if cell := self.cell(evidence.id, claim.id):
                    verdict = _after(cell.verdict.capitalize(), letter)
                    verdict += f", or {cell.arguable}" if cell.arguable else ""
                    lines.append(f"{closed(evidence.text)} {verdict}: {cell.because.text}")
        for claim in self.claims:
            lines.append(f"{closed(claim.text)} {SCALE[claim.strength].capitalize()}. {claim.because.text}")
        return lines

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """The order of rows, the words of the scale, and what the record behind each row is called."""
        return {
            "order": [evidence.id for evidence in self.rows],
            "scale": [list(step) for step in self.scale],
            "named": {
                evidence.id: label(corpus, *evidence.record.split(":", 1))
                for evidence in self.evidence
                if evidence.record
            },
        }


def _after(word: str, letter: str) -> str:
    """A word with the letter of a claim, or with none where the claim has none."""
    return f"{word} {letter}" if letter else word


def _drift(evidence: Evidence, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Figures and quoted words of a piece of evidence that its record does not have."""
    if not evidence.record:
        return
    kind, _, name = evidence.record.partition(":")
    if kind not in ("quotation", "event", "figure") or name not in corpus.table(kind):
        return
    record = corpus.get(kind, name)
    match kind:
        case "quotation":
            source, quotation = record
            said = f"{quotation.english or ''} {quotation.paraphrase or ''}"
            known = f"{said} {source.when} {source.occasion}"
            for words in re.findall(r"“([^”]+)”", evidence.text):
                if words.strip(" .,;") not in said:
                    yield f"“{words}” does not stand in {evidence.record}", "Copy it letter for letter"
        case "event":
            known = f"{record.text} {record.label} {record.when} {record.note or ''}"
        case _:
            known = f"{record.label} {record.words} {record.date.words} {record.series} {record.note or ''}"
    figures = set(re.findall(r"\d[\d,.]*\d|\d", known))
    for number in re.findall(r"\d[\d,.]*\d|\d", evidence.text):
        if number not in figures:
            yield f"{number} does not stand in {evidence.record}", "Use its own figures, or name another record"
    for month in MONTHS:
        if re.search(rf"\b{month}\b", evidence.text) and month not in known:
            yield f"{month} does not stand in {evidence.record}", "Use its own date, or name another record"
