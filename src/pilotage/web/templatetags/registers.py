"""Template tags of registers and record pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from pilotage.domain.activities.checks import Finding
from pilotage.domain.activities.words import Sex
from pilotage.domain.programme.models import Phase
from pilotage.web.registers.words import FLAG, SEX_HEADINGS

register = template.Library()
WORD_JOINER = "\u2060"


@register.filter
def is_text(value: Any) -> bool:
    """True for a text: a number that is withheld stands as words."""
    return isinstance(value, str)


@register.filter
def yesno_words(value: bool | None) -> str:
    """A flag in words; unknown is said."""
    return str(FLAG[value])


@register.filter
def unbroken(span: Any) -> str:
    """A span of days whose dash ends no line: “27–28 November 2026”."""
    return str(span).replace("–", f"–{WORD_JOINER}")


@register.filter
def entry(mapping: Any, key: Any) -> Any:
    """The value of ``key`` in a mapping, None where there is none."""
    return mapping.get(key) if mapping else None


@register.filter
def cell_name(line: int, column: str) -> str:
    """The name of a field in a matrix of lines."""
    return f"r{line}-{column}"


@register.filter
def attribute(mapping: Any, key: str) -> Any:
    """An attribute whose name holds a hyphen."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def sex_heading(sex: str) -> str:
    """The head of a column of people."""
    return str(SEX_HEADINGS[Sex(sex)])


@register.simple_tag
def mend_address(finding: Finding, phase: Phase, code: str) -> str:
    """Where a finding of the data checks is mended: ``code`` is that of the activity, or the key of the person."""
    if finding.person:
        return reverse("people:edit", args=[phase.code, code])
    return reverse(f"activities:{finding.check.mend}", args=[phase.code, code])
