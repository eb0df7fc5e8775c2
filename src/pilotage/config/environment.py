"""Typed reading of settings from the environment: each variable declared once, with the meaning that the docs print."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: what it decides, and its value where it is not set."""

    name: str
    default: str
    meaning: str


DECLARED: list[Variable] = []


class SettingError(ValueError):
    """A variable holds a value that cannot be used."""


def text(name: str, default: str, meaning: str) -> str:
    """The variable as text."""
    DECLARED.append(Variable(name, default, meaning))
    return os.environ.get(name, default)


def flag(name: str, default: bool, meaning: str) -> bool:
    """The variable as yes or no. Raises SettingError for anything else."""
    written = text(name, "yes" if default else "no", meaning).strip().lower()
    if written in {"yes", "true", "1", "on"}:
        return True
    if written in {"no", "false", "0", "off", ""}:
        return False
    raise SettingError(f"{name} is {written!r}; write yes or no")


def number(name: str, default: int, meaning: str) -> int:
    """The variable as a whole number. Raises SettingError for anything else."""
    written = text(name, str(default), meaning)
    try:
        return int(written)
    except ValueError:
        raise SettingError(f"{name} is {written!r}; write a whole number") from None


def words(name: str, default: str, meaning: str) -> list[str]:
    """The variable as a list, split at commas."""
    return [word.strip() for word in text(name, default, meaning).split(",") if word.strip()]
