"""The web form of what is for teachers: a chapter to assign, specifications and what answers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from essaybook.address import site
from essaybook.corpus.dates import When
from essaybook.corpus.specification import Point
from essaybook.pages import nodes as book
from essaybook.pages.assign import LEVELS, SHAPES, Stand, stands, takes
from essaybook.pages.load import load_of, told
from essaybook.web.downloads import downloads
from essaybook.web.plan import Leaf
from essaybook.web.reach import Reach
from essaybook.web.visitors import app_of, corpus_at, inner, level, nothing, page_of, put

CLASSROOM = "https://classroom.google.com/share?url="
TEAMS = "https://teams.microsoft.com/share?href="
"""Where a link is handed to a class: plain addresses, from which nothing is loaded until somebody follows them."""


def only(ids: Iterable[str]) -> str:
    """The fragment by which a page shows just these exercises. The script of every page reads it."""
    return "only=" + ",".join(ids)


@dataclass(frozen=True)
class Set:
    """Exercises on one page: what to call it, its address from here and as a pupil gets it, what stands there."""

    words: str
    href: str
    shared: str
    stands: list[Stand]

    @property
    def minutes(self) -> int:
        """What they take together."""
        return sum(stand.exercise.minutes for stand in self.stands)


def sets(reach: Reach, page: str) -> list[Set]:
    """A chapter's exercises, page by page. The chapter's own page comes first, with exercises or without."""
    found = {page: [], **stands(reach.app.env, reach.corpus, page, reach.plan.order)}
    made = []
    for there, those in found.items():
        leaf = reach.plan.leaf(there)
        words = "The chapter" if there == page else f"“{leaf.title if leaf else there}”"
        target = reach.app.builder.get_target_uri(there)
        made.append(Set(words, reach.page(there), (site() or "") + target, those))
    return made


def chosen(found: list[Set], names: list[str]) -> list[dict[str, Any]]:
    """Links to just these exercises, one for each page on which some of them stand."""
    links = []
    for each in found:
        those = [stand for stand in each.stands if stand.exercise.id in names]
        if those:
            ids = [stand.exercise.id for stand in those]
            link = {"words": each.words, "href": f"{each.href}#{only(ids)}", "count": len(ids)}
            links.append({**link, "minutes": sum(stand.exercise.minutes for stand in those)})
    return links


def visit_assign(self: HTML5Translator, node: book.AssignBlock) -> None:
    """What the chapter is, its lessons and mistakes and marks, and its exercises to tick."""
    app, corpus, reach = app_of(self), corpus_at(self), Reach(app_of(self), page_of(self))
    page = node["page"]
    leaf = reach.plan.leaf(page)
    opener = app.env.metadata[page].get("opener", {})
    parts: dict[str, list[Any]] = {}
    for part in node.findall(book.AssignPart):
        parts.setdefault(part["part"], []).append(inner(self, part.children))
    found = sets(reach, page)
    put(
        self,
        "assign.html",
        anchor=node["ids"][0],
        level=level(node),
        leaf=leaf,
        opener=opener,
        takes=takes(app.env, page),
        load=load_of(app.env, page, corpus),
        told=told,
        slips=list(zip(parts["said"], parts["answer"], strict=True)),
        shapes=[(words, parts[name][0], chosen(found, node["exercises"][name])) for name, words in SHAPES.items()],
        question=parts["question"][0],
        levels=[(words, parts[name][0]) for name, words in LEVELS.items()],
        sets=found,
        sends=app.builder.name == "html",
        site=site(),
        classroom=CLASSROOM,
        teams=TEAMS,
        quote=lambda url: quote(url, safe=""),
        downloads=downloads(reach, page),
    )


def treated(reach: Reach, point: Point) -> Iterator[dict[str, Any]]:
    """The chapters that treat a point, each with the paragraphs; then whole pages."""
    by_leaf: dict[str, list[str]] = {}
    for name in point.paragraphs:
        by_leaf.setdefault(name.rpartition("-")[0], []).append(name)
    leaves = {leaf.key: leaf for leaf in reach.plan.leaves if leaf.key}
    for key, names in by_leaf.items():
        leaf = leaves[key]
        spots = [(name.rpartition("-")[2], reach.page(leaf.page, name)) for name in names]
        yield {"leaf": leaf, "href": reach.page(leaf.page), "spots": spots}
    for page in point.pages:
        found = reach.plan.leaf(page) or Leaf(page, page, "")
        yield {"leaf": found, "href": reach.page(page), "spots": []}


def visit_specifications(self: HTML5Translator, node: book.SpecificationList) -> None:
    """Specifications: what was seen of each, what the book is good for in it, and where."""
    reach, corpus = Reach(app_of(self), page_of(self)), corpus_at(self)
    found = []
    for name in node["records"]:
        record = corpus.specifications[name]
        points = [(point.says, list(treated(reach, point))) for point in record.points]
        found.append((record, When.parse(record.seen).words, points))
    put(self, "specifications.html", found=found, level=level(node))


def setup_teaching(app: Sphinx) -> None:
    """Register the visitors for every HTML builder."""
    app.add_node(book.AssignBlock, override=True, html=(visit_assign, nothing))
    app.add_node(book.SpecificationList, override=True, html=(visit_specifications, nothing))
