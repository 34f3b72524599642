"""A chapter as six to eight slides: question, answer, sources, chart, task, historians, a last question."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from essaybook.charts.draw import series
from essaybook.charts.words import credit
from essaybook.corpus import Corpus
from essaybook.corpus.chart import BarChart, LineChart, VoteChart
from essaybook.corpus.source import Wording
from essaybook.exercises.base import Exercise
from essaybook.packs.gather import Edition
from essaybook.packs.office import named, settled, spoken
from essaybook.pages.lesson import Lesson, said

FACE = "Georgia"
INK, GREY, RED = RGBColor(0, 0, 0), RGBColor(0x52, 0x52, 0x52), RGBColor(0x9B, 0x1C, 0x1C)
SERIES = (RED, RGBColor(0x52, 0x52, 0x52), RGBColor(0xA6, 0xA6, 0xA6), INK)
WIDE, TALL = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.8), Inches(11.7)
BODY, DEEP = Inches(1.9), Inches(4.9)
SIZES = (40, 36, 32, 28, 24, 22, 20, 18)
"""Points of type, of which a slide takes the most that fit: what is smaller cannot be read from the back."""
PASSAGE = 90
"""Words of a passage that a slide has room for."""


@dataclass(frozen=True)
class Piece:
    """A paragraph on a slide."""

    text: str
    colour: RGBColor = INK
    italic: bool = False
    small: bool = False


def slides(lesson: Lesson, corpus: Corpus, edition: Edition) -> bytes:
    """The file. Notes hold what the teacher says; no slide holds more than fits on it."""
    deck = Deck(edition)
    deck.slide(lesson.title, [Piece(str(lesson.opener["question"]), italic=True)], foot=edition.title)
    answer = [Piece(line) for line in lesson.opener["answer"]]
    deck.slide("In three lines", answer, "Do you agree? Ask again at the end.")
    for source, quotation in lesson.short(PASSAGE)[:2]:
        words = said(quotation)
        quoted = words if quotation.wording is Wording.PARAPHRASE else f"“{words}”"
        pieces = [Piece(quoted), Piece(source.provenance, GREY, small=True)]
        heard = " ".join(filter(None, [source.occasion, quotation.note]))
        deck.slide(f"{source.by}, {source.when}", pieces, heard, quotation.original or "")
    if not deck.chart(lesson, corpus):
        points = [corpus.events[name] for name in lesson.opener["events"]]
        deck.slide("Turning points", [Piece(f"{event.when}: {event.label}") for event in points])
    if task := deck.fitting([*lesson.planned, *lesson.exercises]):
        deck.slide(f"Task: {type(task).verb.lower()}", _task(task), "\n".join(task.key()))
    views = [Piece(f"{one.historian}: {one.argument}") for one in lesson.positions]
    while len(views) > 1 and not (size := _size(views, DEEP)):
        views.pop()
    if len(views) > 1 and size:
        works = (corpus.works[one.work].short for one in lesson.positions[: len(views)])
        deck.slide("Historians disagree", views, "\n".join(works))
    levels = [f"{name.capitalize()}: {text}" for name, text in lesson.set.items() if name != "question"]
    deck.slide("Before you leave", [Piece(lesson.question, italic=True)], "\n".join(levels))
    return deck.saved(f"{lesson.title}: slides")


def _task(exercise: Exercise) -> list[Piece]:
    lines = (line for line in exercise.form() if line.strip() and line != exercise.prompt)
    return [Piece(exercise.prompt), *map(Piece, lines)]


def _size(pieces: Iterable[Piece], deep: int) -> int | None:
    """The largest size of type at which paragraphs fit; none where they do not fit at all.

    A letter of the face is half as wide as it is high, on the average, and lines stand 1.2 times their size apart.
    """
    found = list(pieces)
    for size in SIZES:
        lines = 0.0
        for piece in found:
            points = max(18, size - 6) if piece.small else size
            across = ACROSS / 12700 / (points * 0.5)
            lines += (ceil(len(piece.text) / across) * 1.2 + 0.5) * points
        if lines <= deep / 12700:
            return size
    return None


class Deck:
    """Slides being made."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.made: Any = Presentation()
        self.made.slide_width, self.made.slide_height = WIDE, TALL
        self.layout = self.made.slide_layouts[5]  # a title alone
        head = self.layout.placeholders[0]
        head.left, head.top, head.width, head.height = LEFT, Inches(0.5), ACROSS, Inches(1.2)

    def slide(self, title: str, pieces: list[Piece], notes: str = "", foreign: str = "", foot: str = "") -> Any:
        """A slide with a title and paragraphs under it. ``foreign`` goes to the notes, as it was written."""
        slide = self._open(title, notes, foreign)
        if pieces:
            size = _size(pieces, DEEP) or SIZES[-1]
            self._box(slide, pieces, BODY, DEEP, size)
        if foot:
            self._box(slide, [Piece(foot, GREY)], TALL - Inches(0.9), Inches(0.5), 18)
        return slide

    def fitting(self, exercises: list[Exercise]) -> Exercise | None:
        """The first exercise that fits on a slide."""
        return next((one for one in exercises if _size(_task(one), DEEP)), None)

    def chart(self, lesson: Lesson, corpus: Corpus) -> bool:
        """The first of the chapter's charts that PowerPoint can draw, as a chart whose numbers can be edited."""
        for chart in lesson.charts:
            match chart:
                case LineChart():
                    kind, data = XL_CHART_TYPE.XY_SCATTER_LINES, _lines(chart, corpus)
                case BarChart():
                    kind, data = XL_CHART_TYPE.BAR_STACKED, _bars(chart, corpus)
                case VoteChart():
                    kind, data = XL_CHART_TYPE.BAR_STACKED, _votes(chart, corpus)
                case _:
                    continue
            slide = self._open(chart.title, chart.alt)
            frame = slide.shapes.add_chart(kind, LEFT, BODY, ACROSS, DEEP - Inches(0.3), data)
            frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
            frame.name = "Chart"
            drawn = frame.chart
            drawn.font.size, drawn.font.name = Pt(18), FACE
            drawn.has_title = False
            drawn.has_legend = len(drawn.plots[0].series) > 1
            if drawn.has_legend:
                drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
            if kind is XL_CHART_TYPE.BAR_STACKED:
                drawn.plots[0].gap_width = 60
            else:
                drawn.category_axis.tick_labels.number_format = "0"
                drawn.category_axis.tick_labels.number_format_is_linked = False
                drawn.category_axis.has_major_gridlines = False
            drawn.value_axis.minimum_scale = 0  # a bar that does not begin at nought lies
            drawn.value_axis.tick_labels.number_format = "#,##0"
            drawn.value_axis.tick_labels.number_format_is_linked = False
            drawn.value_axis.major_gridlines.format.line.color.rgb = SERIES[2]
            for one, colour in zip(drawn.plots[0].series, SERIES, strict=False):
                one.format.line.color.rgb = colour
                if kind is XL_CHART_TYPE.BAR_STACKED:
                    one.format.fill.solid()
                    one.format.fill.fore_color.rgb = colour
                else:
                    one.smooth = False
                    one.marker.format.fill.solid()
                    one.marker.format.fill.fore_color.rgb = colour
            rests = credit(chart, corpus)
            if rests:
                self._box(slide, [Piece(rests, GREY)], TALL - Inches(0.8), Inches(0.5), 14)
            return True
        return False

    def saved(self, title: str) -> bytes:
        """The file as it is written."""
        named(self.made.core_properties, title, self.edition)
        out = io.BytesIO()
        self.made.save(out)
        return settled(out.getvalue(), self.edition.day)

    def _open(self, title: str, notes: str, foreign: str = "") -> Any:
        slide = self.made.slides.add_slide(self.layout)
        frame = slide.shapes.title.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
        head = frame.paragraphs[0]
        head.alignment = PP_ALIGN.LEFT
        _say(head, title, 36 if len(title) < 50 else 28, RED)
        text = slide.notes_slide.notes_text_frame
        for n, line in enumerate(filter(None, [notes, foreign])):
            _say(text.paragraphs[0] if n == 0 else text.add_paragraph(), line, 12, INK)
        return slide

    def _box(self, slide: Any, pieces: list[Piece], top: int, deep: int, size: int) -> None:
        frame = slide.shapes.add_textbox(LEFT, top, ACROSS, deep).text_frame
        frame.word_wrap = True
        for n, piece in enumerate(pieces):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.5)
            points = max(18, size - 6) if piece.small else size
            _say(paragraph, piece.text, points, piece.colour, piece.italic)


