"""Templates of ours, filled with escaping on: record text is text, never markup."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sphinx.application import Sphinx

from essaybook.web import words
from essaybook.web.reach import Reach

TEMPLATES = Path(__file__).parent / "templates"


@functools.cache
def environment() -> Environment:
    """The Jinja environment for nodes, cards and catalogues."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES / "nodes"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        WORDING=words.WORDING,
        CHECKED=words.CHECKED,
        SEEN=words.SEEN,
        SEEN_SHORT=words.SEEN_SHORT,
        VERDICT=words.VERDICT,
        RIGHTS=words.RIGHTS,
        language=words.language,
        foreign=words.foreign,
    )
    env.filters.update(sentence=words.sentence, smart=words.smart, tongues=words.tongues, within=words.within)
    return env


def render(app: Sphinx, page: str, template: str, **values: Any) -> Markup:
    """A template as HTML for a page; ``reach`` and ``corpus`` are at hand in every one."""
    reach = Reach(app, page)
    filled = environment().get_template(template).render(reach=reach, corpus=reach.corpus, **values)
    return Markup(filled.strip() + "\n")
