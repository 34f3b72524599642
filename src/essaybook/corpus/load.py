"""From files to a corpus, or to findings that say what to mend."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pybtex.database import BibliographyData, Entry, parse_string
from pybtex.exceptions import PybtexError
from pydantic import PlainValidator, TypeAdapter, ValidationError

from essaybook.corpus import plain, yamlfile
from essaybook.corpus.chart import AnyChart
from essaybook.corpus.claim import Claim
from essaybook.corpus.collation import Collation
from essaybook.corpus.corpus import Allowance, Corpus, Place, Version
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure, Resource
from essaybook.corpus.finding import Finding
from essaybook.corpus.historian import Position, Seen, Work
from essaybook.corpus.numbering import Numbering
from essaybook.corpus.office import Office
from essaybook.corpus.person import Person
from essaybook.corpus.source import Source
from essaybook.corpus.specification import Specification
from essaybook.corpus.term import Term
from essaybook.corpus.theme import Theme
from essaybook.corpus.way import Way

LISTS: dict[str, tuple[str, Any]] = {
    "people.yml": ("person", Person),
    "events.yml": ("event", Event),
    "offices.yml": ("office", Office),
    "claims.yml": ("claim", Claim),
    "historians.yml": ("position", Position),
    "terms.yml": ("term", Term),
    "themes.yml": ("theme", Theme),
    "paths.yml": ("way", Way),
    "specifications.yml": ("specification", Specification),
    "allowances.yml": ("allowance", Allowance),
    "paragraphs.yml": ("numbering", Numbering),
    "versions.yml": ("version", Version),
}
"""Files that hold a list of records of one kind."""

FOLDERS: dict[str, tuple[str, Any]] = {
    "sources": ("source", Source),
    "charts": ("chart", TypeAdapter(AnyChart)),
    "collations": ("collation", Collation),
}
"""Folders that hold one record to a file, the file named by its id."""

MISSING: dict[tuple[str, str], str] = {
    ("source", "rights"): "s-001",
    ("source", "provenance"): "s-002",
    ("quotation", "wording"): "s-003",
    ("figure", "unit"): "n-001",
    ("figure", "series"): "n-002",
}
"""Rules of their own for fields that an edition cannot do without; others are f-002."""


def load(root: Path) -> tuple[Corpus, list[Finding]]:
    """Read the corpus under ``root`` (the folder that holds ``people.yml``).

    Every record that can be read is in the corpus; what cannot is a finding. Nothing raises.
    """
    corpus = Corpus(root)
    findings: list[Finding] = []
    for name, (kind, model) in LISTS.items():
        path = root / name
        if path.exists():
            _list(corpus, findings, path, kind, model)
    for name, (kind, model) in FOLDERS.items():
        for path in sorted((root / name).glob("*.yml")):
            _single(corpus, findings, path, kind, model)
    for source in corpus.sources.values():
        for i, quotation in enumerate(source.quotations):
            place = _part(corpus, source.id, i)
            _add(corpus, findings, "quotation", quotation.id, (source, quotation), place)
    _figures(corpus, findings, root / "figures")
    _works(corpus, findings, root / "references.bib")
    _exercises(corpus, findings, root / "exercises")
    return corpus, findings


def _exercises(corpus: Corpus, findings: list[Finding], folder: Path) -> None:
    files = sorted(folder.glob("*/*.yml"))
    if files:
        # Here, because the types are made from records and so import this package themselves.
        from essaybook.exercises import types

        model = TypeAdapter(Annotated[Any, PlainValidator(types.read)])
        for path in files:
            _single(corpus, findings, path, "exercise", model)


def _part(corpus: Corpus, source: str, i: int) -> Place:
    place = corpus.places["source", source]
    return Place(place.file, yamlfile.read(place.file).line(("quotations", i)))


def _add(corpus: Corpus, findings: list[Finding], kind: str, name: str, record: Any, place: Place) -> None:
    table = corpus.table(kind)
    if name in table:
        first = corpus.places[kind, name]
        findings.append(
            Finding(
                place.file,
                place.line,
                "i-001",
                f"the {kind} id '{name}' is taken by {first.file.name}, line {first.line}",
                "Give this record another id, and use it where this record is meant",
            )
        )
        return
    table[name] = record
    corpus.places[kind, name] = place


def _read(findings: list[Finding], path: Path) -> yamlfile.YamlFile | None:
    try:
        return yamlfile.read(path)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        findings.append(Finding(path, line, "f-001", f"this is not YAML: {error.problem}", "Correct the line"))
    return None


def _list(corpus: Corpus, findings: list[Finding], path: Path, kind: str, model: Any) -> None:
    file = _read(findings, path)
    if file is None:
        return
    if not isinstance(file.data, list):
        findings.append(
            Finding(path, 1, "f-001", "this file should hold a list", "Begin each record with '- id:'")
        )
        return
    for i, raw in enumerate(file.data):
        record = _model(findings, file, (i,), raw, kind, model)
        if record is not None:
            _add(corpus, findings, kind, record.id, record, Place(path, file.line((i,))))


def _single(corpus: Corpus, findings: list[Finding], path: Path, kind: str, model: Any) -> None:
    file = _read(findings, path)
    if file is None:
        return
    record = _model(findings, file, (), file.data, kind, model)
    if record is None:
        return
    if record.id != path.stem:
        findings.append(
            Finding(
                path,
                file.line(("id",)),
                "f-003",
                f"the id '{record.id}' is not the file's name",
                f"Write 'id: {path.stem}' or rename the file to {record.id}.yml",
            )
        )
    _add(corpus, findings, kind, record.id, record, Place(path, 1))


def _model(
    findings: list[Finding],
    file: yamlfile.YamlFile,
    where: yamlfile.Way,
    raw: Any,
    kind: str,
    model: Any,
) -> Any:
    validate: Callable[[Any], Any] = getattr(model, "model_validate", None) or model.validate_python
    try:
        return validate(raw)
    except ValidationError as error:
        for problem in error.errors():
            findings.append(_problem(file, where, kind, problem))
        return None


def _problem(file: yamlfile.YamlFile, where: yamlfile.Way, kind: str, problem: Any) -> Finding:
    # Where records are of several kinds, the reader of them puts the kind first.
    loc = tuple(problem["loc"])[1 if kind == "chart" else 0 :]
    field = ".".join(str(part) for part in loc) or "the record"
    line = file.line((*where, *loc))
    part = "quotation" if kind == "source" and "quotations" in loc else kind
    name = str(loc[-1]) if loc else ""
    match problem["type"]:
        case "missing":
            rule = MISSING.get((part, name), "f-002")
            return Finding(file.path, line, rule, f"{field} is missing", f"Add '{name}:' to this {part}")
        case "extra_forbidden":
            edit = f"Remove '{name}:' or correct its spelling"
            wrong = f"there is no field {field} in a record of this kind ({part})"
            return Finding(file.path, line, "f-002", wrong, edit)
        case "value_error" if "date" in problem["msg"] or "calendar" in problem["msg"]:
            wrong = problem["msg"].removeprefix("Value error, ")
            return Finding(file.path, line, "d-001", f"{field}: {wrong}", "Correct the date")
        case _:
            wrong = problem["msg"].removeprefix("Value error, ")
            edit = "Correct the value" if loc else f"Complete this {part}"
            return Finding(file.path, line, "f-002", f"{field}: {wrong}", edit)


def _figures(corpus: Corpus, findings: list[Finding], folder: Path) -> None:
    descriptor = folder / "datapackage.json"
    if not descriptor.exists():
        return
    try:
        package = json.loads(plain.text(descriptor))
    except json.JSONDecodeError as error:
        findings.append(
            Finding(descriptor, error.lineno, "f-001", f"this is not JSON: {error.msg}", "Correct the line")
        )
        return
    for raw in package.get("resources", []):
        flat = {key: raw.get(key) for key in ("name", "title", "description", "path")}
        columns = [
            {key: str(field.get(key, "")) for key in ("name", "type", "description")}
            for field in raw.get("schema", {}).get("fields", [])
        ]
        try:
            resource = Resource.model_validate({**flat, "columns": columns})
        except ValidationError as error:
            wrong = f"resource {raw.get('name', '?')}: {error.errors()[0]['msg']}"
            findings.append(Finding(descriptor, 1, "f-002", wrong, "Complete its description"))
            continue
        corpus.resources[resource.name] = resource
        corpus.places["resource", resource.name] = Place(descriptor, 1)
        path = folder / resource.path
        if not path.exists():
            findings.append(
                Finding(descriptor, 1, "f-004", f"there is no file {resource.path}", "Add it or correct 'path'")
            )
            continue
        for line, row in _rows(path):
            _figure(corpus, findings, path, line, {**row, "resource": resource.name})


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(plain.text(path).splitlines(keepends=True))
    for row in reader:
        yield reader.line_num, {key: value for key, value in row.items() if value and key}


def _figure(corpus: Corpus, findings: list[Finding], path: Path, line: int, row: dict[str, str]) -> None:
    try:
        figure = Figure.model_validate(row)
    except ValidationError as error:
        for problem in error.errors():
            file = yamlfile.YamlFile(path, None, {(): line})
            findings.append(_problem(file, (), "figure", problem))
        return
    _add(corpus, findings, "figure", figure.id, figure, Place(path, line))


def _works(corpus: Corpus, findings: list[Finding], path: Path) -> None:
    if not path.exists():
        return
    try:
        data: BibliographyData = parse_string(plain.text(path), "bibtex")
    except PybtexError as error:
        findings.append(Finding(path, 1, "f-001", f"this is not BibTeX: {error}", "Correct the entry"))
        return
    lines = {
        text.split("{", 1)[1].split(",")[0].strip(): number
        for number, text in enumerate(plain.text(path).splitlines(), 1)
        if text.startswith("@") and "{" in text
    }
    for key, entry in data.entries.items():
        line = lines.get(key, 1)
        seen = entry.fields.get("seen", "")
        if seen not in set(Seen):
            findings.append(
                Finding(
                    path,
                    line,
                    "w-003",
                    f"the work '{key}' does not say how far it was seen",
                    f"Add seen = {{{'|'.join(Seen)}}}, one of these",
                )
            )
            continue
        try:
            work = _work(key, entry, Seen(seen))
        except ValidationError as error:
            wrong = f"the work '{key}': {error.errors()[0]['msg']}"
            findings.append(Finding(path, line, "f-002", wrong, "Correct the entry"))
            continue
        _add(corpus, findings, "work", key, work, Place(path, line))


def _work(key: str, entry: Entry, seen: Seen) -> Work:
    fields = {name: _bare(str(value)) for name, value in entry.fields.items()}
    return Work(
        id=key,
        kind=entry.type,
        authors=[_bare(str(person)) for person in entry.persons.get("author", [])],
        editors=[_bare(str(person)) for person in entry.persons.get("editor", [])],
        title=fields.get("title", ""),
        year=fields.get("year", "undated"),
        fields=fields,
        seen=seen,
    )


def _bare(value: str) -> str:
    """A BibTeX value without the braces that keep its capitals or its words together."""
    return value.replace("{", "").replace("}", "").replace("--", "–")
