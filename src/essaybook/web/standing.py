"""What the pages that stand were made from, so that just those are made again for which it has changed.

Sphinx compares a page with the file of its prose. That is not enough: print may have read a changed record before
the site did, every page carries the book's contents, and catalogues show what other pages say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import BuildInfo
from sphinx.environment import BuildEnvironment

from essaybook.address import hub, repository, site
from essaybook.pages.shelf import corpus_of, ground, ground_of
from essaybook.pages.uses import used, uses_of
from essaybook.web.plan import renew

KEPT = "pages.json"
PRINTED = "book.pdf"
"""What the bar of every page leads to, where it is there."""

SAID = ("opener", "assign", "minutes", "takes")
"""What other pages may say of a page."""


@dataclass(frozen=True)
class Standing:
    """What pages are made from. The digests are of what a page shows besides its own text."""

    frame: str = ""
    """Of what every page shows or leads to: titles, their order, addresses, where a record is met first."""
    ground: str = ""
    """Of what pages show that show the others: records, where each is used, what each page asks of a reader."""
    downloads: list[str] = field(default_factory=list)
    """The files to which pages may lead."""
    read: dict[str, int] = field(default_factory=dict)
    """When each page was read last, as Sphinx notes it. It is read again when a record that it names changes."""


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _now(app: Sphinx) -> Standing:
    env = app.env
    homes = sorted(env.__dict__.get("essaybook_homes", {}).items())
    config = BuildInfo(app.config, app.tags, frozenset({"env", "html"})).config_hash
    plan = renew(app)
    first = {
        (kind, name): uses_of(env, kind, name, plan.order)[0]
        for kind, name in used(env)
        if kind in {"exercise", "chart", "collation"}
    }
    said = [(page, [meta.get(name) for name in SAID]) for page, meta in sorted(env.metadata.items())]
    uses = sorted(env.__dict__.get("essaybook_uses", {}).items())
    there = _downloads(app)
    return Standing(
        _digest(plan, site(), repository(), hub(), config, homes, sorted(first.items()), PRINTED in there),
        _digest(ground_of(app), uses, said),
        there,
        dict(sorted(env.all_docs.items())),
    )


def _downloads(app: Sphinx) -> list[str]:
    folder = Path(app.outdir) / "downloads"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _kept(app: Sphinx) -> dict[str, Any]:
    return app.__dict__


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir) / KEPT


def refresh(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Pages to write again though nobody edited them.

    What stood before is forgotten until the build has ended well: after one that stopped half-way, all are.
    """
    if app.builder.name != "html":
        return []
    path, now = _path(app), _now(app)
    before = Standing(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Standing()
    path.unlink(missing_ok=True)
    _kept(app)["essaybook_standing"] = (before, now)
    if before.frame != now.frame:
        return list(env.all_docs)
    again = {page for page, when in now.read.items() if before.read.get(page) != when}
    if (before.ground, before.downloads) != (now.ground, now.downloads):
        homes: dict[str, str] = env.__dict__.get("essaybook_homes", {})
        again |= {app.config.root_doc, *(page for page in homes.values() if page in env.all_docs)}
    return sorted(again)


def settled(app: Sphinx, *names: str) -> bool:
    """Whether files that follow from the records and the whole of the book stand as they would be written now."""
    if "essaybook_standing" not in _kept(app):
        return False  # another form of the book than the site
    before, now = _kept(app)["essaybook_standing"]
    same = (before.frame, before.ground) == (now.frame, now.ground)
    return same and all((Path(app.outdir) / name).is_file() for name in names)


def keep(app: Sphinx) -> None:
    """Note what the pages were made from, at the end of a build that went well."""
    _, now = _kept(app)["essaybook_standing"]
    # Where a record was saved meanwhile, nothing is noted, and the next build writes every page.
    if ground(corpus_of(app).root) == ground_of(app):
        stands = replace(now, downloads=_downloads(app))
        _path(app).write_text(json.dumps(asdict(stands), indent=1), encoding="utf-8")
