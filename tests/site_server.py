"""A site on this machine as a school would meet it: a plain static server that gzips, and what a visit costs."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLAIN: dict[str, Any] = {"service_workers": "block"}
"""A visitor whose browser has the plain cache alone."""

BLOCKED = "Service Worker registration blocked by Playwright"

PACKED = {".html", ".css", ".js", ".svg", ".json", ".txt", ".mjs", ".xml", ".csv"}


@functools.lru_cache(maxsize=64)
def packed(body: bytes) -> bytes:
    """The bytes gzipped, once: a site keeps its files ready, and no measure of time should hold the packing."""
    return gzip.compress(body, 6, mtime=0)


class Handler(SimpleHTTPRequestHandler):
    """Serves files, gzipped where they are text, and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a visitor who leaves before the last byte is no fault
            super().handle()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in PACKED:
            body = packed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on loopback; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visit:
    """What one page load asked for: each address with its bytes over the wire."""

    sizes: dict[str, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        return sum(self.sizes.values())

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.sizes if not address.startswith("data:")}


def visit(page: Any, address: str) -> Visit:
    """Load a page and wait until it asks for nothing more. Cached answers cost nothing.

    What a worker of the site asks for is not seen: a context for weighing blocks it (`PLAIN`).
    """
    seen = Visit()
    finished: list[Any] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.on("requestfailed", lambda request: seen.messages.append(f"failed: {request.url}"))
    page.on("console", lambda message: BLOCKED in message.text or seen.messages.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.messages.append(f"error: {error}"))
    page.goto(address, wait_until="networkidle")
    for request in finished:
        size = request.sizes()["responseBodySize"]
        if size > 0 and not request.url.startswith("data:"):
            seen.sizes[request.url] = size
    return seen
