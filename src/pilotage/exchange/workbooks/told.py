"""What is said of a file, a row or a cell: kept as message and values, worded when somebody reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override

from pilotage.kit.texts import wording

LANGUAGES = ("en", "ru")


def told(
    sheet: str, cell: str, message: str | Promise, level: str = "E", params: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A problem as it is kept with an import. ``level`` is E (blocks) or W.

    A value that is a list of lazy texts is worded too, joined by commas.
    """
    kept: dict[str, Any] = {"sheet": sheet, "cell": cell, "level": level}
    if hasattr(message, "_get_number_value"):
        # A text of several plural forms does not show its own: both wordings are kept.
        return kept | {"text": {language: _in(language, message, params) for language in LANGUAGES}}
    kept["message"] = untranslated(message)
    if params:
        kept["params"] = {name: _kept(value) for name, value in params.items()}
    return kept


def with_hint(problem: dict[str, Any], message: Promise, params: Mapping[str, Any]) -> None:
    """Adds a sentence to a problem."""
    problem["hint"] = {"message": untranslated(message), "params": dict(params)}


def worded(problem: Mapping[str, Any]) -> str:
    """The problem in the active language."""
    if "message" not in problem:
        return wording(problem.get("text", {}), get_language() or "en")
    said = _in_active(problem["message"])
    params = problem.get("params")
    if params:
        said %= {name: _said(value) for name, value in params.items()}
    return f"{said} {worded(problem['hint'])}" if "hint" in problem else said


def read_out(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The problems, each with its ``said`` in the active language."""
    return [{**problem, "said": worded(problem)} for problem in problems]


def untranslated(message: str | Promise) -> str:
    """The English text by which the catalogues know a message."""
    with override(None):
        return str(message)


def told_by(error: ValidationError, level: str = "E") -> Iterator[dict[str, Any]]:
    """Everything that a ValidationError holds, as problems of the file."""
    leaves = (
        [one for errors in error.error_dict.values() for one in errors]
        if hasattr(error, "error_dict")
        else error.error_list
    )
    for leaf in leaves:
        yield told("", "", leaf.message, level, leaf.params)


def _in(language: str, message: str | Promise, params: Mapping[str, Any] | None) -> str:
    with override(language):
        return str(message % params if params else message)


def _in_active(message: str) -> str:
    return gettext(message) if message else ""


def _kept(value: Any) -> Any:
    if isinstance(value, Promise):
        return {"message": untranslated(value)}
    if isinstance(value, (list, tuple)):
        return [_kept(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return _in_active(value["message"])
    return ", ".join(str(_said(one)) for one in value) if isinstance(value, list) else value
