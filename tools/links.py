"""Asks whether the pages' links to other hosts still lead somewhere.

`make links` prints what each answers. It never fails: a host may be down for a day, or turn a program away that
it would let a reader in for. Links within the site are checked in every build (`tests/test_pages.py`).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import requests

HTML = Path(__file__).resolve().parent.parent / "_build" / "html"
WAIT = 20
"""Seconds that a host has to answer."""
AGENT = {"User-Agent": "Mozilla/5.0 (a book that checks its links)"}
SHY = {401, 403, 405, 429, 451, 503}
"""Answers of hosts that are there and turn programs away, or want to be asked less often."""


class Links(HTMLParser):
    """The addresses of other hosts that a page's links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and urlsplit(address).scheme in {"http", "https"}:
            self.found.add(urldefrag(address).url)


def gather(html: Path) -> dict[str, list[str]]:
    """Every outside address, and the pages that link to it."""
    pages: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(html.rglob("*.html")):
        links = Links()
        links.feed(path.read_text(encoding="utf-8"))
        for address in links.found:
            pages[address].append(path.relative_to(html).as_posix())
    return dict(sorted(pages.items()))


def ask(address: str) -> tuple[bool, str]:
    """Whether an address leads somewhere, and what it answered."""
    try:
        # Not HEAD: many hosts answer it wrongly. The body is not read.
        with requests.get(address, timeout=WAIT, headers=AGENT, stream=True) as answer:
            moved = f", now at {answer.url}" if answer.history else ""
            if answer.status_code in SHY:
                return True, f"{answer.status_code}: turned this program away; look at it yourself{moved}"
            return answer.ok, f"{answer.status_code} {answer.reason}{moved}"
    except requests.RequestException as error:
        return False, type(error).__name__


def main(html: Path) -> int:
    """Print what does not lead anywhere, what turned us away or has moved, and how many there are."""
    if not (html / "index.html").is_file():
        print("There is no built book to look at: run `make book` first.")
        return 2
    pages = gather(html)
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(pages, pool.map(ask, pages), strict=True))
    lost = 0
    for address, (there, said) in answers.items():
        lost += not there
        if not there or said != "200 OK":
            mark = "there" if there else "LOST"
            print(f"{mark:<6} {address}\n       {said}; on {', '.join(pages[address][:3])}")
    print(f"{len(pages)} links to other hosts, {lost} that did not lead anywhere today")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HTML))
