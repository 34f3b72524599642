"""An exercise in a real notebook server: opened, run, answered in the browser, read in a cell."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from notebook_server import Cells, serving

CASE = Path(__file__).parent / "cases" / "clean" / "exercise" / "book"


def notebook(*cells: str) -> str:
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
            "cells": [
                {
                    "id": f"c{i}",
                    "cell_type": "code",
                    "metadata": {},
                    "source": text,
                    "outputs": [],
                    "execution_count": None,
                }
                for i, text in enumerate(cells)
            ],
        }
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("jupyter")
    text = notebook(
        f"from essaybook.widgets import exercise\nw = exercise('library', corpus={str(CASE / 'corpus')!r}, certainty=True)",
        "heard = []\nw.observe(lambda change: heard.append(change['new']), 'score')\nw",
        "from ipywidgets import IntSlider, VBox, jslink\ns = IntSlider(max=3)\n"
        "link = jslink((w, 'certainty'), (s, 'value'))\nVBox([w, s])",
        "print('read', w.response['picks'], w.score, w.certainty, w.checked, heard)",
        "w.response = {'picks': ['school'], 'because': ''}",
    )
    for way in ("lab", "not"):  # each way in has its own file: the server keeps one kernel to a file
        (folder / f"trial-{way}.ipynb").write_text(text, encoding="utf-8")
    with serving(folder, folder, PYTHONPATH=str(root / "src")) as address:
        yield address


@pytest.mark.parametrize("way", ["lab/tree", "notebooks"])
def test_an_exercise_is_answered_in_a_notebook_and_read_in_a_cell(
    server: str, browser: Browser, way: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    page = context.new_page()
    page.set_default_timeout(90_000)
    cells = Cells(page)
    cells.open(f"{server}/{way}/trial-{way[:3]}.ipynb")

    cells.run(0)
    cells.run(1)
    shown = cells.all.nth(1).locator(".exercise")
    shown.locator("form").wait_for()
    assert shown.get_attribute("data-state") == "ready"
    cells.run(2)
    second = cells.all.nth(2).locator(".exercise")
    second.locator("form").wait_for()

    shown.locator("input[value=library]").check()
    shown.locator("[data-sure='2']").click()
    shown.locator("button[data-action=check]").click()
    assert "The minutes say so." in shown.locator("[data-feedback]").inner_text()
    # The other view of the same widget follows, and so does the slider linked to it.
    second.locator("input[value=library]:checked").wait_for()
    assert "The minutes say so." in second.locator("[data-feedback]").inner_text()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.widget-readout')].some((e) => e.textContent.trim() === '2')"
    )

    cells.run(3)
    out = cells.all.nth(3).locator(".jp-OutputArea-output")
    out.get_by_text("read").wait_for()
    assert out.inner_text().strip() == "read ['library'] 1.0 2 True [1.0]"

    # What a cell sets is shown, and is not yet checked.
    cells.run(4)
    shown.locator("input[value=school]:checked").wait_for()
    context.close()


def test_without_a_notebook_a_widget_is_its_lines_and_its_form() -> None:
    from essaybook.widgets import exercise, find

    assert find(CASE.parent / "book" / "corpus") == CASE / "corpus"
    widget = exercise("library", corpus=CASE / "corpus")
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"].splitlines() == [
        "Choose: Why did the village vote as it did on 2 May 1921?",
        "[ ] Because of the library.",
        "[ ] Because of the school.",
    ]
    assert "<details" in data["text/html"]
    assert "The minutes say so." in data["text/html"]
    assert "<button" not in data["text/html"]
    assert "<script" not in data["text/html"]
    assert "object at" not in str(data)


def test_a_name_that_nobody_gave_is_met_with_the_nearest() -> None:
    from essaybook.corpus.corpus import UnknownRecord
    from essaybook.widgets import exercise

    with pytest.raises(UnknownRecord, match="library"):
        exercise("libary", corpus=CASE / "corpus")


def test_where_there_is_no_book_it_says_so(tmp_path: Path) -> None:
    from essaybook.widgets import PACKAGED, NoBook, find

    if PACKAGED.is_dir():
        pytest.skip("this installation carries a book")
    with pytest.raises(NoBook, match="corpus="):
        find(tmp_path)


def test_importing_the_package_stays_light() -> None:
    code = "import sys, essaybook; print([m for m in ('anywidget', 'ipywidgets', 'sphinx', 'pydantic', 'pandas', 'matplotlib') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_checking_the_corpus_does_without_sphinx() -> None:
    code = (
        "import sys; from pathlib import Path; from essaybook.corpus import load;"
        f"load(Path({str(CASE / 'corpus')!r}));"
        "print([m for m in ('sphinx', 'anywidget') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
