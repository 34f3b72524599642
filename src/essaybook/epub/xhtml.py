"""From a page's HTML to the XHTML of an e-reader: no script, no control, no fold, and links that lead somewhere.

E-readers that neither run scripts nor fold must show everything: what is folded on the web stands open, and what
only scripts use goes. Which elements those are follows from HTML itself and from a few class names of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import html5lib
from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GONE = {"script", "style", "link", "template", "noscript", "output"}
GONE |= {"form", "button", "input", "select", "textarea"}
ONLINE = {"js-only", "lab-run"}
"""Classes of what is of use only where scripts run or the site's folder is at hand."""
PLAIN = {"details": "div", "summary": "p", "label": "span"}
"""What folds or names a control, and what stands in its place."""
ROLES = {"doc-noteref": "noteref", "doc-endnotes": "endnotes", "doc-backlink": "backlink"}
UNKNOWN = re.compile(
    r"^(?:\{http://www\.w3\.org/2000/xmlns/\}.*|data-.*|for|tabindex|popover|popovertarget|download|hidden|loading"
    r"|decoding)$"
)
FEW = 3
"""Columns that a narrow page has room for. Of a wider table every cell says what it is of: see the style sheet."""
VARIABLE = re.compile(r"var\(--[\w-]+,\s*([^()]*)\)")

Resolve = Callable[[str], str | None]
"""From an address as a page writes it to the one that the EPUB has; nothing where it leads nowhere."""


def tag(name: str) -> str:
    """A name of HTML as the tree has it."""
    return f"{{{XHTML}}}{name}"


def tree(body: str) -> etree._Element:
    """A page's body as a clean tree; its links still lead where they led on the web."""
    parsed = html5lib.parse(f"<!doctype html><body>{body}", treebuilder="lxml", namespaceHTMLElements=True)
    root: etree._Element = parsed.getroot().find(tag("body"))
    for element in list(root.iter(etree.Comment)):
        _drop(element)
    for element in list(root.iter(etree.Element)):
        _mend(element)
    for table in root.iter(tag("table")):
        _labelled(table)
    return root


def _mend(element: etree._Element) -> None:
    space, _, name = str(element.tag)[1:].partition("}")
    classes = (element.get("class") or "").split()
    for key in [key for key in element.attrib if UNKNOWN.match(str(key))]:
        del element.attrib[key]
    if style := element.get("style"):
        element.set("style", VARIABLE.sub(r"\1", style))
    if lang := element.get("lang"):
        element.set(XML_LANG, lang)
    if space != XHTML:
        return
    if name in GONE or ONLINE & set(classes):
        _drop(element)
    elif name in PLAIN:
        element.tag = tag(PLAIN[name])
        element.attrib.pop("open", None)
        if name == "summary":
            element.set("class", "fold")
    elif "source-acts" in classes and all((a.get("href") or "").startswith("#") for a in element.iter(tag("a"))):
        _drop(element)  # It leads to where it stands: an address to copy, which here is none.
    elif name == "figure" and "strip" in classes:
        for drawn in [*element.iter(f"{{{SVG}}}svg"), *element.iter(tag("figcaption"))]:
            _drop(drawn)
    elif name == "figure" and "chart" in classes:
        _described(element)
    role = element.get("role") or ""
    if role in ROLES:
        element.set(TYPE, ROLES[role])
    if role == "doc-endnotes":
        for note in element.iter(tag("li")):
            if note.get("id"):
                note.set(TYPE, "footnote")


def _described(chart: etree._Element) -> None:
    """The words for those who do not see a chart move into its drawing."""
    said = next((p for p in chart.iter(tag("p")) if p.get("class") == "sr"), None)
    for drawn in chart.iter(f"{{{SVG}}}svg"):
        if said is not None:
            drawn.set("role", "img")
            drawn.set("aria-label", "".join(said.itertext()))
    if said is not None and next(chart.iter(f"{{{SVG}}}svg"), None) is not None:
        _drop(said)


def _labelled(table: etree._Element) -> None:
    heads = ["".join(cell.itertext()).strip() for cell in table.iterfind(f"{tag('thead')}/{tag('tr')}/{{*}}*")]
    if len(heads) <= FEW:
        return
    table.set("class", f"{table.get('class') or ''} wide".strip())
    for row in table.iterfind(f"{tag('tbody')}/{tag('tr')}"):
        # A row with a cell over several columns has fewer.
        if len(row) == len(heads):
            for cell, head in zip(row, heads, strict=True):
                cell.set("data-head", head)


def _drop(element: etree._Element) -> None:
    """Take an element out and leave the words after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def anchors(root: etree._Element) -> set[str]:
    """Every id of a page."""
    return {name for name in root.xpath("//@id") if isinstance(name, str)}


def linked(root: etree._Element, resolve: Resolve) -> None:
    """Send every link where the EPUB has it; words that would lead nowhere are no link."""
    for link in list(root.iter(tag("a"))):
        href = link.get("href")
        there = resolve(href) if href else None
        if there is not None:
            link.set("href", there)
            continue
        for key in ("href", "role", TYPE):
            link.attrib.pop(key, None)
        link.tag = tag("span")
        if not "".join(link.itertext()).strip():
            _drop(link)


def document(title: str, lang: str, root: etree._Element, style: str) -> bytes:
    """A whole file. ``style`` is the style sheet's address from it."""
    page = etree.Element(tag("html"), nsmap={None: XHTML, "epub": OPS})
    page.set("lang", lang)
    page.set(XML_LANG, lang)
    head = etree.SubElement(page, tag("head"))
    etree.SubElement(head, tag("title")).text = title
    etree.SubElement(head, tag("link"), rel="stylesheet", type="text/css", href=style)
    page.append(root)
    etree.cleanup_namespaces(page)
    written: bytes = etree.tostring(page, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return written + b"\n"
