"""The ``ways`` and ``at-a-glance`` directives: ways through the book, and its chapters in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from essaybook.corpus import Corpus
from essaybook.corpus.way import Step, Way
from essaybook.exercises.base import Exercise
from essaybook.pages import nodes as book
from essaybook.pages.directive import BookDirective
from essaybook.pages.load import Load, load_of, told
from essaybook.pages.outline import Entry, outline


class WaysDirective(BookDirective):
    """``:::{ways}``, or ``:::{ways} id id`` for some of them."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        named = self.arguments[0].split() if self.arguments else list(self.corpus.ways)
        found: list[nodes.Node] = []
        for way in (self.record("way", name) for name in named):
            for step in way.steps:
                if step.page not in self.env.found_docs:
                    raise self.error(f"the way '{way.id}' leads to '{step.page}', which the book has no page for")
                for exercise in (*step.exercises, *filter(None, [step.homework])):
                    self.record("exercise", exercise)
            block = book.WayBlock(record=way.id, ids=[f"way-{way.id}"])
            block += nodes.paragraph("", "", *self.inline(way.brief))
            found.append(block)
        changing(self.env)
        return found


class GlanceDirective(BookDirective):
    """``:::{at-a-glance}``: every chapter with its aims and its minutes."""

    def run(self) -> list[nodes.Node]:
        changing(self.env)
        return [book.Glance()]


def changing(env: BuildEnvironment) -> None:
    """Let the current page be written in every build: it shows what other pages say."""
    env.__dict__.setdefault("essaybook_homes", {})[f"load:{env.docname}"] = env.docname


def chapters(env: BuildEnvironment) -> list[Entry]:
    """The pages with an opener, in order. A lab is no chapter: it is not read in minutes, and has no exercises."""
    return [entry for entry in _opened(env) if not (entry.opener or {}).get("lab")]


def labs(env: BuildEnvironment) -> list[Entry]:
    """The labs, in order."""
    return [entry for entry in _opened(env) if (entry.opener or {}).get("lab")]


def _opened(env: BuildEnvironment) -> list[Entry]:
    """The pages with an opener, in order."""

    def walk(entries: list[Entry]) -> Iterator[Entry]:
        for entry in entries:
            yield entry
            yield from walk(entry.children)

    return [entry for part in outline(env) for entry in walk(part.entries) if entry.opener]


@dataclass(frozen=True)
class Lesson:
    """A step with what it asks for: its page, the minutes to read it, its exercises, its homework."""

    step: Step
    entry: Entry
    load: Load
    exercises: list[Exercise]
    homework: Exercise | None

    @property
    def work(self) -> list[tuple[str, Exercise]]:
        """Every exercise, and what it is here."""
        home = [("Homework", self.homework)] if self.homework else []
        return [*(("In class", exercise) for exercise in self.exercises), *home]


def lessons(env: BuildEnvironment, corpus: Corpus, way: Way) -> list[Lesson]:
    """The lessons of a way."""
    entries = {entry.page: entry for entry in chapters(env)}
    found = []
    for step in way.steps:
        entry = entries.get(step.page) or Entry(step.page, env.titles[step.page].astext())
        asked = [corpus.exercises[name] for name in step.exercises]
        home = corpus.exercises[step.homework] if step.homework else None
        load = Load(load_of(env, step.page, corpus).reading, len(asked), sum(x.minutes for x in asked))
        found.append(Lesson(step, entry, load, asked, home))
    return found


def total(env: BuildEnvironment, corpus: Corpus, way: Way) -> str:
    """What a way asks for in all, in words; nothing for one that leads to no page in particular."""
    if way.every:
        pages = [load_of(env, entry.page, corpus) for entry in chapters(env)]
        load = sum(pages, Load(0))
        return f"{_counted(len(pages), 'chapter')}: {told(load.reading)} to read, {told(load.work)} of exercises"
    found = lessons(env, corpus, way)
    if not found:
        return ""
    load = sum((lesson.load for lesson in found), Load(0))
    home = sum(lesson.homework.minutes for lesson in found if lesson.homework)
    parts = [f"{told(load.reading)} to read"]
    parts += [f"{told(load.work)} of exercises"] if load.work else []
    parts += [f"{told(home)} of homework"] if home else []
    return f"{_counted(len(found), 'lesson')}: {', '.join(parts)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def setup_ways(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("ways", WaysDirective)
    app.add_directive("at-a-glance", GlanceDirective)
