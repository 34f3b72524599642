"""GIFT, the `plain text that many systems read <https://docs.moodle.org/en/GIFT_format>`_."""

from __future__ import annotations

import re

from essaybook.exercises.question import Question
from essaybook.packs.gather import Chapter, Entry, html, line
from essaybook.packs.moodle import fraction


def gift(chapter: Chapter) -> str:
    """The questions of a chapter, in a category of its own."""
    head = f"// {line(chapter.title)}\n$CATEGORY: {line(chapter.title)}\n"
    return "\n".join([head, *(f"{_question(entry)}\n" for entry in chapter.entries)])


def escaped(text: str) -> str:
    """Text whose signs mean nothing to the format."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text)


def _rich(text: str) -> str:
    return escaped(line(html(text)))


def _question(entry: Entry) -> str:
    asked = entry.question
    told = f"####{_rich(asked.key)}" if asked.key else ""
    match asked.kind:
        case "single" | "several":
            body = "".join(_answers(asked))
        case "match":
            joined = {pair.belongs for pair in asked.pairs}
            rows = [f"={_rich(p.row)} -> {escaped(line(p.belongs))}" for p in asked.pairs]
            rest = [f"= -> {escaped(line(other))}" for other in asked.choices if other not in joined]
            body = "\n".join([*rows, *rest]) + "\n"
        case "number":
            body = f"#{asked.least.normalize():f}..{asked.most.normalize():f}\n"
        case _:
            body = ""
    return f"::{escaped(entry.id)}::[html]{_rich(asked.prompt)}{{\n{body}{told}\n}}"


def _answers(asked: Question) -> list[str]:
    right = sum(answer.right for answer in asked.answers)
    wrong = len(asked.answers) - right
    found = []
    for answer in asked.answers:
        if asked.kind == "single":
            sign = "=" if answer.right else "~"
        else:
            sign = f"~%{fraction(right)}%" if answer.right else f"~%-{fraction(wrong)}%"
        said = f"#{_rich(answer.feedback)}" if answer.feedback else ""
        found.append(f"{sign}{_rich(answer.text)}{said}\n")
    return found
