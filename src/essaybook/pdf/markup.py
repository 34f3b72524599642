"""Typst as text: escaping what an author wrote, and calls to the template's functions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import NewType

from docutils.utils.smartquotes import smartyPants

from essaybook.corpus.dates import MONTHS
from essaybook.letters import tongues

Typst = NewType("Typst", str)
"""Markup that may stand between square brackets. Only this module turns plain words into it."""

_SPECIAL = re.compile(r"[\\#$*_`<>@\[\]~=+/'\";(-]")
_ENUM = re.compile(r"^(\s*\d*)([.)])")
_TOGETHER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(\d{{1,2}}) (?=(?:{'|'.join(MONTHS)})\b)"), "\\1\u00a0"),
    (re.compile(r"\b(pp?\.|vols?\.|nos?\.|chapter|point|part|¶¶?) (?=[\dIVXL])"), "\\1\u00a0"),
    (re.compile(r"\b([A-Z]\.) (?=[A-Z])"), "\\1\u00a0"),
    (re.compile(r"(\d) (?=(?:per cent|million|thousand)\b)"), "\\1\u00a0"),
    (re.compile(r"\b([IVX]{2,5}) (?=(?:Party )?(?:Congress|Conference|delegations)\b)"), "\\1\u00a0"),
)
"""What must not be parted at the end of a line: a day and its month, initials, a number and its noun."""

SHORT = 12
"""Fewer letters than this make a short column."""
LINE, GAP, LEAST, HALF = 64, 3, 6, 3
"""Signs in a line of a table, between two columns, in the narrowest column of several lines, in half a word."""


def plain(text: str) -> Typst:
    """Words as an author wrote them, so that no character of them commands anything.

    A full stop, a semicolon or a bracket after a call would belong to the call, so they are escaped as well.
    """
    text = _together(re.sub(r"[ \t\n\r]+", " ", text))
    return Typst(_ENUM.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text)))


def _together(text: str) -> str:
    """A text whose spaces do not break where a line may not."""
    for pattern, replacement in _TOGETHER:
        text = pattern.sub(replacement, text)
    return text


def words(text: str) -> Typst:
    """Plain words of a record, typewriter quotes and dashes made typographic, Cyrillic marked as Russian."""
    text = smartyPants(text, "qD")
    return join(call("ru", content(plain(part))) if cyrillic else plain(part) for part, cyrillic in tongues(text))


def literal(text: str) -> str:
    """A Typst string."""
    return json.dumps(text, ensure_ascii=False)


def content(markup: str) -> str:
    """Markup as an argument."""
    return f"[{markup.strip()}]"


def array(items: Iterable[str]) -> str:
    """A Typst array of values, one of one item included."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def record(**fields: str) -> str:
    """A Typst dictionary of values; names as Typst writes them."""
    return "(" + "".join(f"{name.replace('_', '-')}: {value}, " for name, value in fields.items()) + ")"


def call(name: str, *given: str, **named: str | None) -> Typst:
    """A call to a template function within markup. Arguments are values; None leaves one out."""
    arguments = [*given]
    arguments += [f"{key.replace('_', '-')}: {value}" for key, value in named.items() if value is not None]
    return Typst(f"#{name}({', '.join(arguments)})")


def join(parts: Iterable[str], by: str = "") -> Typst:
    """Markup after markup, empty pieces left out."""
    return Typst(by.join(part for part in parts if part))


def widths(columns: Iterable[Sequence[str]]) -> str:
    """What each column of a table asks for by its texts, the head first: the template makes widths of it."""
    # A day and its month are one word in print.
    table = [[_together(cell) for cell in column] for column in columns]
    shorts = [max(map(len, column)) < SHORT for column in table]
    made = []
    for (head, *body), short, share in zip(table, shorts, _shares(table, shorts), strict=True):
        # The words of a short column stay in one line.
        pieces = body if short else [word for cell in body for word in cell.split(" ")]
        made.append(
            record(
                short=str(short).lower(),
                share=str(share),
                word=literal(max(pieces, key=len, default="")),
                head=literal(head if short else max(head.split(" "), key=len)),
            )
        )
    return array(made)


def _shares(table: list[list[str]], shorts: list[bool]) -> list[int]:
    """Signs of a line for each column, so that the table is as low as may be: whoever has most to say gets most.

    A row is as high as its highest cell. From equal shares on, a column takes from another as long as that helps.
    """
    longest = [max(map(len, column)) for column in table]
    wide = [i for i, short in enumerate(shorts) if not short]
    shares = [0 if short else LEAST for short in shorts]
    taken = sum(length for length, short in zip(longest, shorts, strict=True) if short)
    room = LINE - taken - GAP * (len(table) - 1)
    for i in wide:
        shares[i] = max(LEAST, room // len(wide))

    def height() -> float:
        # Half a word of every line stays empty, which a narrow column feels most.
        lines = ([len(row[i]) / (shares[i] - HALF) for i in wide] for row in zip(*table, strict=True))
        return sum(max(row, default=0) for row in lines)

    step = 8
    while step:
        best = height()
        for gains, gives in permutations(wide, 2):
            if shares[gives] - step < LEAST:
                continue
            shares[gains] += step
            shares[gives] -= step
            if height() < best - 1e-9:
                break
            shares[gains] -= step
            shares[gives] += step
        else:
            step //= 2
    return shares
