"""Labs: their controls and parts, their forms without a kernel, their notebooks, and a reader at a real server."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docutils.utils import new_document
from playwright.sync_api import Browser, Locator, Page

import essaybook
from essaybook import labs
from essaybook.address import launch
from essaybook.corpus import load
from essaybook.labs.explore import BUILD, MIME, Explore, plain
from essaybook.labs.explore import html as form
from essaybook.labs.notebook import notebook, prose, write
from essaybook.pages.nodes import ExerciseBlock
from essaybook.web.live import live, path_of
from notebook_server import Cells, serving
from village import village

ROOT = Path(__file__).resolve().parent.parent
LABS = sorted((ROOT / "book" / "labs").glob("*.md"))


def drawn(year: int) -> Any:
    figure = labs.figure()
    figure.subplots().plot([1920, year], [1, 2], color=labs.RED, marker="o", label="sheep")
    return [
        f"In {year} they counted & wrote <it> down.",
        labs.chart(figure, title="More sheep", alt="A line that rises.", table=(["Year", "Sheep"], [[year, 12000.0]])),
    ]


@pytest.fixture(autouse=True)
def alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """No build is under way, whatever a test before this one began and never ended."""
    monkeypatch.delenv(BUILD, raising=False)


def sheep() -> Explore:
    return labs.explore(
        drawn,
        name="sheep",
        says="Move the year.",
        year=labs.slider("Year", 1920, 1930, start=1924),
        states=[{}, {"year": 1928, "caption": "After the flood."}],
    )


# ---------------------------------------------------------------- without a kernel


def test_without_a_kernel_it_says_what_would_move_and_shows_a_few_states() -> None:
    text = form(sheep().lab)
    assert "a slider, “Year”, from 1920 to 1930" in text
    assert "Here stand two states." in text
    assert text.count("<details class=\"lab-state\"") == 2
    assert text.count("<details class=\"lab-state\" open>") == 1
    assert "After the flood." in text
    assert "counted &amp; wrote &lt;it&gt; down" in text
    assert "<td>12,000</td>" in text
    for refused in ("<style", "<script", "onclick", " object at 0x"):
        assert refused not in text
    words = plain(sheep().lab)
    assert "Year: 1928" in words
    assert "A line that rises." in words


def test_ids_stand_once_and_lead_somewhere() -> None:
    text = form(sheep().lab)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", text)) <= set(ids)


def test_a_chart_is_the_same_at_every_run_and_takes_the_colours_of_the_page() -> None:
    first, again = sheep().lab, sheep().lab
    assert first == again
    part = first["states"][0]["parts"][1]
    assert labs.RED in part["svg"]
    assert "metadata" not in part["svg"]
    on_page = ET.fromstring(re.search(r"<svg.*?</svg>", form(first), re.S)[0])  # type: ignore[index]
    assert on_page.get("aria-label") == "A line that rises."
    assert f"var(--red,{labs.RED})" in ET.tostring(on_page, encoding="unicode")


def test_a_build_makes_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUILD, "1")
    data = sheep()._repr_mimebundle_()
    assert set(data) == {"text/plain", MIME}
    assert json.loads(json.dumps(data[MIME])) == data[MIME]


def test_a_chart_without_words_of_its_own_is_refused() -> None:
    with pytest.raises(labs.Amiss, match="do not see it"):
        labs.chart(labs.figure(), title="More sheep", alt="More sheep", table=(["a"], []))


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: labs.slider("Year", 1920, 1930, start=1900), "1900 is not on it"),
        (lambda: labs.slider("Year", 1930, 1920), "nowhere to move"),
        (lambda: labs.choice("Who", []), "nothing to choose"),
        (lambda: labs.choice("Who", ["a"], start="b"), "no choice b"),
        (lambda: labs.several("Who", ["a"], start=[]), "Choose one at least"),
        (lambda: labs.switch("On", start="yes"), "not yes"),  # type: ignore[arg-type]
        (lambda: labs.text("Word", start=" "), "Type a word"),
        (lambda: labs.explore(drawn, name="No Slug", says="", states=[{}], year=labs.slider("Y", 1, 2)), "no slug"),
        (lambda: labs.explore(drawn, name="sheep", says="", states=[{}]), "needs a control"),
        (lambda: labs.explore(drawn, name="sheep", says="", states=[{"yaer": 1}], year=labs.slider("Y", 1, 2)).lab, "no control called yaer"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_met_with_a_sentence(made: Any, says: str) -> None:
    with pytest.raises(labs.Amiss, match=says) as caught:
        made()
    assert str(caught.value).endswith(".")


def test_a_sentence_takes_the_place_of_a_traceback(tmp_path: Path) -> None:
    code = "from essaybook import labs\nlabs.slider('Year', 2, 1)"
    found = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", code],
        capture_output=True, text=True, check=False, env=os.environ | {"IPYTHONDIR": str(tmp_path)},
    )  # fmt: skip
    assert found.stdout.strip() == "“Year” goes from 2 to 1, which leaves nowhere to move it."


# ---------------------------------------------------------------- widgets, without a browser


def shown(box: Any) -> str:
    return str(box.children[-1].outputs[0]["data"]["text/html"])


def test_a_control_that_is_moved_changes_what_is_shown() -> None:
    box = sheep().box
    assert "In 1924" in shown(box)
    box.children[0].value = 1929
    assert "In 1929" in shown(box)
    assert "In 1924" not in shown(box)
    box.children[0].value = 4000  # ipywidgets keep it on the slider
    assert "In 1930" in shown(box)


def test_nothing_chosen_is_met_with_a_sentence() -> None:
    explore = labs.explore(
        lambda who: f"{len(who)} of them", name="who", says="Choose.", who=labs.several("Who", ["a", "b"]), states=[{}]
    )
    assert "2 of them" in shown(explore.box)
    explore.box.children[0].value = ()
    assert "Choose one at least." in shown(explore.box)


def test_live_the_widget_comes_with_its_static_forms() -> None:
    data = sheep()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "After the flood." in data["text/html"]
    assert "object at 0x" not in str(data)


# ---------------------------------------------------------------- figures as frames


def test_a_table_of_figures_comes_with_its_units_and_sources() -> None:
    frame = essaybook.data("fair", corpus=ROOT / "tests" / "village")
    with (ROOT / "tests/village/figures/fair.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(frame.index) == [row["id"] for row in rows]
    assert [str(day.year) for day in frame["day"]] == [row["date"][:4] for row in rows]
    assert frame.attrs["units"] == {row["series"]: row["unit"] for row in reversed(rows)}
    assert all(frame.attrs["sources"].values())
    assert frame.attrs["title"]


def test_every_table_of_the_book_is_a_frame() -> None:
    package = json.loads((ROOT / "book/corpus/figures/datapackage.json").read_text(encoding="utf-8"))
    for raw in package["resources"]:
        frame = essaybook.data(raw["name"], corpus=ROOT / "book" / "corpus")
        assert len(frame)
        assert set(frame.attrs["units"]) == set(frame["series"])
        assert frame.attrs["licence"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id,series", "id,serie", "lacks what every table .* series"),
        (",241591,", ",a hundred,", "can no longer be read"),
        (",1912,", ",long ago,", "can no longer be read"),
        ("\n.*", "\n", "holds no rows"),
    ],
)
def test_a_table_that_was_edited_wrongly_is_met_with_a_sentence(tmp_path: Path, old: str, new: str, says: str) -> None:
    shutil.copytree(ROOT / "tests" / "village", tmp_path / "corpus")
    path = tmp_path / "corpus/figures/fair.csv"
    text = path.read_text(encoding="utf-8")
    edited = re.sub(old, new, text, count=1, flags=re.S)
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    with pytest.raises(labs.Amiss, match=says):
        essaybook.data("fair", corpus=tmp_path / "corpus")


def test_a_table_that_is_not_there_is_met_with_those_that_are() -> None:
    with pytest.raises(labs.Amiss, match="fair"):
        essaybook.data("unfair", corpus=ROOT / "tests" / "village")


# ---------------------------------------------------------------- notebooks


@pytest.fixture(scope="module")
def records() -> Any:
    return load(ROOT / "book" / "corpus")[0]


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_a_labs_notebook_is_clean(path: Path, records: Any) -> None:
    text = notebook(path, records)
    assert text == notebook(path, records)
    made = json.loads(text)
    first = next(cell for cell in made["cells"] if cell["cell_type"] == "code")
    assert any("labs.explore(" in line for line in first["source"])
    assert all(cell["outputs"] == [] for cell in made["cells"] if cell["cell_type"] == "code")
    words = "".join(line for cell in made["cells"] if cell["cell_type"] == "markdown" for line in cell["source"])
    assert words.startswith("# ")
    for mark in (":::", "{#", "{fig}", "`", "](", "[^"):
        assert mark not in words


def test_roles_become_the_words_that_they_print() -> None:
    event = next(iter(village().events.values()))
    text = f"{{#vi-1}}\nOn {{date}}`{event.id}`, {{event}}`a vote <{event.id}>`, see [there](there.md).\n"
    assert prose(text, village()) == f"On {event.when}, a vote, see there."


def test_notes_are_called_by_their_names() -> None:
    text = "They voted.[^vote]\n\n[^vote]: By show of hands.\n"
    assert prose(text, village()) == "They voted. (note “vote”)\n\n- **Note “vote”.** By show of hands."


def test_notebooks_that_a_reader_changed_stay(tmp_path: Path, records: Any) -> None:
    paths = write(ROOT / "book", tmp_path, records)
    chapters = {exercise.chapter for exercise in records.exercises.values()}
    assert {path.stem for path in paths} == {path.stem for path in LABS} | {f"exercises-{name}" for name in chapters}
    paths[0].write_text("mine", encoding="utf-8")
    write(ROOT / "book", tmp_path, records)
    assert paths[0].read_text(encoding="utf-8") == "mine"


# ---------------------------------------------------------------- Binder


def test_binder_asks_for_what_the_lock_has() -> None:
    lock = (ROOT / "locks" / "book.lock").read_text(encoding="utf-8")
    asked = re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "binder" / "requirements.txt").read_text(), re.M)
    assert asked
    for name, version in asked:
        assert re.search(rf"^{name}=={re.escape(version)}[ ;]", lock, re.M), name


def test_binder_makes_the_notebooks_that_launch_links_open() -> None:
    assert (ROOT / "binder/runtime.txt").read_text().strip() in {"python-3.11", "python-3.12", "python-3.13"}
    build = ROOT / "binder/postBuild"
    assert os.access(build, os.X_OK)
    assert "python -m essaybook.labs labs" in build.read_text()
    link = launch("https://github.com/some/book", "labs/party-in-numbers.ipynb")
    assert link == "https://mybinder.org/v2/gh/some/book/HEAD?urlpath=lab%2Ftree%2Flabs%2Fparty-in-numbers.ipynb"


def test_repo2docker_takes_what_stands_in_the_folder(tmp_path: Path) -> None:
    """It prints how it would build the image, and builds nothing: that needs Docker."""
    shutil.copytree(ROOT / "binder", tmp_path / "binder")
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    command = [str(Path(sys.executable).with_name("jupyter-repo2docker")), "--no-build", "--debug", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    version = (ROOT / "binder/runtime.txt").read_text().strip().removeprefix("python-")
    assert f"Building conda environment for python={version}\n" in said
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in said
    assert "RUN ./binder/postBuild" in said


def test_a_lab_says_where_it_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    book: Any = SimpleNamespace(srcdir=ROOT)
    for name in ("BOOK_REPOSITORY", "GITHUB_REPOSITORY", "CI_PROJECT_URL", "BOOK_HUB"):
        monkeypatch.delenv(name, raising=False)
    at_home = live(book, "book/labs/party-in-numbers")
    assert at_home.links == []
    assert "make labs" in at_home.words
    assert at_home.notebook == "../../downloads/labs/party-in-numbers.ipynb"
    monkeypatch.setenv("BOOK_REPOSITORY", "https://github.com/some/book")
    (way,) = live(book, "book/labs/party-in-numbers").links
    assert way.href.endswith("labs%2Fparty-in-numbers.ipynb")
    monkeypatch.setenv("BOOK_HUB", "https://hub.school.example/")
    first, second = live(book, "book/labs/party-in-numbers").links
    assert first.href == "https://hub.school.example/hub/user-redirect/lab/tree/labs/party-in-numbers.ipynb"
    assert second == way


def test_a_page_launches_its_lab_or_the_exercises_of_its_chapter(records: Any) -> None:
    book: Any = SimpleNamespace(
        env=SimpleNamespace(metadata={"book/labs/sheep": {"opener": {"lab": True}}}),
        essaybook=records,
    )
    page = new_document("page")
    assert path_of(book, "book/labs/sheep", page) == "labs/sheep.ipynb"
    assert path_of(book, "book/about/rights", page) is None
    page += ExerciseBlock(record=next(iter(records.exercises)))
    chapter = next(iter(records.exercises.values())).chapter
    assert path_of(book, "book/practice/any", page) == f"labs/exercises-{chapter}.ipynb"


# ---------------------------------------------------------------- in the book


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_a_labs_page_stands_without_a_kernel(html: Path, path: Path, records: Any) -> None:
    page = (html / f"book/labs/{path.stem}.html").read_text(encoding="utf-8")
    assert page.count('class="lab-static"') == path.read_text(encoding="utf-8").count("labs.explore(")
    assert page.count("<svg") > page.count('class="lab-static"')
    assert page.count('class="chart-table"') == page.count('class="lab-svg"') > 0
    for refused in ("object at 0x", "widget-view", "widget-state", "<style", "blob:"):
        assert refused not in page
    taken = (html / f"downloads/labs/{path.stem}.ipynb").read_text(encoding="utf-8")
    assert taken == notebook(path, records)
    assert f"downloads/labs/{path.stem}.ipynb" in page


def test_print_tells_what_would_move_and_shows_it(printed: dict[str, list[str]]) -> None:
    words = "".join(printed["book.pdf"])
    told = sum(path.read_text(encoding="utf-8").count("labs.explore(") for path in LABS)
    assert re.sub(r"\s", "", words).count("Inalivecopythereis") == told
    assert "object at 0x" not in words


# ---------------------------------------------------------------- as a reader launches them


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The folder as Binder has it. ``BOOK_LAB_PYTHON`` names a Python with only what Binder installs."""
    home = tmp_path_factory.mktemp("live")
    folder = home / "jovyan"
    shutil.copytree(ROOT / "book", folder / "book", ignore=shutil.ignore_patterns("exercises"))
    shutil.copytree(ROOT / "book/corpus/exercises", folder / "book/corpus/exercises")
    python = os.environ.get("BOOK_LAB_PYTHON", sys.executable)
    path = {"PYTHONPATH": str(ROOT / "src"), BUILD: ""}
    for way in ("lab", "not"):  # each way in has its own files: the server keeps one kernel to a file
        command = [python, "-m", "essaybook.labs", f"labs-{way}"]
        subprocess.run(command, cwd=folder, check=True, env=os.environ | path)
    with serving(folder, home, python, **path) as address:
        yield address


