"""The site as an app: the worker that keeps pages for reading without a network, and the manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from essaybook.exercises.squeeze import squeeze

SOURCE = Path(__file__).parent / "static" / "worker.js"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
PLACES = ("const PAGES = {};", 'const EDITION = "";')


def short(content: bytes) -> str:
    """Eight characters that change with the content: addresses carry them, and the worker compares them."""
    return sha256(content).hexdigest()[:8]


def worker(pages: Mapping[str, bytes]) -> str:
    """The worker of a site, told how the hash of every page begins.

    It keeps a page only with that content, and names its store after the list: so another list is another edition.
    """
    hashes = json.dumps({name: short(pages[name]) for name in sorted(pages)}, separators=(",", ":"))
    text = SOURCE.read_text(encoding="utf-8")
    edition = short(hashes.encode())
    for place, now in zip(PLACES, (f"const PAGES = {hashes};", f'const EDITION = "{edition}";'), strict=True):
        if place not in text:
            raise ValueError(f"worker.js has lost its line {place!r}")
        text = text.replace(place, now)
    return squeeze(text)


def manifest(title: str, start: str, icon: str) -> str:
    """What a browser needs to put the book on a home screen: its name, first page and icon, below the root."""
    said = {
        "name": title,
        "start_url": start,
        "scope": "./",
        "display": "minimal-ui",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def is_page(name: str) -> bool:
    """Whether a file, by its path below the root, is read on the site, and is not there to be taken away."""
    return name.endswith(".html") and not name.startswith("downloads/")


def pages_of(html: Path) -> dict[str, bytes]:
    """Every page of a built site by its path."""
    paths = (path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    return {path: (html / path).read_bytes() for path in paths if is_page(path)}
