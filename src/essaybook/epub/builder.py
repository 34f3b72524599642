"""The builder: Sphinx's own table of contents and package, our pages, the key to the exercises at the end."""

from __future__ import annotations

import posixpath
import re
import shutil
import uuid
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from lxml import etree
from markupsafe import Markup, escape
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from essaybook import charts
from essaybook.address import site
from essaybook.corpus.chart import DayChart
from essaybook.epub import xhtml
from essaybook.exercises.base import Exercise
from essaybook.exercises.page import book_id
from essaybook.packs.gather import EARLIEST
from essaybook.pages import nodes as book
from essaybook.pages.outline import outline, reading_order
from essaybook.pages.shelf import corpus_of
from essaybook.web import visitors
from essaybook.web.words import WORDING, foreign, tongues, within

KEY = "key"
TITLE = "Key to the exercises"
STYLE = "book.css"
COVER = "cover.png"
BOX = re.compile(r"\[ *\] ?")
LINES = 3
"""Lines to write on under an exercise: few, for nobody writes on a reader."""
ACCESS = [
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityFeature", "longDescription"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Every drawing is described in words and stands as a table beside it."),
]
"""What the package says to whoever chooses books for readers who do not see."""


class EpubBuilder(Epub3Builder):
    """Writes ``book.epub``."""

    name = "epub"
    allow_parallel = False  # the pages are held together until all are there: links are tried against them

    def init(self) -> None:
        """Nothing is set and nothing is answered yet."""
        self.trees: dict[str, tuple[str, etree._Element]] = {}
        self.answers: dict[str, list[Exercise]] = {}
        super().init()

    # ------------------------------------------------------------ pages

    def prepare_writing(self, docnames: set[str]) -> None:
        """Begin with an empty folder: whatever lies in it goes into the book."""
        shutil.rmtree(self.outdir, ignore_errors=True)
        # Extensions write here when all is done, too late to be taken in.
        (Path(self.outdir) / "_static").mkdir(parents=True)
        super().prepare_writing(docnames)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        """Keep a page's body until all are there. What has none is no page of the book."""
        if "body" in addctx:
            title = re.sub("<[^>]+>", "", str(addctx["title"]))
            self.trees[pagename] = str(Markup(title).unescape()), xhtml.tree(str(addctx["body"]))

    def copy_static_files(self) -> None:
        """The style sheet, and the cover where print has made one."""
        out = Path(self.outdir)
        shutil.copyfile(Path(__file__).with_name(STYLE), out / STYLE)
        cover = Path(self.app.outdir).parent / "typst" / COVER
        if cover.is_file():
            shutil.copyfile(cover, out / COVER)

    def write_buildinfo(self) -> None:
        """Nothing: every page is written every time."""

    def get_outdated_docs(self) -> Any:
        """Every page: the pages' links depend on one another."""
        return self.env.found_docs

    def handle_finish(self) -> None:
        """Write the pages, now that it is known where links can lead; then the package."""
        self.handle_page(KEY, {"title": TITLE, "body": self.key()})
        places = {f"{page}{self.out_suffix}": xhtml.anchors(root) for page, (_, root) in self.trees.items()}
        for page, (title, root) in self.trees.items():
            at = f"{page}{self.out_suffix}"

            def resolve(href: str, at: str = at) -> str | None:
                return _resolved(href, at, places)

            xhtml.linked(root, resolve)
            path = Path(self.outdir) / at
            path.parent.mkdir(parents=True, exist_ok=True)
            style = posixpath.relpath(STYLE, posixpath.dirname(at) or ".")
            path.write_bytes(xhtml.document(title, self.config.epub_language, root, style))
        super().handle_finish()

    # ------------------------------------------------------------ exercises

    def answered(self, exercise: Exercise, page: str) -> None:
        """An exercise was printed on a page: its answer belongs to the key."""
        self.answers.setdefault(page, []).append(exercise)

    def key(self) -> Markup:
        """The answers, page by page in reading order; of an exercise that stands on several, under the first."""
        out = [Markup("<h1>{}</h1>").format(TITLE)]
        given: set[str] = set()
        for page in reading_order(self.env):
            found = [exercise for exercise in self.answers.get(page, []) if exercise.id not in given]
            if found:
                out.append(Markup("<h2>{}</h2>").format(self.env.titles[page].astext()))
            for exercise in found:
                given.add(exercise.id)
                head = Markup('<h3 id="k-{}"><a href="{}#x-{}">{}</a></h3>')
                out.append(head.format(exercise.id, f"{page}{self.out_suffix}", exercise.id, exercise.prompt))
                said = [*exercise.key(), *([exercise.closing.text] if exercise.closing else [])]
                out += [Markup("<p>{}</p>").format(tongues(line)) for line in said if line.strip()]
        return Markup("\n").join(out)

    # ------------------------------------------------------------ the package

    def get_toc(self) -> None:
        """The pages, without their sections."""
        super().get_toc()
        self.refnodes = [node for node in self.refnodes if node["level"] == 1]

    def build_navlist(self, navnodes: list[dict[str, Any]]) -> Any:
        """The contents, the pages of each part under its caption, which leads to the first of them."""
        parts = outline(self.env)
        first = {f"{part.entries[0].page}{self.out_suffix}": part.caption for part in parts if part.entries}
        inside = {f"{entry.page}{self.out_suffix}" for part in parts for entry in part.entries}
        nested: list[dict[str, Any]] = []
        for node in navnodes:
            if caption := first.get(node["refuri"]):
                nested.append({"level": 1, "refuri": node["refuri"], "text": escape(caption)})
            nested.append(node | {"level": 2 if node["refuri"] in inside else 1})
        return super().build_navlist(nested)

    def content_metadata(self) -> dict[str, Any]:
        """The package's data, with the edition's day for the only time."""
        day = date.fromisoformat(self.config.essaybook_edition_date)
        return super().content_metadata() | {"date": f"{day}T00:00:00Z"}

    def toc_metadata(self, level: int, navpoints: Any) -> dict[str, Any]:
        """The table for older readers, which must name the book as the package does."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def build_content(self) -> None:
        """Sphinx's package file, and what it does not know.

        That is which pages draw, which picture is the cover, the licence's address, and what helps whom to read.
        """
        super().build_content()
        path = Path(self.outdir) / "content.opf"
        text = path.read_text(encoding="utf-8")
        drawing = f".//{{{xhtml.SVG}}}svg"
        trees = {f"{page}{self.out_suffix}": root for page, (_, root) in self.trees.items()}
        drawn = {page for page, root in trees.items() if root.find(drawing) is not None}

        def item(found: re.Match[str]) -> str:
            kind = "svg" if found[1] in drawn else "cover-image" if found[1] == COVER else None
            return f'{found[0]} properties="{kind}"' if kind else found[0]

        text = re.sub(r'<item id="[^"]+" href="([^"]+)"', item, text)
        licence = self.config.essaybook_licence_url
        metas = [*ACCESS, *([("dcterms:license", licence)] if licence else [])]
        more = Markup("\n").join(Markup('    <meta property="{}">{}</meta>').format(*meta) for meta in metas)
        if (Path(self.outdir) / COVER).is_file():
            # What readers from before EPUB 3 look for.
            more += Markup('\n    <meta name="cover" content="{}"/>').format(self.make_id(COVER))
        text = text.replace("  </metadata>", f"{more}\n  </metadata>")
        path.write_text(text, encoding="utf-8", newline="\n")

    def build_epub(self) -> None:
        """The zip, whose bytes follow from the files alone."""
        out = Path(self.outdir)
        first = ("mimetype", "META-INF/container.xml", "content.opf", "toc.ncx")
        with zipfile.ZipFile(out / f"{self.config.epub_basename}.epub", "w") as made:
            for name in (*first, *sorted(self.files)):
                entry = zipfile.ZipInfo(name, EARLIEST)
                # The kind of the file must be readable without unpacking.
                entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                made.writestr(entry, (out / name).read_bytes())


def _resolved(href: str, at: str, places: dict[str, set[str]]) -> str | None:
    """An address that the EPUB has; that of the site where only the site has it; else nothing."""
    if re.match(r"[a-z]+:", href):
        return href
    path, _, anchor = href.partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(at), path)) if path else at
    if there in places:
        if not anchor or anchor in places[there]:
            return href
        return path if path and path != posixpath.basename(at) else None
    if public := site():
        return f"{public}{re.sub('[.]xhtml$', '.html', there)}{'#' + anchor if anchor else ''}"
    return None


# ---------------------------------------------------------------- nodes whose form on the web is not enough


def visit_exercise(self: HTML5Translator, node: book.ExerciseBlock) -> None:
    """An exercise as paper has it: what to do, the passages, the form, and where its answer is."""
    builder: Any = self.builder
    corpus, page = corpus_of(builder.app), builder.current_docname
    exercise = corpus.exercises[node["record"]]
    builder.answered(exercise, page)
    shown = []
    for name in exercise.shows:
        source, quotation = corpus.quotations[name]
        text = quotation.english or quotation.paraphrase or quotation.original or ""
        lang = source.language if foreign(source) and text == quotation.original else "en"
        words = Markup('<blockquote><p lang="{}">{}</p><p class="credit">{}, {}. {}</p></blockquote>')
        shown.append(words.format(lang, text, source.by, source.when, WORDING[quotation.wording]))
    level = visitors.level(node)
    lines = (
        BOX.sub("☐\N{NO-BREAK SPACE}", line)
        for line in exercise.form()
        if line.strip() and line != exercise.prompt
    )
    self.body.append(
        Markup('<section class="exercise" id="{}"><h{}>{}</h{}>{}<p class="asks">{}</p>{}{}{}</section>\n').format(
            node["ids"][0],
            level,
            type(exercise).verb,
            level,
            Markup("").join(shown),
            tongues(exercise.prompt),
            Markup("").join(Markup('<p class="form">{}</p>').format(tongues(line)) for line in lines),
            Markup('<p class="line">\N{NO-BREAK SPACE}</p>') * LINES,
            Markup('<p class="to-key"><a href="{}#k-{}">Key</a></p>').format(
                posixpath.relpath(f"{KEY}.xhtml", posixpath.dirname(page) or "."), exercise.id
            ),
        )
    )
    raise nodes.SkipNode


def visit_chart(self: HTML5Translator, node: book.ChartBlock) -> None:
    """A chart in the form that print has, whose colours need no style sheet."""
    corpus = corpus_of(self.builder.app)
    chart = corpus.charts[node["record"]]
    if isinstance(chart, DayChart):
        return visitors.visit_chart(self, node)
    header, rows = charts.table(chart, corpus)
    visitors.put(
        self, "chart.html", chart=chart, anchor=node["ids"][0], steps=[], narrow="", header=header, rows=rows,
        # The drawing escapes its own words: it is made as an XML tree.
        wide=Markup(charts.draw(chart, corpus, "print")), credit=charts.credit(chart, corpus),
        resource=getattr(chart, "resource", None), office=getattr(chart, "office", None),
    )  # fmt: skip


def visit_quotation(self: HTML5Translator, node: book.InlineQuotation) -> None:
    """Words in quotation marks, with how they are known where they were not checked."""
    self.body.append(f"<q>{escape(within(node.astext()))}</q>")
    raise nodes.SkipNode


def settings(app: Sphinx, config: Config) -> None:
    """What the book says of itself, in Sphinx's names for it.

    The same for every builder: Sphinx reads all pages again when one of these changes.
    """
    config.epub_basename = "book"
    config.epub_title = config.html_title or config.project
    config.epub_description = config.essaybook_subtitle
    config.epub_publisher = config.epub_contributor = config.author
    config.epub_copyright = config.essaybook_licence or config.copyright
    # The same wherever the book stands: two copies of it are one book to a reader's shelf.
    config.epub_identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"essaybook:{book_id(app)}").urn
    config.epub_uid = "book"
    config.epub_show_urls = "no"
    config.epub_tocscope = "includehidden"
    config.epub_tocdepth = 2
    config.epub_tocdup = False
    config.epub_use_index = False
    config.epub_post_files = [(f"{KEY}.xhtml", TITLE)]
    config.version = config.version or config.essaybook_edition_date


def forms(app: Sphinx) -> None:
    """Every node's form for e-readers: that of the web, but for a few."""
    own: dict[type[nodes.Element], visitors.Visitor] = {
        book.ExerciseBlock: visit_exercise,
        book.ChartBlock: visit_chart,
        book.InlineQuotation: visit_quotation,
        # As in print: nobody copies either from a reader.
        book.ExerciseRecord: visitors.skip,
        HideCodeCellNode: visitors.skip,
    }
    handlers = app.registry.translation_handlers
    handlers["epub"] = handlers.get("html", {}) | {node.__name__: (form, None) for node, form in own.items()}
