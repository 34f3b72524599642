"""An exercise as HTML: the frame and the controls of its type, readable before and without any script."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from essaybook.exercises.base import Exercise
from essaybook.exercises.payload import Url, embedded, nowhere, payload

if TYPE_CHECKING:
    from essaybook.corpus.corpus import Corpus

_LEADS_NOWHERE = re.compile(r'<a\b(?=[^>]*\shref="")[^>]*>(.*?)</a>', re.S)


@functools.cache
def environment() -> Environment:
    """Templates of the frame and of every type; what a record says is escaped."""
    return Environment(
        loader=PackageLoader("essaybook", "exercises"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def inner(exercise: Exercise, corpus: Corpus, url: Url = nowhere, level: int = 3, live: bool = True) -> Markup:
    """All that stands inside an exercise's section.

    ``level`` is the prompt's level as a heading. Without ``live``, what only a script can serve is left out.
    """

    def address(kind: str, name: str) -> str:
        return url(kind, name) or ""

    kind = exercise.type.replace("-", "_")
    body = environment().get_template(f"{kind}/page.html")
    page = (
        environment()
        .get_template("frame.html")
        .render(
            exercise=exercise,
            shown=[corpus.quotations[name] for name in exercise.shows],
            body=Markup(
                body.render(exercise=exercise, figures=exercise.figures(corpus), corpus=corpus, url=address)
            ),
            check_word=getattr(type(exercise), "check_word", "Check"),
            url=address,
            level=level,
            live=live,
        )
    )
    return Markup(_LEADS_NOWHERE.sub(r"<span>\1</span>", page).strip())


def section(
    exercise: Exercise, corpus: Corpus, url: Url = nowhere, *, book: str, level: int = 3, anchor: str = ""
) -> Markup:
    """The whole section as a page holds it, with the record that its module reads.

    What the exercise is for is a teacher's to know: it names the mistake that a reader is about to make.
    """
    told = {name: value for name, value in payload(exercise, corpus, url).items() if name != "purpose"}
    return Markup(
        '<section class="exercise" id="{anchor}" aria-labelledby="{anchor}-q" data-exercise="{id}" '
        'data-type="{type}" data-version="{version}" data-book="{book}" data-state="static">\n{inner}\n'
        '<script type="application/json" class="x-record">{record}</script>\n</section>\n'
    ).format(
        anchor=anchor or f"x-{exercise.id}",
        id=exercise.id,
        type=exercise.type,
        version=exercise.version,
        book=book,
        inner=inner(exercise, corpus, url, level),
        # Its angle brackets are written as escapes of JSON.
        record=Markup(embedded(told)),
    )


SETTINGS = Markup(
    '<form class="x-settings js-only" data-settings autocomplete="off">'
    '<label><input type="checkbox" name="certainty"> <span>Ask how sure I am of each answer</span></label>'
    ' <span role="status"></span></form>\n'
    '<div class="x-settings x-work js-only" data-work>'
    "<details data-known hidden><summary>How well do you know what you know?</summary>"
    "<div data-chart></div></details>"
    "<details data-file><summary>Save my work, or open saved work</summary>"
    "<p>One file with all answers in this book that this browser gives to this page. Nothing is sent anywhere.</p>"
    '<p class="x-acts"><button type="button" data-action="save-work">Save my work</button> '
    '<button type="button" data-action="open-work">Open saved work</button>'
    '<input type="file" accept=".json,application/json" hidden></p><p role="status"></p></details></div>\n'
)
"""Stands before a page's first exercise. It shows from the start where scripts run, so that nothing moves."""
