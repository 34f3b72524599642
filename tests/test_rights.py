"""Who may print what, from the sources' records; and what a book says of itself, from its configuration."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxWarning
from sphinx.util.docutils import docutils_namespace

from essaybook.build import Book
from essaybook.corpus import Corpus
from essaybook.corpus.rights import by_rights
from essaybook.corpus.source import Rights, RightsStatus
from essaybook.pages.nodes import RightsList
from village import village

CASE = Path(__file__).parent / "cases" / "clean" / "everything" / "book"


def read(folder: Path, text: str) -> Sphinx:
    shutil.copytree(CASE, folder / "book")
    (folder / "book" / "about.md").write_text(text, encoding="utf-8")
    config: dict[str, Any] = {
        "extensions": ["myst_parser", "essaybook.pages", "essaybook.exercises", "essaybook.pdf"],
        "myst_enable_extensions": ["colon_fence", "attrs_block"],
        "root_doc": "book/about",
        "exclude_patterns": ["book/page.md"],
        "html_title": "A Book: of Trials",
        "author": "The parish",
        "essaybook_edition": "Second edition",
        "essaybook_edition_date": "1912-05-02",
        "essaybook_id": "trials",
    }
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "out", folder / "trees", "dummy", config, status=None, warning=None,
            warningiserror=True,
        )  # fmt: skip
        app.builder.read()
    return app


def protected(corpus: Corpus, name: str, statement: str) -> None:
    """Give a source of the village other rights."""
    rights = Rights(status=RightsStatus.QUOTED, statement=statement)
    corpus.sources[name] = corpus.sources[name].model_copy(update={"rights": rights})


def test_sources_stand_under_the_statement_that_they_share() -> None:
    corpus = village()
    protected(corpus, "memoir", "The widow’s,\n  and quoted.")
    protected(corpus, "trifle", "The widow’s, and quoted.")
    found = [
        (status, [(said, [source.id for source in sources]) for said, sources in statements])
        for status, statements in by_rights(corpus)
    ]
    assert found == [
        (RightsStatus.PUBLIC_DOMAIN, [("Invented for a test.", ["minutes", "complaint"])]),
        (RightsStatus.QUOTED, [("The widow’s, and quoted.", ["trifle", "memoir"])]),
    ]


def test_the_directive_lists_and_is_read_again_when_a_record_changes(tmp_path: Path) -> None:
    app = read(tmp_path, "# Rights\n\n:::{rights}\n:::\n")
    assert len(list(app.env.get_doctree("book/about").findall(RightsList))) == 1
    assert any("speech.yml" in path for path in app.env.dependencies["book/about"])


def test_a_book_speaks_of_itself_by_its_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_REPOSITORY", "https://forge.example/parish/trials.git")
    names = ["title", "author", "edition", "date", "year", "id", "repository"]
    app = read(tmp_path, "# About\n\n" + " | ".join(f"{{book}}`{name}`" for name in names) + "\n")
    paragraph = next(iter(app.env.get_doctree("book/about").findall(nodes.paragraph)))
    assert paragraph.astext().split(" | ")[:-1] == [
        "A Book: of Trials", "The parish", "second edition", "2 May 1912", "1912", "trials",
    ]  # fmt: skip
    assert next(iter(paragraph.findall(nodes.reference)))["refuri"] == "https://forge.example/parish/trials"


def test_records_are_counted(tmp_path: Path) -> None:
    text = "# About\n\n{count}`source` {count}`quotation wording=checked` {count}`source rights.status=official`\n"
    app = read(tmp_path, text)
    paragraph = next(iter(app.env.get_doctree("book/about").findall(nodes.paragraph)))
    assert paragraph.astext() == "1 1 0"


@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("{book}`titel`", "the book says nothing of 'titel'. Nearest known: title"),
        ("{count}`sauce`", "'sauce' is no kind of record"),
        ("{count}`source colour=red`", "a source has no field 'colour'"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, role: str, says: str) -> None:
    with pytest.raises(SphinxWarning, match=says):
        read(tmp_path, f"# About\n\n{role}\n")


def test_the_books_own_page_has_every_source_once(html: Path, root: Path) -> None:
    page = (html / "book" / "about" / "rights.html").read_text(encoding="utf-8")
    for name in Book(root).read()[0].sources:
        assert page.count(f"sources/{name}.html") == 1, name
