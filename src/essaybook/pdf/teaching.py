"""The printed form of what is for teachers. Links and files stay with the screen; what can be read is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx

from essaybook.corpus.dates import When
from essaybook.corpus.specification import State
from essaybook.pages import nodes as book
from essaybook.pages.assign import LEVELS, SHAPES, stands, takes
from essaybook.pages.load import load_of, told
from essaybook.pdf.keys import page_key, place_key
from essaybook.pdf.markup import Typst, array, call, content, join, literal, words
from essaybook.web.words import full as sentence

if TYPE_CHECKING:
    from essaybook.pdf.writer import Writer

STATE = {
    State.CURRENT: "Examined now, as far as we saw.",
    State.PAST: "No longer examined.",
    State.UNKNOWN: "Whether it is still examined was not seen.",
}


BOX = call("box", width="0.65em", height="0.65em", stroke="0.5pt")
"""To be ticked by hand."""


def _head(text: str) -> Typst:
    return call(
        "block", content(call("strong", content(words(text)))), sticky="true", above="1.2em", below="0.5em"
    )


def assign(writer: Writer, node: book.AssignBlock) -> Typst:
    """What the chapter is, its lessons, its mistakes and its marks; its exercises with a box to tick."""
    sheets, page = writer.sheets, node["page"]
    env, corpus = sheets.env, writer.corpus
    opener: dict[str, Any] = env.metadata[page].get("opener", {})
    load = load_of(env, page, corpus)
    parts: dict[str, list[Typst]] = {}
    for part in node.findall(book.AssignPart):
        parts.setdefault(part["part"], []).append(writer.children(part))
    title = sheets.refer(page_key(page), words(env.titles[page].astext()), writer.page)
    asked = f", {load.exercises} exercises, {told(load.work)}" if load.exercises else ""
    out = [join([title, words(f": {told(load.reading)} to read{asked}.")])]
    known = takes(env, page)
    if known:
        out.append(join([call("emph", content(words("Takes as known:"))), words(" "), words(sentence(known))]))
    aims = opener.get("objectives") or []
    if aims:
        out += [_head("After it they can"), call("bullets", *(content(words(sentence(aim))) for aim in aims))]
    out += [
        _head("In the time you have"),
        call("definitions", *_pairs((name, parts[shape][0]) for shape, name in SHAPES.items())),
        _head("What they will get wrong"),
        call("bullets", *_slips(parts)),
        _head("To set and to mark"),
        call("emph", content(parts["question"][0])),
        call("definitions", *_pairs((name, parts[level][0]) for level, name in LEVELS.items())),
    ]
    rows = []
    for there in stands(env, corpus, page, sheets.order).values():
        for stand in there:
            exercise = stand.exercise
            prompt = sheets.refer(place_key(stand.page, stand.anchor), words(exercise.prompt), writer.page)
            said = join([prompt, words(f" {told(exercise.minutes)}. ")])
            rows.append(content(join([BOX, words(" "), said, call("emph", content(words(exercise.purpose)))])))
    if rows:
        out += [_head("Exercises"), call("bullets", *rows)]
    return join(out, "\n\n")


def _pairs(found: Any) -> list[str]:
    return [array([content(words(name)), content(said)]) for name, said in found]


def _slips(parts: dict[str, list[Typst]]) -> list[str]:
    pairs = zip(parts["said"], parts["answer"], strict=True)
    return [content(join([call("emph", content(said)), words(" "), answer])) for said, answer in pairs]


def specifications(writer: Writer, node: book.SpecificationList) -> Typst:
    """Each specification with what was seen of it, and its points with the paragraphs that treat them."""
    sheets = writer.sheets
    env = sheets.env
    keys = {meta["opener"]["key"]: page for page, meta in env.metadata.items() if "opener" in meta}
    out = []
    for name in node["records"]:
        record = writer.corpus.specifications[name]
        code = f" {record.code}" if record.code else ""
        out.append(_head(f"{record.board}{code}: {record.name}"))
        out.append(words(f"{sentence(record.stage)} {STATE[record.state]}"))
        seen = join(
            [
                words(f"{When.parse(record.seen).words}: "),
                call("address", literal(record.address)),
                words(f". {record.how}"),
            ]
        )
        facts = [("Good for", words(record.serves)), ("Not for", words(record.leaves)), ("Seen", seen)]
        out.append(call("definitions", *_pairs(facts), ragged="true"))  # an address leaves gaps in a full line
        rows = []
        for point in record.points:
            places = []
            for paragraph in point.paragraphs:
                key, _, number = paragraph.rpartition("-")
                chapter = env.metadata[keys[key]]["opener"].get("number")
                shown = f"{chapter}.{number}" if chapter else paragraph
                places.append(sheets.refer(place_key(keys[key], paragraph), words(f"¶ {shown}"), writer.page))
            for page in point.pages:
                places.append(sheets.refer(page_key(page), words(env.titles[page].astext()), writer.page))
            rows.append(array([content(words(point.says)), content(join(places, words("; ")))]))
        if rows:
            heads = array(map(content, ("The point, in our words", "Where this book treats it")))
            out.append(call("plain-table", "(1fr, 1fr)", heads, array(rows)))
    return join(out, "\n\n")


def setup_teaching(app: Sphinx) -> None:
    """Register the forms for print."""
    app.add_node(book.AssignBlock, override=True, typst=(assign, None))
    app.add_node(book.SpecificationList, override=True, typst=(specifications, None))
