"""What documents do in the background."""

from __future__ import annotations

from django.utils import translation
from django_tasks import task

from pilotage.documents.models import Issuing
from pilotage.documents.publishing import carry_out


@task()
def issue_in_background(issuing: int) -> int | None:
    """Makes the issue that was begun, in the language of the person who asked; returns the edition's key."""
    begun = Issuing.objects.select_related("publication__phase__programme", "asked_by").get(pk=issuing)
    if not begun.open:
        return None
    with translation.override(begun.asked_by.language):
        edition = carry_out(begun)
    return edition.pk if edition else None
