"""The reader's own pages, and the records of all exercises that they and other tools load as one script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from essaybook.exercises import join
from essaybook.exercises.base import Exercise
from essaybook.exercises.form import section
from essaybook.exercises.page import FOLDER, STYLE, book_id, put
from essaybook.exercises.payload import Url, embedded, payload
from essaybook.pages.shelf import corpus_of
from essaybook.pages.uses import uses_of
from essaybook.web import assets
from essaybook.web.plan import Leaf, plan_of
from essaybook.web.reach import Reach
from essaybook.web.render import render
from essaybook.web.standing import settled
from essaybook.web.worker import short

PAGES = ("my-work", "look-back")
RECORDS = "records.js"
LOOKING = "looking.js"
AGAIN = ("choice", "estimate", "match", "order")
"""Types whose exercises can be asked again as they are: nothing that they once showed gives the answer away."""


def placed(app: Sphinx) -> Iterator[tuple[Leaf, Exercise]]:
    """Every exercise that stands in the book, with its first page, in reading order."""
    plan, corpus = plan_of(app), corpus_of(app)
    order = plan.order
    found = []
    for at, exercise in enumerate(corpus.exercises.values()):
        use = next(iter(uses_of(app.env, "exercise", exercise.id, order)), None)
        leaf = plan.leaf(use.page) if use else None
        if leaf:
            found.append((order.index(leaf.page), at, leaf, exercise))
    yield from ((leaf, exercise) for _, _, leaf, exercise in sorted(found, key=lambda each: each[:2]))


def heading(app: Sphinx, leaf: Leaf, exercise: Exercise) -> str:
    """The title of the chapter that an exercise belongs to; where there is none, of the page it stands on."""
    chapters = (other for other in plan_of(app).leaves if other.page.rpartition("/")[2] == exercise.chapter)
    own = next(chapters, leaf)
    return f"{own.number}. {own.title}" if own.number else own.title


def told(exercise: Exercise, leaf: Leaf, title: str, app: Sphinx, url: Url) -> dict[str, Any]:
    """What a tool page knows of an exercise: its payload, where it stands, its form and key in plain lines."""
    return {
        **payload(exercise, corpus_of(app), url),
        "page": leaf.page,
        "heading": title,
        "form": exercise.form(),
        "key": exercise.key(),
    }


def records_script(records: dict[str, dict[str, Any]]) -> str:
    """``essaybook.records``: every exercise by id, in reading order, as a classic script."""
    return f"(globalThis.essaybook ??= {{}}).records = {embedded(records)};\n"


def records(app: Sphinx) -> dict[str, dict[str, Any]]:
    """Every exercise of the book as tool pages at the site's root know it."""
    url = Reach(app, "records").record
    return {
        exercise.id: told(exercise, leaf, heading(app, leaf, exercise), app, url) for leaf, exercise in placed(app)
    }


def keep(app: Sphinx, name: str, text: str) -> str:
    """Put a script of the tools beside those of the exercises; its address with its hash, from the site's root."""
    path = Path(app.outdir) / "_static" / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"_static/{FOLDER}/{name}?v={short(text.encode())}"


def shared(app: Sphinx) -> list[str]:
    """Write what every tool page loads; the addresses of the scripts, in order."""
    return [keep(app, join.TELL, join.script(join.TELL)), keep(app, RECORDS, records_script(records(app)))]


def looking_script(app: Sphinx) -> str:
    """``essaybook.looking``: chapters with their exercises, and the sections of those that are asked again."""
    chapters: dict[str, dict[str, Any]] = {}
    forms = {}
    for leaf, exercise in placed(app):
        title = heading(app, leaf, exercise)
        chapter = chapters.setdefault(title, {"heading": title, "page": leaf.page, "ids": []})
        chapter["ids"].append(exercise.id)
        if exercise.type in AGAIN:
            url = Reach(app, "look-back").record
            forms[exercise.id] = section(exercise, corpus_of(app), url, book=book_id(app), level=3)
    looking = {"chapters": list(chapters.values()), "forms": forms}
    return f"(globalThis.essaybook ??= {{}}).looking = {embedded(looking)};\n"


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The reader's own pages, for Sphinx to write."""
    if app.builder.name != "html" or settled(app, *(f"{page}.html" for page in PAGES)):
        return
    put(app, join.CORE)
    put(app, STYLE)
    style = [assets.found(app, f"_static/{FOLDER}/{STYLE}"), assets.address("study.css")]
    core = assets.found(app, f"_static/{FOLDER}/{join.CORE}")
    evidence = keep(app, join.EVIDENCE, join.script(join.EVIDENCE))
    about = {
        "book": book_id(app),
        "title": app.config.html_title or app.config.project,
        "edition": app.config.essaybook_edition,
        "date": app.config.essaybook_edition_date,
    }
    tools = [*shared(app), evidence, core, assets.address("handin.js"), assets.address("my-work.js")]
    yield (
        "my-work",
        {
            "title": "My work",
            "body": render(app, "my-work", "my-work.html", **about),
            "essaybook_description": "All that you answered and saved in this book, to hand in, carry or erase.",
            "essaybook_scripts": tools,
            "essaybook_styles": style,
        },
        "page.html",
    )
    types = [name for name in join.script_names(AGAIN) if name != join.CORE]
    for name in types:
        put(app, name)
    again = [assets.found(app, f"_static/{FOLDER}/{name}") for name in types]
    looking = keep(app, LOOKING, looking_script(app))
    yield (
        "look-back",
        {
            "title": "Look back",
            "body": render(app, "look-back", "look-back.html", **about),
            "essaybook_description": "Questions from earlier chapters, asked again, and how far you have come.",
            "essaybook_scripts": [*again, evidence, core, looking, assets.address("look-back.js")],
            "essaybook_styles": style,
        },
        "page.html",
    )
