"""A chapter by itself: to read, to work on, its key, and one lesson on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from essaybook.exercises.base import Exercise
from essaybook.pages.lesson import Lesson, lesson_of
from essaybook.pages.outline import Entry
from essaybook.pdf.blocks import texts, wording
from essaybook.pdf.compiler import Compiler
from essaybook.pdf.markup import Typst, array, call, content, join, literal, words
from essaybook.pdf.matter import Matter
from essaybook.pdf.sheets import Sheets
from essaybook.web.words import full as sentence

SHORT = 130
"""Words of a passage that a cover lesson has room for."""
SIDES = 2
"""Pages of a cover lesson: the two sides of a sheet."""


@dataclass(frozen=True)
class Leaf:
    """A document of a chapter: where its PDF goes, its text, and what the template is told."""

    path: str
    text: str
    ink: str = "red"

    def typeset(self, out: Path, compiler: Compiler) -> None:
        """Write document and PDF. Raises PrintError."""
        document = out / f"leaf-{self.path.replace('/', '-').removesuffix('.pdf')}.typ"
        document.write_text(self.text, encoding="utf-8")
        (out / self.path).parent.mkdir(exist_ok=True)
        (out / self.path).write_bytes(compiler.typeset(document, format="a4", leaf="true", ink=self.ink))


class Leaves:
    """The chapters that ask something, each as four documents, made of what the book set for them."""

    def __init__(self, sheets: Sheets, matter: Matter, imports: Typst, pages: list[tuple[Entry, Typst]]) -> None:
        self.sheets = sheets
        self.matter = matter
        self.imports = imports
        self.pages = pages

    def write(self, out: Path, compiler: Compiler) -> None:
        """Typeset all of them, on as many cores as there are."""
        leaves = list(self.documents(out, compiler))  # all files that they call must be there before the first
        with ThreadPoolExecutor() as pool:
            for _ in pool.map(lambda leaf: leaf.typeset(out, compiler), leaves):
                pass

    def front(self) -> str:
        """The book's cover by itself."""
        return join([self.imports, self.matter.head(), self.matter.cover()], "\n\n") + "\n"

    def documents(self, out: Path, compiler: Compiler) -> Iterator[Leaf]:
        """Every document of every chapter with exercises."""
        for entry, text in self.pages:
            lesson = lesson_of(self.sheets.env, self.sheets.corpus, entry.page, self.sheets.order)
            if lesson is None:
                continue
            numbered = list(enumerate(lesson.exercises, 1))
            reading = self.document(lesson, "", join([self.line(), text], "\n\n"))
            yield Leaf(f"{lesson.slug}/reading.pdf", reading)
            forms = self.sheet(lesson, "Worksheet", [self.form(x, n) for n, x in numbered], named=True)
            yield Leaf(f"{lesson.slug}/worksheet.pdf", forms)
            answers = self.sheet(lesson, "Key to the worksheet", [self.answer(x, n) for n, x in numbered])
            yield Leaf(f"{lesson.slug}/key.pdf", answers)
            yield Leaf(f"{lesson.slug}/cover.pdf", self.cover(lesson, out, compiler), ink="black")

    def form(self, exercise: Exercise, number: int) -> Typst:
        """An exercise to write on."""
        assert self.sheets.exercises is not None
        return self.sheets.exercises.form(exercise, number)

    def answer(self, exercise: Exercise, number: int) -> Typst:
        """Its answer."""
        assert self.sheets.exercises is not None
        return self.sheets.exercises.answer(exercise, number)

    def line(self) -> Typst:
        """Which book this is a part of, and which edition."""
        title = self.matter.title
        stop = "" if title[-1] in ".?!" else "."
        licence = sentence(str(self.matter.config.essaybook_licence or ""))
        said = join([call("emph", content(words(title + stop))), words(self.matter.edition), words(licence)], " ")
        return call("leaf-line", content(said))

    def document(self, lesson: Lesson, kind: str, *parts: Typst) -> str:
        """A whole document: what every one begins with, then its parts."""
        title = f"{kind}: {lesson.title}" if kind else lesson.title
        return join([self.imports, self.matter.head(title), *parts], "\n\n") + "\n"

    def sheet(self, lesson: Lesson, kind: str, items: list[Typst], named: bool = False) -> str:
        """Exercises or answers under the chapter's title; ``named`` leaves room for a code and a date."""
        opening = call(
            "sheet-opening",
            content(words(kind)),
            content(words(lesson.title)),
            content(words(lesson.opener["question"])),
            named="true" if named else None,
        )
        body = join([self.line(), opening, *items], "\n\n")
        return self.document(lesson, kind, call("sheet", literal(self.matter.title), content(body)))

    # ------------------------------------------------------------ a lesson on one sheet

    def cover(self, lesson: Lesson, out: Path, compiler: Compiler) -> str:
        """The lesson that a teacher planned for the chapter, with as many of its exercises as fit on a sheet.

        It begins with the passage and ends with the question to set; exercises are left out from the last.
        """
        chosen = list(lesson.planned)
        chosen += [one for one in lesson.exercises if one not in chosen][: max(0, 3 - len(chosen))]
        probe = out / "leaf-probe.typ"
        for many in range(len(chosen), 0, -1):
            text = self.lesson(lesson, chosen[:many])
            probe.write_text(
                text + "#context [#metadata(counter(page).final().first()) <sides>]\n", encoding="utf-8"
            )
            if int(compiler.ask(probe, "<sides>", leaf="true", ink="black")) <= SIDES:
                break
        probe.unlink()
        return text

    def lesson(self, lesson: Lesson, chosen: list[Exercise]) -> str:
        """The sheet with these exercises."""
        body = call(
            "cover-lesson",
            content(words(lesson.title)),
            content(words(lesson.opener["question"])),
            array(content(words(line)) for line in lesson.opener["answer"]),
            self.passage(lesson) or "none",
            content(join([call("whole", content(self.form(x, n))) for n, x in enumerate(chosen, 1)], "\n\n")),
            content(words(lesson.question)),
        )
        sheet = call("sheet", literal(self.matter.title), content(join([self.line(), body], "\n\n")))
        return self.document(lesson, "Cover lesson", sheet)

    def passage(self, lesson: Lesson) -> str | None:
        """A passage of the chapter that the sheet has room for."""
        for source, quotation in lesson.short(SHORT)[:1]:
            found = call(
                "source",
                date=content(words(source.when)),
                speaker=content(words(source.by)),
                occasion=content(words(source.occasion)),
                provenance=content(words(sentence(source.provenance))),
                status=content(wording(quotation)),
                **texts(source, quotation) | {"original": None},
            )
            return str(found)[1:]
        return None
