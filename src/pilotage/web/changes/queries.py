"""Which changes belong to a phase."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from pilotage.domain.membership.models import Assignment
from pilotage.domain.programme.models import Phase
from pilotage.kit.models import Change
from pilotage.kit.records import Record

SHARED = ("parties.country", "parties.place", "parties.institution")
"""Records of all programmes: everybody's log shows them."""


def changes_in(phase: Phase) -> QuerySet[Change]:
    """Every change of the phase, its records, its people and of what all programmes share, newest first."""
    belongs = Q(root_type="programme.phase", root_id=str(phase.pk))
    belongs |= Q(root_type="programme.programme", root_id=str(phase.programme_id))
    belongs |= Q(root_type__in=SHARED)
    for model in apps.get_models():
        if not issubclass(model, Record) or model.part_of:
            continue
        if any(field.name == "phase" for field in model._meta.concrete_fields):
            keys = model._base_manager.filter(**{"phase": phase}).order_by().values(as_text=Cast("pk", CharField()))
            belongs |= Q(root_type=model._meta.label_lower, root_id__in=keys)
    people = Assignment.objects.filter(Q(phase=phase) | Q(phase=None, programme=phase.programme_id)).order_by()
    belongs |= Q(root_type="membership.user", root_id__in=people.values(as_text=Cast("user_id", CharField())))
    # A record that is gone is found by the phase that it had.
    belongs |= Q(action=Change.Action.DELETED, before__phase_id=phase.pk)
    return Change.objects.filter(belongs).order_by("-id")


def recorded_between(changes: QuerySet[Change], first: date | None, last: date | None) -> QuerySet[Change]:
    """Changes that were recorded from one day to another, both included, in the programme's time zone."""
    zone = timezone.get_current_timezone()
    if first:
        changes = changes.filter(at__gte=datetime.combine(first, time.min, zone))
    if last:
        changes = changes.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, zone))
    return changes
