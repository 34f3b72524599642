"""What a check has to say to an author: the rule, the place, what is wrong, the edit to make."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend. ``line`` counts from 1; ``edit`` says what to write instead."""

    file: Path
    line: int
    rule: str
    wrong: str
    edit: str

    def text(self, root: Path) -> str:
        """The finding as one printed line, its path relative to ``root``."""
        path = self.file.relative_to(root) if self.file.is_relative_to(root) else self.file
        return f"{path.as_posix()}:{self.line}: {self.rule}: {self.wrong.rstrip('.')}. {self.edit}"


def nearest(name: str, known: Iterable[str], most: int = 3) -> str:
    """The known names most like ``name``, as the end of a sentence to an author."""
    near = difflib.get_close_matches(name, sorted(known), n=most, cutoff=0.4)
    return f"Nearest known: {', '.join(near)}" if near else "Nothing recorded is called anything like it"
