"""The site as a reader meets it: a browser, a phone, no JavaScript, a file on a stick."""

from __future__ import annotations

import time
from html import unescape
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import Budget
from site_server import PLAIN, visit

ESSAY = "book/essay.html"
CHAPTER = "book/factors/general-secretary.html"
PAGES = [
    "index.html",
    "book/index.html",
    "book/question.html",
    ESSAY,
    CHAPTER,
    "book/factors/funeral.html",
    "book/labs/party-in-numbers.html",
    "book/labs/who-sat-where.html",
    "book/labs/circular-flow.html",
    "book/labs/reading-by-machine.html",
    "book/reference/timeline.html",
    "book/reference/people.html",
    "book/reference/offices.html",
    "book/reference/glossary.html",
    "book/reference/sources.html",
    "book/reference/figures.html",
    "book/reference/bibliography.html",
    "book/reference/index-of-names.html",
    "book/reference/sources/letter-to-the-congress.html",
    "book/teaching/at-a-glance.html",
    "book/teaching/gallery.html",
    "search.html",
]
HEAVY = {
    ESSAY: 101_000,
    "book/labs/circular-flow.html": 76_000,
    "book/labs/party-in-numbers.html": 67_000,
    "book/labs/reading-by-machine.html": 66_500,
    "book/reference/timeline.html": 73_500,
    "book/reference/people.html": 67_000,
    "book/teaching/gallery.html": 124_000,
}
"""Pages with reasons of their own: every claim of the essay with its evidence, charts in many states, every event or
life with what it rests on, and one exercise of every type."""


MANY = ["book/judgement/what-historians-say.html", "book/setting/party-without-a-will.html"]
"""Pages that ask for the most files."""


@pytest.mark.parametrize("name", [*PAGES, *MANY])
def test_a_first_visit_is_light_quiet_and_stays_at_home(
    browser: Browser, address: str, name: str, budget: Budget
) -> None:
    context = browser.new_context(**PLAIN)
    seen = visit(context.new_page(), f"{address}/{name}")
    assert seen.messages == []
    assert len(seen.hosts) == 1
    exercises = "data-exercise=" in context.pages[0].content()
    # A chapter carries its exercises. The others are bare pages.
    most = 93_500 if exercises else 63_000
    context.close()
    print(seen.sizes)
    budget(f"bytes on a first visit, {name}", seen.bytes, HEAVY.get(name, most))
    budget(f"requests on a first visit, {name}", len(seen.sizes), 12)


def test_a_second_page_is_lighter(browser: Browser, address: str, budget: Budget) -> None:
    context = browser.new_context(**PLAIN)
    visit(context.new_page(), f"{address}/book/question.html")
    seen = visit(context.new_page(), f"{address}/book/factors/funeral.html")
    context.close()
    assert seen.bytes > 10_000, "a page that is not asked for weighs nothing"
    budget("bytes on a second page, book/factors/funeral.html", seen.bytes, 30_000)


