"""What an earlier build worked out, and need not be worked out again."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by key in one file beside the pages that Sphinx keeps.

    ``maker`` names all that a value follows from besides its key: where it is another, nothing is taken over.
    A file that cannot be read is as good as none.
    """

    def __init__(self, path: Path, maker: object) -> None:
        self.path, self.maker = path, repr(maker)
        self.known: dict[str, V] = {}
        self.used: dict[str, V] = {}
        try:
            with path.open("rb") as file:
                maker, known = pickle.load(file)
        except Exception:  # whatever a torn file makes of itself
            return
        if maker == self.maker:
            self.known = known

    def of(self, key: str, make: Callable[[], V]) -> V:
        """The value of a key, made if it is not there."""
        if key not in self.used:
            self.used[key] = self.known[key] if key in self.known else make()
        return self.used[key]

    def close(self) -> None:
        """Keep what was asked for, and nothing else."""
        if self.used.keys() != self.known.keys():
            beside = self.path.with_suffix(".new")
            content: tuple[Any, dict[str, V]] = (self.maker, self.used)
            beside.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
            beside.replace(self.path)
