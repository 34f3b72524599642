"""What a printed document is made of, and that it is made again when any of it has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from essaybook.pdf import compiler
from essaybook.pdf.compiler import Compiler
from essaybook.pdf.keys import PrintError

HEAD = '#set document(title: "T")\n#set text(font: "Libertinus Serif", lang: "en")\n'


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that Typst was asked for."""
    seen: list[str] = []
    typeset = compiler._typeset

    def counted(document: Path, inputs: dict[str, str]) -> bytes:
        seen.append(document.name)
        return typeset(document, inputs)

    monkeypatch.setattr(compiler, "_typeset", counted)
    return seen


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document with a template, which has a picture."""
    (tmp_path / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "t.typ").write_text('#let dot = image("../dot.svg", alt: "a dot")\n', "utf-8")
    path = tmp_path / "book.typ"
    path.write_text(
        f'{HEAD}#import "parts/t.typ": *\nA word #dot #sys.inputs.at("ink", default: "red")\n', "utf-8"
    )
    return path


def test_the_same_is_not_made_twice(document: Path, made: list[str]) -> None:
    first = Compiler(document.parent).typeset(document)
    again = Compiler(document.parent).typeset(document)
    assert first == again
    assert first.startswith(b"%PDF")
    assert made == ["book.typ"]


@pytest.mark.parametrize("name", ["book.typ", "parts/t.typ", "dot.svg"])
def test_what_it_names_makes_it_new(document: Path, made: list[str], name: str) -> None:
    Compiler(document.parent).typeset(document)
    path = document.parent / name
    path.write_text(
        path.read_text("utf-8").replace("word", "weird").replace('"9"', '"8"').replace("a dot", "dot"), "utf-8"
    )
    changed = Compiler(document.parent).typeset(document)
    assert made == ["book.typ"] * 2
    assert Compiler(document.parent).typeset(document) == changed


def test_what_is_asked_makes_it_new(document: Path, made: list[str]) -> None:
    kept = Compiler(document.parent)
    assert kept.typeset(document) != kept.typeset(document, ink="black")
    assert len(kept.typeset(document, packed=True)) < len(kept.typeset(document))
    assert made == ["book.typ"] * 3


def test_what_a_build_did_not_use_is_forgotten(document: Path, made: list[str]) -> None:
    first = Compiler(document.parent)
    first.typeset(document, ink="black")
    first.typeset(document)
    second = Compiler(document.parent)
    second.typeset(document)
    second.tidy()
    Compiler(document.parent).typeset(document)
    assert made == ["book.typ"] * 2
    Compiler(document.parent).typeset(document, ink="black")
    assert made == ["book.typ"] * 3


def test_what_fails_is_not_kept(document: Path, made: list[str]) -> None:
    document.write_text(HEAD + "#nothing-of-that-name\n", "utf-8")
    for _ in range(2):
        with pytest.raises(PrintError, match=r"book\.typ: .*unknown variable"):
            Compiler(document.parent).typeset(document)
    assert made == ["book.typ"] * 2
