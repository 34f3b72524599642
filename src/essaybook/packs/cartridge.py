"""A Common Cartridge 1.1 of the whole book: a quiz for each chapter, and where to read it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markupsafe import escape

from essaybook.packs.gather import Chapter, Edition
from essaybook.packs.qti import assessment, ident, xml

CC = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def cartridge(chapters: list[Chapter], edition: Edition) -> dict[str, bytes]:
    """The files of the cartridge. Links lead to the chapters where the address of the site is known.

    Where it is not, a page of words says which chapter to read: a link to nowhere helps nobody.
    """
    files: dict[str, bytes] = {}
    root = Element("manifest", xmlns=CC, identifier=ident(edition.id))
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Common Cartridge"
    SubElement(metadata, "schemaversion").text = "1.1.0"
    general = SubElement(SubElement(metadata, "lom", xmlns=LOM), "general")
    SubElement(SubElement(general, "title"), "string", language="en-GB").text = edition.title
    organizations = SubElement(root, "organizations")
    organization = SubElement(organizations, "organization", identifier="O_1", structure="rooted-hierarchy")
    top = SubElement(organization, "item", identifier="I_1")
    resources = SubElement(root, "resources")
    for chapter in chapters:
        folder = SubElement(top, "item", identifier=f"I_{chapter.slug}")
        SubElement(folder, "title").text = chapter.title
        name, kind, text = _reading(chapter, edition)
        files[name] = text
        _add(folder, resources, f"read-{chapter.slug}", "Read the chapter", kind, name)
        quiz = f"{ident(chapter.slug)}/assessment.xml"
        files[quiz] = assessment(chapter, canvas=False)
        _add(folder, resources, f"quiz-{chapter.slug}", "Questions", QUIZ, quiz)
    return {"imsmanifest.xml": xml(root), **files}


def _add(folder: Element, resources: Element, name: str, words: str, kind: str, path: str) -> None:
    item = SubElement(folder, "item", identifier=f"I_{name}", identifierref=f"R_{name}")
    SubElement(item, "title").text = words
    more = {"href": path} if kind == "webcontent" else {}
    resource = SubElement(resources, "resource", {"identifier": f"R_{name}", "type": kind} | more)
    SubElement(resource, "file", href=path)


def _reading(chapter: Chapter, edition: Edition) -> tuple[str, str, bytes]:
    if edition.site:
        root = Element("webLink", xmlns=LINK)
        SubElement(root, "title").text = chapter.title
        SubElement(root, "url", href=f"{edition.site}{chapter.page}.html")
        return f"{ident(chapter.slug)}/link.xml", "imswl_xmlv1p1", xml(root)
    heading = escape(chapter.title)
    words = (
        f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{heading}</title></head>\n'
        f"<body>\n<h1>{heading}</h1>\n<p>Read this chapter in <cite>{escape(edition.title)}</cite>, "
        "then answer the questions.</p>\n</body>\n</html>\n"
    )
    return f"{ident(chapter.slug)}/read.html", "webcontent", words.encode()
