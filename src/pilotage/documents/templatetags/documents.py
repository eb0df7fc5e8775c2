"""Tags for the templates of documents: wording with its language, prose."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pilotage.documents.models import Publication
from pilotage.documents.prose import Passage, as_html
from pilotage.documents.titles import publication_title

register = template.Library()


@register.filter
def say(wording: Any) -> str | SafeString:
    """A wording; one in another language than the document says so."""
    if isinstance(wording, dict):
        return format_html('<span lang="{}">{}</span>', wording["language"], wording["text"])
    return str(wording or "")


@register.filter
def plain(wording: Any) -> str:
    """A wording without its language, for attributes."""
    return wording["text"] if isinstance(wording, dict) else str(wording or "")


@register.filter
def prose(passage: Passage | None, top_heading: int = 3) -> SafeString:
    """A passage as HTML, its highest heading at the level given."""
    return mark_safe(as_html(passage, top_heading=int(top_heading))) if passage else SafeString("")


@register.filter
def get(pictures: dict[str, str], name: str) -> str:
    """A picture by its name; nothing where it is not there."""
    return pictures.get(name, "")


@register.filter
def any_with(rows: list[dict[str, Any]], column: str) -> bool:
    """True where some row has something in ``column``; one that nobody filled is left out, as in print."""
    return any(row[column] for row in rows)


@register.filter
def title_of(publication: Publication) -> str:
    """What a publication is called in the reader's language."""
    return publication_title(publication, (get_language() or "en")[:2])
