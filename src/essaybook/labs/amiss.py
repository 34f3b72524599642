"""What a reader is told when something they gave cannot be used: a sentence in place of a traceback."""

from __future__ import annotations


class Amiss(ValueError):
    """Something given to a lab cannot be used. Its message is a sentence for the reader."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints when this ends a cell."""
        return [str(self)]
