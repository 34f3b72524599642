"""Typesetting: from a Typst document to tagged PDF. A warning is an error. What was made once is kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pikepdf
import typst

from essaybook.pdf.keys import PrintError

FORMATS = {"a4": "book.pdf", "a5": "book-a5.pdf"}
"""Formats of the template, and the files they give."""

SPARE = range(0, 12, 2)
"""Lines a column more than the template's own estimate, tried in turn where balanced columns run short."""
RUN_OFF = "columns run off page"

_QUOTED = re.compile(r'"([^"\n]+\.\w+)"')
"""What may be the name of a file in a document. Whether it is one, the folder says."""
_MAKERS = Path(__file__).read_bytes() + f"{version('typst')} {pikepdf.__version__} ".encode()
"""How a document is made into a result, this file included."""


class Compiler:
    """Typst over the documents of one folder. What the same documents gave before is not made again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.kept = folder / ".made"
        self.kept.mkdir(parents=True, exist_ok=True)
        self.used: set[str] = set()

    def typeset(self, document: Path, *, packed: bool = False, **inputs: str) -> bytes:
        """A document as PDF/UA-1. No font of this machine takes part, no clock is read.

        ``inputs`` are those that the template knows: ``format``, ``ink``, ``leaf``. ``packed`` puts the objects of
        a long book in compressed streams.

        Raises PrintError with the compiler's own words for whatever it finds.
        """
        return self._made(
            document,
            {"pdf": packed, **inputs},
            lambda: _packed(_typeset(document, inputs)) if packed else _typeset(document, inputs),
        )

    def picture(self, document: Path) -> bytes:
        """A document of one page as a PNG, for what shows a cover. Raises PrintError."""
        return self._made(document, {"png": True}, lambda: _picture(document))

    def ask(self, document: Path, selector: str, **inputs: str) -> str:
        """The value of the one mark that a document has under a label."""
        return self._made(
            document, {"ask": selector, **inputs}, lambda: _asked(document, selector, inputs).encode()
        ).decode()

    def tidy(self) -> None:
        """Forget what this build had no use for."""
        for path in self.kept.iterdir():
            if path.name not in self.used:
                path.unlink()

    def _made(self, document: Path, asked: Mapping[str, str | bool], make: Callable[[], bytes]) -> bytes:
        name = self._print(document, asked)
        self.used.add(name)
        there = self.kept / name
        if there.exists():
            return there.read_bytes()
        made = make()
        part = there.with_suffix(".part")  # a build that is stopped here leaves nothing that looks whole
        part.write_bytes(made)
        part.replace(there)
        return made

    def _print(self, document: Path, asked: Mapping[str, str | bool]) -> str:
        """A fingerprint of all that a result follows from.

        That is what makes it, what is asked, the document, and every file that it names or one of those does.
        """
        whole = hashlib.sha256(_MAKERS + json.dumps(asked, sort_keys=True).encode())
        seen, waiting = {document.resolve()}, [document.resolve()]
        while waiting:
            path = waiting.pop()
            content = path.read_bytes()
            whole.update(f"{path.relative_to(self.folder)} {len(content)} ".encode() + content)
            if path.suffix != ".typ":
                continue
            for name in sorted(set(_QUOTED.findall(content.decode()))):
                named = (path.parent / name).resolve()
                if named not in seen and named.is_relative_to(self.folder) and named.is_file():
                    seen.add(named)
                    waiting.append(named)
        return whole.hexdigest()


def _typeset(document: Path, inputs: dict[str, str]) -> bytes:
    for spare in SPARE:
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(document),
                root=str(document.parent),
                ignore_system_fonts=True,
                sys_inputs=inputs | {"spare": str(spare)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            told = str(error.diagnostic or error.message)
            if RUN_OFF in told and spare != SPARE[-1]:
                continue
            raise PrintError(f"{document.name}: {told}") from None
        break
    if warnings:
        told = "\n".join(str(warning.diagnostic or warning.message) for warning in warnings)
        raise PrintError(f"{document.name}: {told}")
    if not isinstance(pdf, bytes):
        raise PrintError(f"{document.name}: the compiler gave no PDF")
    return pdf


def _packed(pdf: bytes) -> bytes:
    """The same PDF, its objects in compressed streams: a book's tags are more than half of its bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _picture(document: Path) -> bytes:
    try:
        png = typst.compile(
            str(document),
            root=str(document.parent),
            ignore_system_fonts=True,
            sys_inputs={"format": "a5"},
            format="png",
            ppi=150,
        )
    except typst.TypstError as error:
        raise PrintError(f"{document.name}: {error.diagnostic or error.message}") from None
    if not isinstance(png, bytes):
        raise PrintError(f"{document.name}: it has more than one page")
    return png


def _asked(document: Path, selector: str, inputs: dict[str, str]) -> str:
    found = typst.query(
        str(document), selector, field="value", one=True, root=str(document.parent), ignore_system_fonts=True,
        sys_inputs=inputs,
    )  # fmt: skip
    return str(found)
