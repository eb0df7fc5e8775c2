"""Two entries of the register that are one person: what a merging does, doing it, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.activities.models import Activity, Attendance, CheckReason, MergedPerson, Person
from pilotage.domain.activities.persons import require_reach
from pilotage.domain.activities.words import Sex
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation, primitive
from pilotage.kit.models import Change

PERSON_FIELDS = ("name_latin", "institution_id", "position", "sex", "country_id", "email", "photo_consent_on",
                 "mailing_consent_on")  # fmt: skip
"""What the entry that stays takes over where it says nothing itself. Its name as signed and its key are its own."""
LINE_FIELDS = ("mode", "days_present", "pre_test", "post_test", "satisfaction", "certificate_number")
"""The same of two lines of one attendance list."""
UNKNOWN = (None, "", Sex.NOT_STATED)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two lines of one attendance list in one role, which become one."""

    kept: Attendance
    merged: Attendance
    filled: tuple[str, ...]
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging will do, before it is done."""

    kept: Person
    merged: Person
    filled: tuple[str, ...]
    """Fields that the one who stays takes over."""
    differing: tuple[str, ...]
    """Fields in which both say something else: what the one who stays says holds, the other's is in the log alone."""
    moved: tuple[Attendance, ...]
    """Lines of attendance that go over as they are."""
    joined: tuple[Joined, ...]
    both_counted: bool
    """True where both took part: unique participants is one less then."""


def merge_plan(kept: Person, merged: Person) -> MergePlan:
    """What merging ``merged`` into ``kept`` does. Two queries."""
    own = {(line.activity_id, line.role): line for line in kept.attendances.select_related("activity")}
    moved, joined, roles = [], [], set()
    for line in merged.attendances.select_related("activity").order_by("activity__begins_on", "pk"):
        roles.add(line.role)
        other = own.get((line.activity_id, line.role))
        if other is None:
            moved.append(line)
        else:
            joined.append(Joined(other, line, *_compared(other, line, LINE_FIELDS)))
    participant = Attendance.AttendanceRole.PARTICIPANT
    both = participant in roles and participant in {role for _activity, role in own}
    return MergePlan(kept, merged, *_compared(kept, merged, PERSON_FIELDS), tuple(moved), tuple(joined), both)


