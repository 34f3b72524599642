"""The sources as TEI P5: each with its bibliography, provenance and rights, its text as read, and its passages.

One document, so that it validates as a whole against the TEI's own ``tei_all``. Ids are those of the records, with
the kind in front, for a source and a person may share a name. Nothing is said here that no record says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from essaybook.citing.reference import Edition
from essaybook.corpus import Corpus
from essaybook.corpus.person import Day, Person
from essaybook.corpus.source import Quotation, Source, Witness, Wording

TEI = "http://www.tei-c.org/ns/1.0"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GAP = "[…]"
OURS = "ours"
"""What a record says of a translation that the book's makers made."""

CERTAINTY = {Wording.CHECKED: "high", Wording.QUOTED: "medium", Wording.UNCHECKED: "low"}
"""``@cert`` of a quotation. A paraphrase has no wording to be certain of."""

PRACTICE = (
    "Each div of type “source” is one document of the book. Its first part of type “text” is the original as it "
    "was read, where it is recorded at length; the second, of type “passages”, holds what the book quotes, each "
    "passage in a cit with the original and a translation. A witness says by its n whether it was read.",
    "The attribute cert of a quote says how its wording is known: high, read in an edition and in its context; "
    "medium, read only where another author quotes it; low, not seen in its source by anybody here. An ab of type "
    "“paraphrase” gives the sense where no wording was seen.",
    "A gap with the reason “sampling” stands where the editors of this book left words out. What was normalised "
    "is said in notes of that type.",
)


