"""The timeline's controls: a year, its months, a person, a theme; by key and touch; in the address; and without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from essaybook.build import Book
from essaybook.corpus import Corpus

TIMELINE = "book/reference/timeline.html"
SHOWN = ".events > li:visible"


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


def test_without_javascript_every_event_is_there_and_no_control(browser: Browser, html: Path, corpus: Corpus) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((html / TIMELINE).as_uri())
    assert page.locator(SHOWN).count() == len(corpus.events)
    assert not page.locator("form.zoom").is_visible()
    context.close()


def test_the_controls_narrow_the_list_and_the_address_keeps_them(page: Page, html: Path, corpus: Corpus) -> None:
    page.goto((html / TIMELINE).as_uri())
    assert page.locator(SHOWN).count() == len(corpus.events)
    page.get_by_label("Person").select_option("trotsky")
    page.get_by_label("Theme").select_option("troika")
    fitting = [e for e in corpus.events.values() if "trotsky" in e.people and "troika" in e.themes]
    assert 0 < len(fitting) < len(corpus.events)
    assert page.locator(SHOWN).count() == len(fitting)
    assert page.evaluate("location.hash") == "#who=trotsky&theme=troika"
    page.get_by_role("button", name="Show all").click()
    assert page.locator(SHOWN).count() == len(corpus.events)
    assert page.evaluate("location.hash") == ""


def test_years_open_into_months_by_the_keyboard(page: Page, html: Path) -> None:
    page.goto((html / TIMELINE).as_uri())
    page.locator("input[name=year][value='1922']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=year][value='1923']")).to_be_checked()
    assert page.locator("section.year:visible h2").all_inner_texts() == ["1923"]
    year = page.locator(SHOWN).count()
    page.get_by_role("radio", name="Mar, ").press("Space")
    assert 0 < page.locator(SHOWN).count() < year
    for time in page.locator(f"{SHOWN} time").all():
        assert (time.get_attribute("datetime") or "").startswith(("1923-03", "1923-02"))
    assert page.evaluate("location.hash") == "#year=1923&month=03"


def test_a_choice_in_an_address_is_understood_and_nonsense_is_not(page: Page, html: Path, corpus: Corpus) -> None:
    page.goto((html / TIMELINE).as_uri() + "#year=1924&theme=funeral")
    assert set(page.locator("section.year:visible h2").all_inner_texts()) == {"1924"}
    expect(page.get_by_label("Theme")).to_have_value("funeral")
    page.goto("about:blank")
    page.goto((html / TIMELINE).as_uri() + "#year=0&who=<b>&theme=")
    assert page.locator(SHOWN).count() == len(corpus.events)


def test_a_persons_entry_leads_to_their_events(page: Page, html: Path, corpus: Corpus) -> None:
    page.goto((html / "book/reference/people.html").as_uri())
    events = [event for event in corpus.events.values() if "krupskaya" in event.people]
    page.locator("#person-krupskaya").get_by_role("link", name=f"{len(events)} event").click()
    page.wait_for_url("**/timeline.html#who=krupskaya")
    assert page.locator(SHOWN).count() == len(events)


def test_a_place_in_the_list_is_shown_whatever_was_chosen(page: Page, html: Path, corpus: Corpus) -> None:
    page.goto((html / TIMELINE).as_uri() + "#year=1924")
    assert not page.locator("#event-c1922-04-03").is_visible()
    page.evaluate("location.hash = 'event-c1922-04-03'")
    expect(page.locator("#event-c1922-04-03")).to_be_in_viewport()
    assert page.locator(SHOWN).count() == len(corpus.events)


def test_a_finger_can_choose(phone: Page, html: Path) -> None:
    phone.goto((html / TIMELINE).as_uri())
    target = phone.locator("input[name=year][value='1928']")
    box = target.bounding_box()
    assert box
    assert box["width"] >= 40
    assert box["height"] >= 44
    target.tap()
    assert phone.locator("section.year:visible h2").all_inner_texts() == ["1928"]