def _say(paragraph: Any, text: str, size: int, colour: RGBColor, italic: bool = False) -> None:
    """Words with their language."""
    for piece, cyrillic in spoken(text):
        run = paragraph.add_run()
        run.text = piece
        font = run.font
        font.name, font.size, font.italic, font.color.rgb = FACE, Pt(size), italic, colour
        font.language_id = MSO_LANGUAGE_ID.RUSSIAN if cyrillic else MSO_LANGUAGE_ID.ENGLISH_UK


def _lines(chart: LineChart, corpus: Corpus) -> Any:
    data = XyChartData()
    for line in chart.lines:
        made = data.add_series(line.label)
        for figure in series(corpus, chart.resource, line.series):
            made.add_data_point(_year(figure.date.first), float(figure.value))
    return data


def _year(day: date) -> float:
    """A day as a year with a fraction."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 2)


def _bars(chart: BarChart, corpus: Corpus) -> Any:
    data = CategoryChartData()
    bars = chart.bars[::-1]  # drawn from the foot upwards
    data.categories = [bar.label for bar in bars]
    totals = [float(corpus.figures[bar.total].value) for bar in bars]
    parts = [float(corpus.figures[bar.part].value) if bar.part else 0.0 for bar in bars]
    if any(parts):
        data.add_series(chart.part_label or "of these", parts)
        rest = [total - part for total, part in zip(totals, parts, strict=True)]
        data.add_series(chart.rest_label or "others", rest)
    else:
        data.add_series(corpus.figures[chart.bars[0].total].unit, totals)
    return data


def _votes(chart: VoteChart, corpus: Corpus) -> Any:
    data = CategoryChartData()
    data.categories = [vote.label for vote in chart.votes[::-1]]
    for name, field in (("for", "in_favour"), ("against", "against"), ("neither", "silent")):
        names = [getattr(vote, field) for vote in chart.votes[::-1]]
        if any(names):
            data.add_series(name, [float(corpus.figures[one].value) if one else 0.0 for one in names])
    return data
