"""An exercise on a static page: what the host takes over, what it says, what it keeps and never believes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from essaybook.corpus import Corpus, load
from essaybook.exercises import join, types
from essaybook.exercises.form import SETTINGS, section
from essaybook.exercises.style import style
from host_pages import STRICT, WATCH, Bench, document, wait
from site_server import served

CASE = Path(__file__).parent / "cases" / "clean" / "exercise"
KEY = "essaybook:trial:library"
TOKENS = (
    ":root { --ink: #000; --paper: #fff; --measure: 37rem; --t0: 1rem; --t-1: .9rem; --t2: 1.4rem; --u: 2rem; }"
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(CASE / "book" / "corpus")[0]


def exercise(corpus: Corpus, **changes: Any) -> str:
    """The section of the one exercise of the case, changed as asked."""
    record = corpus.exercises["library"].model_dump(mode="json") | changes
    return str(section(types.read(record), corpus, book="trial"))


def page_of(*sections: str, scripts: tuple[str, ...] = ("watch.js", "choice.js", "core.js")) -> str:
    return document(str(SETTINGS) + "".join(sections), scripts=list(scripts), policy=STRICT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Path:
    folder = tmp_path_factory.mktemp("work")
    (folder / "watch.js").write_text(
        WATCH
        + """
        addEventListener("exercise:state", ({ detail }) => seen.push([detail.id, detail.state]));
        new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.push(["shift", one.value]); })
          .observe({ type: "layout-shift", buffered: true });
        """,
        encoding="utf-8",
    )
    (folder / "exercises.css").write_text(TOKENS + style(), encoding="utf-8")
    for name in join.script_names(["choice"]):
        (folder / name).write_text(join.script(name), encoding="utf-8")
    (folder / "one.html").write_text(page_of(exercise(corpus)), encoding="utf-8")
    (folder / "two.html").write_text(page_of(exercise(corpus, version=2)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def bench(request: pytest.FixtureRequest, folder: Path, server: str, browser: Browser) -> Iterator[Bench]:
    context = browser.new_context()
    yield Bench(folder, server, context, request.param)
    context.close()


@pytest.fixture
def web(folder: Path, server: str, browser: Browser) -> Iterator[Bench]:
    """For what is the same on a disk."""
    context = browser.new_context()
    yield Bench(folder, server, context)
    context.close()


READY = "(document.querySelector('section.exercise')?.dataset.state ?? 'static') !== 'static'"


def pick(page: Page, value: str) -> None:
    page.locator(f"input[value={value}]").check()


def press(page: Page, action: str) -> None:
    page.locator(f"button[data-action={action}]").click()


def state(page: Page, nth: int = 0) -> str | None:
    return page.locator("section.exercise").nth(nth).get_attribute("data-state")


def saved(page: Page) -> Any:
    return page.evaluate(f"JSON.parse(localStorage.getItem({KEY!r}))")


# Taking over what the page was written with.


def test_an_exercise_goes_from_static_to_checked(bench: Bench) -> None:
    page = bench.go("one.html", READY)
    assert state(page) == "ready"
    pick(page, "school")
    assert state(page) == "answered"
    press(page, "check")
    assert state(page) == "checked"
    assert "The school came later." in page.locator("[data-feedback]").inner_text()
    press(page, "reset")
    assert state(page) == "ready"
    assert page.locator("[data-feedback]").inner_text() == ""
    states = [item[1] for item in page.evaluate("seen") if item[0] == "library"]
    assert states == ["ready", "answered", "checked", "ready"]
    assert bench.console == []


def test_mounting_moves_nothing(web: Bench) -> None:
    before = web.context.browser
    assert before is not None
    plain = before.new_context(java_script_enabled=False).new_page()
    plain.goto(web.at("one.html"))
    boxes = [
        plain.locator(f"section.exercise {what}").first.bounding_box()
        for what in ("h3", "form", ".x-options label")
    ]
    page = web.go("one.html", READY)
    page.wait_for_timeout(100)
    after = [
        page.locator(f"section.exercise {what}").first.bounding_box()
        for what in ("h3", "form", ".x-options label")
    ]
    assert [item for item in page.evaluate("seen") if item[0] == "shift"] == []
    assert [box and box["y"] for box in boxes] == [box and box["y"] for box in after]


def test_it_is_done_by_keyboard_alone(web: Bench) -> None:
    page = web.go("one.html", READY)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "pick":
            break
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.action") == "check":
            break
    page.keyboard.press("Enter")
    assert state(page) == "checked"
    assert page.evaluate("document.activeElement.dataset.action") == "check"


def test_what_was_picked_before_the_script_came_is_kept(web: Bench, corpus: Corpus) -> None:
    text = page_of(exercise(corpus), scripts=("watch.js",))
    page = web.open(text)
    pick(page, "school")
    page.locator("input[value=school]").focus()
    page.evaluate("""async () => {
      for (const name of ["choice.js", "core.js"])
        await new Promise((done) => {
          document.head.append(Object.assign(document.createElement("script"), { src: name, onload: done }));
        });
    }""")
    wait(page, READY)
    assert state(page) == "answered"
    assert page.locator("input[value=school]").is_checked()
    assert page.evaluate("document.activeElement.value") == "school"


def test_without_a_script_the_question_and_the_folded_answer_are_there(web: Bench) -> None:
    browser = web.context.browser
    assert browser is not None
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(web.at("one.html"))
    assert page.locator("h3").inner_text().startswith("Why did the village vote")
    assert page.locator("input[type=radio]").count() == 2
    page.locator("details.x-key summary").click()
    assert "The minutes say so." in page.locator("details.x-key").inner_text()


def test_a_missing_type_is_an_error_in_its_place_with_the_form_still_there(bench: Bench, corpus: Corpus) -> None:
    bad = exercise(corpus, id="bad").replace('"type":"choice"', '"type":"unheard-of"')
    page = bench.open(page_of(bad, exercise(corpus)), until=READY)
    assert state(page, 0) == "error"
    assert "The exercise bad could not start" in page.locator("section.exercise [role=alert]").inner_text()
    assert page.locator("section.exercise").first.locator("input[type=radio]").count() == 2
    assert state(page, 1) == "ready"
    assert ["bad", "error"] in page.evaluate("seen")


def test_a_record_that_cannot_be_read_is_an_error_in_its_place(web: Bench, corpus: Corpus) -> None:
    bad = exercise(corpus, id="bad").replace('class="x-record">{', 'class="x-record">{,')
    page = web.open(page_of(bad, exercise(corpus)), until=READY)
    assert (state(page, 0), state(page, 1)) == ("error", "ready")
    assert page.locator("section.exercise").first.locator("input[type=radio]").count() == 2


def test_no_text_of_a_record_closes_its_script(web: Bench, corpus: Corpus) -> None:
    prompt = "</script><script>seen.push('ran')</script><!-- <script> & \u2028"
    page = web.open(page_of(exercise(corpus, prompt=prompt)), until=READY)
    assert page.locator("h3").inner_text().startswith("</script><script>")
    assert "ran" not in page.evaluate("seen")


# What is kept.


def test_work_survives_a_reload(bench: Bench) -> None:
    page = bench.go("one.html", READY)
    pick(page, "library")
    press(page, "check")
    page.reload()
    wait(page, READY)
    assert state(page) == "checked"
    assert page.locator("input[value=library]").is_checked()
    assert "The minutes say so." in page.locator("[data-feedback]").inner_text()
    work = saved(page)
    assert (work["version"], work["response"]["picks"], work["score"], work["count"]) == (1, ["library"], 1, 2)


def test_a_checked_answer_that_is_changed_becomes_history(web: Bench) -> None:
    page = web.go("one.html", READY)
    pick(page, "school")
    press(page, "check")
    pick(page, "library")
    press(page, "check")
    work = saved(page)
    assert [(past["response"]["picks"], past["score"]) for past in work["history"]] == [(["school"], 0)]
    assert work["response"]["picks"] == ["library"]


def test_an_edited_exercise_offers_the_earlier_answer_and_does_not_misread_it(web: Bench) -> None:
    page = web.go("one.html", READY)
    pick(page, "school")
    press(page, "check")
    page.goto(web.at("two.html"))
    wait(page, READY)
    assert state(page) == "ready"
    assert not page.locator("input[value=school]").is_checked()
    assert "has changed since you answered" in page.locator(".x-note").inner_text()
    assert saved(page)["version"] == 1
    press(page, "restore")
    wait(page, "document.querySelector('input[value=school]').checked")
    assert page.locator(".x-note").count() == 0
    assert state(page) == "answered"
    work = saved(page)
    assert (work["version"], work["checked"]) == (2, False)
    assert [past["version"] for past in work["history"]] == [1]


def test_an_older_copy_of_the_book_overwrites_nothing(web: Bench) -> None:
    page = web.go("two.html", READY)
    pick(page, "school")
    press(page, "check")
    page.goto(web.at("one.html"))
    wait(page, READY)
    assert "newer edition" in page.locator(".x-note").inner_text()
    pick(page, "library")
    work = saved(page)
    assert (work["version"], work["response"]["picks"]) == (2, ["school"])
    assert [(past["version"], past["response"]["picks"]) for past in work["history"]] == [(1, ["library"])]
    page.reload()
    wait(page, READY)
    assert page.locator("input[value=library]").is_checked()


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
            "keeps nothing",
        ),
        (
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
            "keeps nothing",
        ),
        (
            "const put = Storage.prototype.setItem; Storage.prototype.setItem = function (k, v) {"
            " if (k.includes('library')) throw new DOMException('full', 'QuotaExceededError'); put.call(this, k, v); };",
            "store is full",
        ),
    ],
    ids=["forbidden", "full from the start", "full"],
)
def test_a_store_that_refuses_is_named_once_and_the_exercise_goes_on(
    bench: Bench, trouble: str, says: str
) -> None:
    bench.context.add_init_script(trouble)
    page = bench.go("one.html", READY)
    pick(page, "library")
    pick(page, "school")
    press(page, "check")
    assert state(page) == "checked"
    status = page.locator("[data-settings] [role=status]").inner_text()
    assert status.count(says) == 1
    assert not any(line.startswith("uncaught") for line in bench.console)


def test_on_a_disk_it_says_how_far_work_is_kept(bench: Bench) -> None:
    page = bench.go("one.html", READY)
    status = page.locator("[data-settings] [role=status]").inner_text()
    assert ("Read from a disk" in status) == (bench.scheme == "file")


HOSTILE_WORK = [
    "{", "null", "7", '"text"', "[]", "{}", '{"version": "1"}', '{"version": -1}', '{"version": 1e400}',
    '{"version": 1, "response": {}}', '{"version": 1, "response": "text", "checked": true}',
    '{"version": 1, "response": {"picks": "library"}, "checked": true}',
    '{"version": 1, "response": {"picks": [{"toString": 1}]}, "checked": true}',
    '{"version": 1, "response": {"picks": ["<img src=x onerror=seen.push(1)>"]}, "checked": true}',
    '{"version": 1, "response": {"picks": ["library"], "because": {"a": 1}}, "checked": true}',
    '{"version": 1, "response": [1, 2], "certainty": 9, "score": "1", "history": 7}',
    '{"version": 1, "response": {"picks": null}, "certainty": -1, "score": 7, "history": [null, 1, {"version": 1}]}',
    '{"version": 1, "__proto__": {"polluted": true}, "constructor": 1, "response": null}',
    '{"version": 1, "response": {"picks": ["library"]}, "html": "<b>x</b>", "_esm": "seen.push(1)", "record": {}}',
    '{"version": 1, "response": {"picks": ["library"]}, "count": 1e308}',
]  # fmt: skip


def test_no_saved_work_breaks_the_page_or_runs(web: Bench) -> None:
    page = web.go("one.html", READY)
    for text in HOSTILE_WORK:
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        page.reload()
        wait(page, READY)
        assert state(page) in {"ready", "answered", "checked"}, text
        assert page.locator("h3").inner_text().startswith("Why did the village"), text
        assert page.locator("img, b:not(.verdict)").count() == 0, text
        pick(page, "library")
        press(page, "check")
        assert state(page) == "checked", text
        assert saved(page)["response"]["picks"] == ["library"], text
        assert page.evaluate("seen.every((one) => one !== 1) && ({}).polluted === undefined"), text
    assert not any(line.startswith("uncaught") for line in web.console)


def test_two_tabs_show_the_same(bench: Bench) -> None:
    one, other = bench.go("one.html", READY), bench.go("one.html", READY)
    pick(one, "school")
    press(one, "check")
    wait(other, "document.querySelector('section.exercise').dataset.state === 'checked'")
    assert other.locator("input[value=school]").is_checked()
    assert "The school came later." in other.locator("[data-feedback]").inner_text()
    pick(other, "library")
    wait(one, "document.querySelector('input[value=library]').checked")
    assert state(one) == "answered"
    one.wait_for_timeout(100)
    assert saved(one)["count"] == 3
    assert [past["response"]["picks"] for past in saved(one)["history"]] == [["school"]]


def test_two_tabs_that_saved_at_once_end_with_the_same_answer(web: Bench) -> None:
    page = web.go("one.html", READY)
    pick(page, "school")
    mine = saved(page)
    theirs = mine | {"response": {"picks": ["library"], "because": ""}}
    event = """([key, doc, put]) => {
      if (put) localStorage.setItem(key, JSON.stringify(doc));
      dispatchEvent(new StorageEvent("storage", { key, newValue: JSON.stringify(doc) }));
    }"""
    page.evaluate(event, [KEY, theirs, True])
    page.wait_for_timeout(50)
    # 'school' stands after 'library' in every tab, whoever was later.
    assert page.locator("input[value=school]").is_checked()
    kept = saved(page)
    assert kept["response"]["picks"] == ["school"]
    assert kept["count"] == mine["count"] + 1
    assert [past["response"]["picks"] for past in kept["history"]] == [["library"]]


def test_a_clock_that_jumps_changes_nothing(web: Bench) -> None:
    one = web.go("one.html", READY)
    pick(one, "school")
    web.context.add_init_script("Date.now = () => 0; performance.now = () => -1e9;")
    other = web.go("one.html", READY)
    pick(other, "library")
    wait(one, "document.querySelector('input[value=library]').checked")
    one.reload()
    wait(one, READY)
    assert one.locator("input[value=library]").is_checked()


def test_work_that_another_tab_erased_is_gone_here(web: Bench) -> None:
    one, other = web.go("one.html", READY), web.go("one.html", READY)
    pick(one, "school")
    wait(other, "document.querySelector('input[value=school]').checked")
    other.evaluate("essaybook.work.erase()")
    wait(one, "!document.querySelector('input[value=school]').checked")
    assert saved(one) is None
    assert state(one) == "ready"


def test_merging_does_not_mind_the_order(web: Bench) -> None:
    """Commutative, associative, idempotent, and nothing answered is lost until there is too much of it."""
    page = web.go("one.html", READY)
    assert (
        page.evaluate("""() => {
      const { merge, work } = essaybook.host;
      let seed = 7;
      const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
      const past = () => ({ version: 1 + random(3), response: { picks: [random(4)] }, certainty: random(4), score: [null, 0, 1][random(3)], count: random(5) });
      const doc = () => work({ ...past(), checked: !random(2), revealed: !random(5), history: Array.from({ length: random(4) }, past) });
      const text = JSON.stringify;
      const answers = (d) => new Set([d, ...d.history].map(({ version, response, count }) => text([version, response, count])));
      const faults = [];
      for (let i = 0; i < 400; i++) {
        const [a, b, c] = [doc(), doc(), doc()];
        if (text(merge(a, b)) !== text(merge(b, a))) faults.push(["order", a, b]);
        if (text(merge(merge(a, b), c)) !== text(merge(a, merge(b, c)))) faults.push(["groups", a, b, c]);
        if (text(merge(a, a)) !== text(a)) faults.push(["again", a]);
        const all = answers(merge(a, b));
        for (const one of [...answers(a), ...answers(b)]) if (!all.has(one)) faults.push(["lost", one]);
      }
      return faults.slice(0, 3);
    }""")
        == []
    )


# Certainty.


def test_certainty_is_asked_for_only_when_the_reader_turned_it_on(web: Bench) -> None:
    page = web.go("one.html", READY)
    assert page.locator("[data-certainty]").is_hidden()
    page.locator("[data-settings] input").check()
    assert page.locator("[data-certainty]").is_visible()
    page.reload()
    wait(page, READY)
    assert page.locator("[data-certainty]").is_visible()
    assert page.locator("[data-settings] input").is_checked()


@pytest.mark.parametrize(
    ("option", "sure", "earns"),
    [("library", 1, "+1"), ("library", 2, "+2"), ("library", 3, "+3"),
     ("school", 1, "0"), ("school", 2, "−2"), ("school", 3, "−6")],
)  # fmt: skip
def test_what_certainty_earns(web: Bench, option: str, sure: int, earns: str) -> None:
    web.context.add_init_script("localStorage.setItem('essaybook:trial:settings', '{\"certainty\":true}')")
    page = web.go("one.html", READY)
    pick(page, option)
    page.locator(f"[data-sure='{sure}']").click()
    press(page, "check")
    assert page.locator(".x-score").inner_text() == earns
    assert saved(page)["certainty"] == sure
    page.reload()
    wait(page, READY)
    assert page.locator(".x-score").inner_text() == earns


def test_the_settings_of_another_tab_are_followed(web: Bench) -> None:
    one, other = web.go("one.html", READY), web.go("one.html", READY)
    one.locator("[data-settings] input").check()
    wait(other, "!document.querySelector('[data-certainty]').hidden")
    assert json.loads(other.evaluate("localStorage.getItem('essaybook:trial:settings')")) == {"certainty": True}


SURE = "localStorage.setItem('essaybook:trial:settings', '{\"certainty\":true}')"


def sure(page: Page, level: int) -> None:
    # By force: once checked, these say of themselves that they are disabled.
    page.locator(f"[data-sure='{level}']").click(force=True)


def said(page: Page) -> str:
    return page.locator("section.exercise > .sr").inner_text()


def pressed(page: Page) -> list[str | None]:
    return [one.get_attribute("aria-pressed") for one in page.locator("[data-sure]").all()]


def test_certainty_stands_once_the_answer_was_checked(bench: Bench) -> None:
    bench.context.add_init_script(SURE)
    page = bench.go("one.html", READY)
    pick(page, "school")
    sure(page, 3)
    sure(page, 2)
    press(page, "check")
    before = saved(page)
    sure(page, 1)
    assert pressed(page) == ["false", "true", "false"]
    assert page.locator("[data-sure][aria-disabled=true]").count() == 3
    assert "stands until you change" in said(page)
    assert page.locator(".x-score").inner_text() == "−2"
    assert saved(page) == before
    page.reload()
    wait(page, READY)
    sure(page, 3)
    assert saved(page) == before
    pick(page, "library")
    assert page.locator("[data-sure][aria-disabled=true]").count() == 0
    sure(page, 3)
    assert pressed(page) == ["false", "false", "true"]
    press(page, "check")
    assert page.locator(".x-score").inner_text() == "+3"
    assert [(past["certainty"], past["score"]) for past in saved(page)["history"]] == [(2, 0)]


def test_certainty_left_out_before_the_check_cannot_be_claimed_after_it(web: Bench) -> None:
    web.context.add_init_script(SURE)
    page = web.go("one.html", READY)
    pick(page, "library")
    press(page, "check")
    sure(page, 3)
    assert (saved(page)["certainty"], page.locator(".x-score").inner_text()) == (0, "")
    press(page, "reveal")
    sure(page, 3)
    assert saved(page)["certainty"] == 0


def test_touching_a_control_without_changing_the_answer_opens_nothing(web: Bench) -> None:
    web.context.add_init_script(SURE)
    page = web.go("one.html", READY)
    pick(page, "library")
    sure(page, 1)
    press(page, "check")
    page.locator("input[value=library]").dispatch_event("input")
    assert state(page) == "checked"
    sure(page, 3)
    assert saved(page)["certainty"] == 1


@pytest.mark.parametrize("action", ["reset", "reveal"])
def test_what_was_checked_keeps_its_certainty_when_it_is_taken_back(web: Bench, action: str) -> None:
    web.context.add_init_script(SURE)
    page = web.go("one.html", READY)
    pick(page, "library")
    sure(page, 3)
    press(page, "check")
    press(page, action)
    assert [(past["certainty"], past["score"]) for past in saved(page)["history"]] == [(3, 1)]


# How well readers know what they know.


def known(page: Page) -> Any:
    """The chart's sentence, the rows of its table, and how much of each bar is filled."""
    box = page.locator("[data-known]")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    wait(page, "document.querySelector('[data-chart] p')")
    return page.evaluate("""() => [
      document.querySelector("[data-chart] p").textContent,
      [...document.querySelectorAll("[data-chart] tbody tr")].map((tr) => [...tr.children].slice(0, 3).map((c) => c.textContent)),
      [...document.querySelectorAll("[data-chart] svg")].map((svg) => [...svg.children].map((r) => Number(r.getAttribute("width")))),
    ]""")


