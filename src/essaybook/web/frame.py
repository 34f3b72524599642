"""What surrounds a page's text: head, navigation, contents, neighbours, edition, and its cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from essaybook.address import site
from essaybook.citing import head
from essaybook.corpus.chart import DayChart, PostChart, VoteChart
from essaybook.corpus.dates import When
from essaybook.corpus.historian import FEW
from essaybook.exercises.page import book_id
from essaybook.pages import nodes as book
from essaybook.pages.assign import assigned
from essaybook.pages.shelf import corpus_of
from essaybook.web import assets, cite
from essaybook.web.cards import cards
from essaybook.web.catalogue import INDEX
from essaybook.web.live import path_of, ways
from essaybook.web.plan import Leaf, Plan, plan_of
from essaybook.web.reach import Reach
from essaybook.web.shape import NoteList
from essaybook.web.words import clip

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
ASSIGN = {
    "shapes": "In the time you have",
    "expect": "What they will get wrong",
    "marks": "To set and to mark",
    "choose": "Choose exercises",
}
"""The parts of a page to assign from, as its contents name them."""
WIDGETS = "application/vnd.jupyter.widget-state+json"
DOWNLOAD = "downloads/book.pdf"
LONG, NEAR = 120, 10
"""Pages in a book whose table of contents is folded, and how many of them it shows on either side of a page."""
LISTS = "reference.css"
"""What the cover, search and pages with records in lists have beyond the style sheet of all pages."""
TEMPLATES = {"page.html": "web/page.html", "search.html": "web/search.html"}
"""Sphinx's templates, and ours that take their place. They go by names of their own, so that another
builder that writes HTML, such as the one for EPUB, keeps the theme's."""


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    words: str
    href: str
    number: int | None = None
    current: str = ""
    """What ``aria-current`` says: ``page``, or ``true`` for the page that this one hangs under."""
    core: bool = False
    question: str = ""


@dataclass
class Frame:
    """All that ``layout.html`` prints around a body."""

    book: str
    title: str
    heading: str
    description: str
    policy: str
    style: str
    script: str
    icon: str
    home: Link
    parts: list[tuple[str, list[Link]]]
    search: str
    mine: str
    """The page of the reader's own work."""
    id: str
    """What the reader's work is kept under."""
    contents: list[Link] = field(default_factory=list)
    before: Link | None = None
    after: Link | None = None
    edition: str = ""
    date: str = ""
    date_iso: str = ""
    chapter: str = ""
    canonical: str | None = None
    launch: str | None = None
    pdf: str | None = None
    cards: str | None = None
    """The address of the page's cards, where it has any."""
    metas: list[tuple[str, str, str]] = field(default_factory=list)
    """What the head says to programs: the attribute that names a tag, its name, its content."""
    cite: Markup | None = None
    """The fold of references."""
    data: list[Markup] = field(default_factory=list)
    cover: list[tuple[str, list[Link]]] = field(default_factory=list)
    counted: bool = False
    """Whether the paragraphs of this page have addresses of their own."""


def _link(reach: Reach, leaf: Leaf) -> Link:
    under = "true" if reach.at.startswith(f"{leaf.page}/") else ""
    current = "page" if leaf.page == reach.at else under
    return Link(leaf.title, reach.page(leaf.page), leaf.number, current, leaf.core, leaf.question)


def parts(reach: Reach, plan: Plan) -> list[tuple[str, list[Link]]]:
    """The table of contents with captions, as this page links it.

    The pages to assign from are listed on each other. Elsewhere a reader, most often a pupil, is spared them.
    """
    to_assign = set(assigned(reach.app.env).values())
    hidden = set() if reach.at in to_assign else to_assign
    found = (
        (caption, [_link(reach, leaf) for leaf in leaves if leaf.page not in hidden])
        for caption, leaves in plan.parts
    )
    return [(caption, links) for caption, links in found if links]


def folded(whole: list[tuple[str, list[Link]]], home: str) -> list[tuple[str, list[Link]]]:
    """The table of contents of a long book as a page carries it: what is near, and how much more there is.

    So a page does not grow heavier with its book. The rest stands on the first page, part by part.
    """
    if sum(len(links) for _, links in whole) <= LONG:
        return whole
    found = []
    for n, (caption, links) in enumerate(whole, 1):
        here = next((at for at, link in enumerate(links) if link.current), None)
        first = max(here - NEAR, 0) if here is not None else 0
        shown = links[first : here + NEAR + 1] if here is not None else links[:1]
        if len(shown) < len(links):
            shown = [*shown, Link(f"and {len(links) - len(shown)} more", f"{home}#part-{n}")]
        found.append((caption, shown))
    return found


