"""The files a page loads: style, faces, scripts. Each address carries a hash of its file's content."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from sphinx.application import Sphinx

from essaybook.exercises.squeeze import squeeze, tight
from essaybook.web import cite, data, live, worker
from essaybook.web.render import environment
from essaybook.web.worker import short

STATIC = Path(__file__).parent / "static"


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
            return _hashed(squeeze(path.read_text(encoding="utf-8"))).encode()
        case _:
            return path.read_bytes()


@functools.cache
def address(name: str) -> str:
    """A file of ours below ``_static``, with its hash."""
    return f"_static/{name}?v={short(_content(name))}"


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
    """Remove from ``_static`` what no page names, and no file that stays.

    The theme brings two megabytes that our pages never load.
    """
    out = Path(app.outdir)
    static = out / "_static"
    text = "".join(
        path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html")) if static not in path.parents
    )
    files = [path for path in sorted(static.rglob("*")) if path.is_file()]
    stay = {path for path in files if f"_static/{path.relative_to(static).as_posix()}" in text}
    waiting = list(stay)
    while waiting:
        path = waiting.pop()
        if path.suffix not in {".css", ".js"}:
            continue
        named = path.read_text(encoding="utf-8")
        new = {
            other
            for other in files
            # In quotation marks or after a slash: a name in a comment keeps nothing.
            if other not in stay and re.search(rf"[\"'/]{re.escape(other.name)}", named)
        }
        stay |= new
        waiting += new
    stay |= {path for path in files if path.name == "OFL.txt"}
    for path in files:
        if path not in stay:
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


def accompany(app: Sphinx) -> None:
    """The worker and the manifest, at the site's root: the worker serves what lies below it."""
    out = Path(app.outdir)
    (out / worker.WORKER).write_text(worker.worker(worker.pages_of(out)), encoding="utf-8")
    said = worker.manifest(
        str(app.config.html_title or app.config.project),
        app.builder.get_target_uri(app.config.root_doc),
        address("icon.svg"),
    )
    (out / worker.MANIFEST).write_text(said, encoding="utf-8")


def finish(app: Sphinx, error: Exception | None) -> None:
    """After a build that went well: our files in, the theme's out."""
    if error or app.builder.name != "html":
        return
    write(app)
    data.write(app)
    live.write(app)
    cite.finish(app)
    front(app)
    tidy(app)
    accompany(app)