def document(corpus: Corpus, book: Edition, rights: str) -> str:
    """The whole as XML. ``rights`` is the book's statement of its licence in words."""
    root = Element("TEI", {"xmlns": TEI, LANG: book.language})
    sources = sorted(corpus.sources.values(), key=lambda source: (source.date.first, source.id))
    _header(root, corpus, book, rights, sources)
    body = SubElement(SubElement(root, "text"), "body")
    for source in sources:
        _source(body, book, source, corpus)
    _lay(root, "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str | None) -> Element:
    """A child with its text. Attributes without a value are left out; ``id`` and ``lang`` are XML's own."""
    names = {"id": ID, "lang": LANG}
    made = SubElement(parent, tag, {names.get(name, name): v for name, v in attributes.items() if v is not None})
    made.text = " ".join(text.split()) if text else None
    return made


def _header(root: Element, corpus: Corpus, book: Edition, rights: str, sources: Iterable[Source]) -> None:
    header = SubElement(root, "teiHeader")
    file = SubElement(header, "fileDesc")
    titles = SubElement(file, "titleStmt")
    _add(titles, "title", f"The sources of “{book.title}”")
    _add(titles, "author", book.author)
    if book.name:
        edition = SubElement(SubElement(file, "editionStmt"), "edition")
        edition.text = f"{book.name}, "
        _add(edition, "date", book.date.words, when=str(book.date))
    published = SubElement(file, "publicationStmt")
    _add(published, "publisher", book.author)
    _add(published, "date", book.date.words, when=str(book.date))
    available = SubElement(published, "availability")
    _add(available, "licence", rights or book.licence, target=book.licence or None)
    origin = SubElement(SubElement(file, "sourceDesc"), "p")
    origin.text = "Every document has its own bibliography and witnesses, in its div."
    encoding = SubElement(SubElement(header, "encodingDesc"), "editorialDecl")
    for words in PRACTICE:
        _add(encoding, "p", words)
    named = {name for source in sources for name in source.people if name in corpus.people}
    if named:
        people = SubElement(SubElement(SubElement(header, "profileDesc"), "particDesc"), "listPerson")
        for name in sorted(named):
            _person(people, corpus.people[name])


def _person(parent: Element, person: Person) -> None:
    made = _add(parent, "person", id=f"person-{person.id}")
    _add(made, "persName", person.name)
    if person.ru:
        _add(made, "persName", person.ru, lang="ru")
    for tag, day in (("birth", person.born), ("death", person.died)):
        if isinstance(day, Day):
            _add(made, tag, when=str(day.date))
    _add(made, "note", person.brief)


def _source(parent: Element, book: Edition, source: Source, corpus: Corpus) -> None:
    kind = re.sub(r"[^\w]+", "-", source.kind)
    div = _add(parent, "div", type="source", subtype=kind, id=f"source-{source.id}")
    _add(div, "head", source.title)
    bibl = SubElement(div, "bibl")
    _add(bibl, "author", source.by)
    _add(bibl, "title", source.title)
    _add(bibl, "date", source.when, **_span(source))
    if source.place:
        _add(bibl, "placeName", source.place)
    _add(bibl, "textLang", mainLang=source.language)
    people = [corpus.people[name] for name in source.people if name in corpus.people]
    if people:
        note = _add(bibl, "note", type="people")
        for person in people:
            _add(note, "persName", person.short, ref=f"#person-{person.id}")
    _witnesses(div, source)
    notes = [
        ("occasion", source.occasion),
        ("first-published", source.first_published),
        ("provenance", source.provenance),
        ("rights", source.rights.statement),
        ("about", source.about),
        ("note", source.note),
        *(("normalised", line) for line in source.normalised),
    ]
    for name, words in notes:
        if words:
            _add(div, "note", words, type=name, subtype=source.rights.status.value if name == "rights" else None)
    if source.text:
        text = _add(div, "div", type="text", lang=source.language)
        for paragraph in source.paragraphs:
            _worded(SubElement(text, "p"), paragraph)
    passages = _add(div, "div", type="passages")
    for quotation in source.quotations:
        _passage(passages, book, source, quotation)


def _span(source: Source) -> dict[str, str]:
    """The attributes of a date. One that is known only in words has none."""
    if source.dated:
        return {}
    if source.end:
        return {"from": str(source.date), "to": str(source.end)}
    return {"when": str(source.date)}


def _witnesses(parent: Element, source: Source) -> None:
    listed = SubElement(parent, "listWit")
    for number, witness in enumerate(source.witnesses, 1):
        seen = "read" if witness.read else "not-read"
        _printed(_add(listed, "witness", id=f"witness-{source.id}-{number}", n=seen), witness)


def _printed(parent: Element, witness: Witness) -> None:
    bibl = SubElement(parent, "bibl")
    _add(bibl, "title", witness.edition)
    if witness.pages:
        _add(bibl, "biblScope", witness.pages, unit="page")
    _add(bibl, "note", witness.means, type="means")
    if witness.locator:
        _add(bibl, "idno", witness.locator)


def _passage(parent: Element, book: Edition, source: Source, quotation: Quotation) -> None:
    certainty = CERTAINTY.get(quotation.wording)
    if quotation.original or quotation.english:
        cit = _add(parent, "cit", id=f"q-{quotation.id}", type=quotation.wording.value)
        foreign = not source.language.startswith("en")
        if quotation.original:
            _worded(_add(cit, "quote", lang=source.language, cert=certainty), quotation.original)
        if quotation.english:
            type_ = "translation" if foreign else None
            made = _add(cit, "quote", lang="en", type=type_, cert=None if quotation.original else certainty)
            _worded(made, quotation.english)
        if quotation.translator:
            translator = book.author if quotation.translator == OURS else quotation.translator
            _add(cit, "note", translator, type="translator")
        place = cit
    else:
        place = _add(parent, "ab", quotation.paraphrase, type="paraphrase", id=f"q-{quotation.id}", lang="en")
    for name, words in (("plain", quotation.plain), ("note", quotation.note)):
        if words:
            _add(place, "note", words, type=name)


def _worded(parent: Element, text: str) -> None:
    """Words of a source; where the editors left some out, a ``gap``."""
    first, *rest = " ".join(text.split()).split(GAP)
    parent.text = first
    for part in rest:
        SubElement(parent, "gap", {"reason": "sampling"}).tail = part


def _lay(element: Element, line: str) -> None:
    """Put elements that hold only elements on lines of their own. Between words no space comes in or goes out."""
    children = list(element)
    if not children or element.text or any(child.tail for child in children):
        return
    element.text = f"{line} "
    for child in children:
        _lay(child, f"{line} ")
        child.tail = f"{line} "
    children[-1].tail = line
