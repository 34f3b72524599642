"""The ``exercise`` directive: the node it makes, what it notes as used, what it refuses, the files it asks for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxWarning
from sphinx.util.docutils import docutils_namespace

from essaybook.exercises.page import assets_for, book_id, load
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.uses import uses_of

CASE = Path(__file__).parent / "cases" / "clean" / "exercise" / "book"


def read(folder: Path, text: str, builder: str = "dummy") -> Sphinx:
    shutil.copytree(CASE, folder / "book")
    (folder / "book" / "page.md").write_text(text, encoding="utf-8")
    config: dict[str, Any] = {
        "extensions": ["myst_parser", "essaybook.pages", "essaybook.exercises"],
        "myst_enable_extensions": ["colon_fence"],
        "root_doc": "book/page",
        "project": "A Book: of Trials",
    }
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "out", folder / "trees", builder, config, status=None, warning=None,
            warningiserror=True,
        )  # fmt: skip
        app.builder.read()
    return app


def test_it_makes_one_node_with_a_stable_anchor(tmp_path: Path) -> None:
    app = read(tmp_path, "# A page\n\n:::{exercise} library\n:::\n")
    doctree = app.env.get_doctree("book/page")
    [block] = doctree.findall(ExerciseBlock)
    assert (block["record"], block["type"], block["ids"]) == ("library", "choice", ["x-library"])
    assert assets_for(doctree) == ["choice.js", "core.js", "exercises.css"]
    assert assets_for(nodes.document(None, None)) == []  # type: ignore[arg-type]


def test_what_it_names_is_used_by_its_page(tmp_path: Path) -> None:
    app = read(tmp_path, "# A page\n\n:::{exercise} library\n:::\n")
    for kind, name in (("exercise", "library"), ("event", "poll")):
        assert [use.anchor for use in uses_of(app.env, kind, name, [])] == ["x-library"]
    assert any("library.yml" in path for path in app.env.dependencies["book/page"])
    assert any("events.yml" in path for path in app.env.dependencies["book/page"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":::{exercise} libary\n:::\n", "no exercise is recorded as 'libary'. Nearest known: library"),
        (":::{exercise} library\n:::\n\n:::{exercise} library\n:::\n", "stands on this page already"),
    ],
)
def test_what_it_refuses(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises((SphinxWarning, ExtensionError), match=says):
        read(tmp_path, f"# A page\n\n{text}")


def test_only_pages_that_use_them_ask_for_its_files(tmp_path: Path) -> None:
    app = read(tmp_path, "# A page\n\n:::{exercise} library\n:::\n", "html")
    asked: list[str] = []
    app.add_js_file = lambda name, **_: asked.append(name)  # type: ignore[method-assign, assignment, misc]
    app.add_css_file = lambda name, **_: asked.append(name)  # type: ignore[method-assign, assignment, misc]
    load(app, "other", "page.html", {}, nodes.document(None, None))  # type: ignore[arg-type]
    assert asked == []
    load(app, "book/page", "page.html", {}, app.env.get_doctree("book/page"))
    names = ["choice.js", "core.js", "exercises.css"]
    assert asked == [f"essaybook/{name}" for name in names]
    assert [name for name in names if not (tmp_path / "out" / "_static" / "essaybook" / name).is_file()] == []
    assert book_id(app).startswith("a-book-of-trials")
