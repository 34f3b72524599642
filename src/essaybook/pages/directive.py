"""What the book's directives and roles share: records by name, with the author's place in every error."""

from __future__ import annotations

from typing import Any, TypeVar

import yaml
from docutils import nodes
from pydantic import BaseModel, ValidationError
from sphinx.util.docutils import SphinxDirective, SphinxRole

from essaybook.corpus import Corpus
from essaybook.corpus.corpus import UnknownRecord
from essaybook.pages.shelf import corpus_of, depend

Body = TypeVar("Body", bound=BaseModel)


class BookDirective(SphinxDirective):
    """A directive that draws on the corpus."""

    @property
    def corpus(self) -> Corpus:
        return corpus_of(self.env.app)

    def record(self, kind: str, name: str) -> Any:
        """A record, noted as used by this page. Raises an error with the nearest known names."""
        try:
            found = self.corpus.get(kind, name)
        except UnknownRecord as error:
            raise self.error(str(error)) from None
        depend(self.env, kind, name)
        return found

    def inline(self, text: str) -> list[nodes.Node]:
        """Prose of one paragraph, roles and emphasis included, as nodes."""
        parsed, messages = self.parse_inline(text, lineno=self.lineno)
        return [*parsed, *messages]


class BookRole(SphinxRole):
    """A role that draws on the corpus: ``words <id>`` or just ``id``."""

    kind = ""

    @property
    def corpus(self) -> Corpus:
        return corpus_of(self.env.app)

    def parts(self) -> tuple[str | None, str]:
        """The author's own words, if any, and the record's id."""
        if self.text.endswith(">") and "<" in self.text:
            words, _, name = self.text[:-1].rpartition("<")
            return words.strip(), name.strip()
        return None, self.text.strip()

    def fail(self, wrong: str) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """An error at the author's place, which fails the build."""
        message = self.inliner.reporter.error(wrong, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


def yaml_body(directive: SphinxDirective, model: type[Body]) -> Body:
    """The directive's content read as YAML into ``model``; errors name the line in the author's file."""
    first = directive.content_offset + 1
    text = "\n".join(directive.content)
    try:
        raw = yaml.load(text, Loader=yaml.BaseLoader)
        return model.model_validate(raw or {})
    except yaml.MarkedYAMLError as error:
        line = first + (error.problem_mark.line if error.problem_mark else 0)
        raise directive.error(f"line {line}: this is not YAML: {error.problem}") from None
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(part) for part in problem["loc"]) or directive.name
        raise directive.error(f"{name}: {problem['msg'].removeprefix('Value error, ')}") from None
