"""What all shapes share: wordings, dates as well as they are known, and what went wrong."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Wording = Annotated[
    dict[str, str], Field(description="Wording by language code", examples=[{"en": "Training", "ru": "Тренинг"}])
]
Partial = Annotated[
    str,
    StringConstraints(max_length=21),
    Field(
        description="A date as well as it is known; empty: unknown",
        examples=["2023-06-20", "2023-06", "2023-Q2", "2023"],
    ),
]


class Error(Schema):
    """One mistake and its place."""

    place: list[str]
    message: str


class Theirs(Schema):
    """A field that somebody else changed."""

    model_config = ConfigDict(populate_by_name=True)

    place: list[str]
    was: Any = None
    now: Any = Field(None, alias="is")


class Problem(Schema):
    """What went wrong (RFC 9457), in the reader's language."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[Error] = []
    by: str = ""
    at: str = ""
    theirs: list[Theirs] = []
