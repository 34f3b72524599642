"""The worksheet as a Word file that a teacher edits: the chapter's exercises as plain questions to write on."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from essaybook.corpus import Corpus
from essaybook.exercises.question import Question
from essaybook.packs.gather import Edition
from essaybook.packs.office import named, settled, spoken
from essaybook.pages.lesson import Lesson

FACE = "Georgia"
INK, RED = RGBColor(0, 0, 0), RGBColor(0x9B, 0x1C, 0x1C)
WIDTH = Cm(16)
LINES = 5
"""Lines for an answer in words."""


def worksheet(lesson: Lesson, corpus: Corpus, edition: Edition) -> bytes:
    """The file: headings, questions, boxes, tables and lines. Its answers are in the chapter's key."""
    document = Document()
    _styles(document)
    named(document.core_properties, f"Worksheet: {lesson.title}", edition)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    _say(section.header.paragraphs[0], f"{edition.title} · {edition.day.day} {edition.day:%B %Y}")
    _say(document.add_paragraph(style="Title"), lesson.title)
    _say(document.add_paragraph(style="Subtitle"), str(lesson.opener["question"]))
    for word in ("Code ", "Date "):
        _line(document.add_paragraph(word), Cm(7))
    for number, exercise in enumerate(lesson.exercises, 1):
        _say(document.add_paragraph(style="Heading 1"), f"{number} {type(exercise).verb}")
        told: set[str] = set()
        for asked in exercise.as_questions(corpus):
            # Questions of one exercise begin with what they share, which is printed once.
            for text in asked.prompt.split("\n\n"):
                if text not in told:
                    told.add(text)
                    _say(document.add_paragraph(), text)
            _answer(document, asked)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue(), edition.day)


def _answer(document: Any, asked: Question) -> None:
    """Room for an answer, by the kind of question."""
    match asked.kind:
        case "single" | "several":
            for answer in asked.answers:
                _say(document.add_paragraph(style="List"), f"☐ {answer.text}")
        case "match":
            table = document.add_table(rows=0, cols=2, style="Table Grid")
            for pair in asked.pairs:
                row = table.add_row()
                row.height = Cm(0.9)
                _say(row.cells[0].paragraphs[0], pair.row)
                row.cells[0].paragraphs[0].paragraph_format.space_before = Pt(3)
            _say(document.add_paragraph(style="Caption"), "To choose from: " + "; ".join(asked.choices))
        case "number":
            _line(document.add_paragraph(), Cm(5))
        case "essay":
            for _ in range(LINES):
                _line(document.add_paragraph(), WIDTH)


def _say(paragraph: Paragraph, text: str) -> None:
    """Words, with the language of those in Cyrillic: for the speller, and for a voice that reads them."""
    for piece, cyrillic in spoken(text):
        run = paragraph.add_run(piece)
        if cyrillic:
            _language(run._r.get_or_add_rPr(), "ru-RU")


def _line(paragraph: Paragraph, width: Any) -> None:
    """A line to write on."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    paragraph.add_run("\t")


def _language(properties: Any, tag: str) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), tag)
    properties.append(mark)


def _styles(document: Any) -> None:
    """The book's face and colours in Word's own styles, which a teacher changes in one place."""
    sizes = {"Normal": 11, "Title": 24, "Subtitle": 13, "Heading 1": 14, "List": 11, "Caption": 10}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        style.font.color.rgb = RED if name == "Heading 1" else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FACE)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.15
    document.styles["Caption"].paragraph_format.space_before = Pt(6)
    rule = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if rule is not None:
        rule.getparent().remove(rule)
    document.styles["Heading 1"].paragraph_format.keep_with_next = True
    document.styles["List"].paragraph_format.left_indent = Cm(0.7)
    document.styles["List"].paragraph_format.first_line_indent = Cm(-0.7)
    _language(document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"), "en-GB")
