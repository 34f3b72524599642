"""Exercises in print: a line in the chapter, the form to write on at full width, the key at the back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from docutils import nodes

from essaybook.exercises import base, types
from essaybook.exercises.base import Exercise
from essaybook.exercises.payload import payload
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.outline import Entry
from essaybook.pdf.markup import Typst, array, call, content, join, literal, record, words
from essaybook.pdf.sheets import Sheets

FOLDER = "exercises"
SOURCE = Path(base.__file__).parent
TITLE, KEY = "Exercises", "Key to the exercises"


def form_key(name: str) -> str:
    """The label of an exercise's printed form."""
    return f"exercise/{name}"


def shared(target: Path, used: list[str]) -> None:
    """Put the print forms of some types, and what they share, into a folder beside the template's files."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    kit = (SOURCE / "kit.typ").read_text(encoding="utf-8")
    (target / "kit.typ").write_text(kit.replace("../pdf/template/page.typ", "../page.typ"), encoding="utf-8")
    for kind in used:
        folder = target / types.folder(kind).name
        folder.mkdir()
        shutil.copyfile(types.folder(kind) / "print.typ", folder / "print.typ")


class Exercises:
    """The exercises that the book's pages call, in reading order, each with its number in its chapter."""

    def __init__(self, sheets: Sheets, entries: list[Entry]) -> None:
        self.sheets = sheets
        self.chapters: list[tuple[Entry, list[Exercise]]] = []
        self.numbers: dict[str, int] = {}
        self.homes: dict[str, Entry] = {}
        for entry in entries:
            # An exercise that several pages call is printed once, under the first of them.
            found = [exercise for exercise in self.called(entry) if exercise.id not in self.homes]
            if found:
                self.chapters.append((entry, found))
            for number, exercise in enumerate(found, 1):
                self.numbers[exercise.id] = number
                self.homes[exercise.id] = entry

    def called(self, entry: Entry) -> list[Exercise]:
        """The exercises on a page."""
        tree = self.sheets.trees[entry.page]
        return [self.sheets.corpus.exercises[node["record"]] for node in tree.findall(ExerciseBlock)]

    def imports(self) -> Typst:
        """The types' print forms, put beside the document with what they share."""
        used = sorted({exercise.type for _, found in self.chapters for exercise in found})
        if not used:
            return Typst("")
        shared(self.sheets.out / FOLDER, used)
        lines = [f'#import "{FOLDER}/{types.folder(kind).name}/print.typ" as print-{kind}' for kind in used]
        return Typst("\n".join([f'#import "{FOLDER}/kit.typ" as kit', *lines]))

    def record(self, exercise: Exercise) -> str:
        """The record as the print form reads it."""
        text = json.dumps(payload(exercise, self.sheets.corpus), ensure_ascii=False, sort_keys=True, indent=1)
        return f"json({self.sheets.file(f'{FOLDER}/{exercise.id}.json', text)})"

    def shown(self, exercise: Exercise) -> str | None:
        """The passages that stand over the form."""
        passages = []
        for name in exercise.shows:
            source, quotation = self.sheets.corpus.quotations[name]
            text = quotation.english or quotation.paraphrase or quotation.original or ""
            credit = f"{source.by}, {source.when}"
            passages.append(record(text=content(words(text)), credit=content(words(credit))))
        return str(call("kit.passages", array(passages)))[1:] if passages else None

    def part(self) -> list[Typst]:
        """The forms chapter by chapter, then the key. Nothing where no page calls an exercise."""
        if not self.chapters:
            return []
        define = self.sheets.keys.define
        forms = [call("reference-opening", content(words(TITLE)), literal(define("exercises")))]
        keys = [call("reference-opening", content(words(KEY)), literal(define("exercises-key")))]
        for entry, found in self.chapters:
            heading = call("kit.chapter", content(words(entry.title)))
            forms.append(heading)
            keys.append(heading)
            for exercise in found:
                number = self.numbers[exercise.id]
                forms.append(self.form(exercise, number, define(form_key(exercise.id))))
                keys.append(self.answer(exercise, number))
        return [join(forms, "\n\n"), join(keys, "\n\n")]

    def form(self, exercise: Exercise, number: int, key: str | None = None) -> Typst:
        """An exercise to write on, under a number."""
        return call(
            "kit.exercise",
            str(number),
            literal(type(exercise).verb),
            content(words(exercise.prompt)),
            f"print-{exercise.type}.form({self.record(exercise)})",
            shown=self.shown(exercise),
            key=literal(key) if key else None,
        )

    def answer(self, exercise: Exercise, number: int) -> Typst:
        """An exercise's answer, under the number of its form."""
        closing = exercise.closing.text if exercise.closing else None
        return call(
            "kit.answer",
            str(number),
            content(words(exercise.prompt)),
            f"print-{exercise.type}.key({self.record(exercise)})",
            closing=content(words(closing)) if closing else None,
        )

    def line(self, node: nodes.Element, page: str) -> Typst:
        """An exercise where a page calls it: what to do, and the page of its form."""
        exercise = self.sheets.corpus.exercises[node["record"]]
        asked = self.sheets.refer(form_key(exercise.id), words(exercise.prompt), page)
        number = self.numbers[exercise.id]
        home = self.homes[exercise.id]
        other = content(words(f"exercise {number} of {home.title}")) if home.page != page else None
        return call("kit.called", str(number), literal(type(exercise).verb), content(asked), of=other)
