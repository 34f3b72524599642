"""Building: the same bytes twice, nothing stale, and a build that stops for what an author must mend."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import LEFT_OUT, Budget, build, once
from essaybook.build import OFFLINE


def digests(folder: Path) -> dict[str, str]:
    """What a reader can open. ``.buildinfo`` is Sphinx's own mark of the command that made the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".buildinfo"
    }


@pytest.fixture
def clone(copy: Path, tmp_path: Path) -> Path:
    """A second clone of the built book, with its build."""
    folder = tmp_path / "again"
    shutil.copytree(copy, folder)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


RECORDS = "book/corpus"
CHAPTER = "book/factors/general-secretary"
EDITS: dict[str, tuple[str, str, str, list[str]]] = {
    "person": (
        f"{RECORDS}/people.yml",
        "name: Nikolai Krestinsky",
        "name: Nikolai Krestinskij",
        ["book/reference/people.html", "_static/cards/book-factors-general-secretary.js"],
    ),
    "term": (f"{RECORDS}/terms.yml", "term: NEP", "term: Nep", ["book/reference/glossary.html"]),
    "event": (
        f"{RECORDS}/events.yml",
        "Stalin and Kamenev return to Petrograd",
        "Stalin and Kamenev travel to Petrograd",
        ["book/reference/timeline.html"],
    ),
    "office": (
        f"{RECORDS}/offices.yml",
        "inner cabinet of the Central Committee",
        "innermost circle of the Central Committee",
        ["_static/cards/book-setting-party-without-a-will.js"],
    ),
    "position": (
        f"{RECORDS}/historians.yml",
        "had an inner need to be",
        "had an inner urge to be",
        ["book/judgement/what-historians-say.html"],
    ),
    "work": (
        f"{RECORDS}/references.bib",
        "series = {Lancaster Pamphlets}",
        "series = {Lancaster Booklets}",
        ["book/reference/bibliography.html"],
    ),
    "claim": (
        f"{RECORDS}/claims.yml",
        "came together to lead in his place",
        "joined hands to lead in his place",
        ["book/essay.html"],
    ),
    "chart": (
        f"{RECORDS}/charts/appointments.yml",
        "The centre moved fewer people in the second year",
        "In the second year the centre moved fewer people",
        [f"{CHAPTER}.html"],
    ),
    "source": (
        f"{RECORDS}/sources/vow-speech.yml",
        "the speech of the vows",
        "the speech of the six vows",
        ["book/reference/sources.html", "book/reference/sources/vow-speech.html", "book/factors/funeral.html"],
    ),
    "collation": (
        f"{RECORDS}/collations/two-texts-of-1924.yml",
        "title: In April Stalin said",
        "title: In spring Stalin said",
        ["book/factors/ideas-that-won.html"],
    ),
    "exercise": (
        f"{RECORDS}/exercises/general-secretary/what-the-office-was.yml",
        "A sketch for a museum label reads",
        "A draft for a museum label reads",
        [f"{CHAPTER}.html", "downloads/general-secretary/moodle.xml", "downloads/deck.apkg"],
    ),
    "table": (
        f"{RECORDS}/figures/datapackage.json",
        "The party, 1917 to 1930",
        "The party from 1917 to 1930",
        ["book/reference/figures.html"],
    ),
    "theme": (
        f"{RECORDS}/themes.yml",
        "name: Chance and health",
        "name: Health and chance",
        ["book/reference/timeline.html"],
    ),
    "way": (f"{RECORDS}/paths.yml", "name: Ten minutes", "name: A quarter hour", ["book/index.html"]),
    "specification": (
        f"{RECORDS}/specifications.yml",
        "1917 itself, the civil war",
        "1917 alone, the civil war",
        ["book/teaching/specifications.html"],
    ),
    "title": (
        "book/factors/funeral.md",
        "# The funeral and the cult of Lenin",
        "# The burial",
        ["book/question.html", "search.html"],
    ),
    "use": (
        "book/reference/glossary.md",
        "# Glossary\n",
        "# Glossary\n\nSee {src}`the vow <vow-speech>`, glossed.\n",
        ["book/reference/glossary.html"],
    ),
    "edition": ("_config.yml", "First edition", "Other edition", ["book/essay.html"]),
}
"""Of each kind of thing that an author writes: its file, what stands there, what is to stand there, and some of what
shows it."""

WHERE = {"BOOK_URL": "https://example.org/b"}
OTHER = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
LATER = """import time_machine
time_machine.travel("2033-02-28T23:30:00", tick=True).start()
"""
"""What Python runs before all else, in the build's own process and in those of its kernels."""


EVERYWHERE = {"title", "edition"}
"""Edits that every page shows. They come first, so that those after them are taken up page by page."""

LAST = (
    "book/question.md",
    "It would have to hold in three places.",
    "It would have to hold in no fewer than three places.",
)
"""An edit of one page's own words, after which nothing else has changed."""


GONE = ("book/factors/gone.html", "book/factors/gone.bib", "book/reference/sources/gone.html", "book/past/gone.html")
"""What an earlier build made of a page and a source that were taken out of the book since."""

READ = """import pathlib, sys
from essaybook.build import Book, sphinx
book = Book(pathlib.Path(sys.argv[1]))
sphinx(book, "dummy", book.out / "dummy")
"""
"""A form of the book that only reads its pages."""