def past(certainty: int, score: float | None, count: int = 1, **more: Any) -> dict[str, Any]:
    return {"version": 1, "response": {"n": count}, "certainty": certainty, "score": score, "count": count, **more}


def keep(page: Page, **docs: Any) -> None:
    page.evaluate(
        "(docs) => { for (const [id, doc] of docs) localStorage.setItem(`essaybook:trial:${id}`, JSON.stringify(doc)); }",
        [[name.replace("_", "-"), doc] for name, doc in docs.items()],
    )


def test_the_chart_is_there_when_certainty_is_asked_for(web: Bench) -> None:
    page = web.go("one.html", READY)
    assert page.locator("[data-known]").is_hidden()
    page.locator("[name=certainty]").check()
    assert page.locator("[data-known]").is_visible()
    sentence, rows, bars = known(page)
    assert sentence.startswith("Nothing to show yet.")
    assert (rows, bars) == ([], [])
    page.locator("[name=certainty]").uncheck()
    assert page.locator("[data-known]").is_hidden()


def test_the_chart_counts_all_saved_work_of_this_book(bench: Bench) -> None:
    bench.context.add_init_script(SURE)
    page = bench.go("one.html", READY)
    keep(
        page,
        right=past(3, 1, checked=True),
        also_right=past(3, 1, checked=True),
        partly=past(3, 0.5, checked=True),
        guessed=past(1, 1, checked=True),
        not_said=past(0, 1, checked=True),
        unmarked=past(3, None, checked=True),
        unfinished=past(3, None, checked=False),
        shown=past(3, None, checked=True, revealed=True),
        broken="{",
    )
    page.evaluate("localStorage.setItem('essaybook:other:right', localStorage.getItem('essaybook:trial:right'))")
    assert known(page) == [
        "When you were certain you were right 2 times of 3.",
        [["Guessing", "1", "1"], ["Fairly sure", "0", "0"], ["Certain", "3", "2"]],
        [[100 / 3, 100 / 3], [0, 0], [100, 200 / 3]],
    ]
    pick(page, "school")
    sure(page, 3)
    press(page, "check")
    assert known(page)[0] == "When you were certain you were right 2 times of 4."
    assert bench.console == []


