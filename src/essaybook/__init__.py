"""An engine that turns an essay and its records into a book: pages, print, notebooks and packs."""

import gc

__version__ = "0.1.0"


def setup(app):  # type: ignore[no-untyped-def]
    """Sphinx's way in: pages, their web form, their printed form."""
    # A build makes much and throws little away: looking for what to throw away took a sixth of its time.
    gc.set_threshold(50_000, 50, 100)
    app.setup_extension("essaybook.pages")
    app.setup_extension("essaybook.exercises")
    app.setup_extension("essaybook.web")
    app.setup_extension("essaybook.pdf")
    app.setup_extension("essaybook.epub")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def __getattr__(name):  # type: ignore[no-untyped-def]
    """What notebooks use, imported only when asked for: ``exercise("id")`` and ``data("name")``."""
    if name == "exercise":
        from essaybook.widgets import exercise

        return exercise
    if name == "data":
        from essaybook.frames import data

        return data
    raise AttributeError(f"module 'essaybook' has no attribute '{name}'")
