"""Every editorial rule against its folder of cases: broken input in, the expected words out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from essaybook.corpus import load
from essaybook.corpus.rules import check

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.rglob("expected.txt"))


def findings(case: Path) -> str:
    book = case / "book"
    corpus, found = load(book / "corpus")
    return "".join(f.text(case) + "\n" for f in sorted(set(found) | set(check(corpus, book))))


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_case(case: Path) -> None:
    assert findings(case) == (case / "expected.txt").read_text(encoding="utf-8")


def test_every_rule_has_a_case_that_breaks_it(root: Path) -> None:
    source = "".join(path.read_text() for path in (root / "src/essaybook/corpus").rglob("*.py"))
    rules = set(re.findall(r'"([a-z]-\d{3})"', source))
    broken = {rule for rule in rules if (CASES / rule).is_dir()}
    assert rules == broken


def test_every_case_finds_its_own_rule_and_no_other() -> None:
    for case in FOLDERS:
        rule = case.parent.name
        found = {line.split(": ")[1] for line in findings(case).splitlines()}
        assert found == (set() if rule == "clean" else {rule}), case
