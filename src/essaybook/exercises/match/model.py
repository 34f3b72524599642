"""The record of a match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from essaybook.corpus.record import Model, Slug, Text
from essaybook.corpus.source import Wording
from essaybook.exercises.base import Exercise, Note, Problem, equal_texts
from essaybook.exercises.question import Pair, Question

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

GAP = "[…]"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Option(Model):
    """Something a row can be joined to. An option that no row is joined to is a distractor."""

    id: Slug
    text: Text
    person: Slug | None = Field(default=None, description="the speaker meant, compared with the source's record")
    note: Note | None = Field(default=None, description="said when it was picked wrongly")


class Column(Model):
    """One thing to say of every row: who spoke, on what occasion, what for."""

    id: Slug
    label: Text
    options: list[Option] = Field(min_length=2, max_length=9)


class Join(Model):
    """The option a row belongs to, and why."""

    option: Slug
    because: Note


class Row(Model):
    """A passage, a figure or a statement. Of a quotation or a figure the words must be the record's own."""

    id: Slug
    text: Text
    quotation: Slug | None = None
    figure: Slug | None = None
    joins: dict[Slug, Join] = Field(description="by column")


class Match(Exercise):
    """Join each row to one option in every column."""

    verb: ClassVar[str] = "Match"

    type: Literal["match"]
    noun: Text = Field(default="Passage", description="what a row is called before its number")
    columns: list[Column] = Field(min_length=1, max_length=2)
    rows: list[Row] = Field(min_length=2, max_length=8)

    @property
    def meta(self) -> str:
        return f"{len(self.rows) * len(self.columns)} joins"

    def notes(self) -> Iterator[Note]:
        for row in self.rows:
            yield from (join.because for join in row.joins.values())
        for column in self.columns:
            yield from (option.note for option in column.options if option.note)
        yield from super().notes()

    def references(self) -> Iterator[tuple[str, str]]:
        for row in self.rows:
            if row.quotation:
                yield "quotation", row.quotation
            if row.figure:
                yield "figure", row.figure
        for column in self.columns:
            yield from (("person", option.person) for option in column.options if option.person)
        yield from super().references()

    def shown(self, column: Column) -> list[Option]:
        """A column's options as the reader sees them."""
        return self.shuffled(column.options, column.id)

    def letters(self) -> dict[tuple[Slug, Slug], str]:
        """The letter of every option on paper; a second column carries on where the first ends."""
        names = [(column.id, option.id) for column in self.columns for option in self.shown(column)]
        return dict(zip(names, LETTERS, strict=False))

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        columns = {column.id: column for column in self.columns}
        if len(columns) < len(self.columns):
            yield ("columns",), "two columns have the same id", "Give one of them another"
        for c, column in enumerate(self.columns):
            ids = [option.id for option in column.options]
            for o, name in enumerate(ids):
                if name in ids[:o]:
                    yield ("columns", c, "options", o), f"two options are called '{name}'", "Give one another id"
            for o in equal_texts(option.text for option in column.options):
                yield ("columns", c, "options", o), "two options say the same", "Change one of them"
            used = {row.joins[column.id].option for row in self.rows if column.id in row.joins}
            if len(used) == 1:
                wrong = f"every row has the same answer in '{column.id}'"
                yield ("columns", c), wrong, "Leave the column out, or add a row that differs"
        names = [row.id for row in self.rows]
        for r, row in enumerate(self.rows):
            if row.id in names[:r]:
                yield ("rows", r, "id"), f"two rows are called '{row.id}'", "Give one of them another id"
            for missing in columns.keys() - row.joins.keys():
                wrong = f"row '{row.id}' has no answer in '{missing}'"
                yield ("rows", r, "joins"), wrong, f"Add '{missing}:' with its option"
            for name, join in row.joins.items():
                where = ("rows", r, "joins", name)
                if name not in columns:
                    yield where, f"there is no column '{name}'", f"Use one of: {', '.join(columns)}"
                elif join.option not in [option.id for option in columns[name].options]:
                    yield where, f"column '{name}' has no option '{join.option}'", "Use the id of an option"
            yield from self._words(corpus, r, row)
            yield from self._speaker(corpus, r, row)
        for r in equal_texts(row.text for row in self.rows):
            yield ("rows", r), "two rows say the same", "Change one of them"

    def _words(self, corpus: Corpus, r: int, row: Row) -> Iterator[Problem]:
        """A row's words against the quotation or the figure it names."""
        if row.quotation in corpus.quotations:
            _, quotation = corpus.quotations[row.quotation]
            words = quotation.english or quotation.original or quotation.paraphrase or ""
            for part in row.text.split(GAP):
                if " ".join(part.split()) not in " ".join(words.split()):
                    wrong = f"the words are not those of the quotation '{row.quotation}': '{part.strip()[:50]}'"
                    yield ("rows", r, "text"), wrong, f"Copy them letter for letter; mark a gap with {GAP}"
        if row.figure in corpus.figures:
            figure = corpus.figures[row.figure]
            if row.text not in (figure.words, figure.number):
                wrong = f"the record of '{row.figure}' says {figure.words}"
                yield ("rows", r, "text"), wrong, f"Write '{figure.words}'"

    def _speaker(self, corpus: Corpus, r: int, row: Row) -> Iterator[Problem]:
        """The speaker named as right against the quotation's source."""
        if row.quotation not in corpus.quotations:
            return
        source, _ = corpus.quotations[row.quotation]
        for column in self.columns:
            join = row.joins.get(column.id)
            option = next((o for o in column.options if join and o.id == join.option), None)
            person = corpus.people.get(option.person) if option and option.person else None
            if person and person.short not in source.by:
                wrong = f"the source of '{row.quotation}' is by {source.by}, not {person.short}"
                yield ("rows", r, "joins", column.id), wrong, "Correct the speaker"

    def as_questions(self, corpus: Corpus) -> list[Question]:
        """One question for each column."""
        found = []
        for column in self.columns:
            texts = {option.id: option.text for option in column.options}
            joins = [(row, row.joins[column.id]) for row in self.rows]
            pairs = tuple(Pair(row.text, texts[join.option]) for row, join in joins)
            key = "\n\n".join(f"{row.text}: {texts[join.option]}. {join.because.text}" for row, join in joins)
            asked = self.asked(corpus, column.label if len(self.columns) > 1 else "")
            loses = "Each column is a question of its own." if len(self.columns) > 1 else ""
            others = tuple(texts.values())
            found.append(Question(column.id, "match", asked, key, pairs=pairs, others=others, loses=loses))
        return found

    def form(self) -> list[str]:
        letters = self.letters()
        blanks = "   ".join(f"{column.label}: ____" for column in self.columns)
        lines = [f"{i}. {self.words(row)}   {blanks}" for i, row in enumerate(self.rows, 1)]
        for column in self.columns:
            lines.append(f"{column.label}:")
            lines += [f"{letters[column.id, option.id]}. {option.text}" for option in self.shown(column)]
        return lines

    def words(self, row: Row) -> str:
        """A row in one line; words taken from a record stand in quotation marks."""
        return f"“{row.text}”" if row.quotation else row.text

    def key(self) -> list[str]:
        letters = self.letters()
        lines = []
        for i, row in enumerate(self.rows, 1):
            for column in self.columns:
                join = row.joins[column.id]
                option = next(o for o in column.options if o.id == join.option)
                letter = letters[column.id, option.id]
                lines.append(f"{i}. {column.label}: {letter}, {option.text}. {join.because.text}")
        return lines

    def figures(self, corpus: Corpus) -> dict[str, Any]:
        """Which rows are quoted and which only report the sense; the options as shown, with their letters."""
        letters = self.letters()
        said: dict[Slug, str] = {}
        for row in self.rows:
            said[row.id] = "plain"
            if row.quotation in corpus.quotations:
                _, quotation = corpus.quotations[row.quotation]
                said[row.id] = "sense" if quotation.wording is Wording.PARAPHRASE else "quoted"
        return {
            "said": said,
            "shown": {column.id: [option.id for option in self.shown(column)] for column in self.columns},
            "letters": {
                column.id: {option.id: letters[column.id, option.id] for option in column.options}
                for column in self.columns
            },
        }
