"""Each type's cases as they are shown: the form without a script, the form to write on, the key.

Beside a case stand `<name>.html`, `<name>.form.txt` and `<name>.key.txt`: what it must give, letter for letter.
After a change that was meant, `BOOK_GOLDEN=write pytest tests/test_exercise_forms.py` writes them anew; read the
difference before it is committed. CI never writes.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from essaybook.corpus import Corpus
from essaybook.exercises import types
from essaybook.exercises.form import inner
from essaybook.exercises.payload import payload
from essaybook.pdf.exercises import FOLDER, SOURCE, shared
from village import CASES, read, village

WRITE = os.environ.get("BOOK_GOLDEN") == "write" and not os.environ.get("CI")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return village()


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the types' print forms can be set, as the builder lays it out."""
    folder = tmp_path_factory.mktemp("sheets")
    shutil.copytree(SOURCE.parent / "pdf" / "template", folder, dirs_exist_ok=True)
    shared(folder / FOLDER, types.TYPES)
    return folder


def held(path: Path, found: str) -> None:
    if WRITE:
        path.write_text(found, encoding="utf-8")
    assert path.exists(), f"no {path.name} beside the case: write it with BOOK_GOLDEN=write, and read it"
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_page_form_is_the_one_held(corpus: Corpus, path: Path) -> None:
    html = inner(read(path), corpus, lambda kind, name: f"#{kind}-{name}")
    held(path.with_suffix(".html"), re.sub(r">\s*\n\s*", ">\n", str(html)) + "\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_printed_form_and_the_key_are_the_ones_held(corpus: Corpus, sheets: Path, path: Path) -> None:
    exercise = read(path)
    record = json.dumps(payload(exercise, corpus), ensure_ascii=False)
    (sheets / "record.json").write_text(record, encoding="utf-8")
    own = f"{FOLDER}/{types.folder(exercise.type).name}/print.typ"
    for part in ("form", "key"):
        page = "#set page(width: 160mm, height: auto)\n#set figure(supplement: none)"
        text = f'#import "{own}" as own\n{page}\n#own.{part}(json("record.json"))\n'
        (sheets / "one.typ").write_text(text, encoding="utf-8")
        pdf, warnings = typst.compile_with_warnings(
            str(sheets / "one.typ"), root=str(sheets), ignore_system_fonts=True, sys_inputs={"format": "a4"}
        )
        assert warnings == []
        assert isinstance(pdf, bytes)
        words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        held(path.with_suffix(f".{part}.txt"), re.sub(r"[ \t]+", " ", words).strip() + "\n")


def test_the_key_says_what_the_form_leaves_open() -> None:
    """The reasons stand in the key; the form asks and does not tell."""
    for path in CASES:
        form, key = (path.with_suffix(f".{part}.txt").read_text(encoding="utf-8") for part in ("form", "key"))
        exercise = read(path)
        given = {note.text for note in getattr(exercise, "known", [])}  # a decision's circumstances are told to all
        told = [note.text for note in exercise.notes() if len(note.text.split()) > 3 and note.text not in given]
        bare = {name: re.sub(r"\W+", "", words) for name, words in (("form", form), ("key", key))}
        said = [re.sub(r"\W+", "", text) for text in told]
        assert [text for text in said if text in bare["form"]] == [], path
        if said:
            assert any(text in bare["key"] for text in said), path
