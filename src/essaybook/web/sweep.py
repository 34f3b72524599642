"""Takes away pages of what is no longer in the book: Sphinx leaves them, and app and zip would keep them."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from essaybook.web import marking, sourcepage, study
from essaybook.web.cite import ENDINGS
from essaybook.web.worker import pages_of

FRONT = "index"
SEARCH = "search"


def sweep(app: Sphinx, error: Exception | None) -> None:
    """After a build that went well: no page that is neither the book's nor made for it, nor its references."""
    if error or app.builder.name != "html":
        return
    out = Path(app.outdir)
    made = {FRONT, SEARCH, marking.PAGE, *study.PAGES, *(page for page, _ in sourcepage.places(app))}
    stay = {app.builder.get_target_uri(page) for page in (*app.env.all_docs, *made)}
    for name in pages_of(out).keys() - stay:
        page = out / name
        page.unlink()
        for ending in ENDINGS:
            page.with_suffix(ending).unlink(missing_ok=True)
        if not any(page.parent.iterdir()):
            page.parent.rmdir()
