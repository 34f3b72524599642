"""A real notebook server on this machine, and its cells as a reader runs them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, TimeoutError, expect


@contextmanager
def serving(folder: Path, private: Path, python: str = sys.executable, **env: str) -> Iterator[str]:
    """Serve a folder as JupyterLab and as Notebook; the address. Nothing of the user's own is read or written."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        name: str(private / "home")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    }
    command = [
        python, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.default_url=/tree",
    ]  # fmt: skip
    words = private / "log.txt"
    log = words.open("w")
    process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | own | env, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while True:
            try:
                urlopen(f"{address}/api/status", timeout=2).close()
                break
            except (URLError, OSError):
                assert process.poll() is None, words.read_text()
                assert time.monotonic() < end, words.read_text()
                time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


class Cells:
    """The cells of an open notebook, run as a reader would run them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.all = page.locator(".jp-Notebook .jp-CodeCell")

    def open(self, address: str) -> None:
        """Open a notebook and wait for its kernel: a cell that is run before there is one runs nowhere."""
        self.page.goto(address)
        # A narrow toolbar may keep a second one out of sight.
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for(state="attached")

    def run(self, n: int) -> None:
        """Run a cell to its end. While the page still moves, a click may miss, or the notebook put a new cell in place
        of the one that was clicked: click until one is heard, and leave scrolling to the click, which tries again."""
        cell = self.all.nth(n)
        for last in (False, False, False, True):
            try:
                cell.locator(".cm-content").click(timeout=30_000)
                cell.locator(".cm-editor.cm-focused").wait_for(timeout=5_000)
                break
            except TimeoutError:
                if last:
                    raise
        prompt = cell.locator(".jp-InputPrompt")
        # Keys mean something only once the settings with the shortcuts have come, which is not shown anywhere.
        for _ in range(20):
            self.page.keyboard.press("Control+Enter")
            with suppress(AssertionError):
                expect(prompt).not_to_have_text("[ ]:", timeout=3_000)
                break
        self.done(n)

    def run_all(self) -> None:
        """Run every cell by the menu. Where the way to the kernel broke, open the page again, as a reader would."""
        last = self.all.last.locator(".jp-OutputArea-output")
        for tried in range(4):
            if tried:
                self.open(self.page.url)
            self.rest()
            self.page.locator(".lm-MenuBar-item", has_text=re.compile("^Run$")).click()
            self.page.locator(".lm-Menu-item", has_text=re.compile("^Run All Cells$")).click()
            with suppress(TimeoutError):
                last.first.wait_for(state="attached", timeout=60_000)
                self.rest()
                return
        seen = self.page.locator(".jp-Notebook, .jp-Dialog").all_inner_texts()
        raise AssertionError("the last cell shows nothing\n" + "\n".join(seen)[-3000:])

    def rest(self) -> None:
        """Wait for a kernel that stays idle: a folded cell has no number to wait for."""
        still = 0
        while still < 12:
            self.page.wait_for_timeout(250)
            idle = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").count()
            still = still + 1 if idle else 0

    def done(self, n: int) -> None:
        """Wait for the end of a cell that was run, which must be a good one."""
        cell = self.all.nth(n)
        expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=60_000)
        assert cell.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