def rounds() -> list[list[tuple[str, str, str]]]:
    """The edits in the order in which an author makes them, with a build after each round."""
    first = [EDITS[kind][:3] for kind in EDITS if kind in EVERYWHERE]
    then = [EDITS[kind][:3] for kind in EDITS if kind not in EVERYWHERE]
    return [first, then, [LAST]]


def edit(folder: Path, edits: list[tuple[str, str, str]]) -> None:
    for name, old, new in edits:
        replace(folder / name, old, new)


def elsewhere(command: list[str], folder: Path, env: dict[str, str]) -> None:
    """Run a build in a folder of another name, with another order of hashes, by the clock of another zone that is
    years ahead."""
    ahead = folder.parent / "ahead"
    ahead.mkdir(exist_ok=True)
    (ahead / "sitecustomize.py").write_text(LATER)
    before = [path for path in (str(ahead), os.environ.get("PYTHONPATH")) if path]
    env = os.environ | OTHER | env | {"PYTHONPATH": os.pathsep.join(before)}
    says = subprocess.run([sys.executable, "-c", "import time; print(time.gmtime().tm_year)"], env=env, stdout=-1)
    assert says.stdout.strip() == b"2033"
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=env)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session")
def changed(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built book with a record of every kind edited, built again for an address of its own.

    Before the site is, another form of the book has read what changed, as print does. An earlier build has left pages.
    """

    def make(folder: Path) -> None:
        shutil.copytree(copy, folder)
        for name in GONE:
            (folder / "_build/html" / name).parent.mkdir(exist_ok=True)
            (folder / "_build/html" / name).write_text("<main>This is no longer in the book.</main>")
        for edits in rounds():
            edit(folder, edits)
            subprocess.run([sys.executable, "-c", READ, folder], check=True, env=os.environ | WHERE)
            result = build(folder, "--site", env=WHERE)
            assert result.returncode == 0, result.stdout + result.stderr

    return once(tmp_path_factory, "changed", make) / "_build/html"


def test_two_builds_are_the_same_to_the_byte_and_nothing_in_them_is_stale(
    copy: Path, changed: Path, tmp_path: Path, budget: Budget
) -> None:
    """The edited book built from nothing by Jupyter Book's own command is the built book with the edits taken up;
    with the edits undone it becomes again, print and all, the book that was never edited."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(copy, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    stray = folder / ".venv/share/doc"
    stray.mkdir(parents=True)
    (stray / "README.md").write_text("# Not ours\n")
    (stray / "notes.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    # Pages link to print where it lies beside them.
    shutil.copytree(copy / "_build/html/downloads", folder / "_build/html/downloads")
    for edits in rounds():
        edit(folder, edits)
    jupyter_book = str(Path(sys.executable).parent / "jupyter-book")
    elsewhere([jupyter_book, "build", ".", "-W", "-n"], folder, WHERE)
    here, there = digests(changed), digests(folder / "_build/html")
    for found in (here, there):  # written by the book's own command after the pages
        del found["downloads/SHA256SUMS"], found[f"downloads/{OFFLINE}"]
    budget("stale files after an edit of each kind, of " + str(len(here)), len(differing(here, there)), 0)

    for name in {name for edits in rounds() for name, *_ in edits}:
        shutil.copyfile(copy / name, folder / name)
    elsewhere([sys.executable, "-m", "essaybook", "build"], folder, {})
    here, there = digests(copy / "_build/html"), digests(folder / "_build/html")
    budget("files that differ between two builds, of " + str(len(here)), len(differing(here, there)), 0)


def differing(here: dict[str, str], there: dict[str, str]) -> list[str]:
    found = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    print(*found, sep="\n")
    return found


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_shows_where_it_should(copy: Path, changed: Path, kind: str) -> None:
    for name in EDITS[kind][3]:
        before, after = (folder / name for folder in (copy / "_build/html", changed))
        assert before.read_bytes() != after.read_bytes(), name
        if kind not in {"title", "use"} and name.endswith((".html", ".js")):
            words = re.sub(r"^\w+: ", "", EDITS[kind][2]).removeprefix("series = {").rstrip("}")
            assert words in after.read_text(encoding="utf-8"), name


def test_a_new_use_shows_on_the_page_of_the_source(changed: Path) -> None:
    page = (changed / "book/reference/sources/vow-speech.html").read_text(encoding="utf-8")
    assert "../glossary.html" in page


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{person}`Stalin <stalin>`", "{person}`Stalin <stalim>`", "Nearest known: stalin"),
        ("{date}`c1922-04-03`", "{date}`4 April 1922 <c1922-04-03>`", "does not agree with the record"),
        (
            "{fig}`over 4,000 <ap01-responsible>`",
            "{fig}`over 5,000 <ap01-responsible>`",
            "is not the recorded figure",
        ),
        ("{q}`boundless power <boundless-power>`", "{q}`endless power <boundless-power>`", "letter for letter"),
        (":::{chart} appointments", ":::{chart} appointment", "Nearest known: appointments"),
    ],
)
def test_a_slip_stops_the_build_and_says_what_to_mend(clone: Path, old: str, new: str, says: str) -> None:
    replace(clone / "book/factors/general-secretary.md", old, new)
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
    result = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    words = " ".join((result.stdout + result.stderr).split())
    assert result.returncode != 0
    assert says in words
    assert "general-secretary.md" in words
