"""The reference part in print: every record of a kind, as small as it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from essaybook.corpus.dates import span_words
from essaybook.corpus.event import Event
from essaybook.corpus.figure import Figure
from essaybook.corpus.office import Office
from essaybook.corpus.person import Person
from essaybook.corpus.record import Checked, Statement
from essaybook.corpus.source import Quotation, Source
from essaybook.pages.uses import uses_of
from essaybook.pdf.blocks import texts, wording
from essaybook.pdf.keys import record_key
from essaybook.pdf.markup import Typst, array, call, content, join, literal, plain, record, words
from essaybook.pdf.names import life, years
from essaybook.pdf.sheets import Sheets
from essaybook.pdf.works import entry, sort_key, work_name
from essaybook.web.words import CHECKED, SEEN
from essaybook.web.words import full as sentence


class Footing:
    """What a table says at its foot: sources by letter, notes by number, each once."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        self.numbers: dict[str, str] = {}

    def letter(self, markup: str) -> Typst:
        """The letter of a source."""
        count = len(self.letters)
        name = chr(ord("a") + count % 26) * (1 + count // 26)
        return Typst(self.letters.setdefault(markup, name) if markup else "")

    def number(self, markup: str) -> Typst:
        """The number of a note."""
        return Typst(self.numbers.setdefault(markup, str(len(self.numbers) + 1)) if markup else "")

    def lines(self) -> str | None:
        """Every letter and number with what it stands for, as the template takes them."""
        found = [*self.letters.items(), *self.numbers.items()]
        return array(array([content(name), content(markup)]) for markup, name in found) if found else None


class Catalogues:
    """One method to a kind of record."""

    def __init__(self, sheets: Sheets, page: str) -> None:
        self.sheets = sheets
        self.page = page
        self.corpus = sheets.corpus

    def write(self, kind: str) -> Typst:
        """The catalogue of a kind."""
        forms: dict[str, Callable[[], Typst]] = {
            "event": self.timeline,
            "person": self.people,
            "office": self.offices,
            "term": self.glossary,
            "source": self.sources,
            "figure": self.figures,
            "work": self.bibliography,
        }
        return forms[kind]()

    # ------------------------------------------------------------ what entries share

    def key(self, kind: str, name: str) -> str:
        """The label of an entry."""
        return literal(self.sheets.keys.define(record_key(kind, name)))

    def state(self, statement: Statement) -> str | None:
        """A word for what was not checked; nothing where all was."""
        if statement.checked is Checked.CHECKED:
            return None
        return content(call("status", content(words(CHECKED[statement.checked])), full="false"))

    def said(self, statement: Statement) -> Typst:
        """How far a statement was checked, and the editor's note on it."""
        state = "" if statement.checked is Checked.CHECKED else sentence(CHECKED[statement.checked])
        return words(
            " ".join(part for part in (state, sentence(statement.note) if statement.note else "") if part)
        )

    def used(self, kind: str, name: str, after: str = "") -> Typst:
        """The pages that use a record, as a line of its own, and in the same paragraph what is said ``after``."""
        pages = self.sheets.used_on(kind, name, self.page)
        if not pages:
            return call("remark", content(after)) if after else Typst("")
        return call(
            "line-of",
            content("In this book"),
            content(join([pages, words(". "), call("grey-words", content(after)) if after else ""])),
        )

    # ------------------------------------------------------------ the catalogues

    def timeline(self) -> Typst:
        """Events under their years."""
        out = []
        for year, events in groupby(self.corpus.dated(), key=lambda event: event.date.year):
            out.append(call("year", content(str(year))))
            out += [self.event(event) for event in events]
        return call("two-columns", content(join(out, "\n")))

    def event(self, event: Event) -> Typst:
        """A dated event."""
        note = join([" ", call("grey-words", content(words(sentence(event.note))))]) if event.note else ""
        return call(
            "event",
            self.key("event", event.id),
            content(words(event.when)),
            content(words(event.label)),
            content(join([words(event.text), note])),
            state=self.state(event),
        )

    def people(self) -> Typst:
        """People by surname."""
        ordered = sorted(self.corpus.people.values(), key=lambda person: person.short.casefold())
        lives = call("two-columns", content(join(map(self.person, ordered), "\n")))
        return join([lives, self.stands()], "\n")

    def stands(self) -> Typst:
        """Where people stood, year by year."""
        rows = []
        for year, people in self.corpus.stands().items():
            said = "; ".join(
                f"{person.short} {stand.where.rstrip('.')}" + (f" ({stand.who_says})" if stand.who_says else "")
                for person, stand in people
            )
            rows.append([words(str(year)), words(sentence(said))])
        if not rows:
            return Typst("")
        key = literal(self.sheets.keys.define("stands"))
        head = call("group", key, content("Where they stood, year by year"), content(""))
        return join([head, self.table("(14mm, 1fr)", ["Year", "Who stood where"], rows, Footing())], "\n")

    def person(self, person: Person) -> Typst:
        """A life in brief."""
        lived = life(person)
        head = join([call("ru", content(plain(person.ru))) if person.ru else "", words(lived)], ". ")
        posts = "; ".join(f"{post.title}, {years(post)}" if years(post) else post.title for post in person.posts)
        stood = "; ".join(
            f"{stand.year}: {stand.where.rstrip('.')}" + (f" ({stand.who_says})" if stand.who_says else "")
            for stand in person.stood
        )
        fate = " ".join(sentence(text) for text in (person.fate, person.rehabilitated) if text)
        body = [join([words(sentence(person.brief)), self.sheets.index("person", person.id, main=True)])]
        for name, text in (("Posts", posts), ("Stood", stood), ("Fate", fate)):
            if text:
                body.append(call("line-of", content(name), content(words(sentence(text)))))
        body.append(self.used("person", person.id, self.said(person)))
        return call(
            "person",
            self.key("person", person.id),
            content(words(person.name)),
            content(head),
            content(join(body, "\n")),
        )

    def offices(self) -> Typst:
        """Bodies and posts, with who sat in them."""
        return join(map(self.office, self.corpus.offices.values()), "\n")

    def office(self, office: Office) -> Typst:
        """A body, its compositions and its holders as tables."""
        body = [words(office.text), self.sheets.index("office", office.id, main=True)]
        body.append(self.used("office", office.id))
        head = call(
            "office",
            self.key("office", office.id),
            content(words(office.name)),
            content(plain(office.ru)) if office.ru else "none",
            content(join(body, "\n")),
            tables="true" if office.compositions or office.holders else None,
        )
        tables = []
        if office.compositions:
            keys = Footing()
            rows = [
                record(
                    **{"from": content(words(c.date.words))},
                    occasion=content(words(sentence(c.occasion))),
                    members=content(words(self._names(c.members, c.head))),
                    candidates=content(words(self._names(c.candidates, None))) if c.candidates else "none",
                    note=content(keys.number(self.said(c))),
                )
                for c in sorted(office.compositions, key=lambda c: c.date)
            ]
            tables.append(call("compositions-table", array(rows), keys=keys.lines()))
        if office.holders:
            keys = Footing()
            holders = [
                [
                    words(self.corpus.people[h.person].short if h.person in self.corpus.people else h.person),
                    words(h.title),
                    words(span_words(h.start, h.end) if h.end else f"from {h.start.words}"),
                    keys.number(self.said(h)),
                ]
                for h in office.holders
            ]
            tables.append(self.table("(30mm, 1.2fr, 1fr, auto)", ["Holder", "Post", "When", ""], holders, keys))
        return join([head, *tables], "\n")

    def _names(self, people: Iterable[str], head: str | None) -> str:
        known = self.corpus.people
        said = [
            (known[name].short if name in known else name) + (" (head)" if name == head else "") for name in people
        ]
        return ", ".join(said)

    def table(self, columns: str, header: Iterable[str], rows: Iterable[Iterable[str]], keys: Footing) -> Typst:
        """A small table, and under it what its numbers and letters stand for."""
        cells = array(array(map(content, row)) for row in rows)
        names = array(content(words(name)) for name in header)
        return call("small-table", columns, names, cells, keys=keys.lines())

    def glossary(self) -> Typst:
        """Terms in order."""
        out = []
        for term in sorted(self.corpus.terms.values(), key=lambda term: term.term.casefold()):
            forms = [
                call("ru", content(plain(term.ru))) if term.ru else "",
                call("tr", content(plain(term.latin))) if term.latin else "",
            ]
            foreign = join(forms, ", ")
            body = [join([foreign, words(". ")]) if foreign else "", words(sentence(term.brief))]
            if term.label_of:
                body.append(words(f" A label: {sentence(term.label_of)[0].lower()}{sentence(term.label_of)[1:]}"))
            body.append(self.sheets.index("term", term.id, main=True))
            out.append(call("term", self.key("term", term.id), content(words(term.term)), content(join(body))))
        return call("two-columns", content(join(out, "\n")))

    def sources(self) -> Typst:
        """Documents in order of date."""
        ordered = sorted(self.corpus.sources.values(), key=lambda s: (s.date.first, s.id))
        return join(map(self.source, ordered), "\n")

    def source(self, source: Source) -> Typst:
        """A document: what it is, where it was read, who may print it, and what of it no chapter prints."""
        place = f", {source.place}" if source.place else ""
        by = words(f"{source.by}, {source.when}{place}. {sentence(source.occasion)}")
        read = "; ".join(
            ", ".join(part for part in (w.edition.rstrip("."), w.pages, w.means) if part)
            + ("" if w.read or "not opened" in w.means else " (not opened)")
            for w in source.witnesses
        )
        body = [words(sentence(source.about))] if source.about else []
        lines = {
            "First published": sentence(source.first_published),
            "Where read": sentence(read),
            "Rights": sentence(source.rights.statement),
            "Normalised": sentence("; ".join(text.rstrip(".") for text in source.normalised))
            if source.normalised
            else "",
            "Note": sentence(source.note) if source.note else "",
        }
        body += [call("line-of", content(name), content(words(text))) for name, text in lines.items() if text]
        body.append(self.used("source", source.id))
        body += [self.passage(source, quotation) for quotation in source.quotations]
        return call(
            "document-entry",
            self.key("source", source.id),
            content(words(source.title)),
            content(by),
            content(join(body, "\n")),
        )

    def passage(self, source: Source, quotation: Quotation) -> Typst:
        """A quotation in full, or the page that has it."""
        shown = self.sheets.shown.get(quotation.id)
        if shown:
            start = " ".join((quotation.english or quotation.original or quotation.paraphrase or "").split()[:8])
            where = call("pages", literal(self.sheets.keys.want(shown, self.page)))
            begun = join(
                [call("q", content(words(start.rstrip(" ,.;:") + "…"))), words(" stands on "), where, words(".")]
            )
            return call("line-of", content("Printed"), content(begun))
        state = join(
            [wording(quotation), words(" " + sentence(quotation.note)) if quotation.note else ""], "#h(0.6em)"
        )
        text = texts(source, quotation)
        return call(
            "passage",
            str(text["english"]),
            text["original"] or "none",
            text["lang"] or "none",
            content(state),
        )

    def figures(self) -> Typst:
        """A table to each file of figures."""
        out = []
        for name, resource in self.corpus.resources.items():
            figures = [figure for figure in self.corpus.figures.values() if figure.resource == name]
            key = literal(self.sheets.keys.define(f"resource/{name}"))
            head = call("group", key, content(words(resource.title)), content(words(resource.description)))
            keys = Footing()
            rows = [self.figure(figure, keys) for figure in figures]
            out += [head, call("figures-table", array(rows), keys=keys.lines())]
        return join(out, "\n\n")

    def figure(self, figure: Figure, keys: Footing) -> str:
        """A row: what, when, number, unit, source, note, state."""
        mark = call("mark", self.key("figure", figure.id))
        if figure.source:
            source = self.corpus.sources[figure.source]
            rests = words(f"{source.by}, {source.title}")
        else:
            rests = work_name(self.corpus.works[figure.work]) if figure.work else Typst("")
        at = words(f", {figure.at}") if figure.at else ""
        return record(
            what=content(join([mark, words(figure.label)])),
            when=content(words(figure.date.words)),
            number=content(words(figure.words.removesuffix(" per cent"))),
            unit=content(words(figure.unit)),
            rests=content(keys.letter(join([rests, at, words(".")]) if rests else "")),
            note=content(keys.number(words(sentence(figure.note)) if figure.note else "")),
            state=content(words(CHECKED[figure.checked])),
        )

    def bibliography(self) -> Typst:
        """Works by author."""
        out = []
        spare = "3"  # entries of a few lines each that do not break
        for work in sorted(self.corpus.works.values(), key=sort_key):
            named = uses_of(self.sheets.env, "work", work.id, self.sheets.order)
            index = self.sheets.index("work", work.id, main=True) if named else ""
            body = content(join([entry(work), index]))
            out.append(call("work", self.key("work", work.id), body, content(words(SEEN[work.seen]))))
        return call("two-columns", content(join(out, "\n")), spare=spare)
