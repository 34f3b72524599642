"""The ``exercise-yaml`` directive: an exercise's record as its author wrote it, folded, for other authors."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from essaybook.corpus import Corpus, plain
from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ExerciseRecord
from essaybook.pages.shelf import corpus_of

EDITORS_LINE = "# yaml-language-server:"
"""Begins a line that speaks to an editor and not to a reader."""


class ExerciseYaml(BookDirective):
    """``:::{exercise-yaml} exercise-id``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [ExerciseRecord(record=self.record("exercise", self.arguments[0]).id)]


def written(corpus: Corpus, name: str) -> str:
    """The record's file, without what speaks to an editor only."""
    text = plain.text(corpus.places["exercise", name].file)
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(EDITORS_LINE))


def visit(self: HTML5Translator, node: ExerciseRecord) -> None:
    """A fold, with the record inside as text."""
    corpus = corpus_of(self.builder.app)
    exercise = corpus.exercises[node["record"]]
    self.body.append(
        Markup(
            '<details class="x-yaml"><summary>The record of this exercise: {type}</summary>\n'
            '<pre translate="no"><code>{text}</code></pre></details>\n'
        ).format(type=exercise.type, text=written(corpus, exercise.id))
    )
    raise nodes.SkipNode


def silent(writer: Any, node: ExerciseRecord) -> str:
    """Print leaves it out: what is on paper cannot be copied."""
    return ""


def setup_record(app: Sphinx) -> None:
    """Register the directive and its two forms."""
    app.add_directive("exercise-yaml", ExerciseYaml)
    app.add_node(ExerciseRecord, override=True, html=(visit, None), typst=(silent, None))
