"""The web form: page frame, node templates, style, the few scripts, generated pages."""

from __future__ import annotations

import os
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from essaybook import __version__
from essaybook.packs import setup_packs
from essaybook.web import assets, marking, search, sourcepage, study
from essaybook.web.cite import setup_cite
from essaybook.web.frame import surround
from essaybook.web.render import TEMPLATES
from essaybook.web.shape import rearrange
from essaybook.web.standing import refresh
from essaybook.web.sweep import sweep
from essaybook.web.teaching import setup_teaching
from essaybook.web.visitors import setup_visitors


def own_templates(app: Sphinx, config: Config) -> None:
    """Let Sphinx find our templates. No page extends the theme's, so none of its styles and scripts is named."""
    # Relative, for Sphinx keeps a hash of its settings beside the pages, and no folder of ours belongs in it.
    config.templates_path = [os.path.relpath(TEMPLATES, app.confdir), *config.templates_path]


def leave_theme(app: Sphinx) -> None:
    """Spare each page the theme's own navigation, which is drawn whether or not a template shows it."""
    drawn = "update_and_remove_templates"
    for listener in list(app.events.listeners.get("html-page-context", [])):
        if getattr(listener.handler, "__name__", "") == drawn:
            app.disconnect(listener.id)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the web form."""
    app.connect("config-inited", own_templates, priority=900)
    app.connect("env-updated", refresh, priority=900)
    app.connect("doctree-resolved", rearrange, priority=900)
    # After everybody who adds scripts and styles, so that what stays is what we chose.
    app.connect("html-page-context", surround, priority=990)
    app.connect("builder-inited", search.without_sphinx)
    app.connect("builder-inited", leave_theme, priority=990)
    app.connect("html-collect-pages", sourcepage.pages)
    app.connect("html-collect-pages", search.pages)
    app.connect("html-collect-pages", study.pages)
    app.connect("html-collect-pages", marking.pages)
    # Before what counts the pages that there are.
    app.connect("build-finished", sweep, priority=985)
    # After the theme's own finishing touches, which write into _static as well.
    app.connect("build-finished", assets.finish, priority=990)
    setup_packs(app)
    setup_cite(app)
    setup_visitors(app)
    setup_teaching(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
