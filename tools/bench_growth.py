"""Measures how the book grows: one some times as long, made of its own chapters, sources and exercises, each again
under a name of its own.

`make growth` builds the book and the long one from nothing and prints the time, the weight of a page, and ratios.
`make growth 4` makes it four times as long; ten is the default. Nothing here passes or fails.
"""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from essaybook.build import Book
from essaybook.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns("_build", ".venv", ".tools", ".git", "node_modules", ".*_cache", "__pycache__")
PARTS = ("question.md", "setting/*.md", "factors/*.md", "judgement/*.md", "practice/*.md")
"""The pages that are there again in a longer book. Essay, labs and reference are there once."""


def grow(folder: Path, times: int) -> None:
    """Make the book in a folder ``times`` as long in chapters, their exercises and their sources."""
    corpus, _ = Book(folder).read()
    prose = folder / "book"
    pages = [path for part in PARTS for path in sorted(prose.glob(part))]
    sources = sorted((prose / "corpus/sources").glob("*.yml"))
    there = {path.stem for path in pages}
    every = sorted((prose / "corpus/exercises").glob("*/*.yml"))
    exercises = [path for path in every if path.parent.name in there]
    contents = (folder / "_toc.yml").read_text(encoding="utf-8")
    for n in range(2, times + 1):
        renamed = Renaming(corpus, pages, n)
        for path in [*pages, *sources]:
            path.with_stem(f"{path.stem}-n{n}").write_text(renamed(path.read_text(encoding="utf-8")), "utf-8")
        for path in exercises:
            new = path.parent.with_name(f"{path.parent.name}-n{n}") / f"{path.stem}-n{n}.yml"
            new.parent.mkdir(exist_ok=True)
            new.write_text(renamed(path.read_text(encoding="utf-8")), "utf-8")
        for path in pages:
            name = path.relative_to(folder).with_suffix("").as_posix()
            line = re.search(rf"^ *- file: {re.escape(name)}\n", contents, re.M)
            assert line, f"{name} is not in _toc.yml"
            contents = contents.replace(line[0], line[0] + line[0].replace(name, f"{name}-n{n}"))
        with (prose / "corpus/paragraphs.yml").open("a", encoding="utf-8") as ledger:
            for key, kept in corpus.numberings.items():
                ledger.write(f"- id: {key}{letter(n)}\n  last: {kept.last}\n")
        with (prose / "corpus/allowances.yml").open("a", encoding="utf-8") as out:
            for name, allowed in corpus.allowances.items():
                file = allowed.file.replace(".md", f"-n{n}.md")
                again = allowed.model_copy(update={"id": f"{name}-n{n}", "file": file})
                yaml.safe_dump([again.model_dump(mode="json")], out, allow_unicode=True)
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")


def letter(n: int) -> str:
    """What the paragraph ids of a copy have after their chapter's key."""
    return "abcdefghijklmnopqrstuvwxyz"[n]


class Renaming:
    """Gives every id of what is there again the ending of its copy."""

    def __init__(self, corpus: Corpus, pages: list[Path], n: int) -> None:
        self.n = n
        there = {path.stem for path in pages}
        exercises = {name for name, exercise in corpus.exercises.items() if exercise.chapter in there}
        ids = {*corpus.sources, *corpus.quotations, *exercises}
        # A word alone may stand in prose: it is an id only between the signs of a reference or a field.
        words = "|".join(sorted((name for name in ids if "-" in name), key=len, reverse=True))
        word = f"(?:{'|'.join(sorted(name for name in ids if '-' not in name))})"
        self.ids = re.compile(
            rf"(?<![\w-])(?:{words})(?![\w-])"
            rf"|(?<=[<`:]){word}(?=[>`\"'\]])|(?<=\}} ){word}$|(?<=: ){word}(?=[,}}\n])|(?<=[\[ ]){word}(?=\])"
            rf"|(?<=\[){word}(?=,)",
            re.M,
        )
        stems = "|".join(path.stem for path in pages)
        self.stems = re.compile(rf"(?<=^chapter: )(?:{stems})$", re.M)
        self.keys = re.compile(rf"(?<=\{{#)({'|'.join(corpus.numberings)})(?=-\d)|(?<=^key: )(\w+)$", re.M)

    def __call__(self, text: str) -> str:
        """The text of a copy."""
        ending = f"-n{self.n}"
        for pattern in (self.ids, self.stems):
            text = pattern.sub(lambda found: found[0] + ending, text)
        text = self.keys.sub(lambda found: found[0] + letter(self.n), text)
        return re.sub(r"^(?:number|core): \w+\n", "", text, flags=re.M)


def run(folder: Path, *words: str) -> float:
    """Seconds of a command of the book's."""
    start = time.monotonic()
    command = [sys.executable, "-m", "essaybook", "--root", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return time.monotonic() - start


def weight(folder: Path) -> float:
    """The median chapter page, gzipped, in kB."""
    built = folder / "_build/html/book"
    pages = [path for part in PARTS[:4] for path in built.glob(part.replace(".md", ".html"))]
    return statistics.median(len(gzip.compress(path.read_bytes(), 6)) / 1000 for path in pages)


def main(times: int) -> None:
    """Print both books' figures."""
    with tempfile.TemporaryDirectory() as held:
        once, long = Path(held) / "once", Path(held) / "long"
        for folder in (once, long):
            shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
        grow(long, times)
        run(long, "number")
        ours, control = run(long, "build", "--site"), run(once, "build", "--site")
        print(f"a book of {times} times the chapters, sources and exercises")
        print(f"build from nothing  {ours:8.1f} s   control {control:8.1f} s   ratio {ours / control:.2f}")
        heavy, light = weight(long), weight(once)
        print(f"median chapter      {heavy:8.1f} kB  control {light:8.1f} kB  ratio {heavy / light:.3f}")
        toc = yaml.safe_load((long / "_toc.yml").read_text(encoding="utf-8"))
        print(f"pages in contents   {sum(len(part['chapters']) for part in toc['parts']):8d}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