def contents(app: Sphinx, doctree: nodes.document) -> list[Link]:
    """What stands on the page: its sections, its close, its notes; for a timeline, its years."""
    found = []
    for node in doctree.findall(nodes.Element):
        match node:
            case nodes.section() if isinstance(node.parent, nodes.section) and node["ids"]:
                depth = sum(1 for _ in _above(node))
                title = node.next_node(nodes.title)
                if depth == 1 and title is not None and title.parent is node:
                    found.append(Link(title.astext(), f"#{node['ids'][0]}"))
            case book.Close():
                found.append(Link("What it is worth", f"#{node['ids'][0]}"))
            case NoteList():
                found.append(Link("Notes", "#notes"))
            case book.AssignBlock():
                found += [Link(words, f"#{node['ids'][0]}-{name}") for name, words in ASSIGN.items()]
            case book.Catalogue() if node["kind"] == "event":
                years = dict.fromkeys(event.date.year for event in corpus_of(app).dated())
                found += [Link(str(year), f"#year-{year}") for year in years]
            case book.Catalogue() if node["kind"] == "figure":
                tables = corpus_of(app).resources.values()
                found += [Link(table.title, f"#data-{table.name}") for table in tables]
            case book.Catalogue() if node["kind"] == "index":
                found += [Link(title, f"#index-{kind}") for kind, title in INDEX.items()]
                found += [Link("Events by theme", "#index-event")]
            case book.Catalogue() if node["kind"] == "person":
                people = sorted(corpus_of(app).people.values(), key=lambda person: person.short.casefold())
                found += [Link("Year by year", "#by-year")] if corpus_of(app).stands() else []
                found += [Link(person.short, f"#person-{person.id}") for person in people]
            case book.Catalogue() if node["kind"] == "office":
                offices = corpus_of(app).offices.values()
                found += [Link("Posts and holders", "#posts")] if any(o.holders for o in offices) else []
                found += [Link(office.name, f"#office-{office.id}") for office in offices]
    return found


def _above(node: nodes.Node) -> list[nodes.section]:
    found = []
    at = node.parent
    while at is not None:
        if isinstance(at, nodes.section):
            found.append(at)
        at = at.parent
    return found


def describe(leaf: Leaf | None, doctree: nodes.document | None, book_title: str) -> str:
    """A page in one or two sentences: the opener's question and first answer, else how the page begins."""
    if leaf and leaf.question:
        first = leaf.answer[0] if leaf.answer else ""
        return clip(f"{leaf.question} {first}", 240)
    if doctree is not None:
        for paragraph in doctree.findall(nodes.paragraph):
            if not isinstance(paragraph.parent, nodes.footnote) and paragraph.astext().strip():
                return clip(paragraph.astext(), 200)
    return clip(book_title, 200)


def _date(iso: str) -> str:
    try:
        return When.parse(iso).words
    except ValueError:
        return iso


def _state(context: dict[str, Any]) -> list[Markup]:
    """The state of executed widgets, which Sphinx keeps among the scripts. It is data, and runs nothing."""
    found = []
    for script in context.get("script_files", []):
        attributes = getattr(script, "attributes", {})
        if attributes.get("type") == WIDGETS:
            body = str(attributes.get("body", "")).replace("</", "<\\/")
            # The slash is escaped, so the element cannot be closed from within.
            found.append(Markup(f'<script type="{WIDGETS}">{body}</script>'))
    return found


def _scripts(context: dict[str, Any]) -> list[str]:
    """Scripts that another part of this edition asked for, by a path below ``essaybook/``."""
    return _ours(context.get("script_files", []))


def _ours(files: list[Any]) -> list[str]:
    """Of the files that a page was given, those below ``essaybook/``."""
    names = [str(getattr(file, "filename", "") or "") for file in files]
    return [name for name in names if name.removeprefix("_static/").startswith("essaybook/")]


