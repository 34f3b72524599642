"""From the nodes of a page to Typst. A node without a form here is an error that names it and its page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from docutils import nodes

from essaybook.pdf.blocks import Blocks
from essaybook.pdf.keys import PrintError, place_key
from essaybook.pdf.markup import Typst, array, call, content, join, literal, plain, widths
from essaybook.pdf.sheets import Sheets

SILENT = (nodes.comment, nodes.footnote, nodes.substitution_definition, nodes.transition, nodes.label)
"""Nodes that print leaves out: notes stand where they are called, a rule before them is the web's."""

OWN_PLACE = (nodes.section, nodes.footnote, nodes.paragraph, nodes.document, nodes.image, nodes.figure)


class Writer(Blocks):
    """Writes one page. Books' own nodes are in `Blocks`, everything docutils knows here."""

    def __init__(self, sheets: Sheets, page: str, key: str = "", number: int | None = None) -> None:
        super().__init__(sheets, page)
        self.key = key
        self.number = number
        self.depth = 0
        self.called: dict[str, str] = {}
        self.inside_note = False
        self.inside_title = False
        self.notes: dict[str, nodes.footnote] = {}

    def write(self, tree: nodes.document) -> Typst:
        """The page's text without its title, which belongs to the opening."""
        self.notes = {name: note for note in tree.findall(nodes.footnote) for name in note["ids"]}
        return self.node(tree)

    def node(self, node: nodes.Node) -> Typst:
        """One node, by the method named after its class."""
        if isinstance(node, SILENT):
            return Typst("")
        method = getattr(self, f"on_{type(node).__name__}", None) or self.registered(node)
        if method is None:
            line = f", line {node.line}" if isinstance(node, nodes.Element) and node.line else ""
            raise PrintError(f"{self.page}{line}: print has no form for the node '{type(node).__name__}'")
        marks = Typst("")
        if isinstance(node, nodes.Element) and not isinstance(node, (*OWN_PLACE, *self.placed)):
            names: list[str] = node.get("ids", [])
            marks = join(map(self.mark, names))
        return join([marks, method(node)])

    def registered(self, node: nodes.Node) -> Callable[[nodes.Node], Typst] | None:
        """The form that an extension gave a node of its own: ``app.add_node(Node, typst=(form, None))``.

        ``form`` takes the writer and the node and returns markup.
        """
        forms = self.sheets.env.app.registry.translation_handlers.get("typst", {})
        form = forms.get(type(node).__name__)
        return None if form is None else lambda found: Typst(str(form[0](self, found)))

    def children(self, node: nodes.Element, by: str = "") -> Typst:
        """All that a node holds."""
        return join((self.node(child) for child in node.children), by)

    def mark(self, name: str) -> Typst:
        """A place for an anchor. Titles stand in running heads too, where a place would stand twice."""
        if self.inside_title:
            return Typst("")
        return call("mark", literal(self.sheets.keys.define(place_key(self.page, name))))

    # ------------------------------------------------------------ structure

    def on_document(self, node: nodes.document) -> Typst:
        return self.children(node, "\n\n")

    def on_section(self, node: nodes.section) -> Typst:
        self.depth += 1
        body = self.children(node, "\n\n")
        self.depth -= 1
        return body

    def on_title(self, node: nodes.title) -> Typst:
        if not isinstance(node.parent, nodes.section):
            raise PrintError(f"{self.page}: print has no form for the title of a '{type(node.parent).__name__}'")
        first, *others = node.parent["ids"]
        marks = join(self.mark(name) for name in others)
        if self.depth == 1:
            # The opening sets the page's own title; its anchor leads to the opening.
            return join([self.mark(first), marks])
        self.inside_title = True
        words = self.children(node)
        self.inside_title = False
        key = literal(self.sheets.keys.define(place_key(self.page, first)))
        return join([call("section", str(self.depth), content(words), key), marks])

    def on_paragraph(self, node: nodes.paragraph) -> Typst:
        return join([self.numbers(node), self.children(node)])

    def numbers(self, node: nodes.Element) -> Typst:
        """A paragraph's number in the margin, where its id is one of the chapter's."""
        out = []
        names: list[str] = node.get("ids", [])
        for name in names:
            form = re.fullmatch(rf"{re.escape(self.key)}-(\d+)", name) if self.key else None
            key = literal(self.sheets.keys.define(place_key(self.page, name)))
            if form:
                shown = f"{self.number}.{form[1]}" if self.number else f"{self.key} {form[1]}"
                out.append(call("pid", literal(shown), key))
            else:
                out.append(call("mark", key))
        return join(out)

    def on_container(self, node: nodes.container) -> Typst:
        # Code that a reader of the page would have to unfold stays out of print.
        if node.get("nb_element") == "cell_code_source" and node.parent.get("hide_mode"):
            return Typst("")
        return self.children(node, "\n\n")

    on_compound = on_container

    def on_raw(self, node: nodes.raw) -> Typst:
        """What was written for another form only. HTML that an author wrote would be lost in silence."""
        markup = node.astext().strip()
        if "html" in node.get("format", "").split() and not markup.startswith("<script"):
            raise PrintError(f"{self.page}: print has no form for raw HTML: {markup[:60]}")
        return Typst("")

    def on_target(self, node: nodes.target) -> Typst:
        return self.children(node)

    def on_block_quote(self, node: nodes.block_quote) -> Typst:
        return call("blockquote", content(self.children(node, "\n\n")))

    def on_bullet_list(self, node: nodes.bullet_list) -> Typst:
        return call("bullets", *(content(self.node(item)) for item in node.children))

    def on_enumerated_list(self, node: nodes.enumerated_list) -> Typst:
        start = str(node["start"]) if node.get("start") else None
        return call("numbered", *(content(self.node(item)) for item in node.children), start=start)

    def on_list_item(self, node: nodes.list_item) -> Typst:
        return self.children(node, "\n\n")

    def on_definition_list(self, node: nodes.definition_list) -> Typst:
        rows = []
        for item in node.children:
            assert isinstance(item, nodes.Element)
            term = join((self.children(t) for t in item.findall(nodes.term)), plain("; "))
            body = join((self.children(d, "\n\n") for d in item.findall(nodes.definition)), "\n\n")
            rows.append(array([content(term), content(body)]))
        return call("definitions", *rows)

    def on_table(self, node: nodes.table) -> Typst:
        group = next(iter(node.findall(nodes.tgroup)))
        head = [self.cells(row) for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
        body = [self.cells(row) for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
        texts = [[cell.astext() for cell in row.findall(nodes.entry)] for row in group.findall(nodes.row)]
        if not head:
            texts = [[""] * len(texts[0]), *texts]
        columns = widths(list(zip(*texts, strict=False)))
        return call(
            "plain-table", columns, array(head[0] if head else map(content, texts[0])), array(map(array, body))
        )

    def cells(self, row: nodes.Element) -> list[str]:
        """The cells of a table's row as arguments."""
        return [content(self.children(cell, "\n\n")) for cell in row.findall(nodes.entry)]

    def on_image(self, node: nodes.image) -> Typst:
        return self.picture(node, None)

    def on_figure(self, node: nodes.figure) -> Typst:
        caption = next(iter(node.findall(nodes.caption)), None)
        return self.picture(next(iter(node.findall(nodes.image))), caption)

    def picture(self, node: nodes.image, caption: nodes.caption | None) -> Typst:
        """An image with its words for those who do not see it."""
        alt = node.get("alt", "").strip()
        if not alt:
            raise PrintError(f"{self.page}: the image {node['uri']} has no alt text; say in words what it shows")
        path = Path(self.sheets.env.srcdir, node["uri"])
        shutil.copyfile(path, self.sheets.out / path.name)
        words = content(self.children(caption)) if caption else None
        return call("picture", literal(path.name), alt=literal(alt), caption=words)

    def on_literal_block(self, node: nodes.literal_block) -> Typst:
        return call("raw", literal(node.astext()), block="true")

    def on_line_block(self, node: nodes.line_block) -> Typst:
        return self.children(node, "#linebreak()")

    def on_line(self, node: nodes.line) -> Typst:
        return self.children(node)

    # ------------------------------------------------------------ running text

    def on_Text(self, node: nodes.Text) -> Typst:  # noqa: N802 - docutils names it so
        return plain(node.astext())

    def on_emphasis(self, node: nodes.emphasis) -> Typst:
        return call("emph", content(self.children(node)))

    on_title_reference = on_emphasis

    def on_strong(self, node: nodes.strong) -> Typst:
        return call("strong", content(self.children(node)))

    def on_superscript(self, node: nodes.superscript) -> Typst:
        return call("super", content(self.children(node)))

    def on_subscript(self, node: nodes.subscript) -> Typst:
        return call("sub", content(self.children(node)))

    def on_literal(self, node: nodes.literal) -> Typst:
        return call("raw", literal(node.astext()))

    def on_inline(self, node: nodes.inline) -> Typst:
        return self.children(node)

    def on_footnote_reference(self, node: nodes.footnote_reference) -> Typst:
        name = node["refid"]
        if name in self.called:
            return call("footnote", f"label({literal(self.called[name])})")
        key = self.sheets.keys.define(place_key(self.page, name))
        self.called[name] = key
        note = self.notes[name]
        self.inside_note = True
        body = join((self.node(child) for child in note.children if not isinstance(child, nodes.label)), "\n\n")
        self.inside_note = False
        return Typst(f"{call('footnote', content(body))}#label({literal(key)})")

    def on_reference(self, node: nodes.reference) -> Typst:
        words = self.children(node)
        address = node.get("refuri", "")
        if not address and "refid" in node:
            return self.refer_to(self.page, node["refid"], words)
        if address.startswith("%"):
            page, _, anchor = address[1:].partition("#")
            return self.refer_to(page or self.page, anchor, words)
        shown = address.removeprefix("mailto:")
        if node.astext().strip() == shown:
            return call("address", literal(address))
        where = call("address", literal(address))
        if self.inside_note or self.inside_title:
            return join([words, plain(" ("), where, plain(")")])
        return join([words, call("footnote", content(where))])

    def refer_to(self, page: str, anchor: str, words: str) -> Typst:
        """A reference within the book: to a page, a place on it, or a record of its catalogue."""
        key = place_key(page, anchor)
        kind, _, name = anchor.partition("-")
        if key not in self.sheets.anchors and self.sheets.homes.get(kind) == page:
            key = self.sheets.place_of(kind, name) or key
        return self.sheets.refer(key, words, self.page)


def anchors_of(page: str, tree: nodes.document) -> Iterable[str]:
    """The labels that a page's anchors will have, known before anything is written."""
    yield place_key(page, "")
    for node in tree.findall(nodes.Element):
        if isinstance(node, nodes.footnote | nodes.document | nodes.footnote_reference):
            continue
        names: list[str] = node.get("ids", [])
        for name in names:
            yield place_key(page, name)
    for reference in tree.findall(nodes.footnote_reference):
        yield place_key(page, reference["refid"])
