"""Labs: how one opens and closes, and what its executed cells show, as neutral nodes.

A lab is a notebook written as a page. It is executed whenever it is read, by the Python that builds the book,
and nothing is written outside the build's own folder.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from pydantic import Field
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from essaybook.corpus.record import Model, Slug, Text
from essaybook.labs.explore import BUILD, MIME
from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective, yaml_body

UNREAD = {"exercises", "paragraphs.yml", "versions.yml", "allowances.yml", "paths.yml"}
"""Records that no lab draws on. Whatever else changes, every lab is executed again."""


class LabOpening(Model):
    """What a lab says of itself. ``key`` prefixes its paragraph ids and never changes."""

    key: Slug
    number: int | None = None
    part: Text = "Labs"
    question: Text
    answer: list[Text] = Field(min_length=3, max_length=3, description="what to see, to do, to be able to say")
    minutes: int = Field(gt=0, description="to work through it with the controls in hand")
    takes: Text | None = None


class LabDirective(BookDirective):
    """``:::{lab}`` with YAML; see `LabOpening`."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        opening = yaml_body(self, LabOpening)
        for path in sorted(self.corpus.root.rglob("*")):
            if path.is_file() and not UNREAD & set(path.relative_to(self.corpus.root).parts):
                self.env.note_dependency(str(path))
        opener = {**opening.model_dump(mode="json"), "lab": True, "core": False, "objectives": [], "events": []}
        self.env.metadata[self.env.docname]["opener"] = opener
        node = book.Opener(opener=opener)
        if opening.takes:
            node += nodes.paragraph("", "", *self.inline(opening.takes), classes=["takes"])
        return [node]


class LabClosing(Model):
    """How a lab ends: a sentence for the essay, and what it must not be made to carry."""

    sentence: Text
    limits: Text


class LabCloseDirective(BookDirective):
    """``:::{lab-close}`` with YAML; see `LabClosing`. Each line may hold roles and links."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        closing = yaml_body(self, LabClosing)
        node = book.Close(ids=["close"])
        for part in ("sentence", "limits"):
            node += book.ClosePart("", "", *self.inline(getattr(closing, part)), part=part)
        return [node]


class LabMime:
    """What `essaybook.labs` shows, before any form: found by MyST-NB under its entry point."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", MIME, 0)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The node of a lab's output; nothing for any other kind of output."""
        if data.mime_type != MIME:
            return None
        lab = cast(dict[str, Any], data.content)
        return [book.LabBlock(lab=lab, ids=[f"lab-{lab['name']}"])]


def is_lab(app: Sphinx, page: str) -> bool:
    """Whether a page is a lab."""
    return bool((app.env.metadata.get(page, {}).get("opener") or {}).get("lab"))


class _Kernels:
    """The environment of the kernels of a build, put on before pages are read and taken off at its end."""

    def __init__(self) -> None:
        self.before: dict[str, str | None] = {}

    def on(self, app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
        home = Path(app.outdir).parent / ".jupyter"
        folders = {
            "IPYTHONDIR": "ipython",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "MPLCONFIGDIR": "matplotlib",
        }
        given = {name: str(home / folder) for name, folder in folders.items()}
        engine = str(Path(__file__).parent.parent.parent)
        path = [engine, *filter(None, [os.environ.get("PYTHONPATH")])]
        given |= {BUILD: "1", "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONPATH": os.pathsep.join(path)}
        for name in folders:
            Path(given[name]).mkdir(parents=True, exist_ok=True)
        # What it says of its transport is of no use to whoever builds a book.
        profile = Path(given["IPYTHONDIR"]) / "profile_default"
        profile.mkdir(exist_ok=True)
        quiet = json.dumps({"IPKernelApp": {"log_level": logging.ERROR}})
        (profile / "ipython_kernel_config.json").write_text(quiet, encoding="utf-8")
        self.before = {name: os.environ.get(name) for name in given}
        os.environ.update(given)

    def off(self, app: Sphinx, error: Exception | None) -> None:
        for name, value in self.before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self.before = {}


def strictly(app: Sphinx, config: Config) -> None:
    """A cell that fails, or that complains, fails the build."""
    config["nb_execution_raise_on_error"] = True
    config["nb_output_stderr"] = "error"


def setup_lab(app: Sphinx) -> None:
    """Register the directives, and see to the kernels."""
    kernels = _Kernels()
    app.add_directive("lab", LabDirective)
    app.add_directive("lab-close", LabCloseDirective)
    app.connect("config-inited", strictly)
    app.connect("env-before-read-docs", kernels.on)
    app.connect("build-finished", kernels.off)
