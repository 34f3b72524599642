"""A pencil for SVG: a few shapes with class names on the web, and with colours of their own in print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree as ET

Form = Literal["wide", "narrow", "print"]
WIDTH: dict[Form, float] = {"wide": 592, "narrow": 342, "print": 500}

FACE = "Libertinus Serif"
INK, GREY, LINE, HAIR, RED = "#000000", "#525252", "#8c8c8c", "#d9d9d9", "#9b1c1c"
PRINT: dict[str, dict[str, str]] = {
    "c-grid": {"stroke": HAIR, "fill": "none", "stroke-width": "0.6"},
    "c-axis": {"stroke": INK, "fill": "none", "stroke-width": "0.7"},
    "c-mark": {"stroke": INK, "fill": "none", "stroke-width": "0.7", "stroke-dasharray": "2 3"},
    "c-bar": {"fill": LINE},
    "c-bar c-now": {"fill": RED},
    "c-part": {"fill": GREY},
    "c-in": {"fill": "#ffffff", "font-size": "13.5", "font-weight": "600"},
    "c-rest": {"fill": "none", "stroke": INK, "stroke-width": "0.7"},
    "c-post": {"fill": HAIR},
    "c-post c-now": {"fill": "#f0dcdc"},
    "c-loose": {"fill": "none", "stroke": LINE, "stroke-width": "0.8", "stroke-dasharray": "2 2"},
    "c-edge": {"fill": "none", "stroke": LINE, "stroke-width": "0.8"},
    "c-edge c-now": {"fill": "none", "stroke": RED, "stroke-width": "0.8"},
    "c-need": {"fill": "none", "stroke": INK, "stroke-width": "1.4"},
    "c-on": {"fill": INK, "font-size": "13"},
    "c-end": {"stroke": LINE, "fill": "none", "stroke-width": "1"},
    "c-end c-now": {"stroke": RED, "fill": "none", "stroke-width": "1"},
    "c-line": {"stroke": LINE, "fill": "none", "stroke-width": "1.5"},
    "c-line c-now": {"stroke": RED, "fill": "none", "stroke-width": "2"},
    "c-open": {"stroke": LINE, "fill": "#ffffff", "stroke-width": "1.2"},
    "c-open c-now": {"stroke": RED, "fill": "#ffffff", "stroke-width": "1.5"},
    "c-dot": {"fill": LINE},
    "c-dot c-now": {"fill": RED},
    "c-name": {"fill": INK, "font-size": "15"},
    "c-name c-now": {"fill": RED, "font-size": "15", "font-weight": "600"},
    "c-lab": {"fill": GREY, "font-size": "13"},
    "c-lab c-now": {"fill": RED, "font-size": "13"},
    "c-year": {"fill": GREY, "font-size": "13"},
    "c-mark-lab": {"fill": INK, "font-size": "13.5", "font-style": "italic"},
}
"""What the style sheet says on the web, said in the drawing itself for print."""


@dataclass
class Svg:
    """A drawing of ``width`` by ``height`` units."""

    width: float
    height: float
    form: Form
    root: ET.Element = field(init=False)

    def __post_init__(self) -> None:
        attributes = {"viewBox": f"0 0 {number(self.width)} {number(self.height)}"}
        if self.form == "print":
            attributes |= {"xmlns": "http://www.w3.org/2000/svg", "font-family": FACE}
        else:
            attributes |= {"class": f"chart-svg is-{self.form}", "aria-hidden": "true", "focusable": "false"}
        self.root = ET.Element("svg", attributes)

    def add(self, tag: str, name: str, text: str | None = None, **attributes: float | str) -> None:
        """Add an element with a class name; numbers are rounded to a tenth."""
        given = {
            key.replace("_", "-"): value if isinstance(value, str) else number(value)
            for key, value in attributes.items()
        }
        look = PRINT.get(name, {}) if self.form == "print" else {"class": name}
        element = ET.SubElement(self.root, tag, look | given)
        element.text = text

    def path(self, name: str, d: str) -> None:
        """Add a path."""
        self.add("path", name, d=d)

    def text(self, name: str, x: float, y: float, words: str, anchor: str = "start") -> None:
        """Add words at a point; ``anchor`` is start, middle or end."""
        where = {"text_anchor": anchor} if anchor != "start" else {}
        self.add("text", name, words, x=x, y=y, **where)

    def __str__(self) -> str:
        return ET.tostring(self.root, encoding="unicode")


def breadth(words: str, size: float = 13.5) -> float:
    """About how wide words will be: nobody can measure them here, so a little more than most are."""
    return len(words) * size * 0.51


def number(value: float) -> str:
    """A coordinate to a tenth, with no needless zero."""
    return f"{round(value, 1):g}"