def _compared(kept: Any, merged: Any, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that ``kept`` lacks and ``merged`` has, and those in which they differ."""
    filled: list[str] = []
    differing: list[str] = []
    for name in names:
        own, other = getattr(kept, name), getattr(merged, name)
        if other in UNKNOWN or own == other:
            continue
        (filled if own in UNKNOWN else differing).append(name)
    return tuple(filled), tuple(differing)


def merge_persons(
    *,
    by: Actor,
    kept: Person,
    merged: Person,
    versions: tuple[int, int],
    viewer: Viewer | None = None,
    why: str = "",
) -> Person:
    """Makes two entries one: attendance goes over to ``kept``, ``merged`` goes, and its key leads to ``kept``.

    ``versions`` are those at which both were read. The figure of unique participants counts one person less from then
    on. What both were stays in the log; ``separate_persons`` takes it back. Raises StaleRecord, NotAllowed,
    ValidationError.
    """
    if kept.pk == merged.pk or kept.phase_id != merged.phase_id:
        raise ValidationError(_("Two different people of one phase can be merged."))
    for person in (kept, merged):
        if viewer is not None:
            require_reach(viewer, person)
        if person.pseudonymous:
            raise ValidationError(
                _("Whose name was taken out of the register cannot be merged: nobody can tell who it is.")
            )
    with operation("merge persons", by=by, why=why):
        stored = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=(kept.pk, merged.pk))}
        if len(stored) < 2:
            raise ValidationError(_("One of the two is not in the register any more."))
        kept, merged = stored[kept.pk], stored[merged.pk]
        for person, version in zip((kept, merged), versions, strict=True):
            if person.version != version:
                raise person.stale_since(version)
        plan = merge_plan(kept, merged)
        touched = _take_over_attendance(plan)
        _take_over_reasons(kept, merged)
        for earlier in MergedPerson.objects.filter(person=merged):
            earlier.person = kept
            earlier.save()
        key, number = merged.key, merged.pk
        merged.delete()
        for name in plan.filled:
            setattr(kept, name, getattr(merged, name))
        kept.full_clean()
        kept.save(force_version=True)
        MergedPerson(person=kept, key=key, former_id=number).save()
        _count_up(touched)
        return kept


def _take_over_attendance(plan: MergePlan) -> set[int]:
    """Moves and joins the lines; returns the activities whose lists changed."""
    for line in plan.moved:
        line.person = plan.kept
        line.save()
    for joined in plan.joined:
        joined.merged.delete()
        for name in joined.filled:
            setattr(joined.kept, name, getattr(joined.merged, name))
        joined.kept.save()
    return {line.activity_id for line in (*plan.moved, *(joined.kept for joined in plan.joined))}


def _take_over_reasons(kept: Person, merged: Person) -> None:
    known = set(CheckReason.objects.filter(person=kept).values_list("check_code", flat=True))
    for reason in CheckReason.objects.filter(person=merged):
        if reason.check_code in known:
            reason.delete()
        else:
            reason.person = kept
            reason.save()


def _count_up(activities: set[int]) -> None:
    """Whoever has one of the attendance lists open is told that it changed."""
    for activity in Activity.objects.filter(pk__in=activities).select_related("phase"):
        activity.save_new_version()


def can_separate(merged: MergedPerson) -> bool:
    """True where a merging can be taken back: the one who stayed is still there under a name, and was not merged on."""
    return not merged.person.pseudonymous and _made(merged).after["person_id"] == merged.person_id


def _made(merged: MergedPerson) -> Change:
    """The entry of the log that tells of the merging."""
    entries = Change.objects.filter(record_type=MergedPerson._meta.label_lower, record_id=str(merged.pk))
    return entries.filter(action=Change.Action.ADDED).latest("id")


def separate_persons(*, by: Actor, merged: MergedPerson, viewer: Viewer | None = None, why: str = "") -> Person:
    """Takes a merging back, from the log: the other entry returns with its key and the attendance that it brought.

    What was changed in either since stays as it was changed. Raises NotAllowed; ValidationError where the one who stayed
    was merged on or lost the name.
    """
    if viewer is not None:
        require_reach(viewer, merged.person)
    if not can_separate(merged):
        raise ValidationError(_("This cannot be taken back any more: the entry was merged on, or its name taken out."))
    done = list(Change.objects.filter(operation=_made(merged).operation).order_by("-id"))
    returned = None
    with operation("separate persons", by=by, why=why):
        # Those who are gone come first: the others point at them.
        gone = [entry for entry in done if entry.action == Change.Action.DELETED]
        for entry in sorted(gone, key=lambda one: one.record_type != Person._meta.label_lower):
            record = _returned(entry)
            if isinstance(record, Person):
                returned = record
        for entry in done:
            if entry.action == Change.Action.CHANGED and entry.record_type != Activity._meta.label_lower:
                _put_back(entry)
        merged.delete()
        lists = {entry.root_id for entry in done if entry.record_type == Attendance._meta.label_lower}
        _count_up({int(number) for number in lists})
        assert returned is not None
        return returned


def _returned(entry: Change) -> Any:
    """A record that was deleted, as it was, under its own number."""
    model: Any = apps.get_model(entry.record_type)
    record = model()
    for field in model._meta.concrete_fields:
        if field.attname in entry.before:
            setattr(record, field.attname, field.to_python(entry.before[field.attname]))
    record.save(force_insert=True)
    return record


def _put_back(entry: Change) -> None:
    """Gives a record what it had before, field by field, where nobody has changed it since."""
    model: Any = apps.get_model(entry.record_type)
    record = model.objects.filter(pk=entry.record_id).first()
    if record is None:
        return
    for field in model._meta.concrete_fields:
        name = field.attname
        if name in entry.after and name != "version" and primitive(getattr(record, name)) == entry.after[name]:
            setattr(record, name, field.to_python(entry.before[name]))
    if record.difference()[1]:
        record.save()
