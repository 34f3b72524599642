"""Allowances: findings that an editor accepts, with a reason. One that matches nothing is itself a finding."""

from __future__ import annotations

from essaybook.corpus import plain
from essaybook.corpus.corpus import Allowance, Corpus
from essaybook.corpus.finding import Finding


def allowed(corpus: Corpus, found: list[Finding]) -> list[Finding]:
    """The findings that no allowance covers, and one for each allowance that covers none."""
    unused = dict(corpus.allowances)
    left = []
    for finding in found:
        covers = [a for a in corpus.allowances.values() if _covers(a, finding)]
        for allowance in covers:
            unused.pop(allowance.id, None)
        if not covers:
            left.append(finding)
    for name, allowance in unused.items():
        place = corpus.places["allowance", name]
        left.append(
            Finding(
                place.file,
                place.line,
                "x-001",
                f"the allowance '{name}' matches nothing that {allowance.rule} finds in {allowance.file}",
                "Remove it, or correct its file or match",
            )
        )
    return left


def _covers(allowance: Allowance, finding: Finding) -> bool:
    if finding.rule != allowance.rule or not finding.file.as_posix().endswith(allowance.file):
        return False
    if allowance.match in finding.wrong:
        return True
    lines = plain.text(finding.file).splitlines()
    return finding.line <= len(lines) and allowance.match in lines[finding.line - 1]