@pytest.mark.parametrize("name", ["book/index.html", CHAPTER, "book/reference/people.html", "search.html"])
def test_it_opens_from_a_file(page: Page, html: Path, name: str) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((html / name).as_uri(), wait_until="networkidle")
    assert messages == []
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("name", ["bibliography.html", "people.html", "sources/kamenev-notes-1928.html"])
def test_every_letter_is_in_the_books_own_face(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/book/reference/{name}", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *:not(pre, code, pre *)"})
    strange = {}
    for node in found["nodeIds"]:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if not font["isCustomFont"]:
                strange[node] = font["familyName"]
    words = [session.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"][:120] for node in list(strange)[:5]]
    assert words == [], "tools/fonts.py adds letters to the face"


def test_the_face_is_small(root: Path, budget: Budget) -> None:
    files = list((root / "src/essaybook/web/static/fonts").glob("*.woff2"))
    budget("bytes of the faces together", sum(path.stat().st_size for path in files), 40_000)


def test_search_finds_from_a_file(page: Page, html: Path) -> None:
    page.goto((html / "search.html").as_uri() + "?q=Krestinsky", wait_until="networkidle")
    page.get_by_role("link", name="The General Secretary").first.wait_for()


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules on colours. They take most of the time, and a page's colours are the same at every width: so they are
asked by day and by night on a phone, and on one wide page, where the contents stand beside the text."""


@pytest.mark.parametrize(
    ("name", "width", "mode"),
    [
        *(
            (name, width, mode)
            for name in PAGES[1:]
            for width, mode in ((320, "light"), (320, "dark"), (1440, "light"))
        ),
        (CHAPTER, 1440, "dark"),
    ],
)
def test_nobody_is_shut_out(
    browser: Browser, address: str, name: str, width: int, mode: Literal["light", "dark"], budget: Budget
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/{name}", wait_until="networkidle")
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    options: dict[str, Any] = {}
    if mode == "dark":  # by night a page differs in its colours, and in nothing else
        options = {"runOnly": COLOURS}
    elif width > 320 and name != CHAPTER:
        options = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
    found = Axe().run(page, options=options).response["violations"]
    context.close()
    assert overflow <= 0
    print([(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found])
    budget(f"findings of axe at {width} px, {mode}, {name}", len(found), 0)


def test_the_contents_open_by_touch(phone: Page, address: str) -> None:
    phone.goto(f"{address}/{CHAPTER}")
    link = phone.get_by_role("navigation", name="Book").get_by_role("link", name="The Lenin Enrolment", exact=True)
    assert not link.is_visible()
    phone.locator(".menu > summary").tap()
    link.tap()
    phone.wait_for_url("**/factors/lenin-enrolment.html")


def test_a_card_opens_by_touch_pointer_and_keyboard(phone: Page, page: Page, address: str) -> None:
    phone.goto(f"{address}/{CHAPTER}")
    phone.locator("article p[id] > a.who").first.tap()
    phone.locator(".card:popover-open").wait_for()
    page.goto(f"{address}/{CHAPTER}")
    mention = page.locator("article p[id] > a.who").nth(1)
    mention.hover()
    page.locator(".card:popover-open").wait_for()
    page.mouse.move(2, 2)
    expect(page.locator(".card:popover-open")).to_have_count(0)
    mention.focus()
    page.keyboard.press("Enter")
    page.locator(".card:popover-open").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".card:popover-open")).to_have_count(0)
    assert mention.evaluate("element => element === document.activeElement")


def test_the_book_is_readable_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{CHAPTER}")
    assert "Krestinsky is the warning" in page.locator("article").inner_text()
    note = page.locator("a[role=doc-noteref]").first
    target = note.get_attribute("href")
    assert target
    assert page.locator(target).is_visible()
    russian = page.locator("blockquote[lang=ru]").first
    if not russian.is_visible():
        page.locator("details:has(blockquote[lang=ru]) > summary").first.click()
    assert russian.is_visible()
    context.close()


def look(page: Page) -> dict[str, str]:
    """How a paragraph of the page is set."""
    found: dict[str, str] = page.locator("article section > p").first.evaluate(
        """(p) => {
            const style = getComputedStyle(p);
            const paper = getComputedStyle(document.body).backgroundColor;
            const { letterSpacing, lineHeight, width } = style;
            return { paper, letterSpacing, lineHeight, width };
        }"""
    )
    return found


def test_what_a_reader_sets_is_kept_and_can_be_taken_back(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/{CHAPTER}")
    before = look(page)
    page.get_by_role("button", name="How to read").press("Enter")
    panel = page.get_by_role("form", name="How to read")
    assert Axe().run(page).response["violations"] == []
    for words in ("dark", "wider", "shorter"):
        panel.get_by_label(words, exact=True).check()
    after = look(page)
    assert {name for name in before if before[name] == after[name]} == set()
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    again = context.new_page()
    again.goto(f"{address}/{CHAPTER}")
    assert look(again) == after
    again.get_by_role("button", name="How to read").click()
    for name in ("Page", "Spacing", "Lines"):
        again.get_by_role("group", name=name).get_by_role("radio").first.check()
    assert look(again) == before
    assert again.evaluate("Object.keys(localStorage)") == []


CUT = """() => [...document.querySelectorAll("main :is(p, li, dd, td, th, label, button, h1, h2, h3, legend)")]
    .filter((el) => el.checkVisibility() && !el.closest(".sr, .scroll, svg, .tenures"))
    .filter((el) => getComputedStyle(el).overflowX !== "visible" && el.scrollWidth > el.clientWidth + 1)
    .map((el) => el.className || el.tagName)"""
"""What shows less than it holds."""


@pytest.mark.parametrize("name", PAGES[1:])
def test_nothing_is_lost_with_room_between_letters_and_lines(browser: Browser, address: str, name: str) -> None:
    """WCAG 1.4.12, by the widest setting that the book itself offers."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    context.add_init_script("localStorage.setItem('spacing', 'wider')")
    page = context.new_page()
    page.goto(f"{address}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = page.evaluate(CUT)
    context.close()
    assert cut == []


MOVED = (
    "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value })"
    ".observe({ type: 'layout-shift', buffered: true })"
)


STILL = ["book/labs/party-in-numbers.html", "book/reference/timeline.html", "look-back.html", "my-work.html"]
LATE = ["book/index.html", CHAPTER, "book/factors/funeral.html", "book/reference/bibliography.html"]


@pytest.mark.parametrize(("name", "late"), [(name, False) for name in STILL + LATE] + [(name, True) for name in LATE])
def test_nothing_moves_while_the_page_loads(
    browser: Browser, address: str, name: str, late: bool, budget: Budget
) -> None:
    """With the book's faces at hand nothing moves, but for the line that a heading or words in italics may take.
    A face that comes late takes the place of one of the device, and a paragraph may have a line more or less."""
    context = browser.new_context(**PLAIN | {"viewport": {"width": 360, "height": 740}})
    if late:
        context.route("**/*.woff2*", lambda route: (time.sleep(0.3), route.continue_()))
    else:
        visit(context.new_page(), f"{address}/{name}")
    page = context.new_page()
    page.add_init_script(MOVED)
    visit(page, f"{address}/{name}")
    shift = page.evaluate("shift")
    context.close()
    budget(f"layout shift, {name}" + (", the faces 0.3 s late" if late else ""), shift, 0.1 if late else 0.02)


def test_a_phone_lays_out_the_first_screens_first_and_then_the_rest(phone: Page, address: str) -> None:
    """On arrival at the top only: whoever reloads in the middle, or follows a link into it, stays where they were."""
    phone.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.put_off ="
        " [...document.querySelectorAll('section')].filter((el) => getComputedStyle(el).contentVisibility === 'auto').length })"
    )
    all_of = "[...document.querySelectorAll('section')].every"
    phone.goto(f"{address}/{CHAPTER}")
    assert phone.evaluate("put_off") >= 4
    expect(phone.locator("html.arriving")).to_have_count(0)
    assert phone.evaluate(f"{all_of}((el) => getComputedStyle(el).contentVisibility === 'visible')")
    phone.locator("section.exercise").nth(2).scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    assert before > 3000
    phone.reload()
    assert phone.evaluate("put_off") == 0
    # A face that came late may have moved it by some lines; a guess at what is above, by thousands of pixels.
    assert phone.evaluate("scrollY") == pytest.approx(before, abs=150)
    phone.goto("about:blank")
    phone.goto(f"{address}/{CHAPTER}#what-crossed-the-desk")
    assert phone.evaluate("put_off") == 0


def test_the_way_back_from_a_note_stands_on_its_last_line(phone: Page, address: str) -> None:
    for name in (CHAPTER, "book/judgement/what-historians-say.html", "book/factors/testament.html"):
        phone.goto(f"{address}/{name}")
        lines = phone.locator(".notes li").evaluate_all(
            """notes => notes.map((note) => {
              const back = note.querySelector("a.back");
              const said = document.createRange();
              said.setStart(note, 0);
              said.setEndBefore(back);
              return [[...said.getClientRects()].at(-1).bottom, back.getBoundingClientRect().top];
            })"""
        )
        assert len(lines) > 4
        assert [pair for pair in lines if pair[1] > pair[0]] == [], name


def test_every_page_has_a_policy_that_allows_no_other_host(html: Path) -> None:
    for path in (html / "book").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text, path
        policy = unescape(text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0])
        assert "default-src 'none'" in policy
        assert "http" not in policy


