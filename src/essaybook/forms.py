"""Forms for new records and chapters: every field that is needed, with a word on what belongs there."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Form:
    """A form: the file it goes to, whether it is appended to a list, its text, what to do next."""

    path: str
    text: str
    advice: str
    append: bool = False


FORMS = {
    "source": Form(
        "book/corpus/sources/{name}.yml",
        """\
# yaml-language-server: $schema=../../../schemas/source.schema.json
id: {name}
title: TITLE OF THE DOCUMENT
by: SPEAKER OR AUTHOR, AS PRINTED OVER THE PASSAGE
people: []                  # ids from people.yml
date: 1900-01-01            # New Style; before 14 February 1918 add old_style: as well
old_style: 1899-12-20
place: PLACE WHERE IT WAS SAID
occasion: WHERE AND TO WHOM IT WAS SAID OR WRITTEN
kind: speech
language: ru
first_published: WHERE AND WHEN IT WAS FIRST PRINTED
provenance: ONE LINE, PRINTED UNDER THE PASSAGE
witnesses:
  - edition: EDITION, VOLUME, PLACE, YEAR
    pages: PAGES AS PRINTED THERE
    means: printed volume
    read: false             # true once you have read the passage there, in context
rights:
  status: public-domain     # public-domain, official or quoted
  statement: WHY IT MAY BE PRINTED
text: >-
  THE ORIGINAL AS YOU READ IT, WITH A FEW SENTENCES AROUND THE QUOTATION
normalised: []              # every letter you changed, and why
quotations:
  - id: {name}-words
    original: THE ORIGINAL WORDS
    english: YOUR OWN TRANSLATION
    translator: ours
    wording: as-quoted      # checked, as-quoted, paraphrase or unchecked
""",
        "fill it in, then run 'essaybook check'. Quote it on a page with ':::{{source}} {name}-words'",
    ),
    "event": Form(
        "book/corpus/events.yml",
        """\
- id: {name}
  date: 1929-12-31          # move the record to its place in order of date
  label: A FEW WORDS FOR THE TIMELINE
  text: WHAT HAPPENED, IN ONE OR TWO SENTENCES
  people: []
  themes: []
  checked: unchecked        # checked, partly or unchecked
  basis: []                 # - work: key of a work; read: true once you have read it there
""",
        "the form stands at the end; fill it in, move it to its date, run 'essaybook check'",
        append=True,
    ),
    "person": Form(
        "book/corpus/people.yml",
        """\
- id: {name}
  name: NAME IN FULL
  short: SURNAME AS PROSE USES IT
  brief: ONE LINE FOR THE CARD, NO FULL STOP
  checked: unchecked
  basis: []
""",
        "the form stands at the end; fill it in and run 'essaybook check'",
        append=True,
    ),
    "chapter": Form(
        "book/factors/{name}.md",
        """\
# TITLE OF THE CHAPTER

:::{{opener}}
key: {name}
part: The factors
question: THE QUESTION THIS CHAPTER ANSWERS?
answer:
- FIRST LINE OF ANSWER.
- SECOND LINE OF ANSWER.
- THIRD LINE OF ANSWER.
span: 1922/1929
events: []
:::

## HEADING OF A SECTION

Prose.

:::{{close}}
explains: WHAT IT EXPLAINS.
leaves: WHAT IT DOES NOT.
depends: WHAT IT DEPENDS ON.
:::
""",
        "write it, add it to _toc.yml, run 'essaybook number' and 'essaybook check'",
    ),
}

EXERCISE = """\
# yaml-language-server: $schema={schema}
id: {name}
type: {kind}
version: 1                  # goes up whenever the answer changes
chapter: {chapter}
prompt: {prompt}
purpose: {purpose}
minutes: 5
shows: []                   # ids of quotations to print with it
"""
"""What every exercise begins with; the type's own fields follow from its ``form.yml``, then `CLOSING`."""

CLOSING = """\
closing: {text: WHAT TO SAY AFTER THE ANSWER WHATEVER IT WAS, cites: []}    # or leave out; cites are kind:id
"""

PROMPT = "WHAT THE READER IS ASKED OR TOLD TO DO"
PURPOSE = "THE MISCONCEPTION IT REPAIRS OR THE SKILL IT TRAINS"


def begin(root: Path, kind: str, name: str) -> Path:
    """Write the form for a new record. Raises where the name is no slug or the file is there already."""
    _slug(name)
    form = FORMS[kind]
    path = root / form.path.format(name=name)
    text = form.text.format(name=name)
    if form.append:
        with path.open("a", encoding="utf-8") as handle:
            handle.write(text)
        return path
    return _write(root, path, text)


def begin_exercise(
    root: Path, kind: str, chapter: str, name: str, prompt: str = PROMPT, purpose: str = PURPOSE
) -> Path:
    """Write a new exercise of a type: complete, readable by every check, with capitals where words belong.

    Raises as `begin` does.
    """
    from essaybook.exercises import types

    _slug(name)
    folder = root / "book" / "corpus" / "exercises"
    for path in sorted(folder.glob(f"*/{name}.yml")):
        raise FileExistsError(f"{path.relative_to(root).as_posix()} is there already")
    path = folder / chapter / f"{name}.yml"
    head = EXERCISE.format(
        schema=Path(os.path.relpath(root / "schemas" / "exercise.schema.json", path.parent)).as_posix(),
        name=name,
        kind=kind,
        chapter=chapter,
        prompt=_scalar(prompt),
        purpose=_scalar(purpose),
    )
    own = (types.folder(kind) / "form.yml").read_text(encoding="utf-8")
    return _write(root, path, head + own + CLOSING)


def _slug(name: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"'{name}' is not a name for a record: use small letters, digits and single hyphens")


def _scalar(words: str) -> str:
    """Words as a value in YAML: bare where that is safe, else in double quotes, which JSON's are."""
    words = " ".join(words.split())
    return words if re.fullmatch(r"[A-Z][\w ,.’?!;()–-]*", words) else json.dumps(words, ensure_ascii=False)


def _write(root: Path, path: Path, text: str) -> Path:
    if path.exists():
        raise FileExistsError(f"{path.relative_to(root).as_posix()} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
