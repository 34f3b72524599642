"""All types, by the name that a record gives."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from essaybook.exercises.base import Exercise

HERE = Path(__file__).parent


def _types() -> dict[str, type[Exercise]]:
    """Every folder with a model, in order of name; its model is the one subclass it defines."""
    found: dict[str, type[Exercise]] = {}
    for path in sorted(HERE.glob("*/model.py")):
        module = import_module(f"{__package__}.{path.parent.name}.model")
        models = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Exercise) and value.__module__ == module.__name__
        ]
        if len(models) != 1:
            raise TypeError(f"{path.parent.name}/model.py defines {len(models)} exercises; it needs one")
        found[path.parent.name.replace("_", "-")] = models[0]
    return found


TYPES = _types()
"""Every type: the folder's name with hyphens, and its model."""


class _Kind(BaseModel):
    type: str


def read(raw: Any) -> Exercise:
    """A record as its type's model. Raises pydantic's ValidationError, also for a type nobody knows."""
    kind = _Kind.model_validate(raw).type
    if kind not in TYPES:
        raise ValidationError.from_exception_data(
            "Exercise",
            [
                {
                    "type": "literal_error",
                    "loc": ("type",),
                    "input": kind,
                    "ctx": {"expected": ", ".join(TYPES)},
                }
            ],
        )
    return TYPES[kind].model_validate(raw)


def folder(kind: str) -> Path:
    """Where a type's page form, module and print form stand."""
    return HERE / kind.replace("-", "_")
