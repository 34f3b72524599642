"""Charts and collations: what is drawn, told and marked, and that no label leaves its drawing."""

from __future__ import annotations

import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from essaybook import charts
from essaybook.charts.posts import stretch
from essaybook.charts.svg import Form
from essaybook.corpus import Corpus, load
from essaybook.corpus.chart import DayChart, PostChart, VoteChart
from essaybook.corpus.collation import compared
from essaybook.corpus.dates import When
from essaybook.corpus.person import Day, Post

FORMS: list[Form] = ["wide", "narrow", "print"]


@pytest.fixture(scope="module")
def village(root: Path) -> Corpus:
    return load(root / "tests/cases/clean/charts/book/corpus")[0]


@pytest.fixture(scope="module")
def book(root: Path) -> Corpus:
    return load(root / "book/corpus")[0]


def marked(runs: list[tuple[str, bool]]) -> str:
    return " ".join(f"[{words}]" if differs else words for words, differs in runs)


@pytest.mark.parametrize(
    ("left", "right", "ours", "theirs"),
    [
        ("the old mill burned.", "The new mill burned", "the [old] mill burned.", "The [new] mill burned"),
        ("the mill burned", "the mill", "the mill [burned]", "the mill"),
        ("the mill burned down", "nobody ever saw a fire", "the mill burned down", "nobody ever saw a fire"),
        ("", "the mill", "", "the mill"),
    ],
)
def test_words_that_differ_are_marked_where_most_agree(left: str, right: str, ours: str, theirs: str) -> None:
    a, b = compared(left, right)
    assert (marked(a), marked(b)) == (ours, theirs)


def test_a_step_says_its_date_once_and_waits_as_long_as_time_did(village: Corpus) -> None:
    chart = village.charts["story"]
    assert isinstance(chart, DayChart)
    told = list(charts.steps(chart, village))
    assert [(step.when, step.again, step.gap) for step in told] == [("1 May", False, 0.0), ("May", False, 0.0)]
    twice = chart.model_copy(update={"days": [chart.days[0], chart.days[0]]})
    assert [step.again for step in charts.steps(twice, village)] == [False, True]
    later = village.events["one"].model_copy(update={"id": "late", "date": When(1925, 5, 31)})
    village.events["late"] = later
    last = chart.days[0].model_copy(update={"event": "late"})
    assert [s.gap for s in charts.steps(chart.model_copy(update={"days": [chart.days[0], last]}), village)] == [
        0,
        6,
    ]


def test_a_post_is_loose_where_its_dates_are_and_ends_with_a_life(village: Corpus) -> None:
    chart = village.charts["chairs"]
    assert isinstance(chart, PostChart)
    post = Post(title="Chair", start=When(1923), end=When(1926, 5, 2), body="council")
    when = stretch(chart, village, "smith", post)
    assert when.begins == (datetime.date(1923, 1, 1), datetime.date(1923, 12, 31))
    assert when.ends == (datetime.date(1926, 5, 2), datetime.date(1926, 5, 2))
    village.people["smith"] = village.people["smith"].model_copy(update={"died": Day(date=When(1925, 3, 1))})
    assert stretch(chart, village, "smith", post).ends[1] == datetime.date(1925, 3, 1)
    endless = Post(title="Chair", start=When(1923), body="council")
    assert stretch(chart, village, "smith", endless).ends[1] == datetime.date(1925, 3, 1)


def test_a_vote_is_parted_as_it_was_counted(village: Corpus) -> None:
    chart = village.charts["ballot"]
    assert isinstance(chart, VoteChart)
    drawing = ET.fromstring(charts.draw(chart, village, "wide"))
    given, against = (float(bar.get("width", 0)) for bar in drawing.findall("rect"))
    assert given / (given + against) == pytest.approx(12 / 15, abs=0.01)
    assert [text.text for text in drawing.findall("text")] == ["The motion", "for 12", "against 3"]


def test_every_chart_of_the_book_has_its_forms_its_table_and_its_credit(book: Corpus) -> None:
    for chart in book.charts.values():
        header, rows = charts.table(chart, book)
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        assert charts.credit(chart, book)
        if not isinstance(chart, DayChart):
            for form in FORMS:
                ET.fromstring(charts.draw(chart, book, form))


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "name", ["setting/party-without-a-will", "factors/funeral", "factors/lenin-enrolment", "reference/offices"]
)
def test_no_label_leaves_its_drawing(browser: Browser, address: str, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/book/{name}.html", wait_until="networkidle")
    out = page.evaluate(
        """() => [...document.querySelectorAll(".chart-svg")].filter((svg) => svg.clientWidth).flatMap((svg) => {
          const box = svg.viewBox.baseVal;
          return [...svg.querySelectorAll("text")].filter((text) => {
            const at = text.getBBox();
            return at.x < -1 || at.x + at.width > box.width + 1;
          }).map((text) => text.textContent);
        })"""
    )
    context.close()
    assert out == []
