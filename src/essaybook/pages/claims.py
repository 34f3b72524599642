"""The ``claims`` directive: the essay's claims with their verdicts, in order."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from essaybook.pages.directive import BookDirective
from essaybook.pages.nodes import ClaimBlock


class ClaimsDirective(BookDirective):
    """``:::{claims}``, or ``:::{claims} id id`` for some of them."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        named = self.arguments[0].split() if self.arguments else list(self.corpus.claims)
        claims = sorted((self.record("claim", name) for name in named), key=lambda c: c.number)
        homes = self.env.__dict__.setdefault("essaybook_homes", {})
        if not self.arguments:
            homes["claim"] = self.env.docname
        found: list[nodes.Node] = []
        for claim in claims:
            for reference in claim.evidence:
                kind, _, name = reference.partition(":")
                self.record(kind, name)
            block = ClaimBlock(record=claim.id, ids=[f"claim-{claim.id}"])
            block += nodes.paragraph("", "", *self.inline(claim.because))
            found.append(block)
        return found


def setup_claims(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("claims", ClaimsDirective)
