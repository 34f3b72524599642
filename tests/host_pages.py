"""Static pages for the tests of the host: what a build writes around widgets and exercises, under its policy."""

from __future__ import annotations

import html
import itertools
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
NOTEBOOK = STRICT.replace("script-src 'self'", "script-src 'self' blob:")
JUPYTER = "application/vnd.jupyter.widget"

Model = dict[str, Any]
COUNT = itertools.count()


def model(esm: str | None, *, buffers: list[Model] | None = None, **state: Any) -> Model:
    """An entry of embedded widget state, as nbclient writes it for an anywidget."""
    if esm is not None:
        state = {"_esm": esm, "_anywidget_id": "demo.Demo", "_model_name": "AnyModel", **state}
    entry: Model = {"model_name": "AnyModel", "model_module": "anywidget", "model_module_version": "~0.11.0"}
    return {**entry, "state": state, **({"buffers": buffers} if buffers else {})}


def core(name: str, **state: Any) -> Model:
    """An entry of a core ipywidget."""
    return {
        "model_name": name,
        "model_module": "@jupyter-widgets/base",
        "model_module_version": "2.0.0",
        "state": state,
    }


def notebook(
    models: dict[str, Model], views: list[str] | None = None, *, policy: str = NOTEBOOK, body: str = ""
) -> str:
    """A page with an executed notebook's widgets: state in the head, a view in each cell."""
    state = json.dumps({"version_major": 2, "version_minor": 0, "state": models}).replace("</", "<\\/")
    shown = list(models) if views is None else views
    cells = "".join(
        f'<div class="cell_output" id="cell-{i}"><script type="{JUPYTER}-view+json">'
        f"{json.dumps({'version_major': 2, 'version_minor': 0, 'model_id': name})}</script></div>\n"
        for i, name in enumerate(shown)
    )
    head = f'<script type="{JUPYTER}-state+json">{state}</script>'
    return document(cells + body, scripts=["watch.js", "host.js"], policy=policy, head=head)


def document(body: str, *, scripts: list[str], policy: str = STRICT, head: str = "") -> str:
    """A whole page."""
    tags = "".join(f'<script src="{name}" defer></script>' for name in scripts)
    return (
        f'<!doctype html><html lang="en" class="js"><head><meta charset="utf-8"><title>Trial</title><link rel="icon" href="data:,">'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">'
        f'<link rel="stylesheet" href="exercises.css">{tags}{head}</head><body><main>{body}</main></body></html>'
    )


WATCH = """
globalThis.seen = [];
addEventListener("securitypolicyviolation", (e) => seen.push(`refused: ${e.violatedDirective}`));
"""


@dataclass
class Bench:
    """A folder of pages, served and on disk, and a browser to open them in."""

    folder: Path
    address: str
    context: BrowserContext
    scheme: str = "http"
    console: list[str] = field(default_factory=list)

    def at(self, name: str) -> str:
        return (self.folder / name).as_uri() if self.scheme == "file" else f"{self.address}/{name}"

    def open(self, text: str, name: str = "", until: str = "true") -> Page:
        """Write a page, open it, and wait until an expression holds."""
        name = name or f"{self.scheme}-{next(COUNT)}.html"
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.go(name, until)

    def go(self, name: str, until: str = "true") -> Page:
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        page.goto(self.at(name))
        wait(page, until)
        return page


def wait(page: Page, expression: str, seconds: float = 20) -> None:
    """Until an expression holds. Playwright's own way evaluates text in the page, which the policy refuses."""
    end = time.monotonic() + seconds
    while not page.evaluate(f"!!({expression})"):
        assert time.monotonic() < end, f"not within {seconds} s: {expression}"
        page.wait_for_timeout(15)
