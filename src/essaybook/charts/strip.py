"""The strip of years that opens a chapter: every dated event a tick, the chapter's own stretch in red."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from essaybook.charts.svg import Form, number
from essaybook.charts.time import Axis
from essaybook.corpus import Corpus
from essaybook.corpus.dates import When


def strip(opening: dict[str, Any], corpus: Corpus, form: Form) -> str:
    """The strip as SVG. ``opening`` is what a chapter's opener says; its events carry labels below."""
    wide = form == "wide"
    width = 856.0 if wide else 342.0
    base = 54.0 if wide else 22.0
    first, last = corpus.years
    axis = Axis(datetime.date(first, 1, 1), datetime.date(last, 12, 31), 0, width)
    root = ET.Element(
        "svg",
        {
            "class": f"strip-svg is-{form}",
            "viewBox": f"0 0 {number(width)} {number(base + (24 if wide else 22))}",
            "aria-hidden": "true",
            "focusable": "false",
        },
    )
    start, end = (When.parse(part) for part in opening["span"].split("/"))
    a, b = axis.at(start.first), axis.at(end.last)
    ticks: dict[bool, set[int]] = {False: set(), True: set()}
    for event in corpus.dated():
        if first <= event.date.year <= last:
            x = axis.at(event.date.first)
            ticks[a <= x <= b].add(round(x))
    for inside, name in ((False, "s-tick"), (True, "s-tick-now")):
        ET.SubElement(root, "path", {"class": name, "d": _comb(sorted(ticks[inside]), base - 3)})
    years = "".join(f"M{number(x + 0.5)} {number(base)}v6" for _, x in axis.years())
    ET.SubElement(root, "path", {"class": "s-axis", "d": f"M0 {number(base)}H{number(width)}{years}"})
    ET.SubElement(
        root,
        "rect",
        {
            "class": "s-span",
            "x": number(a),
            "y": number(base - 2),
            "width": number(max(b - a, 6)),
            "height": "4",
        },
    )
    for year, x in axis.years():
        now = " s-year-now" if start.year <= year <= end.year else ""
        label = ET.SubElement(
            root,
            "text",
            {"class": f"s-year{now}", "x": number(x + (4 if wide else 2)), "y": number(base + 17)},
        )
        label.text = str(year) if wide else f"’{year % 100:02d}"
    if wide:
        _turnings(root, corpus, axis, a, b, base)
    return ET.tostring(root, encoding="unicode")


def _comb(places: list[int], foot: float) -> str:
    """Ticks as one path; every tick after the first is a step from the last, which packs far better."""
    steps = (f"m{place - before} 13v-13" for before, place in pairwise(places))
    return f"M{places[0]} {number(foot)}v-13" + "".join(steps) if places else ""


def _turnings(root: ET.Element, corpus: Corpus, axis: Axis, a: float, b: float, base: float) -> None:
    """The few events that every strip names, above the line, as far as their words have room."""
    free = 0.0
    for event in corpus.dated():
        if not event.turning:
            continue
        x = axis.at(event.date.first)
        length = len(event.label) * 6.6 + 12
        before = x + length > axis.right
        left = x - length if before else x
        if left < free:
            continue
        free = left + length
        now = " s-lead-now" if a <= x <= b else ""
        ET.SubElement(root, "path", {"class": f"s-lead{now}", "d": f"M{number(x)} {number(base - 3)}V14"})
        label = ET.SubElement(
            root,
            "text",
            {
                "class": "s-lab" + (" s-lab-now" if now else ""),
                "text-anchor": "end" if before else "start",
                "x": number(x - 5 if before else x + 5),
                "y": "21",
            },
        )
        label.text = event.label
