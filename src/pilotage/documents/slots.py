"""Slots: the places of a publication that editors fill with prose, one text a language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for prose. Its name stands in addresses and records and never changes."""

    name: str
    label: str | Promise
    help: str | Promise
    """What to write, and what the marks in it become."""
    printed: str | Promise
    """Where it is printed."""
    words: tuple[int, int]
    """Rough length, from and to."""
    signed: bool = False
    """The text speaks for a person and ends in the name and the office."""
    required: bool = False
    photo: bool = False
    """A photo can be chosen for it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text taken apart: its title, lead, sentence to set large, signature, and what is left as Markdown."""

    title: str = ""
    lead: str = ""
    pull: str = ""
    name: str = ""
    role: str = ""
    body: str = ""


_TITLE = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")
_LEAD = re.compile(r"\A\s*\*(?P<lead>[^*]+?)\*[ \t]*(?:\n[ \t]*\n|\Z)")
_PULL = re.compile(r"(?:\A|\n[ \t]*\n)(?P<pull>(?:>[^\n]*(?:\n|\Z))+)")
_SIGNATURE = re.compile(r"\n[ \t]*\n(?:—|–|--)[ \t]*(?P<name>[^\n]+?)[ \t]*(?:\n(?P<role>[^\n]+(?:\n[^\n]+)*))?\s*\Z")


def take_apart(markdown: str) -> Written:
    """The parts of a text as editors write them.

    ``# …`` on the first line is the title; a first paragraph in ``*…*`` the lead; the first quote (``> …``) is set
    large; ``— Name`` at the end, with the office on the next line, is the signature. Each may be missing.
    """
    rest = markdown.replace("\r\n", "\n").strip()
    title = lead = pull = name = role = ""
    if found := _TITLE.match(rest):
        title, rest = found["title"].strip(), rest[found.end() :].strip()
    if found := _SIGNATURE.search(f"\n\n{rest}"):
        name, role = found["name"].strip(), _one_line(found["role"] or "")
        rest = f"\n\n{rest}"[: found.start()].strip()
    if found := _LEAD.match(rest):
        lead, rest = _one_line(found["lead"]), rest[found.end() :].strip()
    if found := _PULL.search(rest):
        pull = _one_line(" ".join(line.lstrip("> \t") for line in found["pull"].strip().split("\n")))
        rest = f"{rest[: found.start()]}\n\n{rest[found.end() :]}".strip()
    return Written(title, lead, pull, name, role, rest)


def _one_line(text: str) -> str:
    return " ".join(text.split())
