"""The marking page in a real browser: a class marked by keys, hostile files, what is kept, what is taken away."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

import handins
from essaybook.corpus import load
from essaybook.web import assets, marking
from handins import BOOK, Doc, Record, data, document
from test_node import OPTIONS, node, packages

HOSTILE = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def records(root: Path) -> dict[str, Record]:
    return handins.told(load(root / "book" / "corpus")[0])


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, records: dict[str, Record]) -> str:
    """The page by itself, from the disk."""
    return handins.page_alone(tmp_path_factory.mktemp("marking"), records).as_uri()


def watched(page: Page) -> list[str]:
    """Everything that should not happen: errors, dialogs, requests after the page is there."""
    words: list[str] = []
    page.on("pageerror", lambda error: words.append(str(error)))
    page.on(
        "console", lambda message: words.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("dialog", lambda dialog: (words.append(dialog.message), dialog.dismiss()))
    return words


@pytest.fixture
def desk(page: Page, alone: str) -> Iterator[Page]:
    words = watched(page)
    page.goto(alone)
    page.locator("[data-desk][data-ready]").wait_for()
    yield page
    assert words == []


def put(page: Page, files: dict[str, Any]) -> None:
    """Choose files, and wait until each has become something."""
    before = int(page.locator("[data-desk]").get_attribute("data-opened") or 0)
    chosen: list[Any] = [
        {"name": name, "mimeType": "text/html", "buffer": text if isinstance(text, bytes) else text.encode()}
        for name, text in files.items()
    ]
    page.locator("[data-part=files]").set_input_files(chosen)
    page.locator(f'[data-opened="{before + len(files)}"]').wait_for()


def outcomes(page: Page) -> dict[str, str]:
    """What the list of files says of each."""
    page.locator("[data-view=list-of-files]").click()
    rows = page.locator("[data-part=file-list] tbody tr").evaluate_all(
        "all => all.map((tr) => [tr.children[0].textContent, tr.children[1].textContent])"
    )
    return dict(rows)


def single(text: str) -> str:
    return text.replace("“", "‘").replace("”", "’")


def taken(page: Page, action: str) -> bytes:
    page.locator("[data-view=finish]").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-action={action}]").click()
    return Path(waiting.value.path()).read_bytes()


def kept(page: Page, words: str) -> None:
    """Wait until the browser's store has these words of the marks."""
    for _ in range(100):
        if words in (page.evaluate("localStorage.getItem('essaybook-marking:trial')") or ""):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never kept: {words}")


def of_type(records: dict[str, Record], kind: str) -> Record:
    return next(record for record in records.values() if record["type"] == kind)


def answer(record: Record, response: Any, **more: Any) -> Doc:
    saved = {"certainty": 0, "revealed": False, "score": None, "count": 2, "checked": True, "history": []}
    return {"version": record["version"], "response": response, **saved, **more}


def chosen(record: Record, right: bool = True, **more: Any) -> Doc:
    """An answer to a choice, with the score that its pick is worth."""
    picks = [option["id"] for option in record["options"] if option["right"] is right][:1]
    return answer(record, {"picks": picks, "because": ""}, **{"score": float(right), **more})


# A class.


