"""An exercise of every type as its readers meet it: by keys alone, by touch, by ear, on a slow machine.

One driver serves all types. It stops at each control in the order of the page and answers by what the control is;
`MOVES` holds what a type asks for beyond that. Answers are wrong or right by what Show answer puts into the controls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from essaybook.exercises import types

SECTION = re.compile(r'<section class="exercise" id="([^"]+)"[^>]* data-exercise="([^"]+)" data-type="([^"]+)"')
SENTENCE = "Not in 1924."
STEPS = 400  # no exercise has as many stops

HELPERS = """
globalThis.told = [];
addEventListener("exercise:state", ({ detail }) => told.push([detail.id, detail.state, detail.score]));
globalThis.trial = {
  shown: (el) => el.checkVisibility({ visibilityProperty: true }) && !el.closest(".sr"),
  group: (el) => el.type === "radio" ? [...el.form.querySelectorAll(`[name="${CSS.escape(el.name)}"]`)] : [el],
  // The control with the focus, or nothing where the focus is elsewhere.
  stop(home, skip, aim) {
    const el = document.activeElement;
    if (!el || el === home || !home.contains(el)) return null;
    const group = trial.group(el);
    const to = aim && home.querySelector(aim);
    // Of a group that is one stop, any member will do.
    const there = !to || el === to || ((to.type === "radio" || to.name === "mark") && el.name === to.name);
    return {
      tag: el.localName, type: el.type ?? "", name: el.name ?? "", value: el.value ?? "", checked: el.checked ?? false,
      values: el.options ? [...el.options].map((o) => o.value) : group.map((c) => c.value),
      settled: group.some((c) => c.checked), data: { ...el.dataset },
      closed: el.localName === "summary" && !el.parentElement.open,
      skip: Boolean(skip) && el.matches(skip),
      way: there ? "" : el.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_FOLLOWING ? "Tab" : "Shift+Tab",
    };
  },
  // What stands in the controls, as a reader who shows the answer finds it.
  held: (home) => ({
    ...Object.fromEntries([...home.querySelector("form").elements].filter((c) => c.name).map(({ name, type, form, value }) => [name,
      ["radio", "checkbox"].includes(type)
        ? [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((c) => c.value) : value ? [value] : []])),
    links: [...home.querySelectorAll("[data-links] > li")].map(({ dataset }) => [dataset.from, dataset.verb, dataset.to]),
  }),
  // The next control of the form that has not been handed out, in the order of the page.
  next(home) {
    home.done ??= new Set();
    for (const el of home.querySelectorAll("form :is(input, select, textarea, button, summary)")) {
      const key = ["radio", "checkbox"].includes(el.type) ? el.name : el.dataset.move ? "move" : el.dataset.do ?? el;
      if (home.done.has(key) || el.disabled || !trial.shown(el)) continue;
      home.done.add(key);
      return el;
    }
    return null;
  },
  // Controls too small to be touched. A word of a passage stands in a line of words, so only its height is its own.
  small: (home) => [...home.querySelectorAll("input, select, textarea, button, summary")].filter(trial.shown).flatMap((el) => {
    const { width, height } = (["radio", "checkbox"].includes(el.type) ? el.closest("label") : el).getBoundingClientRect();
    const least = el.name === "mark" ? height : Math.min(width, height);
    return least < 24 ? [`${el.localName} ${el.name || el.textContent}: ${width} by ${height}`] : [];
  }),
  // What reaches past the screen and is in nothing that scrolls.
  beyond: (home, width) => [...home.querySelectorAll("*")].filter((el) => trial.shown(el) && !el.closest(".scroll, svg, [hidden]")
    && el.getBoundingClientRect().right > width + .5).map((el) => el.outerHTML.slice(0, 120)),
};
"""


@dataclass
class Chosen:
    """An exercise of the built book and what its controls hold when the answer is shown."""

    name: str
    type: str
    page: str
    anchor: str
    right: dict[str, list[Any]] = field(default_factory=dict)


@contextmanager
def opened(browser: Browser, address: str, chosen: Chosen, **options: Any) -> Iterator[tuple[Page, Locator]]:
    """The exercise where a link to it leads, ready."""
    context = browser.new_context(**options)
    wrong: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.add_init_script(HELPERS)
        page.goto(f"{address}/{chosen.page}#{chosen.anchor}", wait_until="domcontentloaded")
        home = page.locator(f"#{chosen.anchor}")
        page.locator(f"#{chosen.anchor}[data-state=ready]").wait_for()
        yield page, home
    finally:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def exercises(html: Path) -> dict[str, Chosen]:
    """The first exercise of each type, page by page."""
    found: dict[str, Chosen] = {}
    for path in sorted((html / "book").rglob("*.html")):
        for anchor, name, kind in SECTION.findall(path.read_text(encoding="utf-8")):
            found.setdefault(kind, Chosen(name, kind, path.relative_to(html).as_posix(), anchor))
    assert set(found) == set(types.TYPES)
    return found


@pytest.fixture(scope="module", params=types.TYPES)
def chosen(request: pytest.FixtureRequest, exercises: dict[str, Chosen], browser: Browser, address: str) -> Chosen:
    one = exercises[request.param]
    with opened(browser, address, one) as (_, home):
        reveal = home.locator("[data-action=reveal]")
        if reveal.is_visible():
            reveal.click()
            one.right = home.evaluate("(home) => trial.held(home)")
    return one


class Reader:
    """Works one exercise by keys alone. After every key the focus must be in the exercise."""

    def __init__(self, page: Page, home: Locator, chosen: Chosen) -> None:
        self.page, self.home, self.chosen = page, home, chosen
        self.box = home.element_handle()
        self.kind = MOVES.get(chosen.type, Moves())
        self.pressed: set[str] = set()

    def stop(self, after: str = "", aim: str = "") -> dict[str, Any]:
        """The control with the focus, and by which key an aim is reached."""
        stop: dict[str, Any] | None = self.box.evaluate(
            "(home, words) => trial.stop(home, ...words)", [self.kind.skip, aim]
        )
        assert stop is not None, f"{after} takes the focus out of {self.chosen.name}"
        return stop

    def press(self, key: str, aim: str = "") -> dict[str, Any]:
        self.page.keyboard.press(key)
        return self.stop(key, aim)

    def write(self, words: str) -> None:
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def to(self, selector: str) -> dict[str, Any]:
        """Tab to the first such control, whichever way it lies."""
        stop = self.stop(aim=selector)
        for _ in range(STEPS):
            if not stop["way"]:
                return stop
            stop = self.press(stop["way"], selector)
        raise AssertionError(f"{selector} of {self.chosen.name} cannot be reached by Tab")

    def fill(self, stop: dict[str, Any], right: bool) -> None:
        """Answer the control with the focus."""
        answer = self.chosen.right.get(stop["name"], [])
        wanted = [v for v in stop["values"] if v and (not answer or (v in answer) is right)]
        match stop["tag"], stop["type"]:
            case "input", "radio":
                if stop["settled"]:
                    return
                stop = self.press("Space")
                while stop["value"] != wanted[0]:
                    stop = self.press("ArrowDown")
                assert stop["checked"]
            case "input", "checkbox":
                if stop["value"] in wanted:
                    assert self.press("Space")["checked"] is not stop["checked"]
            case "select", _:
                for _ in range(len(stop["values"])):
                    if stop["value"] == wanted[0]:
                        break
                    stop = self.press("ArrowDown")
                assert stop["value"] == wanted[0]
            case "input", _:
                self.write(answer[0] if right and answer else "1900")
            case "textarea", _:
                self.write(answer[0] if right and answer else SENTENCE)
            case "summary", _:
                if stop["closed"]:
                    self.press("Enter")
            case "button", _:
                name = stop["data"].get("read") or stop["data"].get("action")
                if name in {"1", "2", "3", "4", "5", "6", "more"} and name not in self.pressed:
                    self.pressed.add(name)
                    self.press("Enter")

    def walk(self, right: bool, most: int = STEPS) -> None:
        """From the control with the focus on to the check button, answering what is met, or as many as asked."""
        stop = self.stop()
        for _ in range(STEPS):
            if stop["data"].get("action") == "check":
                return
            if most and not stop["skip"]:
                self.fill(stop, right)
                most -= most < STEPS and self.home.get_attribute("data-state") == "answered"
            stop = self.press("Tab")
        raise AssertionError(f"Tab does not come to the check button of {self.chosen.name}")

    def answer(self, right: bool) -> None:
        """From any control: answer all, and check."""
        self.pressed.clear()
        if self.kind.first:
            self.kind.first(self, right)
        self.to("form :is(input, select, textarea, button, summary):not(:disabled)")
        self.walk(right)
        self.press("Enter")
        if self.kind.again:
            self.to(self.kind.again)
            self.walk(right)
            self.press("Enter")

    def told(self) -> tuple[list[str], Any]:
        """The states gone through since the last asking, each once, and the last score."""
        said = self.page.evaluate("told.splice(0)")
        mine = [(state, score) for name, state, score in said if name == self.chosen.name]
        states = [state for i, (state, _) in enumerate(mine) if i == 0 or mine[i - 1][0] != state]
        return states, mine[-1][1]


# What a type asks for beyond its controls one by one.


def put_in_order(reader: Reader, right: bool) -> None:
    """Right: a number to each item. Wrong: the last item first, then one place down by its button."""
    places = {n: int(p[0]) for n, p in reader.chosen.right.items() if n.startswith("place-")}
    last = max(places, key=lambda name: places[name])
    for name in sorted(places, key=lambda name: places[name]) if right else [last]:
        reader.to(f'[name="{name}"]')
        reader.write(str(places[name]) if right else "1")
        reader.press("Tab")
    if not right:
        reader.to(f'li:has([name="{last}"]) [data-move=down]')
        reader.press("ArrowDown")


def move_about(reader: Reader, right: bool) -> None:
    """By arrow and by Enter, to the end of the list, where the button is no more."""
    stop = reader.to("[data-move=down]:enabled")
    for i in range(STEPS):
        if stop["data"].get("move") != "down":
            return
        stop = reader.press("Enter" if i % 2 else "ArrowDown")


def link(reader: Reader, right: bool) -> None:
    """Right: every link. Wrong: the first two turned round, and one of them taken out again."""
    links = reader.chosen.right["links"]
    for cause, verb, effect in links if right else [[to, verb, by] for by, verb, to in links[:2]]:
        for name, value in (("from", cause), ("verb", verb), ("to", effect)):
            stop = reader.to(f"[name={name}]")
            while stop["value"] != value:
                stop = reader.press("ArrowDown")
        reader.to("[data-action=add]")
        assert reader.press("Enter")["name"] == "from"
    if not right:
        reader.to("[data-do=remove]")
        assert reader.press("Enter")["data"].get("do") == "remove"


def mark(reader: Reader, right: bool) -> None:
    """Word by word with the arrows. Wrong: a run of two that no answer has."""
    wanted = {int(value) for value in reader.chosen.right["mark"]}
    reader.to("[name=mark]")
    stop = reader.press("Home")
    words = range(len(reader.home.locator("[name=mark]").all()))
    lone = next(i for i in words if not {i, i + 1} & wanted)
    for i in sorted(wanted) if right else [lone]:
        while int(stop["value"]) < i:
            stop = reader.press("ArrowRight")
        stop = reader.press("Space" if right else "Shift+ArrowRight")


def drop(reader: Reader, right: bool) -> None:
    """A paragraph more, and out with it."""
    before = reader.home.locator("[data-paragraphs] > li").count()
    reader.to("[data-action=more]")
    reader.press("Enter")
    reader.to(f"li:nth-child({before + 1}) [data-do=drop]")
    reader.press("Enter")
    assert reader.home.locator("[data-paragraphs] > li").count() == before


@dataclass(frozen=True)
class Moves:
    """What comes first, which controls are then done, where answering goes on after a first check."""

    first: Callable[[Reader, bool], None] | None = None
    skip: str = ""
    again: str = ""


MOVES = {
    "order": Moves(put_in_order, skip="[name^=place-]"),
    "diamond": Moves(move_about),
    "causal-web": Moves(link, skip=".web-new *"),
    "close-reading": Moves(mark, skip="[name=mark]"),
    "planner": Moves(drop),
    "rewrite": Moves(again="[name=slip]"),
}


def feedback(home: Locator) -> str:
    return home.locator("[data-feedback]").inner_text().strip()


NAMED = {"button", "checkbox", "combobox", "link", "radio", "radiogroup", "region", "spinbutton", "textbox"}


def nodes(tree: Any) -> Iterator[tuple[str, str]]:
    """Role and name of everything in a snapshot."""
    for node in tree or []:
        head, below = next(iter(node.items())) if isinstance(node, dict) else (node, None)
        role, _, rest = str(head).partition(" ")
        if not role.startswith("/"):
            name = re.match(r'"((?:[^"\\]|\\.)*)"', rest)
            yield role, name[1].replace('\\"', '"') if name else ""
        if isinstance(below, list):
            yield from nodes(below)


@dataclass
class Moment:
    """What there is to see and to hear at one moment of an exercise."""

    states: list[str]
    score: Any
    feedback: str
    spoken: str
    live: list[Any]
    tree: list[tuple[str, str]]
    folds: int
    findings: list[Any]


def moment(page: Page, home: Locator, chosen: Chosen, reader: Reader) -> Moment:
    region = home.locator("[data-feedback]")
    cdp = page.context.new_cdp_session(page)
    place = cdp.send(
        "Runtime.evaluate", {"expression": f"document.querySelector('#{chosen.anchor} [data-feedback]')"}
    )
    asked = {"objectId": place["result"]["objectId"], "fetchRelatives": False}
    [node] = cdp.send("Accessibility.getPartialAXTree", asked)["nodes"]
    live = [p["value"]["value"] for p in node.get("properties", []) if p["name"] == "live"]
    audit = Axe()
    found = audit.run(page, context=f"#{chosen.anchor}").response["violations"]
    page.emulate_media(color_scheme="dark")
    night = {"runOnly": ["color-contrast"]}
    found += audit.run(page, context=f"#{chosen.anchor}", options=night).response["violations"]
    page.emulate_media(color_scheme="light")
    states, score = reader.told()
    return Moment(
        states=states,
        score=score,
        feedback=region.inner_text().strip(),
        spoken=region.aria_snapshot(),
        live=[node["ignored"], *live],
        tree=list(nodes(yaml.safe_load(home.aria_snapshot()))),
        folds=len([fold for fold in home.locator("details").all() if fold.is_visible()]),
        findings=[(rule["id"], [(n["target"], n["html"][:120]) for n in rule["nodes"]][:3]) for rule in found],
    )


@pytest.fixture(scope="module")
def journey(browser: Browser, address: str, chosen: Chosen) -> dict[str, Moment]:
    """By keys alone: in from the link, a wrong answer, Clear, a right one, Show answer, the folded key."""
    options = {"bypass_csp": True, "color_scheme": "light", "reduced_motion": "reduce"}
    with opened(browser, address, chosen, **options) as (page, home):
        reader = Reader(page, home, chosen)
        seen = {"before": moment(page, home, chosen, reader)}
        reader.press("Tab")
        reader.answer(right=False)
        seen["wrong"] = moment(page, home, chosen, reader)
        reader.to("[data-action=reset]")
        reader.press("Enter")
        assert reader.told()[0] == ["ready"]
        assert home.locator("[data-feedback]").inner_text() == ""
        if chosen.right:
            reader.answer(right=True)
            seen["right"] = moment(page, home, chosen, reader)
            reader.to("[data-action=reveal]")
            reader.press("Enter")
            assert reader.told()[0][-1] == "checked"
            assert "The answer as this book gives it." in home.locator("[data-feedback]").inner_text()
        assert home.locator("[data-action=reveal]").is_visible() is bool(chosen.right)
        reader.to(".x-key > summary")
        reader.press("Enter")
        assert home.locator(".x-key > ul").is_visible()
    return seen


def steps(seen: Moment) -> list[str]:
    """The states gone through, from the first answer on: a number half typed is not yet an order."""
    return seen.states[seen.states.index("answered") :]


def test_it_is_done_by_keys_alone(journey: dict[str, Moment]) -> None:
    assert journey["before"].states == ["ready"]
    assert journey["before"].feedback == ""
    wrong = journey["wrong"]
    assert steps(wrong)[:2] == ["answered", "checked"]
    assert wrong.score is None or wrong.score < 1
    assert wrong.feedback
    if "right" in journey:
        assert steps(journey["right"])[:2] == ["answered", "checked"]
        assert journey["right"].score in (None, 1)
        assert journey["right"].feedback


def test_axe_finds_nothing_before_or_after_an_answer(journey: dict[str, Moment]) -> None:
    assert {when: seen.findings for when, seen in journey.items() if seen.findings} == {}


def test_a_screen_reader_is_told_what_everything_is(journey: dict[str, Moment]) -> None:
    for when, seen in journey.items():
        role, prompt = seen.tree[0]
        assert (role, bool(prompt)) == ("region", True), when
        assert ("heading", prompt) in seen.tree, when
        assert [role for role, name in seen.tree if role in NAMED and not name] == [], when
        # A fold is a group as well, and its summary speaks for it.
        assert len([role for role, name in seen.tree if role == "group" and not name]) == seen.folds, when
        # Not ignored, and spoken of when it changes: the region is there before its words are.
        assert seen.live == [False, "polite"], when
        assert bool(seen.spoken) is (when != "before")
    assert journey["wrong"].feedback.split()[0] in journey["wrong"].spoken


def test_it_is_done_by_touch_on_a_phone(browser: Browser, address: str, chosen: Chosen) -> None:
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    with opened(browser, address, chosen, **options) as (page, home):

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert home.evaluate("(home) => trial.beyond(home, 360)") == []
            assert home.evaluate("(home) => trial.small(home)") == []

        page.locator("[data-settings] [name=certainty]").tap()
        fits()
        for _ in range(STEPS):
            control = home.evaluate_handle("(home) => trial.next(home)").as_element()
            assert control
            tag, kind, action, closed = control.evaluate(
                "(el) => [el.localName, el.type ?? '', el.dataset.action ?? el.dataset.do ?? '', !el.parentElement.open]"
            )
            if action == "check":
                break
            if tag == "select":
                control.select_option(index=2 if control.get_attribute("name") == "to" else 1)
            elif tag == "textarea" or kind == "number":
                control.tap()
                page.keyboard.type(SENTENCE if tag == "textarea" else "3")
            elif (tag == "summary" and closed) or (tag != "summary" and action not in {"drop", "remove"}):
                control.tap()
        assert home.get_attribute("data-state") == "answered"
        fits()
        home.locator("[data-action=check]").tap()
        assert home.get_attribute("data-state") == "checked"
        assert feedback(home)
        fits()


def test_it_answers_on_a_slow_machine(browser: Browser, address: str, chosen: Chosen) -> None:
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(HELPERS)
    page.goto(f"{address}/{chosen.page}#{chosen.anchor}", wait_until="commit")
    home = page.locator(f"#{chosen.anchor}")
    page.locator(f"#{chosen.anchor}[data-state=ready]").wait_for()
    reader = Reader(page, home, chosen)
    reader.press("Tab")
    if reader.kind.first and chosen.type != "planner":
        reader.kind.first(reader, False)
    reader.walk(right=False, most=1)
    assert reader.told()[0] == ["ready", "answered"]
    reader.press("Enter")
    assert home.get_attribute("data-state") == "checked"
    assert feedback(home)
    context.close()
