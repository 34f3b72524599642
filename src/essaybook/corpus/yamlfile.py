"""YAML with the line of every value, so that a finding can point at it. All scalars stay strings."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from essaybook.corpus import plain

Way = tuple[str | int, ...]


@dataclass
class YamlFile:
    """A parsed file: its data and, for every path into them, a line counted from 1."""

    path: Path
    data: Any
    lines: dict[Way, int] = field(default_factory=dict)

    def line(self, where: Way) -> int:
        """The line of a value, or of the nearest thing that holds it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where it is there: records are most of what a build reads."""


def read(path: Path) -> YamlFile:
    """Read one YAML file, once as long as it stays as it is; nobody may change what this returns.

    Raises ``yaml.MarkedYAMLError`` with the place where it is not YAML.
    """
    state = path.stat()
    return _read(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=4096)
def _read(path: Path, changed: int, size: int) -> YamlFile:
    loader = LOADER(plain.text(path))
    try:
        node = loader.get_single_node()
        parsed = YamlFile(path, None)
        if node is not None:
            parsed.data = _plain(node, (), parsed.lines)
        return parsed
    finally:
        loader.dispose()


def _plain(node: yaml.Node, where: Way, lines: dict[Way, int]) -> Any:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' is given twice", key.start_mark
                )
            lines[(*where, key.value)] = key.start_mark.line + 1
            mapping[key.value] = _plain(value, (*where, key.value), lines)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*where, i), lines) for i, item in enumerate(node.value)]
    return node.value
