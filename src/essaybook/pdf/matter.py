"""What stands before and after the chapters: cover, imprint, contents, index, colophon."""

from __future__ import annotations

import datetime

from sphinx.config import Config

from essaybook.charts.draw import stretches
from essaybook.corpus.chart import SeatChart
from essaybook.corpus.dates import When
from essaybook.pages.nodes import Catalogue
from essaybook.pages.outline import Entry
from essaybook.pdf.exercises import KEY, TITLE
from essaybook.pdf.keys import PrintError, page_key
from essaybook.pdf.markup import Typst, array, call, content, join, literal, record, words
from essaybook.pdf.names import year_of
from essaybook.pdf.sheets import Sheets
from essaybook.web.words import full as sentence


class Matter:
    """The pages that nobody wrote: each is made from the configuration and the table of contents."""

    def __init__(self, sheets: Sheets, config: Config) -> None:
        self.sheets = sheets
        self.config = config

    @property
    def title(self) -> str:
        """The book's title."""
        return str(self.config.html_title or self.config.project)

    @property
    def date(self) -> datetime.date:
        """The edition's date, the only one that the file knows."""
        try:
            return datetime.date.fromisoformat(str(self.config.essaybook_edition_date))
        except ValueError:
            said = self.config.essaybook_edition_date
            raise PrintError(f"essaybook_edition_date is '{said}'; write a day as 2026-11-23") from None

    def head(self, title: str = "") -> Typst:
        """What the file says of itself. A part of the book has a title of its own."""
        day = self.date
        return call(
            "show: book.with",
            title=literal(f"{title}. {self.title}" if title else self.title),
            author=literal(self.config.author),
            date=f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
            description=literal(self.config.essaybook_subtitle) if self.config.essaybook_subtitle else None,
        )

    def cover(self) -> Typst:
        """Title, and who sat in a body from when to when, if a chart of that is configured."""
        name = self.config.essaybook_cover_chart
        chart = self.sheets.corpus.get("chart", name) if name else None
        if chart is not None and not isinstance(chart, SeatChart):
            raise PrintError(f"essaybook_cover_chart: '{name}' is no chart of seats")
        subtitle = self.config.essaybook_subtitle
        foot = sentence(chart.title) if chart else ""
        return call(
            "cover",
            content(words(self.title)),
            subtitle=content(words(subtitle)) if subtitle else None,
            chart=self.staves(chart) if chart else None,
            foot=content(words(foot)) if foot else None,
        )

    def staves(self, chart: SeatChart) -> str:
        """A chart of seats as data: a row per person, spans as years with a fraction."""
        corpus = self.sheets.corpus
        rows = []
        for person in chart.people:
            spans = []
            for first, last, _, ends in stretches(chart, corpus, person):
                start, end = (When(day.year, day.month, day.day) for day in (first, last))
                spans.append(record(**{"from": str(year_of(start)), "to": str(year_of(end)) if ends else "none"}))
            lead = "true" if person == chart.lead else "false"
            rows.append(record(name=content(words(corpus.people[person].short)), lead=lead, spans=array(spans)))
        axis = {"from": str(chart.start.year), "to": str(year_of(chart.end, last=True))}
        return record(alt=literal(chart.alt), rows=array(rows), **axis)

    @property
    def edition(self) -> str:
        """The edition and its day."""
        day = When(self.date.year, self.date.month, self.date.day).words
        edition = self.config.essaybook_edition
        return f"{edition}, {day}." if edition else f"{day}."

    def imprint(self) -> Typst:
        """The back of the cover: which edition this is."""
        lines = [
            words(self.title),
            words(self.edition),
            words(sentence(self.config.essaybook_licence)) if self.config.essaybook_licence else "",
            words(
                "Paragraphs are numbered in the margin. The numbers do not change from one edition to the next: "
                "cite them. Notes are numbered by chapter."
            ),
            words("A full mark beside a passage means that its wording was checked; an open one that it was not."),
        ]
        return call("imprint", content(join(lines, "\n\n")))

    def contents(self) -> Typst:
        """Parts, chapters and their pages."""
        out = []
        core = False
        # As the pages come: the part that holds the catalogues stands last.
        trees = self.sheets.trees
        for part in sorted(
            self.sheets.parts,
            key=lambda part: any(trees[entry.page].next_node(Catalogue) is not None for entry in part.entries),
        ):
            out.append(call("part-line", content(words(part.caption))))
            if part in self.sheets.running_on:
                items = (array([content(words(e.title)), self.wanted(page_key(e.page))]) for e in part.entries)
                out.append(call("contents-run", *items))
                continue
            for entry in part.entries:
                out += self.lines(entry)
                core = core or bool(entry.opener and entry.opener.get("core"))
        if self.sheets.exercises and self.sheets.exercises.chapters:
            out += [self.line(TITLE, "exercises"), self.line(KEY, "exercises-key")]
        index = self.sheets.homes.get("index")
        last = self.line(self.sheets.env.titles[index].astext(), page_key(index)) if index else None
        out += [last or self.line("Index", "index"), self.line("Colophon", "colophon")]
        opening = call("plain-opening", content("Contents"), key=literal(self.sheets.keys.define("contents")))
        foot = call("contents-foot", content("the core path")) if core else ""
        return join([opening, *out, foot], "\n")

    def lines(self, entry: Entry) -> list[Typst]:
        """A page's line, and those of the pages below it. The index has its line at the end, where it stands."""
        if entry.page == self.sheets.homes.get("index"):
            return []
        opener = entry.opener or {}
        number = opener.get("number")
        line = call(
            "contents-line",
            content(words(entry.title)),
            self.wanted(page_key(entry.page)),
            number=str(number) if number else None,
            core="true" if opener.get("core") else None,
            question=content(words(opener["question"])) if opener else None,
        )
        return [line, *(below for child in entry.children for below in self.lines(child))]

    def line(self, title: str, key: str) -> Typst:
        """A line for something that is no page of the site."""
        return call("contents-line", content(title), self.wanted(key))

    def wanted(self, key: str) -> str:
        """A label that the contents lead to."""
        return literal(self.sheets.keys.want(key, "contents"))

    def index(self, entry: Entry | None) -> Typst:
        """Where people, offices, terms and themes are named, under the title that the site's index has."""
        title, key = (words(entry.title), page_key(entry.page)) if entry else (Typst("Index"), "index")
        opening = call("reference-opening", content(title), literal(self.sheets.keys.define(key)))
        lead = call("lead", content("Italic numbers lead to the entry in the reference part."))
        return join([opening, lead, call("make-index")], "\n")

    def colophon(self) -> Typst:
        """How the book was made."""
        said = [
            self.edition,
            "Set in Libertinus Serif, 11 on 15 points on A4 and 12½ on 17 on A5, in black and one red. Notes are "
            "numbered by chapter and stand at the foot of the page. The strips of years and the charts are drawn "
            "from the same dates and figures that the text cites.",
            "Typeset by Typst as a tagged file, so that it can be read aloud: every drawing has words for those "
            "who do not see it, and every foreign passage says which language it is in.",
        ]
        if self.config.essaybook_licence:
            said.append(sentence(self.config.essaybook_licence))
        key = literal(self.sheets.keys.define("colophon"))
        return call("colophon", key, content("Colophon"), content(join(map(words, said), "\n\n")))
