"""The web form of every neutral node: a visitor each, the markup in ``templates/nodes``.

A node's children are written by walking them and taking what they wrote off the end of the page, so that
a template can put them where it likes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes
from markupsafe import Markup, escape
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from essaybook import charts
from essaybook.corpus import Corpus
from essaybook.corpus.chart import DayChart
from essaybook.corpus.collation import compared
from essaybook.corpus.dates import When
from essaybook.corpus.historian import FEW, Seen, Work, causes_of
from essaybook.corpus.rights import by_rights, titled
from essaybook.corpus.source import Wording
from essaybook.labs.explore import html
from essaybook.pages import nodes as book
from essaybook.pages.assign import assigned
from essaybook.pages.load import Load, load_of, told
from essaybook.pages.shelf import corpus_of
from essaybook.pages.ways import chapters, labs, lessons, total
from essaybook.web import shape
from essaybook.web.catalogue import catalogue
from essaybook.web.downloads import BESIDE
from essaybook.web.live import live
from essaybook.web.plan import plan_of
from essaybook.web.reach import Reach
from essaybook.web.render import render
from essaybook.web.words import MARKS, WORDING, foreign, within

Visitor = Callable[[HTML5Translator, Any], None]

CARDS = {"person", "office", "term", "event", "figure", "work"}
"""Kinds of record that open a card where they are named."""


def page_of(self: HTML5Translator) -> str:
    """The page being written."""
    return self.builder.current_docname


def app_of(self: HTML5Translator) -> Sphinx:
    """The application, from a translator."""
    return self.builder.app


def corpus_at(self: HTML5Translator) -> Corpus:
    """The records, from a translator."""
    return corpus_of(app_of(self))


def inner(self: HTML5Translator, children: Iterable[nodes.Node]) -> Markup:
    """Children as HTML, taken off the page again."""
    start = len(self.body)
    for child in children:
        child.walkabout(self)
    written = "".join(self.body[start:])
    del self.body[start:]
    # It was escaped when it was written.
    return Markup(written)


def level(node: nodes.Node) -> int:
    """The level of a heading that stands in this node's place."""
    depth = 1
    at = node.parent
    while at is not None:
        depth += isinstance(at, nodes.section)
        at = at.parent
    return min(max(depth, 2), 6)


def put(self: HTML5Translator, template: str, **values: Any) -> None:
    """Write a filled template and be done with the node."""
    self.body.append(render(app_of(self), page_of(self), template, **values))
    raise nodes.SkipNode


def visit_opener(self: HTML5Translator, node: book.Opener) -> None:
    """Part, minutes, number, title, question, answers, the strip and its turning points."""
    opener, corpus = node["opener"], corpus_at(self)
    leaf = plan_of(app_of(self)).leaf(page_of(self))
    titles = [child for child in node.children if isinstance(child, nodes.title)]
    rest = [c for c in node.children if not isinstance(c, nodes.title)]
    events = sorted((corpus.events[name] for name in opener["events"]), key=lambda e: e.date.first)
    put(
        self,
        "opener.html",
        opener=opener,
        leaf=leaf,
        title=inner(self, titles[0].children) if titles else "",
        minutes=load_of(app_of(self).env, page_of(self), corpus).reading,
        takes=inner(self, rest[0].children) if rest else "",
        events=events,
        live=live(app_of(self), page_of(self)) if opener.get("lab") else None,
        **_strip(opener, corpus),
    )


