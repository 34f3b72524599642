"""The ``exercise`` directive, its web form, and the files that a page with exercises loads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.writers.html5 import HTML5Translator

from essaybook.exercises import join
from essaybook.exercises.form import SETTINGS, section
from essaybook.exercises.record import setup_record
from essaybook.exercises.style import style
from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ExerciseBlock
from essaybook.pages.shelf import corpus_of

FOLDER = "essaybook"
"""Where our files stand below ``_static``."""

STYLE = "exercises.css"
WIDGETS = "application/vnd.jupyter.widget-state+json"


class ExerciseDirective(BookDirective):
    """``:::{exercise} exercise-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        exercise = self.record("exercise", self.arguments[0])
        for kind, name in exercise.references():
            self.record(kind, name)
        there = self.state.document.findall(ExerciseBlock)
        if any(block["record"] == exercise.id for block in there):
            raise self.error(f"the exercise '{exercise.id}' stands on this page already")
        return [ExerciseBlock(record=exercise.id, type=exercise.type, ids=[f"x-{exercise.id}"])]


def book_id(app: Sphinx) -> str:
    """What saved work is kept under: given once in the configuration, else made from the title."""
    named = app.config.essaybook_id or app.config.html_title or app.config.project
    return re.sub(r"[^a-z0-9]+", "-", str(named).casefold()).strip("-") or "book"


def assets_for(doctree: nodes.document) -> list[str]:
    """The files that a page's exercises need below ``_static/essaybook``, in the order to load them.

    Scripts are classic ones, to be deferred: the types used, then the core. The style comes last.
    """
    types = {block["type"] for block in doctree.findall(ExerciseBlock)}
    return [*join.script_names(types), STYLE] if types else []


def visit(self: HTML5Translator, node: ExerciseBlock) -> None:
    """The section with the form, readable as it is, and the record that its module takes."""
    from essaybook.web.reach import Reach

    app, page = self.builder.app, self.builder.current_docname
    first = next(iter(self.document.findall(ExerciseBlock)))
    if first is node:
        # From whichever page: the reader's own work stands at the site's root.
        mine = Markup('<p class="x-settings js-only"><a href="{}">My work</a></p>\n').format(
            "../" * page.count("/") + "my-work.html"
        )
        self.body.append(SETTINGS + mine)
    above = 1
    at = node.parent
    while at is not None:
        above += isinstance(at, nodes.section)
        at = at.parent
    corpus = corpus_of(app)
    self.body.append(
        section(
            corpus.exercises[node["record"]],
            corpus,
            Reach(app, page).record,
            book=book_id(app),
            level=min(max(above, 2), 6),
            anchor=node["ids"][0],
        )
    )
    raise nodes.SkipNode


def put(app: Sphinx, name: str) -> None:
    """Put a script or the style where pages find it. What no page names is removed at the end of the build."""
    try:
        text = style() if name == STYLE else join.script(name)
    except join.NotInSubset as error:
        raise ExtensionError(f"an exercise type's module cannot be joined:\n{error}") from None
    path = Path(app.outdir) / "_static" / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Ask for a page's files; a page that shows a notebook's widgets needs the host, and what puts them on it."""
    if app.builder.format != "html" or doctree is None:
        return
    names = assets_for(doctree)
    state = any(
        getattr(script, "attributes", {}).get("type") == WIDGETS for script in context.get("script_files", [])
    )
    if state:
        names = [*(names or join.script_names([])), join.NOTEBOOK]
    for name in names:
        put(app, name)
        add = app.add_css_file if name.endswith(".css") else app.add_js_file
        add(f"{FOLDER}/{name}")


def setup_exercise(app: Sphinx) -> None:
    """Register the directive, the web form and the files."""
    app.add_config_value("essaybook_id", "", "html")
    app.add_directive("exercise", ExerciseDirective)
    app.add_node(ExerciseBlock, override=True, html=(visit, None))
    setup_record(app)
    app.connect("html-page-context", load)
