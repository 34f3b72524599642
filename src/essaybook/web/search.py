"""The search: an index of the book's passages by the stems of their words, in files that a page loads as it needs.

Nothing is fetched, for a page on a disk may not: every file is a classic script that hands its content over.
Words are in one file to a first letter, passages in files of a few thousand characters; a search loads the
letters it asks for and the passages it shows, so that its cost does not grow with the book.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sphinx.search
from sphinx.application import Sphinx
from sphinx.search.en import english_stopwords
from sphinx.search.ru import russian_stopwords

from essaybook.concordance import WORD, fold, stem
from essaybook.kept import Kept
from essaybook.pages.shelf import corpus_of, engine_version
from essaybook.web import assets
from essaybook.web.passages import Passage, of_page, of_source
from essaybook.web.plan import plan_of
from essaybook.web.reach import Reach
from essaybook.web.worker import short

FOLDER = "_static/search"
SIZE = 8_000
"""Characters of text to a file."""

STEMMERS = ("base-stemmer.js", "porter-stemmer.js", "russian-stemmer.js")
"""Sphinx's own, which agree with `snowballstemmer`: a test holds them to it."""

SMALL = english_stopwords | {word.replace("ё", "е") for word in russian_stopwords}
"""Words that say nothing alone; `fold` has been over them."""


Stem = Callable[[str], str]


def stems(text: str, stem: Stem = stem) -> list[str]:
    """The stems of a text in order. Single letters are left out, and words that say nothing."""
    folded = (fold(word) for word in WORD.findall(unicodedata.normalize("NFC", text)))
    return [stem(word) for word in folded if (len(word) > 1 or word.isdigit()) and word not in SMALL]


@dataclass(frozen=True)
class Found:
    """A page that can be found: its address from the site's root, what it is called, and its passages."""

    href: str
    title: str
    part: str
    passages: list[Passage]


def found(app: Sphinx) -> Iterator[Found]:
    """Every page of the book in reading order, then those of the sources."""
    corpus, plan, env = corpus_of(app), plan_of(app), app.env
    for leaf in plan.leaves:
        title = f"{leaf.number}. {leaf.title}" if leaf.number else leaf.title
        passages = of_page(env.get_doctree(leaf.page), leaf.title, corpus)
        yield Found(app.builder.get_target_uri(leaf.page), title, leaf.part, passages)
    home = Reach(app, plan.root.page).homes.get("source")
    if home:
        leaf_of_home = plan.leaf(home)
        part = leaf_of_home.title if leaf_of_home else ""
        for source in sorted(corpus.sources.values(), key=lambda s: (s.date.first, s.id)):
            address = app.builder.get_target_uri(f"{home}/{source.id}")
            yield Found(address, source.title, part, of_source(source))


Postings = dict[str, list[int]]


def index(pages: list[Found], stem: Stem = stem) -> Postings:
    """Stem, and the passages that have it: twice the passage's number, plus 1 where its heading has it.

    A heading counts once, for the first passage under it; a page's title for the page's first.
    """
    words: defaultdict[str, dict[int, int]] = defaultdict(dict)
    number = 0
    for page in pages:
        said = {""}
        for i, passage in enumerate(page.passages):
            heads = ([page.title] if i == 0 else []) + ([] if passage.heading in said else [passage.heading])
            said.add(passage.heading)
            for word in stems(passage.text, stem):
                words[word].setdefault(number, 0)
            for word in stems(" ".join(heads), stem):
                words[word][number] = 1
            number += 1
    return {word: [2 * at + head for at, head in sorted(places.items())] for word, places in sorted(words.items())}


def steps(numbers: list[int]) -> list[int]:
    """Rising numbers as the first and then what each adds: shorter to write."""
    return [b - a for a, b in zip([0, *numbers], numbers, strict=False)]


def files(pages: list[Found], stem: Stem = stem) -> dict[str, str]:
    """Every file of the search by name: ``index.js`` and those that it names, each with its hash."""
    made: dict[str, str] = {}

    def put(name: str, text: str) -> str:
        made[name] = text
        return f"{FOLDER}/{name}?v={short(text.encode())}"

    shelves: defaultdict[str, Postings] = defaultdict(dict)
    for word, places in index(pages, stem).items():
        shelves["0" if word[0].isdigit() else word[0]][word] = steps(places)
    letters = {
        letter: put(f"words-{ord(letter):x}.js", _call("words", letter, shelf))
        for letter, shelf in shelves.items()
    }
    every = [[p.anchor, p.heading, p.text] for page in pages for p in page.passages]
    texts: list[tuple[int, str]] = []
    start = size = 0
    for end, passage in enumerate(every, 1):
        size += sum(map(len, passage))
        if size >= SIZE or end == len(every):
            texts.append((start, put(f"text-{len(texts)}.js", _call("texts", start, every[start:end]))))
            start, size = end, 0
    first, rows = 0, []
    for page in pages:
        rows.append([page.href, page.title, page.part, first])
        first += len(page.passages)
    plan = {"pages": rows, "size": first, "letters": letters, "texts": texts, "small": sorted(SMALL)}
    put("index.js", _call("index", plan))
    return made


def _call(name: str, *values: Any) -> str:
    given = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"essaybookSearch.{name}({given});\n"


def stemmers() -> str:
    """The browser's stemmers."""
    folder = Path(sphinx.search.__file__).parent / "minified-js"
    return "".join((folder / name).read_text(encoding="utf-8").strip() + "\n" for name in STEMMERS)


def write(app: Sphinx) -> list[str]:
    """Write the search's files. Returns the scripts of the search page in order, from the site's root."""
    maker = engine_version(), version("snowballstemmer")
    kept: Kept[str] = Kept(Path(app.doctreedir) / "stems.pickle", maker)
    made = files(list(found(app)), lambda word: kept.of(word, lambda: stem(word)))
    made["stemmers.js"] = stemmers()
    kept.close()
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    ours = [f"{FOLDER}/{name}?v={short(made[name].encode())}" for name in ("stemmers.js", "index.js")]
    return [ours[0], assets.address("search.js"), ours[1]]


def without_sphinx(app: Sphinx) -> None:
    """Keep Sphinx from making an index of its own, which no page of ours would load."""
    if app.builder.name == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The search page, for Sphinx to write."""
    if app.builder.name == "html":
        index_of_names = Reach(app, "search").homes.get("index")
        context = {
            "title": "Search",
            "search_scripts": write(app),
            "names": app.builder.get_target_uri(index_of_names) if index_of_names else None,
        }
        yield "search", context, "search.html"
