"""Moodle XML, as `the question bank imports it <https://docs.moodle.org/en/Moodle_XML_format>`_."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from essaybook.exercises.question import Question
from essaybook.packs.gather import Chapter, Entry, html

FRACTIONS = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20",
    "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
"""What Moodle lets an answer earn, in hundredths; less than nothing is the same with a minus."""


def fraction(parts: int) -> str:
    """An equal share of the mark, as Moodle writes it. Raises ValueError where Moodle knows none."""
    share = (Decimal(100) / parts).quantize(Decimal("0.00001")).normalize()
    text = f"{share:f}"
    if text not in FRACTIONS:
        raise ValueError(f"Moodle knows no mark of one in {parts}")
    return text


def moodle(chapter: Chapter, book: str) -> bytes:
    """The questions of a chapter, in a category of its own under the book's."""
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    path = "/".join(part.replace("/", "//") for part in ("top", book, chapter.title))
    _text(SubElement(category, "category"), f"$course$/{path}")
    for entry in chapter.entries:
        _question(quiz, entry)
    indent(quiz, " ")
    written: bytes = tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _question(quiz: Element, entry: Entry) -> None:
    asked = entry.question
    kinds = {"single": "multichoice", "several": "multichoice", "match": "matching", "number": "numerical"}
    made = SubElement(quiz, "question", type=kinds.get(asked.kind, "essay"))
    _text(SubElement(made, "name"), entry.title)
    _html(made, "questiontext", asked.prompt)
    _html(made, "generalfeedback", "" if asked.kind == "essay" else asked.key)
    plain = {"defaultgrade": "1", "penalty": "0.3333333", "hidden": "0", "idnumber": entry.id}
    for name, value in plain.items():
        SubElement(made, name).text = value
    match asked.kind:
        case "single" | "several":
            _choice(made, asked)
        case "match":
            _match(made, asked)
        case "number":
            _number(made, asked)
        case _:
            SubElement(made, "responseformat").text = "editor"
            SubElement(made, "responserequired").text = "1"
            SubElement(made, "responsefieldlines").text = "10"
            SubElement(made, "attachments").text = "0"
            _html(made, "graderinfo", asked.key)


def _choice(made: Element, asked: Question) -> None:
    right = sum(answer.right for answer in asked.answers)
    wrong = len(asked.answers) - right
    SubElement(made, "single").text = "true" if asked.kind == "single" else "false"
    SubElement(made, "shuffleanswers").text = "true"
    SubElement(made, "answernumbering").text = "abc"
    for answer in asked.answers:
        # To tick everything earns nothing.
        lost = f"-{fraction(wrong)}" if asked.kind == "several" and wrong else "0"
        earned = fraction(right) if answer.right else lost
        option = SubElement(made, "answer", fraction=earned, format="html")
        SubElement(option, "text").text = html(answer.text)
        _html(option, "feedback", answer.feedback)


def _match(made: Element, asked: Question) -> None:
    SubElement(made, "shuffleanswers").text = "true"
    joined = {pair.belongs for pair in asked.pairs}
    rows = [(pair.row, pair.belongs) for pair in asked.pairs]
    # What no row belongs to is offered by a row without words.
    for row, belongs in [*rows, *(("", other) for other in asked.choices if other not in joined)]:
        sub = SubElement(made, "subquestion", format="html")
        SubElement(sub, "text").text = html(row)
        _text(SubElement(sub, "answer"), belongs)


def _number(made: Element, asked: Question) -> None:
    # Moodle's tolerance reaches as far on both sides; where ours does not, a second answer takes the rest.
    near = min(asked.value - asked.least, asked.most - asked.value)
    answers = [(asked.value, near)]
    if asked.most > asked.value + near:
        answers.append(((asked.value + asked.most) / 2, (asked.most - asked.value) / 2))
    if asked.least < asked.value - near:
        answers.append(((asked.value + asked.least) / 2, (asked.value - asked.least) / 2))
    for value, tolerance in answers:
        answer = SubElement(made, "answer", fraction="100", format="moodle_auto_format")
        SubElement(answer, "text").text = f"{value.normalize():f}"
        _html(answer, "feedback", "")
        SubElement(answer, "tolerance").text = f"{tolerance.normalize():f}"


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text


def _html(parent: Element, name: str, text: str) -> None:
    _text(SubElement(parent, name, format="html"), html(text))
