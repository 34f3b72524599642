"""The book's own nodes in print: sources, openings, boxes, charts, claims, positions, closes, mentions."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from essaybook.charts import credit, draw, steps
from essaybook.charts.words import STATE
from essaybook.corpus.chart import DayChart, PostChart, SeatChart
from essaybook.corpus.collation import Run, compared
from essaybook.corpus.dates import When
from essaybook.corpus.historian import FEW, Position, by_first_cause, causes_of
from essaybook.corpus.rights import by_rights, titled
from essaybook.corpus.source import Quotation, Source, Wording
from essaybook.labs.explore import static_line
from essaybook.labs.parts import Part
from essaybook.pages import nodes as book
from essaybook.pages.load import Load, load_of, told
from essaybook.pages.outline import Entry
from essaybook.pages.uses import uses_of
from essaybook.pages.ways import chapters, labs, lessons, total
from essaybook.pdf.keys import PrintError, page_key, place_key
from essaybook.pdf.markup import Typst, array, call, content, join, literal, plain, record, widths, words
from essaybook.pdf.names import year_of
from essaybook.pdf.sheets import Sheets
from essaybook.pdf.works import title_of, work_name
from essaybook.web.words import RIGHTS, SEEN, VERDICT, WORDING, within
from essaybook.web.words import full as sentence

CLOSE = {
    "explains": "Explains",
    "leaves": "Leaves open",
    "depends": "Depends on",
    "sentence": "To use",
    "limits": "Its limits",
}


def wording(quotation: Quotation) -> Typst:
    """How the wording is known: a word, and a full mark only where it was checked."""
    full = "true" if quotation.wording is Wording.CHECKED else "false"
    return call("status", content(words(WORDING[quotation.wording])), full=full)


def texts(source: Source, quotation: Quotation) -> dict[str, str | None]:
    """The English of a passage, and beside it the original where that is another language."""
    foreign = not source.language.startswith("en")
    if quotation.wording is Wording.PARAPHRASE:
        return {"english": content(words(quotation.paraphrase or "")), "original": None, "lang": None}
    return {
        "english": content(words(quotation.english or quotation.original or "")),
        "original": content(plain(quotation.original)) if foreign and quotation.original else None,
        "lang": literal(source.language),
    }


def _cause(name: str) -> str:
    return name.replace("-", " ")


def _runs(found: list[Run]) -> Typst:
    """Words of a collation, those that the other text has otherwise underlined."""
    return join((call("differs", content(plain(run))) if other else plain(run) for run, other in found), " ")


class Blocks:
    """One method to a node, named after its class."""

    placed = (book.SourceBlock, book.ChartBlock, book.CollationBlock, book.ClaimBlock)
    """Nodes that set their own label."""

    def __init__(self, sheets: Sheets, page: str) -> None:
        self.sheets = sheets
        self.page = page
        self.corpus = sheets.corpus
        self.inside_title = False

    def node(self, node: nodes.Node) -> Typst:
        """One node; see `Writer`."""
        raise NotImplementedError

    def children(self, node: nodes.Element, by: str = "") -> Typst:
        """All that a node holds; see `Writer`."""
        raise NotImplementedError

    def own(self, node: nodes.Element) -> str:
        """The label of a block that has an id."""
        return literal(self.sheets.keys.define(place_key(self.page, node["ids"][0])))

    # ------------------------------------------------------------ within a sentence

    def on_Mention(self, node: book.Mention) -> Typst:  # noqa: N802
        kind, name = node["kind"], node["record"]
        printed = self.children(node)
        if self.inside_title:
            return printed
        if kind == "work" and node.astext() == self.corpus.works[name].short:
            printed = work_name(self.corpus.works[name])
        target = self.sheets.place_of(kind, name)
        if kind in ("source", "claim") and target:
            return self.sheets.refer(target, printed, self.page)
        return join([printed, self.sheets.index(kind, name)])

    def on_ExerciseBlock(self, node: book.ExerciseBlock) -> Typst:  # noqa: N802
        assert self.sheets.exercises is not None
        return self.sheets.exercises.line(node, self.page)

    def on_InlineQuotation(self, node: book.InlineQuotation) -> Typst:  # noqa: N802
        return call("q", content(plain(within(node.astext()))))

    def on_Foreign(self, node: book.Foreign) -> Typst:  # noqa: N802
        return call("tr" if node["lang"].endswith("-Latn") else "ru", content(self.children(node)))

    def on_Taken(self, node: book.Taken) -> Typst:  # noqa: N802
        return self.children(node)

    def on_Tool(self, node: book.Tool) -> Typst:  # noqa: N802
        return self.children(node)

    # ------------------------------------------------------------ openings and closes

    def on_Opener(self, node: book.Opener) -> Typst:  # noqa: N802
        return Typst("")  # set by `opening`, before the page's text

    def strip(self, opening: dict[str, Any]) -> str:
        """The strip of years that heads a chapter, with its turning points named under it."""
        events = [self.corpus.events[name] for name in opening["events"]]
        start, end = (When.parse(part) for part in opening["span"].split("/"))
        every = list(self.corpus.events.values())
        spanned = [event.date.year for event in every if event.turning] or [e.date.year for e in every]
        first, last = min([*spanned, start.year]), max([*spanned, end.year])
        flags = array(
            record(at=str(year_of(e.date)), when=content(words(e.when)), label=content(words(e.label)))
            for e in events
        )
        points = "; ".join(f"{i}, {e.when}, {e.label}" for i, e in enumerate(events, 1))
        alt = (
            f"A strip of the years {first} to {last}. This chapter runs from {start.words} to {end.words}. "
            f"Turning points: {points}."
        )
        span = array([str(year_of(start)), str(year_of(end, last=True))])
        return f"strip({first}, {last}, {span}, {flags}, {literal(alt)})"

    def opening(self, node: book.Opener, title: str, key: str) -> Typst:
        """A chapter's first page."""
        opening = node["opener"]
        part = words(opening["part"])
        kicker = f"{part} · Chapter {opening['number']}" if opening.get("number") else part
        return call(
            "chapter",
            content(title),
            key=literal(key),
            kicker=content(kicker),
            strip=self.strip(opening) if opening.get("span") else None,
            question=content(words(opening["question"])),
            answer=array(content(words(line)) for line in opening["answer"]),
            takes=content(self.children(node)) if node.children else None,
        )

    def on_ThenBox(self, node: book.ThenBox) -> Typst:  # noqa: N802
        title, *prose = node.children
        body = join((self.node(child) for child in prose), "\n\n")
        return call("then-box", content(self.node(title)), content(body))

    def on_ThenTitle(self, node: book.ThenTitle) -> Typst:  # noqa: N802
        return self.children(node)

    def on_Close(self, node: book.Close) -> Typst:  # noqa: N802
        rows = [
            array([content(CLOSE[part["part"]]), content(self.node(part))])
            for part in node.children
            if isinstance(part, book.ClosePart)
        ]
        return call("closing", *rows)

    def on_ClosePart(self, node: book.ClosePart) -> Typst:  # noqa: N802
        return self.children(node)

    # ------------------------------------------------------------ evidence

    def on_SourceBlock(self, node: book.SourceBlock) -> Typst:  # noqa: N802
        source, quotation = self.corpus.quotations[node["record"]]
        entry = self.sheets.place_of("source", source.id)
        ours = quotation.translator == "ours"
        said = [
            sentence(source.provenance),
            "Our translation."
            if ours
            else f"Translation: {quotation.translator}."
            if quotation.translator
            else "",
            sentence(quotation.note) if quotation.note else "",
        ]
        apparatus = words(" ".join(part for part in said if part))
        if entry:
            there = call("pageno", literal(self.sheets.keys.want(entry, self.page)))
            apparatus = join([apparatus, words(" Full record: "), there, words(".")])
        indexed = join(self.sheets.index("person", name) for name in source.people)
        return call(
            "source",
            key=self.own(node),
            date=content(words(source.when)),
            speaker=content(join([words(source.by), indexed])),
            occasion=content(words(source.occasion)),
            provenance=content(apparatus),
            status=content(wording(quotation)),
            **texts(source, quotation),
        )

    def on_ChartBlock(self, node: book.ChartBlock) -> Typst:  # noqa: N802
        chart = self.corpus.charts[node["record"]]
        if not chart.alt.strip():
            raise PrintError(f"{self.page}: the chart '{chart.id}' has no alt text; say in words what it shows")
        remarks = [words(sentence(text)) for text in (chart.subtitle, chart.note) if text]
        remarks.append(join([words("Source: "), words(sentence(credit(chart, self.corpus)))]))
        target: str | None = None
        if isinstance(chart, SeatChart):
            target, said = self.sheets.place_of("office", chart.office), "Every composition: "
        elif not isinstance(chart, PostChart | DayChart):
            home = self.sheets.homes.get("figure")
            target, said = (f"resource/{chart.resource}" if home else None), "The numbers: "
        if target:
            there = call("pageno", literal(self.sheets.keys.want(target, self.page)))
            remarks.append(join([words(said), there, words(".")]))
        if isinstance(chart, DayChart):
            return self.days(chart, remarks, node)
        return call(
            "chart",
            content(words(chart.title)),
            self.sheets.file(f"chart-{chart.id}.svg", draw(chart, self.corpus, "print")),
            alt=literal(chart.alt),
            remarks=array(map(content, remarks)),
            key=self.own(node),
        )

    def on_LabBlock(self, node: book.LabBlock) -> Typst:  # noqa: N802
        lab = node["lab"]
        said = [Typst("")]
        if lab["told"]:
            said = [join([call("emph", content(words(lab["says"]))), words(f" {static_line(lab)}")])]
        for i, state in enumerate(lab["states"], 1):
            if state["words"]:
                caption = content(words(state["caption"])) if state["caption"] else None
                said.append(call("lab-state", content(words(state["words"])), caption=caption))
            said += [self.part(part, f"lab-{lab['name']}-{i}-{j}") for j, part in enumerate(state["parts"], 1)]
        return join(said, "\n\n")

    def part(self, part: Part, name: str) -> Typst:
        """A paragraph, a chart or a table of a lab."""
        match part["kind"]:
            case "text":
                return words(part["text"])
            case "table":
                rows = array(array(content(words(cell)) for cell in row) for row in part["rows"])
                columns = widths(zip(part["head"], *part["rows"], strict=True))
                head = array(content(words(cell)) for cell in part["head"])
                title = call("table-title", content(words(part["title"])))
                return join([title, call("plain-table", columns, head, rows)])
            case _:
                remarks = [words(f"Source: {part['source']}")] if part["source"] else []
                return call(
                    "chart",
                    content(words(part["title"])),
                    self.sheets.file(f"{name}.svg", part["svg"]),
                    alt=literal(part["alt"]),
                    remarks=array(map(content, remarks)),
                    key=literal(self.sheets.keys.define(place_key(self.page, name))),
                )

    def days(self, chart: DayChart, remarks: list[Typst], node: book.ChartBlock) -> Typst:
        """A story's steps, each beside a line of time."""
        told = (
            record(
                when=content("" if step.again else words(step.when)),
                gap=str(step.gap),
                label=content(words(sentence(step.label))),
                says=content(words(f"{sentence(step.says)} {sentence(STATE[step.event.checked])}")),
                sure=literal(step.event.checked),
            )
            for step in steps(chart, self.corpus)
        )
        return call(
            "days",
            content(words(chart.title)),
            array(told),
            remarks=array(map(content, remarks)),
            key=self.own(node),
        )

    def on_CollationBlock(self, node: book.CollationBlock) -> Typst:  # noqa: N802
        collation = self.corpus.collations[node["record"]]
        texts = [self.corpus.quotations[name] for name in (collation.left, collation.right)]
        labels = [collation.left_label, collation.right_label]
        rows = []
        for row in collation.rows:
            originals = compared(row.left or "", row.right or "")
            english = compared(row.left_english or "", row.right_english or "")
            sides = [
                record(
                    original=content(_runs(ours)) if ours else "none",
                    english=content(_runs(theirs)),
                    lang=literal(source.language),
                )
                for (source, _), ours, theirs in zip(texts, originals, english, strict=True)
            ]
            rows.append(record(sides=array(sides), says=content(words(sentence(row.says)))))
        remarks = [
            join([words(f"{label}: {sentence(source.title)} "), wording(quotation)])
            for label, (source, quotation) in zip(labels, texts, strict=True)
        ]
        if collation.note:
            remarks.append(words(sentence(collation.note)))
        return call(
            "collation",
            content(words(collation.title)),
            array(content(words(label)) for label in labels),
            array(rows),
            remarks=array(map(content, remarks)),
            key=self.own(node),
        )

    def on_ClaimBlock(self, node: book.ClaimBlock) -> Typst:  # noqa: N802
        claim = self.corpus.claims[node["record"]]
        found = []
        for reference in claim.evidence:
            kind, _, name = reference.partition(":")
            target = self.sheets.place_of(kind, name)
            said = self.sheets.name_of(kind, name)
            found.append(self.sheets.refer(target, said, self.page) if target else said)
        return call(
            "claim",
            str(claim.number),
            content(words(claim.claim)),
            content(words(VERDICT[claim.verdict])),
            content(self.children(node, "\n\n")),
            content(join([join(found, words("; ")), "."])) if found else "none",
            key=self.own(node),
        )

    # ------------------------------------------------------------ ways through

    def on_WayBlock(self, node: book.WayBlock) -> Typst:  # noqa: N802
        env, way = self.sheets.env, self.corpus.ways[node["record"]]
        steps = []
        for lesson in lessons(env, self.corpus, way):
            asked = call("emph", content(words(lesson.step.question)))
            entry = lesson.entry
            chapter = words(f"chapter {entry.number}, " if entry.number else "")
            title = self.sheets.refer(page_key(entry.page), words(entry.title), self.page)
            read = words(f"{told(lesson.load.reading)} to read. ")
            lines = [join([title, words(", "), chapter, read, asked])]
            for name, exercise in lesson.work:
                use = next(iter(uses_of(env, "exercise", exercise.id, self.sheets.order)), None)
                prompt = words(exercise.prompt)
                if use:
                    prompt = self.sheets.refer(place_key(use.page, use.anchor), prompt, self.page)
                lines.append(join([words(f"{name}: "), prompt, words(f", {told(exercise.minutes)}.")]))
            steps.append(content(join(lines, "#linebreak()")))
        said = total(env, self.corpus, way)
        shown = content(words(said)) if said else "none"
        return call("way", content(words(way.name)), shown, content(self.children(node)), *steps)

    def _chapter(self, entry: Entry) -> Typst:
        """A chapter's number and title, and the page where it opens."""
        number = f"{entry.number}\u00a0" if entry.number else ""
        return self.sheets.refer(page_key(entry.page), words(f"{number}{entry.title}"), self.page)

    def on_Glance(self, node: book.Glance) -> Typst:  # noqa: N802
        env = self.sheets.env
        rows = []
        whole = Load(0)

        def asks(reading: str, exercises: int, work: str) -> Typst:
            lines = [f"{reading} to read", *([f"{exercises} exercises,", work] if exercises else [])]
            return join(map(words, lines), "#linebreak()")

        for entry in chapters(env):
            load = load_of(env, entry.page, self.corpus)
            whole += load
            opener = entry.opener or {}
            aims = "; ".join(opener.get("objectives") or [opener.get("question", "")])
            asked = asks(f"{load.reading} minutes", load.exercises, f"{load.work} minutes")
            rows.append(array(map(content, [self._chapter(entry), words(sentence(aims)), asked])))
        rows.append(
            array(
                [
                    content("In all"),
                    content(""),
                    content(asks(told(whole.reading), whole.exercises, told(whole.work))),
                ]
            )
        )
        header = array(map(content, ("Chapter", "What you can do after it", "It asks for")))
        tables = [call("plain-table", "(1fr, 2.3fr, auto)", header, array(rows))]
        if found := labs(env):
            rows = []
            for entry in found:
                opener = entry.opener or {}
                done = join(map(words, opener["answer"]), "#linebreak()")
                asked = words(f"{opener['minutes']} minutes")
                rows.append(array(map(content, [self._chapter(entry), done, asked])))
            header = array(map(content, ("Lab", "What is done there", "It asks for")))
            tables.append(call("plain-table", "(1fr, 2.3fr, auto)", header, array(rows)))
        return join(tables, "\n\n")

    def on_PositionList(self, node: book.PositionList) -> Typst:  # noqa: N802
        positions = [self.corpus.positions[name] for name in node["records"]]
        if len(positions) <= FEW:
            return join(map(self.position, positions), "\n")
        every = dict(causes_of(positions))
        groups = []
        for cause, found in by_first_cause(positions):
            more = every[cause] - len(found)
            groups.append(call("cause", content(words(_cause(cause))), str(len(found)), str(more)))
            groups += map(self.position, found)
        return join(groups, "\n")

    def position(self, position: Position) -> Typst:
        """A historian, what the argument is, and in the side column the work and how it was seen."""
        work = self.corpus.works[position.work]
        title = title_of(work, work.fields.get("shorttitle", work.title))
        others = ", ".join(map(_cause, position.causes[1:]))
        return call(
            "position",
            content(join([words(position.historian), self.sheets.index("position", position.id)])),
            content(join([title, words(f" ({work.year})")])),
            content(words(SEEN[position.seen])),
            content(words(position.argument)),
            others=content(words(others)) if others else None,
        )

    def on_RightsList(self, node: book.RightsList) -> Typst:  # noqa: N802
        out = []
        for status, statements in by_rights(self.corpus):
            rows = [
                array([content(words(sentence(said))), content(self.named(found))]) for said, found in statements
            ]
            out.append(call("rights-group", content(words(RIGHTS[status])), *rows))
        return join(out, "\n\n")

    def named(self, sources: list[Source]) -> Typst:
        """Sources by title and date, each with the page of its entry."""
        said = []
        for source in sources:
            title = words(titled(source))
            place = self.sheets.place_of("source", source.id)
            said.append(self.sheets.refer(place, title, self.page) if place else title)
        return join([join(said, words("; ")), words(".")])