def _strip(opener: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    """The strip of years of a chapter. A lab has none."""
    if not opener.get("span"):
        return {"span": None}
    return {
        "span": [When.parse(part) for part in opener["span"].split("/")],
        # The drawing escapes its own words: it is made as an XML tree.
        "wide": Markup(charts.strip(opener, corpus, "wide")),
        "narrow": Markup(charts.strip(opener, corpus, "narrow")),
    }


def visit_lab(self: HTML5Translator, node: book.LabBlock) -> None:
    """What a cell of a lab shows, in the states that were computed for this edition."""
    # The form escapes every word, and its drawings are made as XML trees.
    self.body.append(html(node["lab"]))
    raise nodes.SkipNode


def visit_code(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """The code of a cell, folded."""
    self.body.append('<details class="code"><summary>The code</summary>\n')


def depart_code(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """The end of it."""
    self.body.append("</details>\n")


def visit_head(self: HTML5Translator, node: shape.Head) -> None:
    """The head of a page without an opener."""
    put(self, "head.html", part=node["part"], title=inner(self, node.children[0].children))


def visit_source(self: HTML5Translator, node: book.SourceBlock) -> None:
    """A passage set as a document."""
    source, quotation = corpus_at(self).quotations[node["record"]]
    put(self, "source.html", source=source, quotation=quotation, ids=node["ids"], level=level(node))


def visit_then(self: HTML5Translator, node: book.ThenBox) -> None:
    """The box of what was known on a day."""
    title = node.children[0]
    put(
        self,
        "then.html",
        title=inner(self, title.children),
        body=inner(self, node.children[1:]),
        level=level(node),
        anchor=f"then-{_place(self, node)}",
    )


def _place(self: HTML5Translator, node: nodes.Node) -> int:
    """Which of its kind a node is on the page, from 1."""
    return next(i for i, other in enumerate(self.document.findall(type(node)), 1) if other is node)


def visit_close(self: HTML5Translator, node: book.Close) -> None:
    """The three lines of a close."""
    parts = {part["part"]: inner(self, part.children) for part in node.findall(book.ClosePart)}
    put(self, "close.html", parts=parts, anchor=node["ids"][0])


def visit_chart(self: HTML5Translator, node: book.ChartBlock) -> None:
    """A chart in both forms, or the steps of a story; its sources, its table one tap away."""
    corpus = corpus_at(self)
    chart = corpus.charts[node["record"]]
    header, rows = charts.table(chart, corpus)
    steps: list[charts.Told] = []
    wide = narrow = ""
    if isinstance(chart, DayChart):
        steps = list(charts.steps(chart, corpus))
    else:
        # The drawing escapes its own words: it is made as an XML tree.
        wide, narrow = (Markup(charts.draw(chart, corpus, form)) for form in ("wide", "narrow"))
    put(
        self,
        "chart.html",
        chart=chart,
        anchor=node["ids"][0],
        steps=steps,
        wide=wide,
        narrow=narrow,
        credit=charts.credit(chart, corpus),
        header=header,
        rows=rows,
        resource=getattr(chart, "resource", None),
        office=getattr(chart, "office", None),
    )


def visit_collation(self: HTML5Translator, node: book.CollationBlock) -> None:
    """Two texts side by side, the words in which they differ marked."""
    reach = Reach(app_of(self), page_of(self))
    collation = corpus_at(self).collations[node["record"]]
    texts: list[dict[str, Any]] = []
    for label, name in ((collation.left_label, collation.left), (collation.right_label, collation.right)):
        source, quotation = corpus_at(self).quotations[name]
        href = reach.record("quotation", name)
        texts.append({"label": label, "source": source, "quotation": quotation, "href": href})
    rows = []
    for row in collation.rows:
        originals = compared(row.left or "", row.right or "")
        english = compared(row.left_english or "", row.right_english or "")
        sides = [
            {"label": text["label"], "lang": text["source"].language, "original": ours, "english": theirs}
            for text, ours, theirs in zip(texts, originals, english, strict=True)
        ]
        rows.append((row, sides))
    put(self, "collation.html", collation=collation, anchor=node["ids"][0], texts=texts, rows=rows)


def evidence(reach: Reach, reference: str) -> tuple[str, str, str | None]:
    """The kind, words and address of a ``kind:id`` reference."""
    corpus = reach.corpus
    kind, _, name = reference.partition(":")
    record = corpus.get(kind, name)
    match kind:
        case "quotation":
            source, quotation = record
            text = quotation.english or quotation.paraphrase or quotation.original or ""
            start = " ".join(text.split()[:6]).rstrip(",.;:")
            cut = "" if len(text.split()) <= 6 else "…"
            said = start if quotation.wording is Wording.PARAPHRASE else f"“{within(start)}{cut}”"
            words = f"{source.by}, {source.when}: {said}"
        case "source":
            words = record.title
        case "event":
            words = f"{record.label}, {record.when}"
        case "figure":
            words = f"{record.label}, {record.date.words}: {record.words}"
        case "person":
            words = record.name
        case "office":
            words = record.name
        case "term":
            words = record.term
        case "work":
            words = record.short
        case "position":
            words = f"{record.historian}, {corpus.works[record.work].short}"
        case "chart" | "collation":
            words = record.title
        case _:
            words = name
    return kind, words, reach.record(kind, name)


def visit_claim(self: HTML5Translator, node: book.ClaimBlock) -> None:
    """A claim, its verdict, the reasons, the evidence one step away."""
    reach = Reach(app_of(self), page_of(self))
    claim = corpus_at(self).claims[node["record"]]
    put(
        self,
        "claim.html",
        claim=claim,
        anchor=node["ids"][0],
        body=inner(self, node.children),
        level=level(node),
        evidence=[evidence(reach, reference) for reference in claim.evidence],
    )


def visit_positions(self: HTML5Translator, node: book.PositionList) -> None:
    """Historians side by side: who, in which work, what they argue, how we know.

    Over the first list of a page that has many stands what all of them together can be sifted by.
    """
    corpus = corpus_at(self)
    lists = list(self.document.findall(book.PositionList))
    every = [corpus.positions[name] for each in lists for name in each["records"]] if node is lists[0] else []
    counts = Counter(position.seen for position in every)
    put(
        self,
        "positions.html",
        positions=[corpus.positions[name] for name in node["records"]],
        every=len(every),
        causes=causes_of(every) if len(every) > FEW else [],
        seens=[(seen, counts[seen]) for seen in Seen if counts[seen]],
    )


def visit_rights(self: HTML5Translator, node: book.RightsList) -> None:
    """Sources under their rights."""
    put(self, "rights.html", groups=by_rights(corpus_at(self)), titled=titled, level=level(node))


def visit_way(self: HTML5Translator, node: book.WayBlock) -> None:
    """A way through the book: its minutes, its lessons with their questions and work."""
    env, corpus = app_of(self).env, corpus_at(self)
    way = corpus.ways[node["record"]]
    put(
        self,
        "way.html",
        way=way,
        anchor=node["ids"][0],
        level=level(node),
        total=total(env, corpus, way),
        brief=inner(self, node.children),
        lessons=lessons(env, corpus, way),
        assigned=assigned(env) if way.core else {},
        told=told,
    )


def visit_glance(self: HTML5Translator, node: book.Glance) -> None:
    """The chapters in a table."""
    env = app_of(self).env
    found = [(entry, load_of(env, entry.page, corpus_at(self))) for entry in chapters(env)]
    put(
        self,
        "glance.html",
        chapters=found,
        total=sum((load for _, load in found), Load(0)),
        labs=labs(env),
        assigned=assigned(env),
        told=told,
    )


def visit_catalogue(self: HTML5Translator, node: book.Catalogue) -> None:
    """Every record of a kind."""
    self.body.append(catalogue(app_of(self), page_of(self), node["kind"]))
    raise nodes.SkipNode


def work_words(work: Work) -> Markup:
    """A work's short form, its title in italics."""
    title = work.fields.get("shorttitle", work.title)
    before, _, after = work.short.rpartition(title)
    return Markup("{}<cite>{}</cite>{}").format(before, title, after)


def visit_mention(self: HTML5Translator, node: book.Mention) -> None:
    """A link to the record's entry. Where scripts run, it opens the card that bears the same anchor."""
    kind, name = node["kind"], node["record"]
    href = Reach(app_of(self), page_of(self)).record(kind, name)
    card = kind in CARDS
    target = href or (f"#card-{kind}-{name}" if card else None)
    attributes = Markup(' class="who"') if card else ""
    self.body.append(Markup('<a{} href="{}">').format(attributes, target) if target else Markup("<span>"))
    if kind == "work":
        work = corpus_at(self).works[name]
        if node.astext().replace("’", "'") == work.short.replace("’", "'"):
            self.body.append(work_words(work) + Markup("</a>" if target else "</span>"))
            raise nodes.SkipNode
    node["closed"] = "</a>" if target else "</span>"


def depart_mention(self: HTML5Translator, node: book.Mention) -> None:
    """Close the link."""
    self.body.append(node["closed"])


def visit_quotation(self: HTML5Translator, node: book.InlineQuotation) -> None:
    """Words in quotation marks, and a key to their original and where it comes from."""
    name = node["record"]
    source, quotation = corpus_at(self).quotations[name]
    href = Reach(app_of(self), page_of(self)).record("quotation", name)
    open_wording = quotation.wording is not Wording.CHECKED
    if open_wording:
        key = {Wording.QUOTED: "as quoted", Wording.UNCHECKED: "not checked"}.get(quotation.wording, "source")
        label, lang = f"{key}: where these words come from", None
    elif foreign(source) and quotation.original:
        tag = source.language.partition("-")[0]
        key, lang = MARKS.get(tag, tag), source.language
        label = f"{key}: the original, and where it comes from"
    else:
        key, label, lang = "source", "source: where these words come from", None
    words = "".join(child.astext() for child in node.children if isinstance(child, nodes.Text))
    # The key must not stand alone at the start of a line: the last word holds on to it.
    head, _, last = within(words).rpartition(" ")
    self.body.append(
        render(
            app_of(self),
            page_of(self),
            "quotation.html",
            head=head,
            last=last,
            lang=None if quotation.english else source.language,
            key=key,
            key_lang=lang,
            label=label,
            card=f"card-q-{name}",
            href=href,
            loose=open_wording,
            wording=WORDING[quotation.wording],
        ).strip()
    )
    raise nodes.SkipNode


def visit_foreign(self: HTML5Translator, node: book.Foreign) -> None:
    """A foreign word: Latin letters in italics, others upright."""
    lang = node["lang"]
    tag = "i" if lang.endswith("Latn") else "span"
    self.body.append(Markup("<{} lang={}>{}</{}>").format(tag, Markup('"{}"').format(lang), node.astext(), tag))
    raise nodes.SkipNode


def visit_mark(self: HTML5Translator, node: shape.ParagraphMark) -> None:
    """The pilcrow itself is drawn by the style sheet, so that it is not copied with the text."""
    self.body.append(
        Markup('<a class="mark" href="#{}" aria-label="Link to paragraph {}"></a>').format(
            node["anchor"], node["number"]
        )
    )
    raise nodes.SkipNode


def visit_note_reference(self: HTML5Translator, node: nodes.footnote_reference) -> None:
    """The number of a note."""
    self.body.append(
        Markup('<a class="ref" id="{}" href="#{}" role="doc-noteref">{}</a>').format(
            node["ids"][0], node["refid"], node.astext()
        )
    )
    raise nodes.SkipNode


def visit_notes(self: HTML5Translator, node: shape.NoteList) -> None:
    """The notes as a list at the end of the page."""
    notes = []
    for note in node.findall(nodes.footnote):
        label = note.children[0].astext()
        notes.append(
            {
                "id": note["ids"][0],
                "number": label,
                "body": inner(self, note.children[1:]),
                "backs": note.get("backrefs", []),
            }
        )
    put(self, "notes.html", notes=notes)


def visit_table(self: HTML5Translator, node: nodes.table) -> None:
    """A table in a frame that can be scrolled by hand and by key."""
    title = node.next_node(nodes.title)
    name = title.astext() if title else "Table"
    type(self).visit_table(self, node)
    # The theme's translator opens a frame of its own; ours takes its place.
    if len(self.body) > 1 and "scrollable" in self.body[-2]:
        self.body[-2] = ""
    frame = Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}">').format(name)
    # As plain text: a table tag joined to `Markup` would be escaped.
    self.body[-1] = f"{frame}{self.body[-1]}"


def depart_table(self: HTML5Translator, node: nodes.table) -> None:
    """Close the frame; the theme's translator may have written the closing tag."""
    start = len(self.body)
    type(self).depart_table(self, node)
    if "</div>" not in "".join(self.body[start:]):
        self.body.append("</div>\n")


def visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """A cell. An empty one in the head heads nothing, so it is no header: a listener would hear a blank."""
    type(self).visit_entry(self, node)
    head = isinstance(node.parent.parent, nodes.thead)
    self.body[-1] = self.body[-1].replace("<th", f'<th scope="{"col" if head else "row"}"', 1)
    if head and not node.astext().strip():
        self.body[-1] = self.body[-1].replace('<th scope="col"', "<td", 1)
        self.context[-1] = self.context[-1].replace("</th", "</td", 1)


def depart_entry(self: HTML5Translator, node: nodes.entry) -> None:
    """Close the cell."""
    type(self).depart_entry(self, node)


def visit_taken(self: HTML5Translator, node: book.Taken) -> None:
    """A link that saves the file; words alone where it does not lie beside this form of the book."""
    app, path = app_of(self), f"downloads/{node['path']}"
    reach = Reach(app, page_of(self))
    href = reach.built(path) if node["path"] in BESIDE else reach.file(path)
    if app.builder.name == "html" and href:
        self.body.append(Markup('<a href="{}" download>{}</a>').format(href, node.astext()))
    else:
        self.body.append(escape(node.astext()))
    raise nodes.SkipNode


def visit_tool(self: HTML5Translator, node: book.Tool) -> None:
    """A link to the page; words alone in a form of the book that has no such page."""
    app = app_of(self)
    if app.builder.name == "html":
        href = Reach(app, page_of(self)).file(f"{node['name']}.html")
        self.body.append(Markup('<a href="{}">{}</a>').format(href, node.astext()))
    else:
        self.body.append(escape(node.astext()))
    raise nodes.SkipNode


def skip(self: HTML5Translator, node: nodes.Node) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def nothing(self: HTML5Translator, node: nodes.Node) -> None:
    """Nothing is left to close."""


VISITORS: dict[type[nodes.Element], Visitor | tuple[Visitor, Visitor]] = {
    book.Opener: visit_opener,
    book.SourceBlock: visit_source,
    book.ThenBox: visit_then,
    book.Close: visit_close,
    book.ChartBlock: visit_chart,
    book.CollationBlock: visit_collation,
    book.LabBlock: visit_lab,
    book.ClaimBlock: visit_claim,
    book.PositionList: visit_positions,
    book.RightsList: visit_rights,
    book.Catalogue: visit_catalogue,
    book.WayBlock: visit_way,
    book.Glance: visit_glance,
    book.Mention: (visit_mention, depart_mention),
    book.InlineQuotation: visit_quotation,
    book.Foreign: visit_foreign,
    book.Taken: visit_taken,
    book.Tool: visit_tool,
    book.ThenTitle: skip,
    book.ClosePart: skip,
    book.AssignPart: skip,
    shape.Head: visit_head,
    shape.NoteList: visit_notes,
    shape.ParagraphMark: visit_mark,
    nodes.footnote_reference: visit_note_reference,
    nodes.table: (visit_table, depart_table),
    nodes.entry: (visit_entry, depart_entry),
    HideCodeCellNode: (visit_code, depart_code),
}


def setup_visitors(app: Sphinx) -> None:
    """Register the visitors for every HTML builder."""
    for node, visitor in VISITORS.items():
        pair = visitor if isinstance(visitor, tuple) else (visitor, nothing)
        app.add_node(node, override=True, html=pair)
