"""Exercises as data: one folder per type, each with its model, its page form, its module and its print form.

A type is a folder ``<type>/`` holding

- ``model.py``    the record, what it cites, what a check finds in it, its form and key in plain lines
- ``page.html``   the controls as they stand in the page before any script runs
- ``widget.mjs``  the behaviour: read, write, judge, and what else the controls can do
- ``print.typ``   the form on paper and its key
- ``form.yml``    the type's own fields for an author to fill in, as ``essaybook new exercise`` writes them

Everything about exercises that stands in a page, a notebook or a file of data is made from these:

- ``kit.mjs``     what modules share; ``join.py`` makes one text of kit and type for a notebook, scripts for a page
- ``frame.html``  what stands around a type's form; ``form.py`` fills both, ``payload.py`` is what a module is told
- ``host/``       the host for pages without a kernel, and the store of saved work
- ``page.py``     the ``exercise`` directive, the one part that knows Sphinx
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's way in. The import stands here because checks and notebooks do without Sphinx."""
    from essaybook import __version__
    from essaybook.exercises.page import setup_exercise

    setup_exercise(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
