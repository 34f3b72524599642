"""The reference part: data to take away, exercises on a source, who stood where and who held what."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Resource
from jsonschema import Draft7Validator

from essaybook.build import Book
from essaybook.corpus import Corpus
from essaybook.corpus.office import Office
from essaybook.corpus.tenure import columns, spans, tenures


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


@pytest.fixture(scope="module")
def data(html: Path) -> Path:
    return html / "downloads" / "data"


def test_every_record_in_the_download_keeps_to_the_schema_it_names(data: Path, corpus: Corpus) -> None:
    given = json.loads((data / "corpus.json").read_text(encoding="utf-8"))
    assert {"person", "event", "source", "exercise", "theme"} <= set(given["kinds"])
    for kind, said in given["kinds"].items():
        validator = Draft7Validator(json.loads((data / said["schema"]).read_text(encoding="utf-8")))
        assert len(said["records"]) == len(corpus.table(kind))
        for thing in said["records"] if said["each"] else [said["records"]]:
            assert [error.message for error in validator.iter_errors(thing)] == [], kind


def test_the_download_says_of_itself_what_it_is(data: Path, root: Path) -> None:
    given = json.loads((data / "corpus.json").read_text(encoding="utf-8"))
    assert given["title"] in (root / "_config.yml").read_text(encoding="utf-8")
    assert "rights" in given["kinds"]["source"]["records"][0]


def test_every_table_has_a_descriptor_that_fits_it(data: Path, corpus: Corpus) -> None:
    for resource in corpus.resources.values():
        path = data / f"{resource.name}.resource.json"
        said = json.loads(path.read_text(encoding="utf-8"))
        with (data / said["path"]).open(encoding="utf-8", newline="") as handle:
            assert next(csv.reader(handle)) == [field["name"] for field in said["schema"]["fields"]]
        assert said["licenses"]
        # Without the keys that lead to other tables: the table stands alone here.
        said["schema"].pop("foreignKeys", None)
        report = Resource.from_descriptor(said, basepath=str(data)).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_source_lists_the_exercises_on_it(html: Path, corpus: Corpus) -> None:
    for exercise in corpus.exercises.values():
        for kind, name in exercise.references():
            if kind == "quotation":
                source = corpus.quotations[name][0].id
                page = (html / "book/reference/sources" / f"{source}.html").read_text(encoding="utf-8")
                assert f'#x-{exercise.id}">' in page, (source, exercise.id)


def test_everybodys_stand_is_under_its_year(html: Path, corpus: Corpus) -> None:
    text = (html / "book/reference/people.html").read_text(encoding="utf-8")
    table = text.partition('id="by-year"')[2].partition("</table>")[0]
    years = [int(part.partition("<")[0]) for part in table.split('<th scope="row">')[1:]]
    assert years == sorted({stand.year for person in corpus.people.values() for stand in person.stood})
    assert table.count("<li>") == sum(len(person.stood) for person in corpus.people.values())


def office(*holders: tuple[str, str, str | None]) -> Office:
    return Office.model_validate(
        {
            "id": "council",
            "name": "Council",
            "kind": "village",
            "brief": "b",
            "text": "t",
            "holders": [
                {
                    "id": f"h-{person}",
                    "person": person,
                    "title": "Chair",
                    "start": start,
                    "end": end,
                    "checked": "checked",
                }
                for person, start, end in holders
            ],
        }
    )


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ([("a", "1920", "1920")], [(12, "a"), (12, None)]),
        ([("a", "1920-03-05", "1920-04-01")], [(2, None), (2, "a"), (20, None)]),
        ([("a", "1919", "1920-06"), ("b", "1920-06", None)], [(5, "a"), (19, "b")]),  # the month they share is b's
        ([("b", "1921", None), ("a", "1920", "1921")], [(12, "a"), (12, "b")]),  # in order, whatever the record's
        ([("a", "1920", None), ("b", "1920-07", "1920-08")], [(6, "a"), (2, "b"), (16, None)]),
        ([("a", "1900", "1910")], None),
        ([("a", "1900", "1910"), ("b", "1921-12", "1930")], [(23, None), (1, "b")]),
    ],
)
def test_a_post_is_filled_month_by_month(
    holders: list[tuple[str, str, str | None]], expected: list[tuple[int, str | None]] | None
) -> None:
    found = tenures([office(*holders)], 1920, 1921)
    if expected is None:
        assert found == []
        return
    (tenure,) = found
    assert [(s.months, s.holder.person if s.holder else None) for s in tenure.stretches] == expected
    months = [stretch.months for stretch in tenure.stretches]
    assert sum(months) == 24
    widths = columns(found, 2)
    assert sum(widths) == 24
    assert sum(spans(months, widths)) == len(widths) <= 2 + len(months)
    assert sum(spans([12, 12], widths)) == len(widths)
