"""For teachers: every chapter has its page, ticks make a link that shows just those, and nothing leads nowhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from essaybook.build import Book
from essaybook.corpus import Corpus, prose
from essaybook.pages.assign import SHAPES
from essaybook.web.downloads import FILES
from essaybook.web.frame import POLICY
from site_server import visit

ASSIGN = "book/teaching/assign/general-secretary.html"
CHAPTER = "book/factors/general-secretary.html"
PRACTICE = "book/practice/general-secretary.html"
NAMES = ("what-the-office-was", "whose-secretaries", "what-made-the-desk-work")
"""Two exercises of the chapter's page and one of its practice page."""

FOR_TEACHERS = [
    ASSIGN,
    "book/teaching/for-teachers.html",
    "book/teaching/at-a-glance.html",
    "book/teaching/specifications.html",
    "book/teaching/your-own-site.html",
]


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


def text(path: Path) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))).split())


def shown(page: Page) -> list[str]:
    """The exercises that a reader can see."""
    found = page.locator("section.exercise:visible")
    return [str(found.nth(i).get_attribute("data-exercise")) for i in range(found.count())]


# ---------------------------------------------------------------- pages and records


def test_every_chapter_can_be_assigned_and_its_page_has_every_part(html: Path, root: Path, corpus: Corpus) -> None:
    chapters = [
        path for path in (root / "book").rglob("*.md") if prose.read(path).opener and "labs" not in path.parts
    ]
    assert len(chapters) == 18
    for path in chapters:
        made = (html / f"book/teaching/assign/{path.stem}.html").read_text(encoding="utf-8")
        opener = prose.read(path).opener or {}
        said = text(html / f"book/teaching/assign/{path.stem}.html")
        for part in ("aims", "shapes", "expect", "marks", "choose"):
            assert f'id="assign-{part}"' in made, (path, part)
        for words in SHAPES.values():
            assert f"<dt>{words}</dt>" in made
        assert "minutes to read" in said
        assert "Takes as known" in said
        assert opener["question"].rstrip("?") in said.replace("’", "'").replace("“", '"').replace("”", '"')
        own = {exercise.id for exercise in corpus.exercises.values() if exercise.chapter == path.stem}
        assert own
        assert set(re.findall(r'<input type="checkbox" class="js-only" name="([\w-]+)"', made)) == own, path


def test_a_link_to_some_exercises_names_only_what_stands_on_its_page(html: Path, corpus: Corpus) -> None:
    links = 0
    for path in sorted((html / "book/teaching/assign").glob("*.html")):
        for href, ids in re.findall(r'href="([^"#]+)#only=([\w,-]+)"', path.read_text(encoding="utf-8")):
            there = (path.parent / href).resolve().read_text(encoding="utf-8")
            for name in ids.split(","):
                links += 1
                assert f'data-exercise="{name}"' in there, (path.name, href, name)
    assert links > len(corpus.exercises) + 18 * len(SHAPES)


def test_files_are_linked_only_where_they_are(html: Path) -> None:
    for path in sorted((html / "book/teaching/assign").glob("*.html")):
        for href in re.findall(r'href="([^"]*downloads/[^"]+)" download', path.read_text(encoding="utf-8")):
            if href.split("/")[-1] in FILES:
                assert (path.parent / href).resolve().is_file(), href


def test_the_book_leads_to_its_pages_for_teachers(html: Path) -> None:
    glance = (html / "book/teaching/at-a-glance.html").read_text(encoding="utf-8")
    assert len(re.findall(r'href="assign/[\w-]+\.html" aria-label="Assign: ', glance)) == 18
    assert glance.count("The page to assign it from") == 6
    for lab in ("party-in-numbers", "who-sat-where", "circular-flow", "reading-by-machine"):
        assert f'<a href="../labs/{lab}.html">' in glance
    welcome = (html / "book/teaching/for-teachers.html").read_text(encoding="utf-8")
    assert len(set(re.findall(r'href="assign/([\w-]+)\.html"', welcome))) == 18
    assert "../about/privacy.html" in welcome


def test_specifications_say_what_was_seen_and_lead_to_paragraphs(html: Path, corpus: Corpus) -> None:
    path = html / "book/teaching/specifications.html"
    page, said = path.read_text(encoding="utf-8"), text(path)
    assert len(corpus.specifications) >= 9
    for record in corpus.specifications.values():
        assert f'id="spec-{record.id}"' in page
        assert record.address in page
        assert record.leaves.replace("'", "’")[:40] in said.replace("'", "’")
    names = {name for record in corpus.specifications.values() for p in record.points for name in p.paragraphs}
    assert len(names) > 40
    for name in names:
        href = re.search(rf'href="([^"]+)#{name}"', page)
        assert href, name
        assert f'id="{name}"' in (path.parent / href[1]).resolve().read_text(encoding="utf-8")


def test_print_has_the_words_and_leaves_the_links(printed: dict[str, list[str]]) -> None:
    letters = re.sub(r"\W", "", "".join(printed["book.pdf"])).casefold()
    for words in (
        "What they will get wrong",
        "In the time you have",
        "The point, in our words",
        "What is done there",
    ):
        assert re.sub(r"\W", "", words).casefold() in letters
    for words in ("Tick what your class should do", "Nothing is ticked", "Google Classroom · "):
        assert words not in printed


# ---------------------------------------------------------------- what a school installs


def test_the_headers_carry_the_policy_of_the_pages(root: Path, html: Path) -> None:
    assert POLICY in unescape((html / CHAPTER).read_text(encoding="utf-8"))
    for name, form in (
        ("_headers", f"\n  Content-Security-Policy: {POLICY}\n"),
        ("apache.htaccess", f'\n  Header always set Content-Security-Policy "{POLICY}"\n'),
        ("nginx.conf", f'\n  add_header Content-Security-Policy "{POLICY}" always;\n'),
    ):
        assert form in (root / "deploy" / name).read_text(encoding="utf-8"), name


