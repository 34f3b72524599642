"""JSON Schema of the files that authors write, made from the models, so that an editor completes and checks.

A schema judges a file as an editor reads it: 3 is a number and true a boolean. The book's own reader takes
every value as text, so a text that happens to look like a number is one here too, and an empty value is none.
"""

from __future__ import annotations

import json
import re
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from essaybook.corpus.chart import AnyChart
from essaybook.corpus.claim import Claim
from essaybook.corpus.collation import Collation
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure
from essaybook.corpus.historian import Position, Work
from essaybook.corpus.office import Office
from essaybook.corpus.person import Person
from essaybook.corpus.source import Source
from essaybook.corpus.specification import Specification
from essaybook.corpus.term import Term
from essaybook.corpus.theme import Theme
from essaybook.corpus.way import Way
from essaybook.exercises.types import TYPES

FOLDER = "schemas"
"""Where the schemas stand in a book's folder."""

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that YAML editors have understood longest."""

ONES: dict[str, tuple[Any, str]] = {
    "source": (Source, "A source: one document to a file, with the passages quoted from it."),
    "chart": (AnyChart, "A chart: one to a file."),
    "collation": (Collation, "A collation of two texts: one to a file."),
    "exercise": (reduce(or_, TYPES.values()), "An exercise: one to a file, of one of the types."),
}
"""Files that hold one record."""

LISTS: dict[str, tuple[Any, str]] = {
    "person": (Person, "People: a list of records."),
    "event": (Event, "Events: a list of records in order of date."),
    "office": (Office, "Offices and bodies: a list of records."),
    "claim": (Claim, "Claims: a list of records."),
    "position": (Position, "Historians' positions: a list of records."),
    "term": (Term, "Terms: a list of records."),
    "theme": (Theme, "Themes of events: a list of records."),
    "specification": (Specification, "Specifications of examinations: a list of records."),
    "way": (Way, "Ways through the book: a list of records."),
}
"""Files that hold a list of records."""


MORE: dict[str, tuple[Any, str]] = {
    "work": (Work, "A work of the bibliography, which authors write as BibTeX."),
    "figure": (Figure, "A figure, which authors write as a row of a table."),
}
"""Kinds that are not written as YAML: their schemas are for those who read the records, not for editors."""


class _Schema(GenerateJsonSchema):
    """Pydantic's schema, as YAML that a person types is to be judged."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No field repeats its own name as a title."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A free text may look like a number: a page, a year, a title."""
        made = super().str_schema(schema)
        return made if "pattern" in made else {**made, "type": ["string", "number"]}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, with its bounds as numbers."""
        made: JsonSchemaValue = {"type": "number"}
        for ours, theirs in (
            ("gt", "exclusiveMinimum"),
            ("ge", "minimum"),
            ("lt", "exclusiveMaximum"),
            ("le", "maximum"),
        ):
            if (bound := schema.get(ours)) is not None:
                made[theirs] = _number(bound)
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What may be left out may not be left empty: the reader would take an empty value for a text."""
        return self.generate_inner(schema["schema"])

    def encode_default(self, dft: Any) -> Any:
        """A number's default is a number."""
        made = super().encode_default(dft)
        return _number(made) if isinstance(made, str) and re.fullmatch(r"\d+(\.\d+)?", made) else made


def _number(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the kind of record it is for."""
    made = {name: _one(model, says) for name, (model, says) in ONES.items()}
    for name, (model, says) in LISTS.items():
        made[name] = _list(model, says)
    return dict(sorted(made.items()))


@cache
def readable() -> dict[str, dict[str, Any]]:
    """The schemas of every kind of record that a reader can take away, by kind."""
    return dict(sorted({**schemas(), **{name: _one(model, says) for name, (model, says) in MORE.items()}}.items()))


def _one(model: Any, says: str) -> dict[str, Any]:
    body = _made(model)
    definitions = body.pop("$defs", {})
    # A union is "any of" to pydantic; the type tells the members apart, so that one at most can hold.
    if "anyOf" in body:
        body["oneOf"] = body.pop("anyOf")
    body.pop("discriminator", None)
    body.pop("title", None)
    return {"$schema": DIALECT, "description": says, **body, "definitions": definitions}


def _list(model: Any, says: str) -> dict[str, Any]:
    body = _made(model)
    definitions = body.pop("$defs", {})
    body.pop("title", None)
    return {"$schema": DIALECT, "description": says, "type": "array", "items": body, "definitions": definitions}


def _made(model: Any) -> dict[str, Any]:
    made = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}", schema_generator=_Schema)
    tidy: dict[str, Any] = _tidy(made)
    return tidy


def _tidy(part: Any) -> Any:
    """Names and descriptions as people read them; a reference's own words beside it, where they count."""
    match part:
        case list():
            return [_tidy(item) for item in part]
        case {"$ref": str(), **more} if more:
            kept = {key: _tidy(value) for key, value in more.items() if value is not None}
            return {"allOf": [_tidy({"$ref": part["$ref"]})], **kept} if kept else _tidy({"$ref": part["$ref"]})
        case dict():
            tidy: dict[str, Any] = {}
            for key, value in part.items():
                if key == "default" and value is None:
                    continue
                if key == "$defs":
                    tidy[key] = {_name(name): _tidy(item) for name, item in value.items()}
                elif key == "$ref":
                    tidy[key] = f"#/definitions/{_name(value.removeprefix('#/$defs/'))}"
                elif key == "description" and isinstance(value, str):
                    tidy[key] = _words(value)
                else:
                    tidy[key] = _tidy(value)
            return tidy
        case _:
            return part


def _name(name: str) -> str:
    """``choice.Option`` for an option of a choice; several types have a model of that name."""
    form = re.fullmatch(r"essaybook__\w+?__(\w+?)__(?:model__)?(\w+)", name)
    return f"{form[1].replace('_', '-')}.{form[2]}" if form else name


def _words(text: str) -> str:
    """A docstring as an editor shows it: no line breaks within a paragraph, single marks round code."""
    paragraphs = [" ".join(part.split()) for part in text.replace("``", "`").split("\n\n")]
    return "\n\n".join(paragraphs)


def texts(made: dict[str, dict[str, Any]] | None = None) -> dict[str, str]:
    """Every schema's file by its name; of those for authors unless others are given."""
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in (schemas() if made is None else made).items()
    }


def write(root: Path) -> list[Path]:
    """Write the schemas of a book. Returns the files that changed."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    changed = []
    for name, text in texts().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
