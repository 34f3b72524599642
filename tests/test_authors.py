"""What authors are given: forms that load, schemas that agree with the models, a gallery of every type."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from essaybook.cli import main
from essaybook.corpus import Corpus, load, prose, schema
from essaybook.corpus.rules import check
from essaybook.exercises import types
from essaybook.exercises.record import written
from essaybook.forms import _scalar
from essaybook.pages.nodes import ExerciseBlock, ExerciseRecord
from test_exercise_directive import CASE, read
from test_exercises import HOSTILE
from village import loosened

LEFT_TO_FILL_IN = {"e-002", "f-005", "i-002", "w-001"}
"""A version that no ledger has yet, and records that the author still has to name."""


class Editor(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editors read: no dates, no yes and no, no numbers in base 60."""


Editor.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{form})$"), list(first))
Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def edited(text: str) -> Any:
    return yaml.load(text, Loader=Editor)


def wrong(name: str, data: Any) -> list[str]:
    return [f"{'/'.join(map(str, e.path))}: {e.message}" for e in validator(name).iter_errors(data)]


@cache
def validator(name: str) -> Draft7Validator:
    made = schema.schemas()[name]
    Draft7Validator.check_schema(made)
    return Draft7Validator(made)


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "book" / "corpus")[0]


# Schemas.


def test_the_schemas_are_as_the_models_have_them(root: Path) -> None:
    here = {path.name: path.read_text(encoding="utf-8") for path in (root / "schemas").iterdir()}
    assert here == schema.texts(), "run 'essaybook schema'"


def mapped(root: Path) -> Iterator[tuple[str, Path]]:
    """The schema that the editor's settings give to each file of records."""
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    names = {Path(name).name for name in settings}
    assert names == set(schema.texts())
    for path in sorted((root / "book/corpus").rglob("*.yml")):
        file = path.relative_to(root).as_posix()
        found = [name for name, pattern in settings.items() if fnmatchcase(file, pattern)]
        assert len(found) <= 1, file
        if found:
            yield Path(found[0]).name.split(".")[0], path


def test_every_record_of_the_book_is_valid_in_an_editor(root: Path) -> None:
    validators = {name: validator(name) for name in schema.schemas()}
    found = {}
    counts = dict.fromkeys(validators, 0)
    for name, path in mapped(root):
        data = edited(path.read_text(encoding="utf-8"))
        errors = [f"{list(e.path)}: {e.message[:200]}" for e in validators[name].iter_errors(data)]
        counts[name] += 1
        if errors:
            found[path.name] = errors
    assert found == {}
    assert min(counts.values()) >= 1
    without = {"allowances.yml", "paragraphs.yml", "versions.yml"}
    every = {path.name for path in (root / "book/corpus").rglob("*.yml")}
    assert every - {path.name for _, path in mapped(root)} == without & every


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("exercise", "several: true", "several: perhaps"),
        ("exercise", "several: true", "severl: true"),
        ("exercise", "version: 1", "version: 0"),
        ("exercise", "type: choice", "type: chice"),
        ("exercise", "prompt: Why did the village vote for the library?", "prompt:"),
        ("exercise", "chapter: page", "chapter: My page"),
        ("exercise", "  feedback: {text: The minutes count them.}\n", ""),
    ],
)
def test_an_editor_sees_what_is_wrong(name: str, old: str, new: str) -> None:
    text = (Path(__file__).parent / "exercises/choice/library.yml").read_text(encoding="utf-8")
    assert old in text
    assert wrong(name, edited(text)) == []
    assert wrong(name, edited(text.replace(old, new))) != []


@pytest.mark.parametrize(
    ("date", "right"),
    [("1922", True), ("1922-04", True), ("1922-04-03", True), ("22", False), ("3 April 1922", False), ("", False)],
)
def test_a_date_is_a_year_a_month_or_a_day(date: str, right: bool) -> None:
    text = f"- {{id: c1922, date: {date or '~'}, label: A, text: 12, checked: unchecked}}"
    assert (wrong("event", edited(text)) == []) is right


