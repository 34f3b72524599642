"""Every page of the site by a validator of HTML, with its rules for people who listen to a page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

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
