"""The text of a file that an author wrote, whatever its bytes are."""

from __future__ import annotations

import re
from pathlib import Path

STRANGE = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def text(path: Path) -> str:
    """A file as text, with line feeds for line ends, and no mark of byte order.

    A byte that is no UTF-8, and a character that neither YAML nor a reader can take, becomes ``STRANGE``: so every
    file can be read, and one rule says where it is wrong. Raises ``OSError`` where there is no file.
    """
    decoded = path.read_bytes().decode("utf-8-sig", errors="replace")
    return _UNSEEN.sub(STRANGE, decoded.replace("\r\n", "\n").replace("\r", "\n"))
