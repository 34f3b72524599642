"""Notebooks to run: a lab, its prose without the marks that only this book reads; the exercises of a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from essaybook.corpus import Corpus

FOLDER = "labs"
"""Where notebooks stand in a live copy and among the downloads."""

PRACTICE = "practice"
"""The folder of pages that hold further exercises of a chapter, under the chapter's own name."""

_HEADING = re.compile(r"^# +(.+?)\s*$", re.M)
_ROLE = re.compile(r"\{([\w-]+)\}`([^`]+)`")
_DIRECTIVE = re.compile(r"^:::\{([\w-]+)\}[^\n]*\n(.*?)^:::$\n?", re.M | re.S)
_MARK = re.compile(r"^\{#[\w-]+\}\n", re.M)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")
_NOTE = re.compile(r"^\[\^([\w-]+)\]: ", re.M)
_CITED = re.compile(r"\[\^([\w-]+)\]")
_SAID = re.compile(r"^(.*?)\s*<([^>]+)>$", re.S)


def notebook(path: Path, corpus: Corpus) -> str:
    """The notebook of a lab's page, without outputs. The same page gives the same text."""
    return _made(path.read_text(encoding="utf-8"), corpus)


def exercises(chapter: str, heading: str, corpus: Corpus) -> str:
    """The notebook of a chapter's exercises, in the order of their ids. The same records give the same text."""
    named = [exercise.id for _, exercise in sorted(corpus.exercises.items()) if exercise.chapter == chapter]
    cells = ["import essaybook", *(f'{re.sub("-", "_", name)} = essaybook.exercise("{name}")' for name in named)]
    shown = [cell + "".join(f"\n{name}" for name in re.findall(r"^\w+(?= = )", cell)) for cell in cells]
    words = (
        f"# {heading}: exercises\n\nChoose *Run all cells* in the menu *Run*. Each cell then shows one exercise, "
        "as the page does. What you answer is in `.response`, and what the check makes of it in `.score`."
    )
    return _made("\n\n".join([words, *(f"```{{code-cell}}\n{cell}\n```" for cell in shown)]) + "\n", corpus)


def _made(text: str, corpus: Corpus) -> str:
    """MyST with cells of code as a notebook."""
    import jupytext

    made = jupytext.reads(text, fmt="md:myst")
    for i, cell in enumerate(made.cells):
        cell["id"] = f"cell-{i + 1}"
        if cell.cell_type == "markdown":
            cell["source"] = prose(cell["source"], corpus)
        else:
            folded = "hide-input" in cell["metadata"].get("tags", [])
            cell["metadata"] = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]} if folded else {}
    made["metadata"] = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made["nbformat"], made["nbformat_minor"] = 4, 5
    return str(jupytext.writes(made, fmt="ipynb"))


def prose(text: str, corpus: Corpus) -> str:
    """MyST as plain Markdown: roles as the words that they print, directives in words, no paragraph marks."""
    text = _DIRECTIVE.sub(lambda found: _block(found[1], found[2]), text)
    text = _MARK.sub("", text)
    text = _ROLE.sub(lambda found: _words(found[1], found[2], corpus), text)
    # Markdown in a notebook has no notes; these stand at its end, far from where they are cited.
    text = _CITED.sub(r" (note “\1”)", _NOTE.sub(r"- **Note “\1”.** ", text))
    # Other pages of the book are not beside a notebook.
    return _LINK.sub(r"\1", text).strip()


def _block(name: str, body: str) -> str:
    if name == "lab":
        said = yaml.safe_load(body)
        return "\n".join([f"*{said['question']}*", "", *(f"- {line}" for line in said["answer"]), ""])
    if name == "lab-close":
        said = yaml.safe_load(body)
        return f"**To use.** {said['sentence']}\n\n**Its limits.** {said['limits']}\n"
    return ""


def _words(role: str, text: str, corpus: Corpus) -> str:
    said = _SAID.match(text)
    if said and said[1]:
        return f"“{said[1]}”" if role == "q" else said[1]
    name = text.strip()
    match role:
        case "date":
            return corpus.events[name].when
        case "fig":
            return corpus.figures[name].words
        case "q":
            quotation = corpus.quotations[name][1]
            return f"“{quotation.english or quotation.original}”"
        case "person":
            return corpus.people[name].short
        case "work":
            return corpus.works[name].short
        case "office":
            return corpus.offices[name].name
        case "term":
            return corpus.terms[name].term
        case "src":
            return corpus.sources[name].title
        case _:
            return text


def notebooks(prose_folder: Path, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The name and text of every notebook: the labs, then the exercises of every chapter that has any."""
    for path in sorted((prose_folder / FOLDER).glob("*.md")):
        yield f"{path.stem}.ipynb", notebook(path, corpus)
    chapters = {exercise.chapter for exercise in corpus.exercises.values()}
    for path in sorted(prose_folder.rglob("*.md")):
        if path.stem in chapters and path.parent.name != PRACTICE:
            found = _HEADING.search(path.read_text(encoding="utf-8"))
            yield exercises_of(path.stem), exercises(path.stem, found[1] if found else path.stem, corpus)


def exercises_of(chapter: str) -> str:
    """The name of the notebook with a chapter's exercises."""
    return f"exercises-{chapter}.ipynb"


def write(prose_folder: Path, target: Path, corpus: Corpus) -> list[Path]:
    """Write every notebook into a folder. Those that a reader changed and kept there are left alone."""
    target.mkdir(parents=True, exist_ok=True)
    written: list[Any] = []
    for name, text in notebooks(prose_folder, corpus):
        path = target / name
        if not path.exists():
            path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
