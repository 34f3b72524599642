"""The reader's own pages in a real browser: work handed in and read back, evidence, looking back, erasing."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

HOSTILE = "<img src=x onerror=\"document.title='run'\"></script><script>document.title='run'</script> & “quoted”"


@pytest.fixture(scope="module")
def records(html: Path) -> dict[str, Any]:
    text = (html / "_static" / "essaybook" / "records.js").read_text(encoding="utf-8")
    return dict(json.loads(text.partition("records = ")[2].rstrip().rstrip(";")))


def of_type(records: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [record for record in records.values() if record["type"] == kind]


def answer(record: dict[str, Any], right: bool = True, **more: Any) -> dict[str, Any]:
    """A saved answer to a choice."""
    picks = [option["id"] for option in record["options"] if option["right"] is right][:1]
    response = {"picks": picks, "because": HOSTILE}
    saved = {"certainty": 2, "revealed": False, "score": float(right), "checked": True, "count": 3, "history": []}
    return {"version": record["version"], "response": response, **saved, **more}


def keep(page: Page, work: dict[str, Any]) -> None:
    """Put work into the store as an earlier visit would have."""
    book = page.locator("article").get_attribute("data-book")
    page.evaluate(
        "([book, work]) => { for (const [id, doc] of Object.entries(work)) "
        "localStorage.setItem(`essaybook:${book}:${id}`, JSON.stringify(doc)); }",
        [book, work],
    )


def my_work(page: Page, address: str, work: dict[str, Any] | None = None) -> None:
    page.goto(f"{address}/my-work.html")
    if work:
        keep(page, work)
        page.reload()
    page.locator("[data-study][data-ready]").wait_for()


def saved(page: Page, action: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator(f"[data-action={action}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.fixture
def noted(page: Page) -> Iterator[list[str]]:
    words: list[str] = []
    page.on("pageerror", lambda error: words.append(str(error)))
    page.on("console", lambda message: words.append(message.text) if message.type == "error" else None)
    yield words
    assert words == []


def test_every_record_says_where_it_stands(records: dict[str, Any], html: Path) -> None:
    assert len(records) > 100
    for name, record in records.items():
        assert record["form"], name
        assert record["key"], name
        assert record["heading"], name
        assert f'id="x-{name}"' in (html / f"{record['page']}.html").read_text(encoding="utf-8"), name


def test_a_hand_in_holds_all_and_is_read_back_elsewhere(
    page: Page, browser: Browser, address: str, records: dict[str, Any], noted: list[str], tmp_path: Path
) -> None:
    one, two = of_type(records, "choice")[:2]
    piece = {"kind": "paragraph", "ref": "fu-1", "page": "book/factors/funeral", "text": HOSTILE, "cite": "Cite", "note": "My note", "count": 2}  # fmt: skip
    locker = {"format": 1, "items": {"paragraph:fu-1": piece}}
    my_work(page, address, {one["id"]: answer(one), "locker": locker})
    page.locator("[data-action=html]").click()
    expect(page.locator("#code-said")).to_contain_text("Not your name")
    page.locator("[data-part=code]").fill("7B-12")
    name, content = saved(page, "html")
    text = content.decode()
    assert name.startswith("7B-12-")
    assert re.findall(r"<(?:img|svg|iframe)", text) == []
    assert text.count("<script") == 1
    assert one["prompt"][:20] in text
    found = json.loads(re.findall(r'id="essaybook-work">(.*?)</script>', text, re.S)[0])
    assert found["format"] == 1
    assert found["code"] == "7B-12"
    assert found["work"][one["id"]]["response"]["because"] == HOSTILE
    assert found["locker"]["paragraph:fu-1"]["note"] == "My note"
    # It is read without script, from the disk.
    file = tmp_path / name
    file.write_bytes(content)
    still = browser.new_context(java_script_enabled=False)
    reading = still.new_page()
    reading.goto(file.as_uri())
    expect(reading.locator("article")).to_contain_text("onerror")
    assert reading.title() != "run"
    still.close()
    # A second device has an answer of its own to the same exercise, and another.
    other = browser.new_context()
    there = other.new_page()
    my_work(there, address, {one["id"]: answer(one, False, count=9), two["id"]: answer(two)})
    there.locator("[data-part=file]").set_input_files(str(file))
    expect(there.locator("[data-part=said]")).to_contain_text("1 exercise and 1 piece of evidence opened")
    kept = there.evaluate("Object.fromEntries(Object.entries(localStorage))")
    book = there.locator("article").get_attribute("data-book")
    merged = json.loads(kept[f"essaybook:{book}:{one['id']}"])
    assert merged["count"] == 9
    assert [past["count"] for past in merged["history"]] == [3]
    assert f"essaybook:{book}:{two['id']}" in kept
    expect(there.locator("[data-part=locker]")).to_contain_text("onerror")
    assert there.title().startswith("My work")
    other.close()


def test_a_word_file_and_a_text_say_the_same(
    page: Page, address: str, records: dict[str, Any], noted: list[str]
) -> None:
    one = of_type(records, "choice")[0]
    my_work(page, address, {one["id"]: answer(one, response={"picks": [], "because": "First\nsecond \x07 & <b>"})})
    page.locator("[data-part=code]").fill("A1")
    name, content = saved(page, "docx")
    assert name.endswith(".docx")
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert one["prompt"] in lines
    assert any(line.startswith("First\nsecond") and "<b>" in line for line in lines)
    page.locator("[data-action=text]").click()
    assert one["prompt"] in page.locator("[data-part=text]").input_value()
    assert f"Exercise: {one['id']}." in page.locator("[data-part=text]").input_value()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("nothing", "neither a hand-in nor"), ("{", "damaged"), ("{}", "neither"), ("[" * 200_000, "neither"),
        ('{"format": 1, "book": "another", "work": {}}', "another book"),
        ('{"format": 2, "book": "BOOK", "work": {}}', "later edition"),
        ('<script>document.title="run"</script><script id="essaybook-work">{"format": 1</script>', "damaged"),
        ('{"format": 1, "book": "BOOK", "work": {"__proto__": {"version": 1}, "a": 4, "locker": {"version": 1}}, "locker": {"x": 1}}', "3 could not be read"),
    ],
)  # fmt: skip
def test_what_is_no_hand_in_changes_nothing(
    page: Page, address: str, noted: list[str], content: str, says: str
) -> None:
    my_work(page, address)
    book = page.locator("article").get_attribute("data-book") or ""
    file = {"name": "work.html", "mimeType": "text/html", "buffer": content.replace("BOOK", book).encode()}
    page.locator("[data-part=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("[data-part=said]")).to_contain_text(says)
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.title().startswith("My work")


def test_erasing_asks_first_and_leaves_other_things(page: Page, address: str, records: dict[str, Any]) -> None:
    one = of_type(records, "choice")[0]
    my_work(page, address, {one["id"]: answer(one), "settings": {"certainty": True}})
    page.evaluate("localStorage.setItem('mode', 'dark')")
    page.locator("[data-action=erase]").press("Enter")
    assert page.evaluate("document.activeElement.dataset.action") == "erase-all"
    page.locator("[data-action=erase-not]").click()
    assert len(page.evaluate("Object.keys(localStorage)")) == 3
    page.locator("[data-action=erase]").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=done]")).to_contain_text("Nothing yet")
    assert page.evaluate("Object.keys(localStorage)") == ["mode"]


def test_evidence_is_saved_with_one_press_and_used(
    page: Page, address: str, records: dict[str, Any], noted: list[str]
) -> None:
    page.goto(f"{address}/book/factors/funeral.html")
    page.locator("figure.source [data-action=save-evidence]").first.click()
    page.locator("figure.chart [data-action=save-evidence]").first.click()
    mark = page.locator("p > .mark").first
    mark.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("p > .mark + .save")).to_have_text("✓")
    my_work(page, address)
    shown = page.locator("[data-part=locker] > li")
    expect(shown).to_have_count(3)
    links = page.locator("[data-part=locker] a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    for href in links:
        page.goto(f"{address}/{href}")
        assert page.locator(f"[id='{href.partition('#')[2]}']").count() == 1, href
    my_work(page, address)
    shown.nth(2).locator("textarea").fill("A note")
    page.keyboard.press("Tab")
    page.reload()
    assert shown.nth(2).locator("textarea").input_value() == "A note"
    for kind in ("planner", "diamond", "causal-web"):
        record = of_type(records, kind)[0]
        page.goto(f"{address}/{record['page']}.html")
        box = page.locator(f"#x-{record['id']} .x-locker")
        box.locator("summary").click()
        box.locator("[data-action=use-evidence]").first.click()
        used = page.locator(f"#x-{record['id']} textarea").evaluate_all("all => all.map((a) => a.value).join('')")
        assert used.startswith("“"), kind
    my_work(page, address)
    shown.nth(0).locator("[data-action=drop-evidence]").click()
    expect(shown).to_have_count(2)


def test_looking_back_asks_earlier_chapters_and_spaces_by_rounds(
    page: Page, address: str, records: dict[str, Any], noted: list[str]
) -> None:
    choices = of_type(records, "choice")
    early = choices[0]
    late = next(record for record in reversed(choices) if record["heading"] != early["heading"])
    my_work(page, address, {early["id"]: answer(early, certainty=3), late["id"]: answer(late)})
    page.goto(f"{address}/look-back.html")
    expect(page.locator("section.exercise[data-state=ready]")).to_have_count(1)
    section = page.locator(f"#x-{early['id']}")
    assert section.locator("input:checked").count() == 0
    wrong = next(option["id"] for option in early["options"] if not option["right"])
    section.locator(f"input[value='{wrong}']").check()
    key = f"essaybook:{page.locator('article').get_attribute('data-book')}:"
    assert json.loads(page.evaluate("(key) => localStorage.getItem(key)", key + early["id"]))["count"] == 3
    section.locator("[data-action=check]").click()
    expect(section).to_have_attribute("data-state", "checked")
    now = json.loads(page.evaluate("(key) => localStorage.getItem(key)", key + early["id"]))
    assert now["response"]["picks"] == [wrong]
    assert [past["score"] for past in now["history"]] == [1]
    rounds = json.loads(page.evaluate("(key) => localStorage.getItem(key)", key + "rounds"))
    assert rounds == {"round": 1, "asked": {early["id"]: 1}}
    page.reload()
    expect(page.locator("[data-part=due]")).to_contain_text("Nothing is due")
    keep(page, {"rounds": {**rounds, "round": 3}})
    page.reload()
    expect(page.locator("section.exercise")).to_have_count(1)
    expect(page.locator("[data-part=sure]")).to_contain_text("Certain")


@pytest.mark.parametrize("name", ["my-work.html", "look-back.html"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, address: str, records: dict[str, Any], name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    one = of_type(records, "choice")[0]
    piece = {"kind": "paragraph", "ref": "fu-1", "page": "book/factors/funeral", "text": "Words", "cite": "Cite", "note": "", "count": 1}  # fmt: skip
    my_work(page, address, {one["id"]: answer(one), "locker": {"format": 1, "items": {"paragraph:fu-1": piece}}})
    page.goto(f"{address}/{name}")
    page.locator("[data-study][data-ready]").wait_for()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_store_that_refuses_is_said_and_stops_nothing(context: BrowserContext, address: str) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = context.new_page()
    page.goto(f"{address}/book/factors/funeral.html")
    page.locator("figure.source [data-action=save-evidence]").first.click()
    expect(page.locator("figure.source [data-action=save-evidence]").first).to_have_text("Not kept")
    for name in ("my-work.html", "look-back.html"):
        page.goto(f"{address}/{name}")
        page.locator("[data-study][data-ready]").wait_for()
        expect(page.locator("[data-part=trouble]")).to_contain_text("keeps nothing")
