"""What makes an exercise's answer, in a few characters: a ledger of them tells when a version must go up."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from essaybook.exercises.base import Exercise


ASIDE = {"id", "type", "version", "chapter", "prompt", "purpose", "minutes", "shows", "closing", "certainty"}
"""Fields that every type has and that no saved answer depends on."""


def digest(exercise: Exercise) -> str:
    """Twelve characters that change with what makes the answer.

    Feedback, the prompt and the words around it may be bettered at will, and so may stops, spaces and
    capitals anywhere. All else a saved answer may rest on: options, their order, what is right, numbers.
    """
    made = {name: value for name, value in _fields(exercise).items() if name not in ASIDE}
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _fields(record: BaseModel) -> dict[str, Any]:
    """What a record says beyond the defaults, so that a field new to the engine changes no digest."""
    return {
        name: _plain(getattr(record, name))
        for name, default in _defaults(type(record)).items()
        if getattr(record, name) != default
    }


@functools.cache
def _defaults(model: type[BaseModel]) -> dict[str, Any]:
    fields = model.model_fields.items()
    return {name: field.get_default(call_default_factory=True, validated_data={}) for name, field in fields}


def _plain(value: Any) -> Any:
    from essaybook.exercises.base import Note

    match value:
        case Note():
            return None
        case BaseModel():
            return _fields(value)
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case str():
            return " ".join("".join(c if c.isalnum() else " " for c in value.casefold()).split())
        case _:
            return value
