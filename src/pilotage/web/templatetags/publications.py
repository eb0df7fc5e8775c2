"""Addresses of publications in templates."""

from __future__ import annotations

from django import template

from pilotage.documents.models import Publication
from pilotage.web.publications.addresses import address_of

register = template.Library()


@register.simple_tag
def reading_address(publication: Publication) -> str:
    """Where an issued publication is read."""
    return address_of(publication)