def test_a_question_counts_once_by_its_first_checked_answer(web: Bench) -> None:
    web.context.add_init_script(SURE)
    page = web.go("one.html", READY)
    keep(
        page,
        again=past(3, 1, 5, checked=True, history=[past(2, 0, 3), past(1, None, 1)]),
        told=past(3, 1, 5, checked=True, history=[past(0, None, 3, revealed=True)]),
    )
    sentence, rows, _ = known(page)
    assert sentence == "When you were fairly sure you were right 0 times of 1."
    assert rows == [["Guessing", "0", "0"], ["Fairly sure", "1", "0"], ["Certain", "0", "0"]]
    pick(page, "library")
    sure(page, 1)
    press(page, "check")
    for action in ("reset", "reveal", "reset"):
        press(page, action)
    pick(page, "library")
    sure(page, 3)
    press(page, "check")
    assert known(page)[1] == [["Guessing", "1", "1"], ["Fairly sure", "1", "0"], ["Certain", "0", "0"]]


def test_the_chart_follows_another_tab(web: Bench) -> None:
    web.context.add_init_script(SURE)
    one, other = web.go("one.html", READY), web.go("one.html", READY)
    assert known(one)[0].startswith("Nothing")
    pick(other, "library")
    sure(other, 2)
    press(other, "check")
    wait(
        one,
        "document.querySelector('[data-chart] p').textContent.startsWith('When you were fairly sure you were right 1 time of 1.')",
    )


