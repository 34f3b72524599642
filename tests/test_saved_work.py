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


def page_of(*sections: str, scripts: tuple[str, ...] = ("watch.js", "kit.js", "choice.js", "host.js")) -> str:
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
    for name, text in join.scripts().items():
        (folder / name).write_text(text, encoding="utf-8")
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
      for (const name of ["kit.js", "choice.js", "host.js"])
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
