"""What documents do in the background."""

from __future__ import annotations

from django.utils import timezone, translation
from django_tasks import task

from pilotage.documents.models import Edition, Issuing
from pilotage.documents.publishing import carry_out
from pilotage.kit.models import Change


@task()
def issue_in_background(issuing: int) -> int | None:
    """Makes the issue that was begun, in the language of the person who asked; returns the edition's key."""
    begun = Issuing.objects.select_related("publication__phase__programme", "asked_by").get(pk=issuing)
    if not begun.open:
        return None
    made = _made_since(begun)
    if made is not None:
        Issuing.objects.filter(pk=issuing).update(stage=Issuing.Stage.DONE, open=None, heard_at=timezone.now())
        return made.pk
    with translation.override(begun.asked_by.language):
        edition = carry_out(begun)
    return edition.pk if edition else None


def _made_since(begun: Issuing) -> Edition | None:
    """The edition that was kept already: the worker that made it was killed before it could say so."""
    last = begun.publication.editions.order_by("number").last()
    if last is None:
        return None
    kept = Change.objects.filter(record_type=Edition._meta.label_lower, record_id=str(last.pk), at__gt=begun.begun_at)
    return last if kept.exists() else None
