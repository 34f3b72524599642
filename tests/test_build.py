"""Building: the same bytes twice, nothing stale, and a build that stops for what an author must mend."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import LEFT_OUT, build, once


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


def test_jupyter_book_alone_gives_the_whole_site_and_two_builds_are_the_same_to_the_byte(
    copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    shutil.copytree(copy, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    stray = folder / ".venv/share/doc"
    stray.mkdir(parents=True)
    (stray / "README.md").write_text("# Not ours\n")
    (stray / "notes.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", ".", "-W", "-n"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | other)
    assert result.returncode == 0, result.stdout + result.stderr
    site = folder / "_build/html"
    for name in ("index.html", "book/factors/funeral.html", "book/reference/sources/vow-speech.html"):
        assert (site / name).exists()

    result = build(folder, env=other)
    assert result.returncode == 0, result.stderr
    here, there = digests(copy / "_build/html"), digests(site)
    assert [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)] == []


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session")
def changed(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built book with two records, a title and a use changed, built again for an address of its own."""

    def make(folder: Path) -> None:
        shutil.copytree(copy, folder)
        replace(folder / "book/corpus/people.yml", "name: Nikolai Krestinsky", "name: Nikolai Krestinskij")
        replace(folder / "book/corpus/terms.yml", "term: NEP", "term: Nep")
        replace(folder / "book/factors/funeral.md", "# The funeral and the cult of Lenin", "# The burial")
        page = folder / "book/reference/glossary.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nSee {src}`the vow <vow-speech>`.\n", encoding="utf-8")
        result = build(folder, "--site", env={"BOOK_URL": "https://example.org/b"})
        assert result.returncode == 0, result.stdout + result.stderr

    return once(tmp_path_factory, "changed", make) / "_build/html"


def test_a_changed_record_changes_every_page_that_draws_on_it(changed: Path) -> None:
    cards = changed / "_static/cards/book-factors-general-secretary.js"
    for path in (changed / "book/reference/people.html", cards):
        assert "Krestinskij" in path.read_text(encoding="utf-8")
    assert "Nep" in (changed / "book/reference/glossary.html").read_text(encoding="utf-8")


def test_a_changed_title_changes_the_contents_of_other_pages(changed: Path) -> None:
    assert "The burial" in (changed / "book/question.html").read_text(encoding="utf-8")


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
