"""The list of pages for search engines, and where they find it. Only a site that knows its address has them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

NAMES = ("sitemap.xml", "robots.txt")


def sitemap(addresses: Iterable[str], date: str) -> str:
    """Pages by their absolute addresses; all are as old as the edition."""
    urls = "".join(f"<url><loc>{escape(each)}</loc><lastmod>{date}</lastmod></url>\n" for each in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n"


def robots(site: str) -> str:
    """Everything may be read; the list of pages is named."""
    return f"User-agent: *\nDisallow:\nSitemap: {site}sitemap.xml\n"


def write(folder: Path, site: str | None, addresses: Iterable[str], date: str) -> None:
    """Write both below a built site, or take them away where there is no address."""
    texts = (sitemap(addresses, date), robots(site)) if site else (None, None)
    for name, text in zip(NAMES, texts, strict=True):
        if text is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
