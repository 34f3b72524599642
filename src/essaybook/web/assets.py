"""The files a page loads: style, faces, scripts. Each address carries a hash of its file's content."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx

from essaybook.exercises.squeeze import squeeze, tight
from essaybook.web import cite, data, live, standing, worker
from essaybook.web.render import environment
from essaybook.web.worker import short

_PLAIN = "/:='"
"""What may stand in such an address as it is. A space may not, though browsers take it."""

_ASKED = re.compile(r"_static/([\w./-]+)")
_NAMED = re.compile(r"[\"'/]([\w.-]+)")
"""A file's name in a script or style sheet, after a quotation mark or a slash. One in a comment keeps nothing."""

STATIC = Path(__file__).parent / "static"
BOOT, PAGE = "boot.js", "page.js"
"""What must run before a page is painted, and the script of every page, which begins with it: one file less."""


def _hashed(text: str) -> str:
    """A style sheet or script with the hash of every face that it names."""

    def face(found: re.Match[str]) -> str:
        return f"{found[0]}?v={short((STATIC / found[0]).read_bytes())}"

    return re.sub(r"fonts/[\w.-]+\.woff2", face, text)


@functools.cache
def _content(name: str) -> bytes:
    """A file as it is served: no comments, no needless white space, faces named with their hash."""
    path = STATIC / name
    match path.suffix:
        case ".css":
            return _hashed(tight(path.read_text(encoding="utf-8"))).encode()
        case ".js":
            text = path.read_text(encoding="utf-8")
            if name == PAGE:
                text = (STATIC / BOOT).read_text(encoding="utf-8") + text
            return _hashed(squeeze(text)).encode()
        case _:
            return path.read_bytes()


@functools.cache
def address(name: str) -> str:
    """A file of ours below ``_static``, with its hash."""
    return f"_static/{name}?v={short(_content(name))}"


@functools.cache
def inline(name: str) -> str:
    """A small picture of ours as an address that holds it: the page asks for one file less."""
    return f"data:image/svg+xml,{quote(_content(name).decode(), safe=_PLAIN)}"


def found(app: Sphinx, name: str) -> str:
    """A file below the built site's root, with the hash of what stands there now."""
    path = Path(app.outdir) / name
    return f"{name}?v={short(path.read_bytes())}" if path.is_file() else name


def cards(app: Sphinx, page: str, html: str) -> str:
    """Write a page's cards as a script that the page loads when the first is asked for; its address.

    They are a third of a chapter, and most readers open a few. A classic script also works from a disk,
    where a page may not fetch.
    """
    name = f"_static/cards/{page.replace('/', '-')}.js"
    text = f"essaybookCards({json.dumps(html, ensure_ascii=False)});\n"
    path = Path(app.outdir) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return f"{name}?v={short(text.encode())}"


def write(app: Sphinx) -> None:
    """Put our files beside what Sphinx copies."""
    target = Path(app.outdir) / "_static"
    for path in STATIC.rglob("*"):
        if path.is_file():
            name = path.relative_to(STATIC).as_posix()
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(_content(name))


def tidy(app: Sphinx) -> None:
    """Remove from ``_static`` what neither a page names nor the manifest, and no file that stays.

    The theme brings two megabytes that our pages never load.
    """
    out = Path(app.outdir)
    static = out / "_static"
    asked: set[str] = set()
    for page in (*out.rglob("*.html"), out / worker.MANIFEST):
        if static not in page.parents:
            asked |= set(_ASKED.findall(page.read_text(encoding="utf-8")))
    files = [path for path in sorted(static.rglob("*")) if path.is_file()]
    stay = {path for path in files if path.relative_to(static).as_posix() in asked or path.name == "OFL.txt"}
    others = set(files) - stay
    waiting = list(stay)
    while waiting:
        path = waiting.pop()
        if path.suffix in {".css", ".js"}:
            named = set(_NAMED.findall(path.read_text(encoding="utf-8")))
            new = {other for other in others if other.name in named}
            others -= new
            waiting += new
    for path in others:
        path.unlink()
    for folder in sorted((p for p in static.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def front(app: Sphinx) -> None:
    """A valid page at the site's root that leads to the book's first page, from a disk as well."""
    if app.config.root_doc == "index":
        return
    to = app.builder.get_target_uri(app.config.root_doc)
    title = app.config.html_title or app.config.project
    page = environment().get_template("front.html").render(to=to, title=title)
    (Path(app.outdir) / "index.html").write_text(page, encoding="utf-8")


def name_app(app: Sphinx) -> None:
    """The manifest, at the site's root."""
    said = worker.manifest(
        str(app.config.html_title or app.config.project),
        app.builder.get_target_uri(app.config.root_doc),
        address("icon.svg"),
    )
    (Path(app.outdir) / worker.MANIFEST).write_text(said, encoding="utf-8")


def accompany(app: Sphinx) -> None:
    """The worker, at the site's root: it serves what lies below it, once no page more comes or goes."""
    out = Path(app.outdir)
    (out / worker.WORKER).write_text(worker.worker(worker.pages_of(out)), encoding="utf-8")


def finish(app: Sphinx, error: Exception | None) -> None:
    """After a build that went well: our files in, the theme's out."""
    if error or app.builder.name != "html":
        return
    write(app)
    data.write(app)
    live.write(app)
    cite.finish(app)
    front(app)
    name_app(app)
    tidy(app)
    accompany(app)
    standing.keep(app)
