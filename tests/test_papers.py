"""A chapter's own papers: reading, worksheet, key and cover lesson as PDF, the worksheet for Word, the slides."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from essaybook.build import Book
from essaybook.corpus import Corpus
from essaybook.packs.gather import Edition
from essaybook.packs.office import settled
from essaybook.packs.slides import DEEP, Piece, _size
from essaybook.packs.worksheet import worksheet
from essaybook.pages.lesson import Lesson

PDFS = ("reading.pdf", "worksheet.pdf", "key.pdf", "cover.pdf")
OFFICE = ("worksheet.docx", "slides.pptx")


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return Book(root).read()[0]


@pytest.fixture(scope="module")
def folders(html: Path, corpus: Corpus) -> dict[str, Path]:
    return {
        name: html / "downloads" / name for name in sorted({one.chapter for one in corpus.exercises.values()})
    }


def letters(text: str) -> str:
    """Letters alone, so that line breaks, hyphens and ligatures make no difference."""
    return "".join(c for c in text.casefold() if c.isalpha())


@cache
def read(path: Path) -> str:
    return letters("".join(page.extract_text() for page in PdfReader(path).pages))


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return letters("".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def test_every_chapter_has_all_of_its_papers(folders: dict[str, Path], html: Path) -> None:
    assert len(folders) == 18
    for name, folder in folders.items():
        for file in (*PDFS, *OFFICE):
            assert (folder / file).is_file(), f"{name}/{file}"
            page = (html / f"book/teaching/assign/{name}.html").read_text(encoding="utf-8")
            assert f"downloads/{name}/{file}" in page


def test_sheet_key_and_word_file_hold_the_same_exercises(folders: dict[str, Path], corpus: Corpus) -> None:
    for name, folder in folders.items():
        prompts = Counter(letters(one.prompt) for one in corpus.exercises.values() if one.chapter == name)
        for found in (read(folder / "worksheet.pdf"), read(folder / "key.pdf"), words_of(folder / "worksheet.docx")):
            assert [prompt for prompt, many in prompts.items() if found.count(prompt) < many] == [], name


def test_a_worksheet_tells_no_answer_and_a_key_does(folders: dict[str, Path], corpus: Corpus) -> None:
    told = [one for one in corpus.exercises.values() if one.closing]
    assert told
    for one in told:
        assert one.closing
        closing = letters(re.sub(r"[*`{}<>]", "", one.closing.text))
        assert closing in read(folders[one.chapter] / "key.pdf"), one.id
        assert closing not in read(folders[one.chapter] / "worksheet.pdf"), one.id
        assert closing not in words_of(folders[one.chapter] / "worksheet.docx"), one.id


@pytest.mark.parametrize("file", PDFS)
def test_a_pdf_says_what_it_is_and_can_be_read_aloud(folders: dict[str, Path], file: str) -> None:
    for name, folder in folders.items():
        pdf = PdfReader(folder / file)
        assert pdf.root_object["/Lang"] == "en-GB", name
        assert pdf.root_object["/MarkInfo"]["/Marked"], name  # type: ignore[index]
        assert pdf.metadata
        assert pdf.metadata.title
        assert "2026" in "".join(page.extract_text() for page in pdf.pages[:1])


def test_a_reading_is_the_chapter(folders: dict[str, Path], root: Path) -> None:
    for name, folder in folders.items():
        texts = (page.read_text(encoding="utf-8") for page in (root / "book").rglob(f"{name}.md"))
        headings = re.findall(r"^#{1,2} (.+)$", next(text for text in texts if ":::{opener}" in text), re.M)
        plain = [letters(re.sub(r"\{\w+\}`([^`<]*)[^`]*`", r"\1", heading)) for heading in headings]
        found = read(folder / "reading.pdf")
        assert [heading for heading in plain if heading not in found] == [], name


def test_a_cover_lesson_is_one_sheet_in_black(folders: dict[str, Path], corpus: Corpus) -> None:
    for name, folder in folders.items():
        pdf = PdfReader(folder / "cover.pdf")
        assert len(pdf.pages) <= 2, name
        prompts = [letters(one.prompt) for one in corpus.exercises.values() if one.chapter == name]
        assert any(prompt in read(folder / "cover.pdf") for prompt in prompts), name
        for page in pdf.pages:
            content = page.get_contents()
            assert content is not None
            colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn?|SCN?)\b", content.get_data())
            assert [found for found in colours if len(set(found)) > 1] == [], name


def test_the_word_file_knows_its_languages(corpus: Corpus) -> None:
    one = next(iter(corpus.exercises.values()))
    lesson = Lesson("book/x", "What is Правда?", {"question": "Кто кого?"}, [one], [], [], [], [], {})
    made = worksheet(lesson, corpus, Edition("trial", "A trial", date(2026, 1, 2)))
    document: Any = Document(io.BytesIO(made))
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "en-GB"
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    foreign = [run for run in runs if re.search("[Ѐ-ӿ]", run.text)]
    assert [run.text for run in foreign] == ["Правда", "Кто кого"]
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in foreign} == {"ru-RU"}


def test_slides_are_six_to_eight_with_titles_notes_and_nothing_too_long(folders: dict[str, Path]) -> None:
    drawn = 0
    for name, folder in folders.items():
        slides = Presentation(str(folder / "slides.pptx")).slides
        assert 6 <= len(slides) <= 8, name
        titles = [slide.shapes.title.text_frame.text for slide in slides if slide.shapes.title]
        assert len(titles) == len(slides)
        assert all(titles)
        for slide in slides:
            bodies = [shape for shape in slide.shapes if shape != slide.shapes.title]
            assert bodies, (name, slide.shapes.title)
            for shape in bodies:
                if shape.has_text_frame:
                    runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                    assert runs
                    assert all(run.font.size and run.font.size >= Pt(14) for run in runs)
                if shape.has_chart:
                    drawn += 1
                    assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        told = [slide.notes_slide.notes_text_frame for slide in slides]
        assert sum(1 for frame in told if frame and frame.text) >= 4, name
    assert drawn >= 6


def test_type_grows_smaller_before_a_slide_overflows() -> None:
    assert _size([Piece("Short.")], DEEP) == 40
    assert _size([Piece("word " * 150)], DEEP) == 24
    assert _size([Piece("word " * 400)], DEEP) is None


def test_no_file_tells_when_it_was_made(folders: dict[str, Path], root: Path) -> None:
    config = (root / "_config.yml").read_text(encoding="utf-8")
    day = re.search(r'essaybook_edition_date: "(.+)"', config)
    assert day
    for file in OFFICE:
        made = (folders["troika"] / file).read_bytes()
        assert settled(made, date.fromisoformat(day[1])) == made
