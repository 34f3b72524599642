"""The book's text in passages, each with the address of its place: what the search looks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes

from essaybook.corpus import Corpus
from essaybook.corpus.chart import DayChart
from essaybook.corpus.source import Quotation, Source
from essaybook.pages import nodes as book
from essaybook.web.words import WORDING, smart


@dataclass(frozen=True)
class Passage:
    """A stretch of words. ``anchor`` is empty for the head of a page, ``heading`` what it stands under."""

    anchor: str
    heading: str
    text: str


def of_page(tree: nodes.document, title: str, corpus: Corpus) -> list[Passage]:
    """The passages of a page in order: a paragraph with an id is one, others are joined under their section."""
    found: dict[str, list[Passage]] = {}
    for passage in _walk(tree, Passage("", title, ""), corpus):
        found.setdefault(passage.anchor, []).append(passage)
    joined = (Passage(anchor, parts[0].heading, _join(p.text for p in parts)) for anchor, parts in found.items())
    return [passage for passage in joined if passage.text]


def _walk(node: nodes.Node, at: Passage, corpus: Corpus) -> Iterator[Passage]:
    if isinstance(node, nodes.section) and isinstance(node.parent, nodes.section):
        title = node.next_node(nodes.title)
        at = Passage(node["ids"][0], title.astext() if title is not None else at.heading, "")
    elif isinstance(node, nodes.footnote):
        at = Passage(node["ids"][0], f"Note {node.children[0].astext()}", "")
    elif isinstance(node, nodes.Element) and node["ids"] and not isinstance(node, nodes.document | nodes.section):
        at = Passage(node["ids"][0], at.heading, "")
    if isinstance(node, book.BLOCKS):
        yield from _record(node, at, corpus)
    if isinstance(node, nodes.title | nodes.label | nodes.raw | book.ExerciseRecord):
        return
    if isinstance(node, nodes.TextElement):
        yield Passage(at.anchor, at.heading, _words(node, corpus))
        return
    for child in node.children:
        yield from _walk(child, at, corpus)


def _words(node: nodes.TextElement, corpus: Corpus) -> str:
    """What a block says, quotation marks as printed, and after it the originals of what it quotes."""
    said, originals = [], []
    for part in node.findall(lambda n: isinstance(n, nodes.Text | book.InlineQuotation)):
        if isinstance(part, book.InlineQuotation):
            originals.append(corpus.quotations[part["record"]][1].original)
            said.append(f"“{part.astext()}”")
        elif not isinstance(part.parent, nodes.footnote_reference | book.InlineQuotation):
            said.append(part.astext())
    return _join(["".join(said), *originals])


def _record(node: nodes.Element, at: Passage, corpus: Corpus) -> Iterator[Passage]:
    """What a node says that holds only a record's id."""

    def here(*words: str | None) -> Passage:
        return Passage(at.anchor, at.heading, _join(words))

    match node:
        case book.SourceBlock():
            source, quotation = corpus.quotations[node["record"]]
            yield here(source.by + ",", source.when + ".", _quoted(quotation), WORDING[quotation.wording])
        case book.Opener():
            opener = node["opener"]
            yield here(*(smart(line) for line in (opener["question"], *opener["answer"], *opener["objectives"])))
        case book.ChartBlock():
            chart = corpus.charts[node["record"]]
            told = (step.label for step in chart.days) if isinstance(chart, DayChart) else ()
            yield here(chart.title + ".", chart.subtitle, chart.alt, *told)
        case book.LabBlock():
            lab = node["lab"]
            shown = [part for state in lab["states"] for part in state["parts"]]
            # Not what each state says: that is as many numbers as there are states.
            yield here(lab["says"], *dict.fromkeys(part["title"] for part in shown if part["kind"] != "text"))
        case book.CollationBlock():
            collation = corpus.collations[node["record"]]
            every = (text for row in collation.rows for text in (row.left, row.right, row.says))
            yield here(collation.title + ".", *every)
        case book.ClaimBlock():
            claim = corpus.claims[node["record"]]
            yield Passage(at.anchor, f"Claim {claim.number}", _join([claim.claim, f"({claim.verdict})"]))
        case book.ExerciseBlock():
            exercise = corpus.exercises[node["record"]]
            # The question alone: nobody should meet an answer before trying.
            yield Passage(at.anchor, f"Exercise: {exercise.verb.lower()}", exercise.prompt)
        case book.WayBlock():
            way = corpus.ways[node["record"]]
            yield Passage(at.anchor, way.name, _join(step.question for step in way.steps))
        case book.PositionList():
            for name in node["records"]:
                position = corpus.positions[name]
                yield Passage(f"position-{name}", position.historian, position.argument)
        case book.RightsList():
            yield here(*dict.fromkeys(source.rights.statement for source in corpus.sources.values()))
        case book.Catalogue():
            yield from _catalogue(node["kind"], corpus)


def _catalogue(kind: str, corpus: Corpus) -> Iterator[Passage]:
    """An entry to a record; sources have pages of their own."""
    match kind:
        case "person":
            for p in corpus.people.values():
                stood = (f"{s.year} {s.where}." for s in p.stood)
                posts = (f"{post.title}." for post in p.posts)
                yield _entry("person", p.id, p.name, p.ru, f"{p.brief}.", *posts, *stood, p.fate)
        case "office":
            for o in corpus.offices.values():
                yield _entry("office", o.id, o.name, o.ru, o.brief, o.text)
        case "term":
            for t in corpus.terms.values():
                yield _entry("term", t.id, t.term, t.ru, t.latin, t.brief, t.label_of)
        case "event":
            for e in corpus.dated():
                yield _entry("event", e.id, f"{e.label}, {e.when}", e.text)
        case "work":
            for w in corpus.works.values():
                yield _entry("work", w.id, w.short, "; ".join([*w.authors, *w.editors]), w.title, w.year)
        case "figure":
            for f in corpus.figures.values():
                yield _entry("figure", f.id, f.label, f"{f.words} {f.unit}, {f.date.words}")


def _entry(kind: str, name: str, heading: str, *words: str | None) -> Passage:
    return Passage(f"{kind}-{name}", heading, _join(words))


def of_source(source: Source) -> list[Passage]:
    """The passages of a source's own page."""
    head = Passage("", source.title, _join([f"{source.by}, {source.when}.", source.occasion, source.about]))
    quoted = [Passage(f"q-{q.id}", "The passage", _join([_quoted(q), q.plain, q.note])) for q in source.quotations]
    return [head, *quoted, *([Passage("text", "The text as read", source.text)] if source.text else [])]


def _quoted(quotation: Quotation) -> str:
    return _join([quotation.english or quotation.paraphrase, quotation.original])


def _join(words: Iterable[str | None]) -> str:
    return " ".join(" ".join(word for word in words if word).split())
