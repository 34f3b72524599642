"""Data to take away: every table with its descriptor, and all records as one file that names their schemas."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from essaybook import __version__
from essaybook.corpus import Corpus, schema
from essaybook.corpus.record import Record
from essaybook.pages.shelf import corpus_of

FOLDER = "downloads/data"
RECORDS = "corpus.json"
PACKAGE = "datapackage.json"


def descriptor(table: str) -> str:
    """The name of the file that describes a table by itself."""
    return f"{table}.resource.json"


def write(app: Sphinx) -> None:
    """Write everything below the built site's ``downloads/data``."""
    corpus = corpus_of(app)
    target = Path(app.outdir) / FOLDER
    (target / schema.FOLDER).mkdir(parents=True, exist_ok=True)
    _tables(corpus, target)
    for name, text in schema.texts().items():
        (target / schema.FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    about = {
        "title": app.config.html_title or app.config.project,
        "edition": app.config.essaybook_edition,
        "date": app.config.essaybook_edition_date,
        "licence": app.config.essaybook_licence,
        "made_by": f"essaybook {__version__}",
    }
    (target / RECORDS).write_text(_json({**about, **records(corpus)}), encoding="utf-8", newline="\n")


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
    """Every kind of record that has a schema, and the schema's address from this file.

    A kind whose file is a list is a list here, to be judged by its schema as it is; of the others, each record is.
    """
    kinds: dict[str, Any] = {}
    for name in schema.schemas():
        table: dict[str, Record] = corpus.table(name)
        kinds[name] = {
            "schema": f"{schema.FOLDER}/{name}.schema.json",
            "each": name in schema.ONES,
            "records": [
                _plain(record.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True))
                for record in table.values()
            ],
        }
    return {"kinds": kinds}


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