ZOOMED = [*PAGES[1:], "my-work.html", "marking.html"]

@pytest.mark.parametrize("name", ZOOMED)
def test_nothing_is_lost_at_four_times_the_size(browser: Browser, address: str, name: str) -> None:
    """WCAG 1.4.4 and 1.4.10: a window of 1280 by 1024 at 400 % has 320 by 256 pixels of CSS."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    page.goto(f"{address}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT) == []
    # What stays on the screen leaves most of it to what is read.
    stuck = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((el) => ["fixed", "sticky"].includes(getComputedStyle(el).position) && el.checkVisibility())
            .filter((el) => el.getBoundingClientRect().height > 0 && !el.closest(".sr, .skip"))
            .map((el) => [el.className || el.tagName, el.getBoundingClientRect().height])"""
    )
    context.close()
    assert [each for each in stuck if each[1] > 100] == []


@pytest.mark.parametrize("name", [CHAPTER, "book/reference/timeline.html", "book/teaching/gallery.html"])
def test_focus_is_seen_with_colours_of_the_readers_own(browser: Browser, address: str, name: str) -> None:
    """Forced colours take away backgrounds and shadows: where the focus is must show by an outline."""
    context = browser.new_context(forced_colors="active", viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}", wait_until="networkidle")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const el = document.activeElement;
                if (!el || el === document.body) return null;
                // A control that is drawn by its label shows the focus there.
                const all = [el, el.parentElement, el.closest("label"), el.nextElementSibling].filter(Boolean);
                const clear = (e) => {
                    const { outlineStyle, outlineWidth } = getComputedStyle(e);
                    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
                };
                return all.some(clear) ? null : el.outerHTML.slice(0, 120);
            }"""
        )
        if shown:
            unseen.append(shown)
    context.close()
    assert unseen == []


OF_PAPER = """() => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "Canvas";
    const paper = getComputedStyle(probe).color;
    return [...document.querySelectorAll("body *")]
        .filter((el) => !el.closest("svg, .sr") && el.checkVisibility())
        .filter((el) => [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
        .filter((el) => getComputedStyle(el).color === paper)
        .map((el) => el.outerHTML.slice(0, 120));
}"""
"""Words in the colour of the paper, which a browser lays behind all words where colours are forced: not to be seen."""


@pytest.mark.parametrize("name", ZOOMED)
def test_words_are_seen_with_colours_of_the_readers_own(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{name}", wait_until="networkidle")
    unseen = page.evaluate(OF_PAPER)
    main = page.locator("button.main:visible")
    if main.count():
        main.first.hover()
        unseen += page.evaluate(OF_PAPER)
    context.close()
    assert unseen == []


def test_whoever_asks_for_stillness_has_it(browser: Browser, address: str) -> None:
    """No transition, no animation, no scrolling that glides."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{CHAPTER}", wait_until="networkidle")
    moving = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("body *")].filter((el) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(el);
            const lasting = transitionDuration.split(",").some((time) => parseFloat(time) > 0);
            return lasting || animationName !== "none" || scrollBehavior === "smooth";
        }).map((el) => el.className || el.tagName)"""
    )
    context.close()
    assert moving == []