# Work as a file.


def unfold(page: Page) -> None:
    if page.locator("[data-file]").get_attribute("open") is None:
        page.locator("[data-file] summary").click()


def written(page: Page, to: Path) -> Any:
    unfold(page)
    with page.expect_download() as found:
        press(page, "save-work")
    assert found.value.suggested_filename == "trial-work.json"
    found.value.save_as(to)
    return json.loads(to.read_text(encoding="utf-8"))


def opened(page: Page, text: str | bytes) -> str:
    """Open a file through its button; what is said of it."""
    unfold(page)
    page.evaluate("document.querySelector('[data-file] [role=status]').textContent = ''")
    with page.expect_file_chooser() as chooser:
        press(page, "open-work")
    data = text if isinstance(text, bytes) else text.encode()
    chooser.value.set_files({"name": "work.json", "mimeType": "application/json", "buffer": data})
    wait(page, "document.querySelector('[data-file] [role=status]').textContent")
    return page.locator("[data-file] [role=status]").inner_text()


def file_of(book: str = "trial", **work: Any) -> str:
    return json.dumps({"format": "essaybook-work", "book": book, "work": work})


def test_the_buttons_are_folded_on_the_web_and_open_on_a_disk(bench: Bench) -> None:
    page = bench.go("one.html", READY)
    assert page.locator("[data-action=save-work]").is_visible() == (bench.scheme == "file")
    unfold(page)
    assert page.locator("[data-file] button").all_inner_texts() == ["Save my work", "Open saved work"]
    press(page, "save-work")
    assert page.locator("[data-file] [role=status]").inner_text() == "There is no answer to save yet."


