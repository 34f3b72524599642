"""What every record shares: an id, how far it was checked, and on what that rests."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Model(BaseModel):
    """A record or a part of one: no field that nobody asked for, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Checked(StrEnum):
    """How far a statement was verified for this edition."""

    CHECKED = "checked"
    PARTLY = "partly"
    UNCHECKED = "unchecked"


class Basis(Model):
    """One thing that a statement rests on: a source or a work, the place in it, and whether it was read."""

    source: Slug | None = None
    work: Slug | None = None
    at: Text | None = None
    read: bool = False
    says: Text | None = Field(default=None, description="the part of the statement it supports")


class Record(Model):
    """A record that pages can name by its id."""

    id: Slug


class Statement(Record):
    """A record that claims something about the past, and says how well that is known."""

    checked: Checked
    basis: list[Basis] = Field(default_factory=list)
    note: Text | None = None