def test_a_class_of_thirty_is_marked_by_keys_and_taken_away(
    desk: Page, browser: Browser, records: dict[str, Record], tmp_path: Path
) -> None:
    files = handins.class_of(30, records, each=16)
    put(desk, files)
    expect(desk.locator("[data-part=said]")).to_have_text("30 hand-ins opened.")
    desk.locator("[data-view=pupil]").focus()
    desk.keyboard.press("Enter")
    for comment in ("Name the witness.", "Say when.", "Weigh it."):
        desk.locator("[data-part=comment]").focus()
        desk.keyboard.type(comment)
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
    for i in range(30):
        presses = handins.mark_pupil(desk)
        open_ = desk.locator(".answer").count()
        assert presses <= 5 * open_
        desk.keyboard.press("n")
        assert i == 29 or desk.evaluate("document.activeElement.className").startswith("answer")
    answers = sum(
        len(json.loads(text.partition('essaybook-work">')[2].partition("</script>")[0])["work"])
        for text in files.values()
    )
    expect(desk.locator("[data-part=progress]")).to_have_text(f"{answers} of {answers} answers marked.")
    marks = list(csv.reader(io.StringIO(taken(desk, "csv").decode("utf-8-sig"), newline="")))
    assert len(marks) == 31
    assert {len(row) for row in marks} == {len(marks[0])}
    for row in marks[1:]:
        given_ = [float(cell) for cell in row[7:] if cell]
        assert row[2] == row[3] == str(len(given_))
        assert float(row[4]) == sum(given_)
        assert float(row[5]) == 10 * len(given_)
    with zipfile.ZipFile(io.BytesIO(taken(desk, "feedback"))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [f"7B-{n:02d}.html" for n in range(1, 31)]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = archive.read("7B-04.html").decode()
    assert "<script" not in text
    assert "default-src 'none'" in text
    path = tmp_path / "7B-04.html"
    path.write_text(text, encoding="utf-8")
    still = browser.new_context(java_script_enabled=False)
    reading = still.new_page()
    reading.goto(path.as_uri())
    total = next(row for row in marks if row[0] == "7B-04")
    expect(reading.locator("body")).to_contain_text(f"{total[4]} of {total[5]}")
    expect(reading.locator(".said").first).to_have_text("Name the witness.")
    assert reading.locator("article").count() == int(total[2])
    still.close()
    # What was marked is there again when the files are opened again.
    desk.reload()
    expect(desk.locator("[data-part=said]")).to_contain_text("Marks for 30 hand-ins are kept")
    put(desk, files)
    expect(desk.locator("[data-part=progress]")).to_have_text(f"{answers} of {answers} answers marked.")


def test_by_question_everybodys_answers_stand_under_one_key(desk: Page, records: dict[str, Record]) -> None:
    put(desk, handins.class_of(5, records, each=4))
    desk.locator("[data-view=question]").click()
    select = desk.locator("[data-choose]")
    assert select.locator("option").count() == 4
    first = select.input_value()
    codes = desk.locator(".answer").evaluate_all("all => all.map((one) => one.dataset.code)")
    assert codes == sorted(codes)
    assert len(codes) >= 4
    for line in records[first]["key"]:
        expect(desk.locator("[data-part=beside]")).to_contain_text(line)
    # Keys: on through the answers, on to the next question, back; search; out of ten becomes out of four.
    desk.locator(".answer").first.focus()
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement.dataset.code") == codes[1]
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("document.activeElement.dataset.code") == codes[0]
    desk.keyboard.press("n")
    assert select.input_value() != first
    desk.keyboard.press("p")
    assert select.input_value() == first
    most = desk.get_by_label("Marks out of")
    most.fill("4")
    field = desk.locator("[data-of=mark]").first
    field.fill("5")
    expect(desk.locator("#wrong-0")).to_have_text("No more than 4.")
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("3,5")
    expect(desk.locator("#wrong-0")).to_have_text("")
    desk.locator("[data-of=level]").first.select_option("3")
    rows = list(csv.reader(io.StringIO(taken(desk, "csv").decode("utf-8-sig"), newline="")))
    assert rows[1][4:6] == ["3.5", "4"]
    assert rows[1][-2:] == ["3.5", "3"]
    desk.keyboard.press("/")
    desk.keyboard.type("7b-03")
    desk.keyboard.press("Enter")
    assert set(desk.locator(".answer").evaluate_all("all => all.map((one) => one.dataset.code)")) == {"7B-03"}


def test_single_keys_can_be_switched_off(desk: Page, records: dict[str, Record]) -> None:
    put(desk, handins.class_of(2, records, each=3))
    desk.locator("[data-view=pupil]").click()
    desk.keyboard.press("?")
    expect(desk.locator("dialog")).to_be_visible()
    desk.get_by_label("Single keys are on").uncheck()
    desk.keyboard.press("Escape")
    now = desk.locator("[data-choose]").input_value()
    desk.locator(".answer").first.focus()
    for key in ("n", "?", "m", "Shift+S"):
        desk.keyboard.press(key)
    assert desk.locator("[data-choose]").input_value() == now
    assert desk.locator(".answer.is-done").count() == 0
    expect(desk.locator("dialog")).to_be_hidden()
    kept(desk, '"keys":false')
    desk.reload()
    desk.locator("[data-desk][data-ready]").wait_for()
    assert not desk.locator("[data-part=keys]").is_checked()


# The sheet.


def test_the_sheet_counts_what_a_class_can_do_and_where_it_slips(desk: Page, records: dict[str, Record]) -> None:
    one, two = [record for record in records.values() if record["type"] == "choice" and not record["several"]][:2]
    wrong = [option for option in one["options"] if not option["right"]]
    files = {}
    for i in range(5):
        picked = (
            wrong[0 if i < 3 else 1] if i < 4 else next(option for option in one["options"] if option["right"])
        )
        slipped = answer(one, {"picks": [picked["id"]], "because": ""}, score=float(i == 4), certainty=3)
        # Later answers do not count, nor does an answer that was shown: only what was known at first.
        mended = {
            **chosen(one, count=5),
            "history": [
                {key: slipped[key] for key in ("version", "response", "certainty", "revealed", "score", "count")}
            ],
        }
        work = {one["id"]: mended if i == 0 else slipped, two["id"]: chosen(two)}
        files[f"{i}.html"] = document(data(f"A{i}", work))
    files["shown.html"] = document(data("A9", {two["id"]: chosen(two, False, revealed=True, score=None)}))
    put(desk, files)
    strengths, slips, again = [
        [area.input_value() for area in section.locator("textarea").all()]
        for section in desk.locator("[data-part=lists] section").all()
    ]
    assert strengths[0].startswith(
        f"“{single(two['prompt'])}” ({two['heading']}): 5 of 5 wholly right at the first try, 100 of 100"
    )
    assert strengths[1:] == ["", ""]
    assert (
        f"3 of 5 slipped at “{single(wrong[0]['text'].rstrip('.'))}”. They were told: {wrong[0]['feedback']['text']}"
        in slips[0]
    )
    assert slips[1:] == ["", ""]
    assert one["purpose"] in again[0]
    assert "4 were certain and wrong." in again[0]
    expect(desk.locator("[data-part=facts]")).to_contain_text("6 hand-ins, 11 answers.")
    # A teacher's words stay, also over a reload, and are what is printed; one press writes them anew.
    desk.get_by_label("Slip 1").fill("Ask who could know.")
    kept(desk, "Ask who could know.")
    desk.reload()
    put(desk, files)
    assert desk.get_by_label("Slip 1").input_value() == "Ask who could know."
    desk.emulate_media(media="print")
    expect(desk.locator(".printed", has_text="Ask who could know.")).to_be_visible()
    expect(desk.get_by_label("Slip 1")).to_be_hidden()
    desk.emulate_media(media="screen")
    # Another class has a sheet of its own.
    desk.reload()
    put(desk, {"other.html": document(data("B1", {two["id"]: chosen(two)}))})
    assert desk.get_by_label("Slip 1").input_value() == ""
    desk.reload()
    put(desk, files)
    assert desk.get_by_label("Slip 1").input_value() == "Ask who could know."
    desk.locator("[data-action=again]").click()
    assert desk.get_by_label("Slip 1").input_value() == slips[0]


def test_the_sheet_of_a_large_class_is_one_page(desk: Page, records: dict[str, Record]) -> None:
    from pypdf import PdfReader

    put(desk, handins.class_of(30, records, each=40))
    assert all(area.input_value() for area in desk.locator("[data-part=lists] textarea").all())
    assert len(PdfReader(io.BytesIO(desk.pdf(format="A4"))).pages) == 1


def test_a_score_is_worked_out_again(desk: Page, records: dict[str, Record]) -> None:
    one = of_type(records, "choice")
    put(desk, {"forged.html": document(data("A1", {one["id"]: chosen(one, False, score=1.0)}))})
    assert "was another in the file" in outcomes(desk)["forged.html"]
    desk.locator("[data-view=pupil]").click()
    expect(desk.locator(".answer")).to_contain_text("Score: 0 of 100.")
    desk.locator(".answer").focus()
    desk.keyboard.press("s")
    assert desk.locator("[data-of=mark]").input_value() == "0"


# One code, several hand-ins.


def test_hand_ins_of_one_code_stand_side_by_side_and_twins_are_opened_once(
    desk: Page, records: dict[str, Record]
) -> None:
    one = of_type(records, "choice")
    right, wrong = (document(data("A1", {one["id"]: chosen(one, way)})) for way in (True, False))
    put(desk, {"a.html": right, "b.html": wrong, "c.html": right})
    said = outcomes(desk)
    assert said["c.html"] == "Not opened. The same hand-in as a.html: opened once."
    assert "a.html has the same code and other answers" in said["b.html"]
    desk.locator("[data-view=question]").click()
    assert [words.split(")")[0] for words in desk.locator(".answer h3").all_inner_texts()] == [
        "A1 (1 of 2",
        "A1 (2 of 2",
    ]
    with zipfile.ZipFile(io.BytesIO(taken(desk, "feedback"))) as archive:
        assert sorted(archive.namelist()) == ["A1-2.html", "A1.html"]


def test_marks_do_not_go_over_to_another_pupil_or_to_a_twin(desk: Page, records: dict[str, Record]) -> None:
    one, two = [record for record in records.values() if record["type"] == "choice"][:2]
    first = document(data("A1", {one["id"]: chosen(one), two["id"]: chosen(two)}))
    twin = document(data("A1", {one["id"]: chosen(one)}))
    put(desk, {"first.html": first})
    desk.locator("[data-view=pupil]").click()
    desk.locator("[data-of=mark]").first.fill("4")
    kept(desk, '"mark":4')
    # Both are open again, the one without marks first: it keeps none.
    desk.reload()
    put(desk, {"a.html": twin, "b.html": first})
    desk.locator("[data-view=question]").click()
    assert sorted(field.input_value() for field in desk.locator("[data-of=mark]").all()) == ["", "4"]
    # Next year's pupil of the same code has answered otherwise.
    desk.reload()
    put(desk, {"other.html": document(data("A1", {one["id"]: chosen(one, False)}))})
    desk.locator("[data-view=pupil]").click()
    assert desk.locator("[data-of=mark]").input_value() == ""


def test_marks_go_over_to_a_new_hand_in_and_say_what_they_were_given_to(
    desk: Page, records: dict[str, Record]
) -> None:
    one, two = [record for record in records.values() if record["type"] == "choice"][:2]
    first = {one["id"]: chosen(one, False), two["id"]: chosen(two)}
    put(desk, {"first.html": document(data("A1", first))})
    desk.locator("[data-view=pupil]").click()
    for i, mark in enumerate(("4", "8")):
        desk.locator("[data-of=mark]").nth(i).fill(mark)
    kept(desk, '"mark":8')
    desk.reload()
    put(desk, {"second.html": document(data("A1", first | {one["id"]: chosen(one)}))})
    desk.locator("[data-view=pupil]").click()
    assert [field.input_value() for field in desk.locator("[data-of=mark]").all()] == ["4", "8"]
    assert desk.locator("[data-of=stale]").all_inner_texts() == [
        "The answer has changed since this mark was given.",
        "",
    ]


# What is kept.


def test_a_browser_that_keeps_nothing_says_so_and_a_file_carries_the_marks(
    browser: Browser, alone: str, records: dict[str, Record]
) -> None:
    files = handins.class_of(3, records, each=4)
    refusing = browser.new_context()
    refusing.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = refusing.new_page()
    words = watched(page)
    page.goto(alone)
    expect(page.locator("[data-part=trouble]")).to_contain_text("does not keep your marks")
    put(page, files)
    page.locator("[data-view=pupil]").click()
    page.locator("[data-of=mark]").first.fill("6")
    page.get_by_label("To this pupil, on the whole").fill("Well read.")
    page.locator("[data-part=comment]").fill("Say when.")
    page.locator("[data-part=add] button").click()
    carried = taken(page, "marking")
    assert words == []
    refusing.close()
    assert b"picks" not in carried
    other = browser.new_context()
    there = other.new_page()
    there.goto(alone)
    put(there, {"marking.json": carried, **files})
    assert outcomes(there)["marking.json"] == "Marks and comments opened."
    there.locator("[data-view=pupil]").click()
    assert there.locator("[data-of=mark]").first.input_value() == "6"
    assert there.get_by_label("To this pupil, on the whole").input_value() == "Well read."
    expect(there.locator("[data-part=bank]")).to_contain_text("Say when.")
    there.locator("[data-view=finish]").click()
    there.locator("[data-action=erase]").click()
    there.keyboard.press("Enter")
    assert there.evaluate("Object.keys(localStorage)") == []
    other.close()


def test_a_full_store_is_said_until_it_takes_marks_again(desk: Page, records: dict[str, Record]) -> None:
    put(desk, handins.class_of(1, records, each=2))
    leaving = "(() => { const event = new Event('beforeunload', { cancelable: true }); dispatchEvent(event); return event.defaultPrevented; })()"
    desk.evaluate("""() => {
      globalThis.put = Storage.prototype.setItem;
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    desk.locator("[data-view=pupil]").click()
    assert not desk.evaluate(leaving)
    desk.locator("[data-of=mark]").first.fill("6")
    expect(desk.locator("[data-part=trouble]")).to_contain_text("Save them as a marking file")
    assert desk.evaluate(leaving)
    desk.evaluate("() => { Storage.prototype.setItem = globalThis.put; }")
    desk.locator("[data-of=mark]").first.fill("7")
    expect(desk.locator("[data-part=trouble]")).to_have_text("")
    assert not desk.evaluate(leaving)
    kept(desk, '"mark":7')


def test_marks_of_two_tabs_or_teachers_become_one(desk: Page) -> None:
    merged = desk.evaluate("""() => {
      const { merged, sound } = essaybook.marking.marks;
      const mark = (mark, n) => ({ mark, level: 0, comments: [], note: "", on: "", n });
      const file = (pupils, bank) => sound({ format: "essaybook-marking", version: 1, book: "trial", pupils, bank, most: {}, sheet: null, keys: true }, "trial");
      const a = file({ "A#1": { code: "A", say: "mine", n: 2, answers: { x: mark(4, 1), y: mark(5, 3) } } }, ["one"]);
      const b = file({ "A#1": { code: "A", say: "theirs", n: 1, answers: { x: mark(6, 2), y: mark(1, 1), z: mark(9, 1) } }, "B#1": { code: "B", say: "", n: 0, answers: {} } }, ["one", "two"]);
      return merged(a, b);
    }""")
    assert {name: one["mark"] for name, one in merged["pupils"]["A#1"]["answers"].items()} == {
        "x": 6,
        "y": 5,
        "z": 9,
    }
    assert merged["pupils"]["A#1"]["say"] == "mine"
    assert merged["bank"] == ["one", "two"]
    assert set(merged["pupils"]) == {"A#1", "B#1"}


# Hostile files.


def hostile(records: dict[str, Record]) -> dict[str, tuple[bytes, str]]:
    """Files by name, each with words that its outcome must have."""
    one = of_type(records, "choice")
    work = {one["id"]: chosen(one)}
    good = data("A1", work)
    whole = document(good)
    inside = whole.partition('essaybook-work">')[2].partition("</script>")[0]
    opening, closing = '<script type="application/json" id="essaybook-work">', "</script>"
    nested = "[" * 200_000 + "]" * 200_000
    at = whole.index('"because"')
    found: dict[str, tuple[bytes | str, str]] = {
        '"><img src=x onerror=seen.push(1)>.html': (whole.replace('"A1"', '"N1"'), "Opened as N1"),
        "empty.html": ("", "empty"),
        "space.html": (" \n" * 50, "no hand-in"),
        "nul.html": (b"\0" * 4096, "no hand-in"),
        "noise.html": (bytes(range(256)) * 64, "no hand-in"),
        "zip.html": (b"PK\x03\x04" + b"x" * 200, "Word or zip"),
        "paper.pdf": (b"%PDF-1.7\n", "PDF"),
        "old.doc": (bytes.fromhex("d0cf11e0a1b11ae1"), "old Word"),
        "picture.png": (b"\x89PNG\r\n\x1a\n", "picture"),
        "photo.jpg": (b"\xff\xd8\xff\xe0", "picture"),
        "page.html": ("<!doctype html><title>x</title><p>Some page</p>", "no hand-in"),
        "text.txt": ("My answers, as text", "no hand-in"),
        "null.json": ("null", "no hand-in"), "list.json": ("[1, 2]", "no hand-in"), "object.json": ("{}", "no hand-in"),
        "cut-json.json": ('{"format": 1, "book": "tr', "breaks off"),
        "cut-early.html": (whole[:80], "no hand-in"),
        "cut-in-tag.html": (whole[: whole.index("essaybook-work") + 14], "damaged"),
        "cut-in-answer.html": (whole[:at], "breaks off"),
        "cut-late.html": (whole[: whole.index("</script>")], "breaks off"),
        "no-braces.html": (whole.replace(inside, inside[1:-1]), "damaged"),
        "swapped.html": (whole.replace('"because"', '"because":'), "damaged"),
        "two.html": (whole.replace(closing, f"{closing}{opening}{inside}{closing}"), "two hand-ins"),
        "in-comment.html": (f"<!-- {whole} -->", "damaged"),
        "comment-open.html": (f"<p>a</p><!-- {whole}", "damaged"),
        "in-style.html": (f"<style>{opening}{inside}{closing}</style>", "damaged"),
        "in-script.html": (f"<script>seen.push(1); {opening}{inside}", "damaged"),
        "other-type.html": (whole.replace("application/json", "text/javascript"), "damaged"),
        "other-id.html": (whole.replace('id="essaybook-work"', 'id="x" data-id="essaybook-work"'), "damaged"),
        "late-id.html": (whole.replace("<script ", '<script data-a=">" '), "Opened as A1"),
        "unclosed-quote.html": (whole.replace("<title>", '<title a="'), "damaged"),
        "many-tags.html": ("<script>" * 100_000, "no hand-in"),
        "many-comments.html": ("<!-- " * 200_000, "no hand-in"),
        "many-quotes.html": ("<script a=\"" * 100_000, "no hand-in"),
        "deep.html": (f"{opening}{nested}{closing}", "nested deeper"),
        "deep-object.json": ('{"a":' * 100_000, "nested deeper"),
        "deep-answer.html": (document(data("D1", {one["id"]: answer(one, json.loads("[" * 20 + "]" * 20))})), "1 entry could not be read"),
        "wide.html": (document(data("W1", {f"x-{n}": chosen(one) for n in range(6000)})), "more than any reader"),
        "many.html": (document(data("W2", {one["id"]: answer(one, {f"k{i}": list(range(4000)) for i in range(60)})})), "more than any reader"),
        "long.html": (document(data("W3", {one["id"]: answer(one, {"picks": [], "because": "x" * 300_000})})), "Opened as W3"),
        "large.html": (b"<p>" + b"x" * 5_000_001, "larger than 5 MB"),
        "other-book.html": (document(good | {"book": "another"}), "another book (another)"),
        "book-number.html": (document(good | {"book": 7}), "no hand-in"),
        "no-book.html": (document({"format": 1, "work": {}}), "no hand-in"),
        "future.html": (document(good | {"format": 2}), "later edition"),
        "format-text.html": (document(good | {"format": "1"}), "no hand-in"),
        "format-list.html": (document(good | {"format": [1]}), "no hand-in"),
        "saved-work.json": (json.dumps({"format": "essaybook-work", "book": BOOK["book"], "work": work}), "without a code"),
        "no-work.html": (document(good | {"work": None}), "no answers"),
        "work-list.html": (document(good | {"work": [1]}), "no answers"),
        "work-empty.html": (document(data("E1", {})), "No exercise is answered"),
        "bad-marking.json": (json.dumps({"format": "essaybook-marking", "book": BOOK["book"], "version": 9}), "cannot be read"),
        "other-edition.html": (document(data("O1", work) | {"edition": "Second", "date": "2027-01-01"}), "another edition: Second, 2027-01-01"),
        "other-version.html": (document(data("O2", {one["id"]: chosen(one) | {"version": 77}})), "another version of the question"),
        "unknown.html": (document(data("O3", {"no-such-exercise": chosen(one)})), "that this edition does not have"),
        "proto.html": (document(data("P1", {"__proto__": {"version": 1}, "constructor": chosen(one), "prototype": {}, **work})), "Opened as P1, 1 answer"),
        "proto-answer.html": (document(data("P2", {one["id"]: answer(one, {"__proto__": {"picks": ["x"]}, "constructor": {"prototype": {"polluted": 1}}, "picks": ["__proto__"]})})), "Opened as P2"),
        "proto-top.html": (document(data("P3", work, **{"__proto__": {"polluted": 1}})), "Opened as P3"),
        "odd-docs.html": (document(data("P4", {"a": 4, "b": None, "c": [], "d": {"version": "1"}, "E": chosen(one), "f" * 200: chosen(one), **work})), "6 entries could not be read"),
        "odd-fields.html": (document(data("P5", {one["id"]: answer(one, 7, certainty=99, score="1", count=-4, history={"length": 3}, checked="yes")})), "Opened as P5"),
        "odd-score.html": (document(data("P6", {one["id"]: chosen(one) | {"score": 1e9}})), "Opened as P6"),
        "no-code.html": (document({key: value for key, value in data("", work).items() if key != "code"}), "goes by the name of its file"),
        "code-object.html": (document(data("x", work) | {"code": {"toString": 1}}), "goes by the name of its file"),
        "code-formula.html": (document(data('=HYPERLINK("http://x","y")', work)), "Opened as =HYPERLINK"),
        "code-turned.html": (document(data("A\u202eB\u0000\u200f7", work)), "Opened as A B 7"),
        "code-long.html": (document(data("7" * 5000, work)), "Opened as " + "7" * 40 + ","),
        "code-path.html": (document(data("../../etc/passwd", work)), "Opened as ../../etc/passwd"),
        "locker-odd.html": (document(data("L1", work, locker={"a": 1, "b": {"text": {}}, "c": {"text": HOSTILE[2], "cite": [], "note": HOSTILE[0]}})), "Opened as L1"),
        "utf-16le.html": (b"\xff\xfe" + document(data("U1", work)).encode("utf-16-le"), "UTF-16"),
        "utf-16be.html": (b"\xfe\xff" + document(data("U2", work)).encode("utf-16-be"), "UTF-16"),
        "utf-16-bare.html": (document(data("U3", work)).encode("utf-16-le"), "UTF-16"),
        "utf-8-bom.html": (b"\xef\xbb\xbf" + document(data("U4", work)).encode(), "Opened as U4"),
        "latin-1.html": (document(data("U5", {one["id"]: answer(one, {"picks": [], "because": "café"})})).encode("latin-1", "replace"), "Windows-1252"),
        "half-letter.html": (whole.replace("A1", "U6").encode() + b"\xd1", "Windows-1252"),
        "surrogate.html": (whole.replace('"A1"', '"U7"').replace('"because":""', '"because":"\\ud800"'), "Opened as U7"),
    }  # fmt: skip
    for i, text in enumerate(HOSTILE):
        response = {"picks": [one["options"][0]["id"], text], "because": text, text: text}
        found[f"words-{i}.html"] = (document(data(f"H{i}", {one["id"]: answer(one, response)}, locker={"x": {"text": text, "cite": text, "note": text}})), f"Opened as H{i}")  # fmt: skip
        found[f"around-{i}.html"] = (text + document(data(f"R{i}", work)), "")
        found[f"code-{i}.html"] = (document(data(text, {one["id"]: chosen(one, count=i)})), "Opened as")
    return {name: (text.encode() if isinstance(text, str) else text, says) for name, (text, says) in found.items()}


def test_hostile_files_run_nothing_and_lose_nothing(
    page: Page, alone: str, records: dict[str, Record], tmp_path: Path
) -> None:
    words = watched(page)
    page.add_init_script("window.seen = []; window.alert = () => seen.push('alert');")
    page.goto(alone)
    page.locator("[data-desk][data-ready]").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    given_ = hostile(records)
    assert len(given_) >= 60
    folder = tmp_path / "class"
    folder.mkdir()
    for name, (content, _) in given_.items():
        (folder / name).write_bytes(content)
    with (folder / "sparse.html").open("wb") as file:
        file.truncate(100_000_000)
    (folder / "good.html").write_text(
        document(data("Good-1", {(one := of_type(records, "choice"))["id"]: chosen(one)}))
    )
    page.locator("[data-part=files]").set_input_files([str(path) for path in sorted(folder.iterdir())])
    page.locator(f'[data-opened="{len(given_) + 2}"]').wait_for()
    said = outcomes(page)
    assert set(said) == {*given_, "sparse.html", "good.html"}
    assert "larger than 5 MB" in said["sparse.html"]
    assert said["good.html"] == "Opened as Good-1, 1 answer."
    assert {name: said[name] for name, (_, says) in given_.items() if says not in said[name]} == {}
    opened = sum(not words_.startswith("Not opened.") for words_ in said.values())
    # Everything is looked at, in every view, and taken away; still nothing runs.
    page.locator("[data-view=sheet]").click()
    expect(page.locator("[data-part=facts]")).to_contain_text(f"{opened} hand-ins, ")
    page.locator("[data-view=question]").click()
    assert page.locator(".answer").count() > len(HOSTILE)
    page.locator("[data-view=pupil]").click()
    for _ in range(opened):
        page.keyboard.press("n")
        for fold in page.locator("[data-part=head] summary").all():
            fold.click()
    page.locator("[data-part=search]").fill("seen.push")
    page.keyboard.press("Enter")
    assert page.locator(".answer").count() >= len(HOSTILE) // 2
    page.locator("[data-of=mark]").first.fill("3")
    rows = list(csv.reader(io.StringIO(taken(page, "csv").decode("utf-8-sig"), newline="")))
    assert len(rows) == opened + 1
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@\t]", cell)] == []
    with zipfile.ZipFile(io.BytesIO(taken(page, "feedback"))) as archive:
        assert len(archive.namelist()) == opened
        assert [
            name for name in archive.namelist() if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*\.html", name)
        ] == []
        for name in archive.namelist():
            assert (
                re.findall(
                    r"<(?:script|img|svg|iframe|object|embed|form|base|link|math)\b", archive.read(name).decode()
                )
                == []
            )
    assert page.evaluate("[seen, ({}).polluted ?? null, Object.keys(Object.prototype)]") == [[], None, []]
    assert page.title().startswith("Marking")
    assert [url for url in asked if not url.startswith("blob:")] == []
    assert words == []


def test_a_folder_is_opened_whole(desk: Page, records: dict[str, Record], tmp_path: Path) -> None:
    files = handins.class_of(2, records, each=2)
    for i, (name, text) in enumerate(files.items()):
        path = tmp_path / "class" / f"set-{i}" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "class" / "notes.txt").write_text("Not a hand-in")
    desk.locator("[data-part=folder]").set_input_files(str(tmp_path / "class"))
    desk.locator('[data-opened="3"]').wait_for()
    said = outcomes(desk)
    assert said["class/notes.txt"] == "Not opened. This is no hand-in of this book."
    assert sum(words.startswith("Opened as 7B-") for words in said.values()) == 2


def test_dropped_files_are_opened(desk: Page, records: dict[str, Record]) -> None:
    files = handins.class_of(2, records, each=2)
    desk.evaluate(
        """(files) => {
          const carried = new DataTransfer();
          for (const [name, text] of Object.entries(files)) carried.items.add(new File([text], name));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        files,
    )
    desk.locator('[data-opened="2"]').wait_for()
    expect(desk.locator("[data-part=said]")).to_have_text("2 hand-ins opened.")


@pytest.fixture(scope="module")
def parser(browser: Browser, alone: str) -> Iterator[Page]:
    """A page that can be asked what a file is."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(alone)
    page.locator("[data-desk][data-ready]").wait_for()
    page.evaluate("""() => {
      const about = { book: "trial", edition: "First edition", date: "2026-11-25", records: essaybook.records };
      window.ask = (bytes) => essaybook.marking.handins.read(Uint8Array.from(bytes), "f.html", about);
    }""")
    yield page
    context.close()


QUIET = settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(["__proto__", "constructor", "version", "response", "history", "score"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@QUIET
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 400), st.binary(max_size=12)), min_size=1, max_size=6
    )
)
def test_no_damage_to_a_file_is_fatal(
    parser: Page, records: dict[str, Record], cuts: list[tuple[int, int, bytes]]
) -> None:
    one = of_type(records, "choice")
    text = document(data("A1", {one["id"]: chosen(one)})).encode()
    for start, length, instead in cuts:
        text = text[: start % (len(text) + 1)] + instead + text[start % (len(text) + 1) + length :]
    found = parser.evaluate("(bytes) => ask(bytes)", list(text))
    assert found["kind"] in {"handin", "refused"}
    assert found.get("reason", "x")
    if found["kind"] == "handin":
        assert found["code"]
        assert all(
            isinstance(doc["version"], int) and doc["response"] is not None for doc in found["work"].values()
        )


@QUIET
@given(
    work=st.dictionaries(
        st.text(max_size=8) | st.sampled_from(["a-b", "__proto__", "constructor"]), JSON, max_size=4
    ),
    locker=JSON,
    code=JSON,
)
def test_whatever_the_data_holds_every_answer_is_counted(
    parser: Page, work: Record, locker: Any, code: Any
) -> None:
    found = parser.evaluate(
        "(bytes) => ask(bytes)", list(document(data("A1", work) | {"locker": locker, "code": code}).encode())
    )
    assert found["kind"] == "handin"
    assert isinstance(found["code"], str)
    assert found["code"]
    assert set(found["work"]) <= set(work)
    for doc in found["work"].values():
        assert set(doc) == {"version", "response", "certainty", "revealed", "score", "count", "checked", "history"}
        assert "__proto__" not in json.dumps(list(doc))
    assert all(set(piece) == {"kind", "text", "cite", "note"} for piece in found["locker"])


@QUIET
@given(
    row=st.lists(
        st.text()
        | st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u200b=1", "\r=x", 'a"b', "a,b", "＝1"]),
        min_size=1,
        max_size=5,
    )
)
def test_a_field_of_the_table_comes_back_and_is_no_formula(parser: Page, row: list[str]) -> None:
    text = parser.evaluate("(row) => row.map(essaybook.marking.feedback.field).join(',')", row)
    (back,) = csv.reader(io.StringIO(f"{text}\r\n", newline=""), strict=True) if text else [[""]]
    for cell, asked in zip(back, row, strict=True):
        plain = re.sub("\r\n?", "\n", asked)
        assert cell in {plain, f"'{plain}"}
        assert not re.match(r"[\s\u200b]*[=+\-@＝]", cell)


# The page.


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nobody_is_shut_out(
    browser: Browser, alone: str, records: dict[str, Record], width: int, mode: Any
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=mode, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(alone)
    page.locator("[data-desk][data-ready]").wait_for()
    found: list[Any] = []

    def look(where: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where
        violations = Axe().run(page).response["violations"]
        found.extend((where, rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in violations)
        small = page.locator("button:visible, select:visible, input:visible, summary:visible").evaluate_all(
            "all => all.filter((el) => { const box = el.getBoundingClientRect(); return box.height < 24 && el.type !== 'checkbox' && box.width > 1; }).map((el) => el.outerHTML.slice(0, 80))"
        )
        found.extend((where, "small", one) for one in small)

    look("empty")
    put(page, {**handins.class_of(3, records, each=6), "other.html": b"<p>no"})
    page.locator("[data-part=comment]").fill("A comment", force=True) if page.locator(
        "[data-part=comment]"
    ).is_visible() else None
    for view in ("sheet", "question", "pupil", "list-of-files", "finish"):
        page.locator(f"[data-view={view}]").click()
        if view == "pupil":
            page.locator("[data-part=comment]").fill("A comment to use again")
            page.locator("[data-part=add] button").click()
            page.locator(".comment").click()
            page.locator("[data-of=mark]").first.fill("x")
        look(view)
    page.locator("[data-action=help]").click()
    look("help")
    context.close()
    assert found == []


def test_the_scripts_keep_their_types(tmp_path: Path) -> None:
    folder = tmp_path / "marking"
    shutil.copytree(assets.STATIC / "marking", folder, ignore=shutil.ignore_patterns("*.css"))
    shutil.copy(assets.STATIC / "handin.js", folder)
    options = {**OPTIONS, "moduleDetection": "auto"}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.js"]}))
    done = node(packages() / "typescript" / "bin" / "tsc", "-p", folder)
    assert (done.stdout, done.returncode) == ("", 0)


def test_without_a_script_the_page_says_what_it_needs(browser: Browser, alone: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(alone)
    assert "This page needs JavaScript" in page.content()
    expect(page.locator("[data-part=files]")).to_be_hidden()
    context.close()


# In the built book.


def test_the_built_page_can_reach_nothing(html: Path) -> None:
    text = (html / "marking.html").read_text(encoding="utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy.replace("&#39;", "'") == marking.POLICY
    assert {"default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"} <= set(
        marking.POLICY.split("; ")
    )
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", text) == []
    for name in re.findall(r'(?:src|href)="(_static/[^"?]+)', text):
        assert (html / name).is_file(), name
    assert 'href="../marking.html"' in (html / "book" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("disk", [False, True])
def test_from_the_pupil_to_the_teacher_and_back(
    browser: Browser, address: str, html: Path, tmp_path: Path, disk: bool
) -> None:
    where = html.as_uri() if disk else address
    home = browser.new_context()
    pupil = home.new_page()
    words = watched(pupil)
    pupil.goto(f"{where}/book/factors/general-secretary.html")
    section = pupil.locator("section.exercise[data-type=choice]").first
    section.locator("input[name=pick]").first.check()
    section.locator("[data-action=check]").click()
    expect(section).to_have_attribute("data-state", "checked")
    prompt = pupil.evaluate(
        "(el) => el.querySelector('h2, h3, h4, .x-prompt, legend')?.textContent ?? ''", section.element_handle()
    )
    pupil.goto(f"{where}/my-work.html")
    pupil.locator("[data-part=code]").fill("7B-12")
    with pupil.expect_download() as waiting:
        pupil.locator("[data-action=html]").click()
    handed = Path(waiting.value.path()).read_bytes()
    assert words == []
    home.close()

    office = browser.new_context()
    teacher = office.new_page()
    words = watched(teacher)
    teacher.goto(f"{where}/marking.html")
    teacher.locator("[data-desk][data-ready]").wait_for()
    put(teacher, {"7B-12.html": handed})
    assert outcomes(teacher)["7B-12.html"] == "Opened as 7B-12, 1 answer."
    teacher.locator("[data-view=pupil]").click()
    teacher.locator(".answer").focus()
    teacher.keyboard.press("m")
    teacher.keyboard.type("7")
    teacher.keyboard.press("Enter")
    teacher.keyboard.press("c")
    teacher.keyboard.type("Say who says so & when <soon>.")
    archive = zipfile.ZipFile(io.BytesIO(taken(teacher, "feedback")))
    assert words == []
    office.close()

    (tmp_path / "feedback.html").write_bytes(archive.read("7B-12.html"))
    again = browser.new_context()
    reading = again.new_page()
    words = watched(reading)
    reading.goto((tmp_path / "feedback.html").as_uri())
    expect(reading.locator("article")).to_have_count(1)
    expect(reading.locator("article")).to_contain_text("Mark: 7 of 10")
    expect(reading.locator("article")).to_contain_text("Say who says so & when <soon>.")
    expect(reading.locator("article h3")).not_to_be_empty()
    assert prompt is not None
    found = Axe().run(reading).response["violations"] if not disk else []
    assert words == []
    again.close()
    assert [rule["id"] for rule in found] == []