def test_work_goes_from_one_browser_to_another_in_a_file(bench: Bench, tmp_path: Path) -> None:
    page = bench.go("one.html", READY)
    pick(page, "school")
    press(page, "check")
    keep(page, elsewhere=past(2, 1, checked=True))
    page.evaluate("localStorage.setItem('essaybook:other:library', '{\"version\":1}')")
    found = written(page, tmp_path / "work.json")
    assert (found["format"], found["book"], sorted(found["work"])) == (
        "essaybook-work",
        "trial",
        ["elsewhere", "library"],
    )
    assert found["work"]["library"] == saved(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    wait(page, READY)
    assert state(page) == "ready"
    assert opened(page, (tmp_path / "work.json").read_bytes()).startswith("2 exercises opened")
    assert (state(page), page.locator("input[value=school]").is_checked()) == ("checked", True)
    assert "The school came later." in page.locator("[data-feedback]").inner_text()
    assert saved(page) == found["work"]["library"]
    assert page.evaluate("JSON.parse(localStorage.getItem('essaybook:trial:elsewhere')).certainty") == 2
    assert bench.console == []


def test_opening_a_file_loses_neither_answer(web: Bench) -> None:
    page = web.go("one.html", READY)
    pick(page, "school")
    press(page, "check")
    theirs = {"version": 1, "response": {"picks": ["library"], "because": ""}, "checked": True, "score": 1}
    opened(page, file_of(library=theirs | {"count": 1}))
    assert page.locator("input[value=school]").is_checked()
    assert [one["response"]["picks"] for one in saved(page)["history"]] == [["library"]]
    opened(page, file_of(library=theirs | {"count": 9}))
    assert page.locator("input[value=library]").is_checked()
    assert state(page) == "checked"
    assert ["school"] in [one["response"]["picks"] for one in saved(page)["history"]]
    opened(page, file_of(library=theirs | {"count": 10, "version": 2}))
    assert page.locator("input[value=library]").is_checked()
    assert page.evaluate("essaybook.work.settings()") == {"certainty": False}


def test_opened_work_of_another_version_is_offered_once(web: Bench) -> None:
    page = web.go("two.html", READY)
    text = file_of(library=past(0, 0, checked=True) | {"response": {"picks": ["school"], "because": ""}})
    opened(page, text)
    opened(page, text)
    assert state(page) == "ready"
    assert page.locator(".x-note").all_inner_texts()[0].startswith("This question has changed")
    assert page.locator(".x-note").count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read"),
        ("{", "cannot be read"),
        (b"\xff\xfe\x00PK", "cannot be read"),
        ("null", "not a file of saved work"),
        ("7", "not a file of saved work"),
        ("[]", "not a file of saved work"),
        ('{"format": "essaybook-work"}', "not a file of saved work"),
        ('{"format": "essaybook-work", "book": "trial", "work": "library"}', "not a file of saved work"),
        (json.dumps({"book": "trial", "work": {"library": past(0, 0)}}), "not a file of saved work"),
        (file_of("other", library=past(0, 0)), "another book"),
        (" " * 5_000_001, "larger than 5 MB"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_file_that_is_none_is_named_and_changes_nothing(web: Bench, text: str | bytes, says: str) -> None:
    page = web.go("one.html", READY)
    pick(page, "school")
    before = page.evaluate("JSON.stringify(localStorage)")
    words = opened(page, text)
    assert says in words
    assert words.endswith("nothing was opened.")
    assert page.evaluate("JSON.stringify(localStorage)") == before
    assert state(page) == "answered"
    assert web.console == []


def test_nothing_in_a_file_is_believed(web: Bench) -> None:
    page = web.go("one.html", READY)
    deep = '{"version": 1, "response": ' + "[" * 20_000 + "]" * 20_000 + "}"
    bad = ['"settings": {"version": 1, "certainty": 1}', '"../x": {"version": 1}', '"<b>": {"version": 1}',
           '"__proto__": {"version": 1}', '"none": null', '"text": "work"', '"list": [1]', f'"deep": {deep}']  # fmt: skip
    words = opened(page, '{"format": "essaybook-work", "book": "trial", "work": {' + ",".join(bad) + "}}")
    assert words.startswith("0 exercises opened")
    assert words.endswith(f"{len(bad)} could not be read.")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('essaybook:'))") == []
    for text in HOSTILE_WORK:
        try:
            json.loads(text)
        except ValueError:
            continue
        opened(page, '{"format": "essaybook-work", "book": "trial", "work": {"library": ' + text + "}}")
        assert state(page) in {"ready", "answered", "checked"}, text
        assert page.locator("img, b:not(.verdict)").count() == 0, text
        assert page.evaluate("seen.every((one) => one !== 1) && ({}).polluted === undefined"), text
        page.evaluate("essaybook.work.erase()")
    assert not any(line.startswith("uncaught") for line in web.console)


def test_work_can_be_carried_off_where_the_browser_keeps_nothing(web: Bench, tmp_path: Path) -> None:
    web.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = web.go("one.html", READY)
    pick(page, "school")
    press(page, "check")
    assert list(written(page, tmp_path / "work.json")["work"]) == ["library"]
    page.reload()
    wait(page, READY)
    assert opened(page, (tmp_path / "work.json").read_bytes()).startswith("1 exercise opened")
    assert page.locator("input[value=school]").is_checked()
