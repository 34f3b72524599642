"""How a lab's charts look: a figure in the book's few colours, and its SVG made fit for a page and for print."""

from __future__ import annotations

import functools
import io
import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, GREY, PALE, RED = "#1c1a17", "#857c6d", "#d9d1c2", "#941a1d"
"""Ink, a middle grey for what stands beside, a pale one for grids and fields, and the one red."""

PAGE = {INK: "--ink", GREY: "--line", PALE: "--hair", RED: "--red"}
"""The page's names for them, so that a chart follows day and night."""

FACE = "Libertinus Serif"
"""The face in print; a page puts its own in its place."""

WIDTH = 6.0
"""Inches. At the measure of a page, text of 11 points then comes out a little larger than notes."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


@functools.cache
def _style() -> None:
    """Once in a kernel: the book's look, text that stays text, ids that do not change from run to run."""
    import matplotlib
    from cycler import cycler

    # On a new machine it says that it looks for fonts, on the stream for errors.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    matplotlib.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "essaybook",
            "font.family": "DejaVu Serif",
            "font.size": 11,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": INK,
            "axes.linewidth": 0.7,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.facecolor": "none",
            "axes.titlesize": 11,
            "axes.labelsize": 10,
            "axes.prop_cycle": cycler(color=[INK, RED, GREY, PALE]),
            "grid.color": PALE,
            "grid.linewidth": 0.6,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 10,
            "ytick.labelsize": 10,
            "lines.linewidth": 1.6,
            "patch.edgecolor": INK,
            "legend.frameon": False,
            "legend.fontsize": 10,
            "figure.facecolor": "none",
            "savefig.facecolor": "none",
        }
    )


def figure(height: float = 3.4) -> Figure:
    """An empty figure in the book's look, ``height`` inches high. Draw with ``ax = figure.subplots()``."""
    from matplotlib.figure import Figure

    _style()
    return Figure(figsize=(WIDTH, height), layout="constrained")


def svg(drawn: Figure) -> str:
    """A figure as SVG for print: no style element, no script, no date, and no id that nothing points to."""
    text = io.StringIO()
    drawn.savefig(text, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ET.fromstring(text.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}:
                parent.remove(child)
    # What the removed style element said of every shape.
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    for element in root.iter():
        for name in ("d", "x", "y", "width", "height", "transform", "points"):
            if name in element.attrib:
                element.attrib[name] = re.sub(r"(\.\d\d)\d+", r"\1", element.attrib[name]).strip()
    _names(root)
    plain = ET.tostring(root, encoding="unicode")
    return plain.replace("'DejaVu Serif'", f"'{FACE}'")


def _names(root: ET.Element) -> None:
    wanted = set(re.findall(r"url\(#([^)]+)\)", " ".join(_values(root))))
    wanted |= {value[1:] for value in _values(root) if value.startswith("#")}
    for element in root.iter():
        if "id" in element.attrib and element.attrib["id"] not in wanted:
            del element.attrib["id"]


def _values(root: ET.Element) -> Iterable[str]:
    return (value for element in root.iter() for value in element.attrib.values())


def on_page(plain: str, prefix: str, alt: str) -> str:
    """The same SVG for a page: its colours and face the page's own, its ids under a prefix, its words said."""
    root = ET.fromstring(plain)
    root.attrib |= {"class": "lab-svg", "role": "img", "aria-label": alt, "focusable": "false"}
    text = ET.tostring(root, encoding="unicode")
    for colour, name in PAGE.items():
        # As a declaration of style: a presentation attribute takes no variable.
        text = text.replace(colour, f"var({name},{colour})")
    text = text.replace(f"'{FACE}'", "var(--face,serif)")
    text = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', text)
    text = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', text)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", text)
