"""One source per exercise type, two forms: an ES module for a notebook, classic scripts for the page.

A notebook imports a module from its text, so nothing beside it can be imported: kit and type become one text.
A page may be opened from a disk, where a browser refuses modules: kit, types and host become classic scripts
that meet in ``globalThis.essaybook``. Both come from the same files because those keep to a subset, which is
checked here.

A page asks for two scripts, since on a slow line each one costs a journey: the types it uses, joined, and the
core (kit and host), which every page shares and a browser keeps.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from essaybook.exercises.squeeze import bare, squeeze
from essaybook.exercises.types import TYPES, folder

HERE = Path(__file__).parent
KIT = HERE / "kit.mjs"
HOST = ("host.mjs", "store.mjs", "reader.mjs", "chosen.mjs", "page.mjs")
"""The parts of the host, each after those it imports from."""

CORE = "core.js"
NOTEBOOK = "notebook.js"
"""What a page with an executed notebook's widgets loads after the core."""

EVIDENCE = "evidence.js"
"""The reader's evidence, for tool pages; a page with a type that argues has it in that type's script."""

ARGUING = {"causal-web", "diamond", "planner"}
TELL = "tell.js"
"""Every type's way of telling an answer in words, for pages that show answers away from their exercise."""
SHELF = "(globalThis.essaybook ??= {}).types ??= new Map();\n"
"""Where types put themselves: whichever script comes first sets it up."""

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.\.?/[\w-]+\.mjs)";\n', re.M)
_DEFAULT = re.compile(r"^export default ", re.M)
_NAMED = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.M)
_FORBIDDEN: list[tuple[str, str]] = [
    (r"\beval\s*\(|\bnew\s+Function\b", "runs text as code"),
    (r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|importScripts)\b\s*\(", "asks for something elsewhere"),
    (
        r"\.(?:innerHTML|outerHTML)\s*\+?=(?!=)|\.insertAdjacentHTML\b|\bdocument\.write\b",
        "makes markup of text; use h()",
    ),
    (r"\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)", "differs from visit to visit"),
    (r"\b(?:localStorage|sessionStorage|indexedDB)\b", "keeps things by itself; the host keeps the work"),
    (r"(?<![\w.])import\s*\(", "imports as it runs"),
]


class NotInSubset(ValueError):
    """A module that cannot be joined. The message names file, line and what to write."""


def faults(text: str) -> Iterator[tuple[int, str]]:
    """What keeps a type's module out of the subset: the line, and what to write instead."""
    code = bare(text)

    def line(at: int) -> int:
        return code.count("\n", 0, at) + 1

    defaults = [found.start() for found in re.finditer(r"^[ \t]*export\s+default\b", code, re.M)]
    if len(defaults) != 1 or len(_DEFAULT.findall(code)) != 1:
        at = defaults[1] if len(defaults) > 1 else len(code.rstrip())
        yield line(at), "write one 'export default exercise({ … })', at the start of a line"
    for found in re.finditer(r"^[ \t]*export\b(?!\s+default\b)", code, re.M):
        yield line(found.start()), "export nothing else: a type is reached through its default export"
    for found in re.finditer(r"^[ \t]*import\b(?!\s*\()[^;\n]*;?", code, re.M):
        whole = _IMPORT.match(text, found.start())
        if not whole or whole[2] != "./kit.mjs":
            yield line(found.start()), 'import only from the kit, on one line: import { … } from "./kit.mjs";'
        else:
            known = exported(KIT.read_text(encoding="utf-8"))
            for name in names(whole[1]):
                if name not in known:
                    yield line(found.start()), f"the kit exports no '{name}'"
    for pattern, wrong in _FORBIDDEN:
        for found in re.finditer(pattern, code):
            yield line(found.start()), f"'{found[0].strip()}' {wrong}"


def check(path: Path) -> str:
    """A type's module as text, known to be in the subset. Raises NotInSubset."""
    text = path.read_text(encoding="utf-8")
    found = [f"{path.parent.name}/{path.name}:{line}: {wrong}" for line, wrong in faults(text)]
    if found:
        raise NotInSubset("\n".join(found))
    return text


def names(listed: str) -> list[str]:
    """Names in the braces of an import."""
    return [name.strip() for name in listed.split(",") if name.strip()]


def exported(text: str) -> list[str]:
    """Names that a module exports."""
    return [found[1] for found in _NAMED.finditer(text)]


@functools.cache
def module(kind: str) -> str:
    """Kit and type as one ES module text: the ``_esm`` of a notebook's widget."""
    kit = _NAMED.sub("", KIT.read_text(encoding="utf-8"))
    # The type has a scope of its own, so that its names and the kit's cannot meet.
    kit_names = ", ".join(exported(KIT.read_text(encoding="utf-8")))
    body = check(folder(kind) / "widget.mjs")
    return (
        f"const kit = (() => {{\n{kit}\nreturn {{ {kit_names} }};\n}})();\n"
        f"export default (() => {{\n{_body(body)}}})();\n"
    )


def _body(text: str) -> str:
    """A type's module as the body of a function: the kit's names taken from ``kit``, the default returned."""
    return _DEFAULT.sub("return ", _IMPORT.sub(r"const { \1 } = kit;\n", text), count=1)


def kit_script() -> str:
    """The kit, where types find it when the host makes them."""
    text = KIT.read_text(encoding="utf-8")
    shelved = f"essaybook.kit = {{ {', '.join(exported(text))} }};"
    return squeeze(f"{SHELF}(() => {{\n{_NAMED.sub('', text)}\n{shelved}\n}})();\n")


@functools.cache
def type_script(kind: str) -> str:
    """A factory for the type's module, under the type's name."""
    body = _body(check(folder(kind) / "widget.mjs"))
    name = json.dumps(kind)
    return squeeze(f"{SHELF}essaybook.types.set({name}, () => {{\nconst {{ kit }} = essaybook;\n{body}}});\n")


def host_script() -> str:
    """The host for static pages, with the store of saved work. It starts as soon as it is read."""
    parts = []
    for name in HOST:
        text = (HERE / "host" / name).read_text(encoding="utf-8")
        parts.append(_NAMED.sub("", _IMPORT.sub("", text)))
    return squeeze("(() => {\n" + "\n".join(parts) + "\n})();\n")


def notebook_script() -> str:
    """Shows what an executed notebook embedded, on the host of the page."""
    text = (HERE / "host" / "embedded.mjs").read_text(encoding="utf-8")
    body = _IMPORT.sub(r"const { \1 } = essaybook.host;\n", text)
    return squeeze(f"(() => {{\n{body}\n}})();\n")


def evidence_script() -> str:
    """``essaybook.evidence``: what a reader saved, and the list of it in an exercise that argues."""
    text = (HERE / "host" / "evidence.mjs").read_text(encoding="utf-8")
    shelved = "(globalThis.essaybook ??= {}).evidence = { locker, offered };"
    return squeeze(f"(() => {{\n{_NAMED.sub('', text)}\n{shelved}\n}})();\n")


def tell_script() -> str:
    """``essaybook.tell[type](record, response)`` for every type: the answer in parts, each a label and words.

    Raises NotInSubset where a type has none, or one that does what no type may.
    """
    shared = (HERE / "tell.mjs").read_text(encoding="utf-8")
    shelf = "(globalThis.essaybook ??= {}).tell = {};"
    return squeeze(f"(() => {{\n{shelf}\n{_NAMED.sub('', shared)}\n{''.join(map(_telling, TYPES))}}})();\n")


def _telling(kind: str) -> str:
    path = folder(kind) / "tell.mjs"
    if not path.is_file():
        raise NotInSubset(f"{path.parent.name}/tell.mjs is missing: say how an answer of this type reads in words")
    text = path.read_text(encoding="utf-8")
    code = bare(text)
    wrong = [what for pattern, what in _FORBIDDEN if re.search(pattern, code)]
    if wrong or len(_DEFAULT.findall(code)) != 1:
        raise NotInSubset(f"{path.parent.name}/tell.mjs: {wrong[0] if wrong else 'it needs one default export'}")
    body = _DEFAULT.sub("return ", _IMPORT.sub("", text), count=1)
    return f"essaybook.tell[{json.dumps(kind)}] = safely((() => {{\n{body}}})());\n"


def script_names(kinds: Iterable[str]) -> list[str]:
    """The scripts of a page that uses these types, in the order to load them. With no type, the core alone."""
    used = sorted(set(kinds))
    return [*([f"{'.'.join(used)}.js"] if used else []), CORE]


@functools.cache
def script(name: str) -> str:
    """A script by the name that `script_names` gave it."""
    if name == CORE:
        return kit_script() + host_script()
    if name == NOTEBOOK:
        return notebook_script()
    if name == TELL:
        return tell_script()
    if name == EVIDENCE:
        return evidence_script()
    kinds = name.removesuffix(".js").split(".")
    return (evidence_script() if ARGUING & set(kinds) else "") + "".join(map(type_script, kinds))
