"""Data to take away: every table with its descriptor, all records and their schemas, the sources as TEI."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from essaybook import __version__
from essaybook.citing.tei import document
from essaybook.corpus import Corpus, schema
from essaybook.corpus.record import Record
from essaybook.pages.shelf import corpus_of
from essaybook.web.cite import edition
from essaybook.web.standing import settled

FOLDER = "downloads/data"
RECORDS = "corpus.json"
WHOLE = "corpus.schema.json"
SOURCES = "sources.tei.xml"
PACKAGE = "datapackage.json"


def descriptor(table: str) -> str:
    """The name of the file that describes a table by itself."""
    return f"{table}.resource.json"


def write(app: Sphinx) -> None:
    """Write everything below the built site's ``downloads/data``."""
    if settled(app, *(f"{FOLDER}/{name}" for name in (RECORDS, WHOLE, SOURCES))):
        return
    corpus = corpus_of(app)
    target = Path(app.outdir) / FOLDER
    (target / schema.FOLDER).mkdir(parents=True, exist_ok=True)
    _tables(corpus, target)
    for name, text in schema.texts(schema.readable()).items():
        (target / schema.FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    about = {
        "$schema": WHOLE,
        "title": app.config.html_title or app.config.project,
        "edition": app.config.essaybook_edition,
        "date": app.config.essaybook_edition_date,
        "licence": app.config.essaybook_licence,
        "made_by": f"essaybook {__version__}",
    }
    (target / RECORDS).write_text(_json({**about, **records(corpus)}), encoding="utf-8", newline="\n")
    (target / WHOLE).write_text(_json(whole(list(about))), encoding="utf-8", newline="\n")
    tei = document(corpus, edition(app), app.config.essaybook_licence)
    (target / SOURCES).write_text(tei, encoding="utf-8", newline="\n")


def _tables(corpus: Corpus, target: Path) -> None:
    """The package as it is, and a descriptor to each table, for whoever takes one alone."""
    source = corpus.root / "figures"
    if not (source / PACKAGE).is_file():
        return
    package = json.loads((source / PACKAGE).read_text(encoding="utf-8"))
    shutil.copyfile(source / PACKAGE, target / PACKAGE)
    for raw in package.get("resources", []):
        shutil.copyfile(source / raw["path"], target / raw["path"])
        alone = {**raw, "licenses": raw.get("licenses", package.get("licenses", []))}
        (target / descriptor(raw["name"])).write_text(_json(alone), encoding="utf-8", newline="\n")


def records(corpus: Corpus) -> dict[str, Any]:
    """Every kind of record, and the address of its schema from this file.

    A kind whose file is a list is a list here, to be judged by its schema as it is; of the others, each record is.
    """
    kinds: dict[str, Any] = {}
    for name in schema.readable():
        table: dict[str, Record] = corpus.table(name)
        kinds[name] = {
            "schema": f"{schema.FOLDER}/{name}.schema.json",
            "each": name not in schema.LISTS,
            "records": [
                _plain(record.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True))
                for record in table.values()
            ],
        }
    return {"kinds": kinds}


def whole(about: list[str]) -> dict[str, Any]:
    """The schema of the file with all records. It leads to the schema of each kind, which lies beside it."""
    kinds: dict[str, Any] = {}
    for name in schema.readable():
        address = f"{schema.FOLDER}/{name}.schema.json"
        judged: dict[str, Any] = {"$ref": address}
        kinds[name] = _closed(
            {
                "schema": {"const": address},
                "each": {"const": name not in schema.LISTS},
                "records": judged if name in schema.LISTS else {"type": "array", "items": judged},
            }
        )
    texts: dict[str, Any] = {name: {"type": "string"} for name in about}
    says = "All records of a book: what it is, then its records by kind."
    return {"$schema": schema.DIALECT, "description": says, **_closed({**texts, "kinds": _closed(kinds)})}


def _closed(parts: dict[str, Any]) -> dict[str, Any]:
    """An object with just these members."""
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


def _plain(value: Any) -> Any:
    """A value as JSON has it, and as the schemas ask for it: a number is a number, a date its ISO form."""
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case bool() | int() | float():
            return value
        case _:
            return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