# Forms.


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small book of one page, which has one exercise."""
    shutil.copytree(CASE, tmp_path / "book")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/page\n", encoding="utf-8")
    page = tmp_path / "book" / "page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n{#pa-1}\nA paragraph.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(book: Path) -> Callable[..., Result]:
    def run(*words: str, says: str = "") -> Result:
        return CliRunner().invoke(main, ["--root", str(book), *words], input=says)

    return run


def test_a_form_of_every_type_loads_and_says_what_is_left(book: Path, run: Callable[..., Result]) -> None:
    for kind in types.TYPES:
        result = run("new", "exercise", f"trial-{kind}", "--type", kind, "--chapter", "page")
        assert result.exit_code == 0, result.output
    found, findings = load(book / "book/corpus")
    assert [f.text(book) for f in findings] == []
    findings = list(check(found, book / "book"))
    assert {f.rule for f in findings if f.file.stem.startswith("trial-")} <= LEFT_TO_FILL_IN
    assert all(f.file.stem.startswith("trial-") for f in findings)
    for kind in types.TYPES:
        exercise = found.exercises[f"trial-{kind}"]
        text = (book / f"book/corpus/exercises/page/trial-{kind}.yml").read_text(encoding="utf-8")
        first, _, rest = text.partition("\n")
        address = first.removeprefix("# yaml-language-server: $schema=")
        assert (book / "book/corpus/exercises/page" / address).resolve() == book / "schemas/exercise.schema.json"
        assert wrong("exercise", edited(text)) == []
        assert exercise.type == kind
        assert len(re.findall(r"\b[A-Z]{3,}\b", rest)) >= 10
        assert exercise.form()
        assert exercise.key()
        # Nothing is wrong with it but that its records are not named yet.
        known = {name for _, name in exercise.references()}
        assert all(name.startswith("id-of-") for name in known)
        about = [f.wrong for f in findings if f.file.stem == exercise.id and f.rule not in {"e-002", "f-005"}]
        assert [words for words in about if "'id-of-" not in words] == []


@pytest.mark.parametrize("kind", types.TYPES)
def test_a_form_is_answerable_once_its_records_are_named(kind: str, corpus: Corpus) -> None:
    """Problems that are left are all about the records, which here are any."""
    own = (types.folder(kind) / "form.yml").read_text(encoding="utf-8")
    head = f"id: trial\ntype: {kind}\nversion: 1\nchapter: essay\nprompt: P\npurpose: P\n"
    exercise = types.read(yaml.load(head + own, Loader=yaml.BaseLoader))
    about_records = {
        "alignment": "the record calls them",
        "claim-test": "",
        "close-reading": "",
        "decision": "",
        "estimate": "",
        "interpretations": "",
        "match": "",
        "order": "",
        "source-lab": "the source",
    }
    says = [wrong for _, wrong, _ in exercise.problems(loosened(corpus))]
    assert [words for words in says if about_records.get(kind, "nothing") not in words] == []


def test_it_asks_for_what_is_not_given(book: Path, run: Callable[..., Result]) -> None:
    result = run("new", "exercise", says='chioce\nchoice\npage\nwhy-so\nWhy: "so"?\nRepairs a slip: this one.\n')
    assert result.exit_code == 0, result.output
    assert "Choose from" in result.output or "not one of" in result.output
    record = load(book / "book/corpus")[0].exercises["why-so"]
    assert (record.type, record.chapter) == ("choice", "page")
    assert (record.prompt, record.purpose) == ('Why: "so"?', "Repairs a slip: this one.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["exercise", "library", "--type", "choice", "--chapter", "page"],
            "page/library.yml is there already",
        ),
        (["exercise", "new-one", "--type", "chioce", "--chapter", "page"], "There is no type 'chioce'"),
        (["exercise", "new-one", "--type", "choice", "--chapter", "esay"], "There is no chapter 'esay'"),
        (["exercise", "New One", "--type", "choice", "--chapter", "page"], "is not a name for a record"),
        (["source"], "Say what the source is to be called"),
        (["event", "c1921", "--type", "choice"], "are for exercises"),
    ],
)
def test_what_new_refuses(run: Callable[..., Result], words: list[str], says: str) -> None:
    result = run("new", *words)
    assert result.exit_code != 0
    assert says in result.output


@given(st.text(min_size=1).filter(str.strip))
def test_any_prompt_becomes_one_value(words: str) -> None:
    kept = " ".join(words.split())
    try:
        found = yaml.load(f"prompt: {_scalar(words)}", Loader=yaml.BaseLoader)
    except yaml.reader.ReaderError:
        return  # a character that no YAML file may hold
    assert found["prompt"] == kept


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_prompt_becomes_one_value(words: str) -> None:
    if words.isprintable() and words.strip():
        assert yaml.load(f"a: {_scalar(words)}", Loader=yaml.BaseLoader) == {"a": " ".join(words.split())}


def test_the_form_of_a_source_names_its_schema(book: Path, run: Callable[..., Result]) -> None:
    assert run("new", "source", "trial-source").exit_code == 0
    path = book / "book/corpus/sources/trial-source.yml"
    text = path.read_text(encoding="utf-8")
    address = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / address).resolve() == book / "schemas/source.schema.json"
    assert wrong("source", edited(text)) == []


# The gallery.


def test_the_gallery_shows_every_type_once_and_its_record(root: Path, corpus: Corpus) -> None:
    named = prose.read(root / "book/teaching/gallery.md").arguments
    shown = [name for directive, name, _ in named if directive == "exercise"]
    assert sorted(corpus.exercises[name].type for name in shown) == sorted(types.TYPES)
    assert shown == [name for directive, name, _ in named if directive == "exercise-yaml"]


def test_a_record_is_shown_as_text(tmp_path: Path) -> None:
    app = read(tmp_path, "# A page\n\n:::{exercise-yaml} library\n:::\n", "html")
    [node] = app.env.get_doctree("book/page").findall(ExerciseRecord)
    assert node["record"] == "library"
    corpus = app.essaybook  # type: ignore[attr-defined]
    path = corpus.places["exercise", "library"].file
    path.write_text(
        "# yaml-language-server: $schema=x\n" + path.read_text(encoding="utf-8") + "# <script>1 & 2\n",
        encoding="utf-8",
    )
    assert written(corpus, "library").startswith("id: library")

    from essaybook.exercises.record import visit

    class Page:
        builder = app.builder
        body: list[str] = []

    with pytest.raises(nodes.SkipNode):
        visit(Page(), node)  # type: ignore[arg-type]
    assert "<details" in Page.body[0]
    assert "&lt;script&gt;1 &amp; 2" in Page.body[0]
    assert "<script" not in Page.body[0]


def test_an_exercise_may_stand_on_two_pages(root: Path) -> None:
    """On paper it is printed once, under the first page that calls it."""
    from types import SimpleNamespace

    from essaybook.pages.outline import Entry
    from essaybook.pdf.exercises import Exercises

    def page(*names: str) -> nodes.document:
        tree = nodes.document(None, None)  # type: ignore[arg-type]
        tree += [ExerciseBlock(record=name, type="choice", ids=[f"x-{name}"]) for name in names]
        return tree

    exercises = {name: SimpleNamespace(id=name, type="choice") for name in "abc"}
    trees = {"one": page("a", "b"), "two": page("b", "a"), "three": page("b", "c")}
    sheets = SimpleNamespace(trees=trees, corpus=SimpleNamespace(exercises=exercises))
    made = Exercises(sheets, [Entry(name, name, None, []) for name in trees])  # type: ignore[arg-type]
    assert [(entry.page, [e.id for e in found]) for entry, found in made.chapters] == [
        ("one", ["a", "b"]),
        ("three", ["c"]),
    ]
    assert made.numbers == {"a": 1, "b": 2, "c": 1}
    assert {name: entry.page for name, entry in made.homes.items()} == {"a": "one", "b": "one", "c": "three"}