def output(cell: Locator) -> str:
    return cell.locator(".jp-OutputArea-output .widget-output, .jupyter-widgets.widget-output").first.inner_html()


def moved(page: Page, cell: Locator, act: Any) -> None:
    """Do something to a control and wait until its cell shows something else."""
    before = output(cell)
    act()
    end = 60
    while output(cell) == before:
        page.wait_for_timeout(250)
        end -= 0.25
        assert end > 0, "nothing changed"


def drag(page: Page, handle: Locator) -> None:
    """Draw a slider's handle to the right. Notebook 7 keeps the arrow keys for its own cells."""
    handle.scroll_into_view_if_needed()
    at = handle.bounding_box()
    assert at
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("way", ["lab/tree", "notebooks"])
@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_every_control_of_a_lab_moves_what_it_should(server: str, browser: Browser, path: Path, way: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 30_000})
    page = context.new_page()
    page.set_default_timeout(90_000)
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith((server, "data:", "blob:", server.replace("http", "ws"))) else None)  # fmt: skip
    cells = Cells(page)
    cells.open(f"{server}/{way}/labs-{way[:3]}/{path.stem}.ipynb")
    cells.run_all()

    controls = 0
    for n in range(cells.all.count()):
        cell = cells.all.nth(n)
        if not cell.locator(".widget-vbox").count():
            continue
        # Boxes first: some hide the answer until they are ticked.
        for box in cell.locator("input[type=checkbox]").all():
            moved(page, cell, box.click)
            controls += 1
        for handle in cell.locator(".noUi-handle").all():
            moved(page, cell, lambda handle=handle: drag(page, handle))
            controls += 1
        for chosen in cell.locator("select:not([multiple])").all():
            at = chosen.evaluate("e => e.selectedIndex")
            moved(page, cell, lambda chosen=chosen, at=at: chosen.select_option(index=0 if at else 1))
            controls += 1
        for many in cell.locator("select[multiple]").all():
            moved(page, cell, lambda many=many: many.select_option(index=[0]))
            controls += 1
        for words in cell.locator(".widget-text input").all():
            moved(page, cell, lambda words=words: (words.fill("party"), words.press("Enter")))
            controls += 1
    assert controls >= 4
    assert page.locator("[data-mime-type='application/vnd.jupyter.error'], .jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0  # fmt: skip
    assert strangers == []
    context.close()


def test_the_exercises_of_a_chapter_run_in_one_notebook(server: str, browser: Browser, records: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 30_000})
    page = context.new_page()
    page.set_default_timeout(90_000)
    cells = Cells(page)
    cells.open(f"{server}/lab/tree/labs-lab/exercises-troika.ipynb")
    cells.run_all()
    for exercise in records.exercises.values():
        if exercise.chapter == "troika":
            page.locator(f'[data-exercise="{exercise.id}"][data-state="ready"]').wait_for()
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    context.close()