def test_the_hub_s_settings_are_yaml_and_keep_nothing(root: Path) -> None:
    settings = yaml.safe_load((root / "deploy/jupyterhub.yaml").read_text(encoding="utf-8"))
    assert settings["singleuser"]["storage"] == {"type": "none"}
    assert settings["singleuser"]["defaultUrl"] == "/lab"
    assert settings["cull"]["enabled"] is True
    words = (root / "book/teaching/your-own-site.md").read_text(encoding="utf-8")
    for path in (root / "deploy").iterdir():
        assert f"`deploy/{path.name}`" in words


# ---------------------------------------------------------------- ticks, link, page


@pytest.mark.parametrize("name", [*FOR_TEACHERS, f"{CHAPTER}#only={NAMES[0]}"])
def test_a_visit_is_quiet_and_stays_at_home(page: Page, address: str, name: str) -> None:
    seen = visit(page, f"{address}/{name}")
    assert seen.messages == []
    assert len(seen.hosts) == 1
    assert seen.bytes <= 97_000, seen.sizes


@pytest.mark.parametrize("from_disk", [False, True], ids=["http", "file"])
def test_ticks_make_links_that_show_just_those(page: Page, address: str, html: Path, from_disk: bool) -> None:
    root = html.as_uri() if from_disk else address
    page.goto(f"{root}/{ASSIGN}")
    links = page.locator("[data-link]")
    assert links.count() == 2
    before = links.nth(0).locator("input").input_value()
    assert before == (CHAPTER if from_disk else f"{address}/{CHAPTER}")
    for name in NAMES:
        page.locator(f"input[name={name}]").check()
    expect(page.locator(".assign-said")).to_contain_text("3 exercises, 26 minutes, on 2 pages")
    values = [links.nth(i).locator("input").input_value() for i in range(2)]
    assert values == [
        f"{before}#only=what-the-office-was,whose-secretaries",
        f"{before.replace('factors', 'practice')}#only=what-made-the-desk-work",
    ]
    links.nth(0).get_by_text("Open it").click()
    expect(page.locator(".only").first).to_contain_text("shows 2 of the 5 exercises on this page; 3 are hidden")
    assert shown(page) == ["what-the-office-was", "whose-secretaries"]
    page.get_by_role("button", name="Show all exercises").last.click()
    assert len(shown(page)) == 5
    assert page.locator(".only").count() == 0


def test_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/{ASSIGN}")
    box = page.locator(f"input[name={NAMES[0]}]")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.locator("[data-open]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{CHAPTER}#only={NAMES[0]}")
    page.get_by_role("button", name="Go to the exercises").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.exercise") == NAMES[0]
    page.get_by_role("button", name="Show all exercises").last.focus()
    page.keyboard.press("Enter")
    assert len(shown(page)) == 5


def test_on_a_phone_the_copy_button_says_what_it_did(phone: Page, address: str) -> None:
    phone.goto(f"{address}/{ASSIGN}")
    phone.locator(f"label:has(input[name={NAMES[0]}])").tap()
    phone.locator("[data-copy]").first.tap()
    expect(phone.locator(".assign-said")).to_have_text(re.compile("The link is (copied|marked)"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", ["nobody", "x,<img src=y onerror=alert(1)>", "%E0%A4%A", "__proto__"])
def test_a_link_that_names_nothing_here_shows_all_and_says_so(page: Page, address: str, name: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    page.goto(f"{address}/{CHAPTER}#only={name}")
    expect(page.locator(".only")).to_have_text(
        "The link names no exercise that stands on this page. All of it is shown."
    )
    assert len(shown(page)) == 5
    assert errors == []


def test_an_unknown_name_among_known_ones_is_ignored_with_a_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}/{CHAPTER}#only={NAMES[0]},nobody")
    expect(page.locator(".only").first).to_contain_text("One exercise named in the link is not on this page.")
    assert shown(page) == [NAMES[0]]
    # A link to an exercise that is hidden brings it back.
    page.evaluate(f"location.hash = 'x-{NAMES[1]}'")
    expect(page.locator(f"#x-{NAMES[1]}")).to_be_visible()
    page.evaluate(f"location.hash = 'only={NAMES[1]}'")
    expect(page.locator(f"#x-{NAMES[0]}")).to_be_hidden()
    assert shown(page) == [NAMES[1]]


def test_without_a_script_the_link_leads_to_the_page_and_each_exercise_has_its_own(
    browser: Browser, html: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{html.as_uri()}/{ASSIGN}")
    assert page.locator("input[type=checkbox]:visible").count() == 0
    page.get_by_role("link", name="See it alone").first.click()
    assert page.url.endswith(f"{CHAPTER}#only={NAMES[0]}")
    assert len(shown(page)) == 5
    context.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", [*FOR_TEACHERS, f"{CHAPTER}#only={NAMES[0]}", f"{PRACTICE}#only={NAMES[2]}"])
def test_axe_finds_nothing_on_a_narrow_screen(browser: Browser, address: str, name: str, mode: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=mode)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{name}")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:100] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_page_prints_without_what_only_a_screen_can_do(page: Page, address: str) -> None:
    page.goto(f"{address}/{ASSIGN}")
    page.emulate_media(media="print")
    for hidden in (".assign-link", ".assign-alone", ".assign-send", ".assign-said"):
        assert page.locator(f"{hidden}:visible").count() == 0
    expect(page.get_by_text("What they will get wrong").last).to_be_visible()
    assert page.locator(".assign-x input:visible").count() == 16
