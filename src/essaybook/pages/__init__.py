"""The Sphinx extension: directives and roles that draw pages from records. Web and print come late."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from essaybook import __version__
from essaybook.pages.assign import setup_assign
from essaybook.pages.catalogues import setup_catalogues
from essaybook.pages.chart import setup_chart
from essaybook.pages.claims import setup_claims
from essaybook.pages.close import setup_close
from essaybook.pages.collation import setup_collation
from essaybook.pages.edition import setup_edition
from essaybook.pages.lab import setup_lab
from essaybook.pages.load import setup_load
from essaybook.pages.opener import setup_opener
from essaybook.pages.positions import setup_positions
from essaybook.pages.rights import setup_rights
from essaybook.pages.roles import setup_roles
from essaybook.pages.shelf import engine_version, fill
from essaybook.pages.source import setup_source
from essaybook.pages.specifications import setup_specifications
from essaybook.pages.then import setup_then
from essaybook.pages.uses import setup_uses
from essaybook.pages.ways import setup_ways


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything, and make warnings errors."""
    app.add_config_value("essaybook_corpus", "book/corpus", "env")
    app.add_config_value("essaybook_prose", "book", "env")
    app.add_config_value("essaybook_edition", "", "env")
    app.add_config_value("essaybook_edition_date", "1970-01-01", "env")
    app.add_config_value("essaybook_cover_chart", "", "env")
    app.warningiserror = True
    app.connect("builder-inited", fill, priority=100)
    setup_roles(app)
    setup_source(app)
    setup_opener(app)
    setup_lab(app)
    setup_then(app)
    setup_close(app)
    setup_chart(app)
    setup_collation(app)
    setup_claims(app)
    setup_positions(app)
    setup_catalogues(app)
    setup_rights(app)
    setup_edition(app)
    setup_uses(app)
    setup_load(app)
    setup_ways(app)
    setup_assign(app)
    setup_specifications(app)
    return {
        "version": __version__,
        "env_version": engine_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