def extras(app: Sphinx, doctree: nodes.document) -> Iterator[str]:
    """Files of ours that only pages with certain pieces need."""
    charts = [corpus_of(app).charts[node["record"]] for node in doctree.findall(book.ChartBlock)]
    many = sum(len(node["records"]) for node in doctree.findall(book.PositionList)) > FEW
    if many:
        yield "positions.js"
    if any(node["kind"] == "event" for node in doctree.findall(book.Catalogue)):
        yield "timeline.js"
    listed = (book.Catalogue, book.ClaimBlock, book.PositionList, book.RightsList, book.WayBlock, book.Glance)
    if any(True for kind in listed for _ in doctree.findall(kind)):
        yield LISTS
    for_teachers = (book.AssignBlock, book.SpecificationList)
    if any(True for kind in for_teachers for _ in doctree.findall(kind)):
        yield "assign.css"
    if any(True for _ in doctree.findall(book.AssignBlock)):
        yield "assign.js"
    drawn = any(isinstance(chart, DayChart | PostChart | VoteChart) for chart in charts)
    if drawn or any(True for kind in (book.CollationBlock, book.LabBlock) for _ in doctree.findall(kind)):
        yield "pieces.css"


def surround(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    """Give the page its frame, and take the theme's scripts and styles away. Returns our own template."""
    if app.builder.name != "html" or template not in TEMPLATES:
        return None
    plan, reach = plan_of(app), Reach(app, page)
    leaf = plan.leaf(page)
    title = str(app.config.html_title or app.config.project)
    heading = leaf.title if leaf else str(Markup(context.get("title") or title).striptags())
    if page == "search":
        heading = "Search"
    around = [_link(reach, near) if near else None for near in plan.around(page)]
    if page_around := context.get("essaybook_around"):
        around = [Link(near[1], reach.page(near[0])) if near else None for near in page_around]
    where = site()
    whole, home = parts(reach, plan), _link(reach, plan.root)
    state = _state(context)
    made = Frame(
        book=title,
        title=title if leaf is plan.root else f"{heading} · {title}",
        heading=heading,
        description=context.get("essaybook_description") or describe(leaf, doctree, title),
        policy=POLICY.replace("script-src 'self'", "script-src 'self' blob:") if state else POLICY,
        style=reach.file(assets.address("book.css")),
        script=reach.file(assets.address(assets.PAGE)),
        icon=assets.inline("icon.svg"),
        home=home,
        parts=folded(whole, home.href.rstrip("#")),
        search=reach.file("search.html"),
        mine=reach.file("my-work.html"),
        id=book_id(app),
        before=around[0],
        after=around[1],
        edition=app.config.essaybook_edition,
        date=_date(app.config.essaybook_edition_date),
        date_iso=app.config.essaybook_edition_date,
        canonical=where + app.builder.get_target_uri(page) if where else None,
        pdf=reach.built(DOWNLOAD),
        data=state,
    )
    cited = cite.reference(app, page, leaf, heading, context.get("essaybook_source"))
    about = cite.described(cited, made.description, doctree, made.pdf is not None)
    made.metas = head.metas(about)
    made.data.append(head.script(about))
    if leaf or cited.original:
        made.cite = cite.fold(app, page, cited)
    if leaf and leaf.number:
        made.title = f"{leaf.number}. {made.title}"
        made.chapter = f"chapter {leaf.number}"
    if path := path_of(app, page, doctree):
        made.launch = next((way.href for way in ways(app, path)), None)
    if doctree is not None:
        made.contents = contents(app, doctree)
        written = cards(app, page, doctree)
        made.cards = reach.file(assets.cards(app, page, written)) if written else None
        made.counted = bool(leaf and leaf.key)
    if leaf is plan.root:
        made.cover = whole

    def addresses(names: list[str]) -> list[str]:
        return [reach.file(assets.found(app, f"_static/{name.removeprefix('_static/')}")) for name in names]

    more = list(extras(app, doctree)) if doctree is not None else []
    if (leaf is plan.root or page == "search") and LISTS not in more:
        more.append(LISTS)
    ours = [reach.file(assets.address(name)) for name in more]
    context.update(
        frame=made,
        asked=[
            *addresses(_scripts(context)),
            *(file for file in ours if ".js?" in file),
            *(reach.file(name) for name in context.get("essaybook_scripts", [])),
        ],
        styled=[
            *(reach.file(name) for name in context.get("essaybook_styles", [])),
            *(file for file in ours if ".css?" in file),
            *addresses(_ours(context.get("css_files", []))),
        ],
        css_files=[],
        script_files=[],
    )
    return TEMPLATES[template]
