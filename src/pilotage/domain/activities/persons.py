"""The optional register: persons, their attendance, and who is probably the same (domain handbook, 4, 9, 10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import scope_reaches
from pilotage.domain.activities.models import Activity, Attendance, MergedPerson, Person
from pilotage.domain.activities.names import alike_key
from pilotage.domain.activities.rules import certificate_allowed
from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.partial_dates import bounds
from pilotage.kit.printable import missing_characters
from pilotage.kit.records import edit_record

SCORES = ("pre_test", "post_test", "satisfaction")
"""What only the M&E officer sees and sets (domain handbook, 10)."""


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """What the search for duplicates needs of a person."""

    id: int
    key: str
    alike_signed: str
    alike_latin: str
    sex: str
    country_id: str | None
    institution_id: int | None


def probable_duplicates(phase: Phase) -> list[tuple[NamedPerson, NamedPerson]]:
    """Pairs of persons who are probably the same: one name under all spellings, nothing known that speaks against it.

    Each person appears at most once as the second of a pair. One query.
    """
    fields = ("id", "key", "alike_signed", "alike_latin", "sex", "country_id", "institution_id")
    by_name: dict[str, list[NamedPerson]] = defaultdict(list)
    pairs = []
    for row in Person.objects.filter(phase=phase).order_by("id").values_list(*fields).iterator(chunk_size=2000):
        person = NamedPerson(*row)
        # A first name alone ("=aida") says nothing of who it is.
        forms = {form for form in (person.alike_signed, person.alike_latin) if form and not form.startswith("=")}
        earlier = next(
            (other for form in sorted(forms) for other in by_name[form] if _may_be_same(person, other)), None
        )
        if earlier is not None:
            pairs.append((earlier, person))
        for form in forms:
            by_name[form].append(person)
    return pairs


def _may_be_same(one: NamedPerson, other: NamedPerson) -> bool:
    if one.country_id and other.country_id and one.country_id != other.country_id:
        return False
    if one.institution_id and other.institution_id and one.institution_id != other.institution_id:
        return False
    return "not_stated" in {one.sex, other.sex} or one.sex == other.sex


def same_named(phase: Phase, names: Iterable[str]) -> dict[str, list[int]]:
    """For each of ``names`` the keys of those in the register who may be the one that signs so; one query at most."""
    wanted = {name: alike_key(name) for name in names}
    forms = {form for form in wanted.values() if form}
    if not forms:
        return {name: [] for name in wanted}
    by_form: dict[str, set[int]] = defaultdict(set)
    alike = Person.objects.filter(Q(alike_signed__in=forms) | Q(alike_latin__in=forms), phase=phase)
    for key, *theirs in alike.order_by().values_list("id", "alike_signed", "alike_latin"):
        for form in theirs:
            by_form[form].add(key)
    return {name: sorted(by_form[form] if form else ())[:10] for name, form in wanted.items()}


def add_person(*, by: Actor, phase: Phase, values: Mapping[str, Any], viewer: Viewer | None = None) -> Person:
    """Adds a person to the register, with the next pseudonymous key. Raises NotAllowed, ValidationError by field."""
    with operation("add person", by=by):
        person = Person(**{"key": next_key(phase), **values}, phase=phase)
        if viewer is not None:
            require_reach(viewer, person)
        _check_printable(person)
        person.full_clean()
        person.save()
        return person


def edit_person(
    *,
    by: Actor,
    person: Person,
    values: Mapping[str, Any],
    version: int,
    viewer: Viewer | None = None,
    why: str = "",
) -> Person:
    """Changes a person who was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError by field."""
    if viewer is not None:
        require_reach(viewer, person)
    if person.pseudonymous:
        raise ValidationError(_("The name was taken out of the register: it is not written in again."))
    with operation("edit person", by=by, why=why):
        for name, value in values.items():
            setattr(person, name, value)
        _check_printable(person)
        edit_record(person, values, version)
        if viewer is not None:
            require_reach(viewer, person)
        return person


@dataclass(frozen=True)
class AttendanceEntry:
    """One line of an attendance list as it is entered."""

    person: Person | None
    """Somebody of the register; None for somebody new, of whom ``new`` speaks."""
    values: Mapping[str, Any] = field(default_factory=dict)
    id: int | None = None
    """The line that it replaces; None for a new one."""
    new: Mapping[str, Any] = field(default_factory=dict)


def set_attendance(
    *,
    by: Actor,
    activity: Activity,
    entries: Sequence[AttendanceEntry],
    version: int,
    viewer: Viewer | None = None,
    removed: frozenset[int] = frozenset(),
    presence: int = 80,
) -> Activity:
    """Writes the lines of an attendance list that was read at ``version``; lines not spoken of stay.

    ``presence`` is the share of days, in per cent, from which a certificate is given. Raises StaleRecord, NotAllowed
    (also where test scores are given by anybody but the M&E officer), ValidationError by line.
    """
    if viewer is not None:
        require_attendance(viewer, activity)
        _require_scores(viewer, activity.phase, entries)
    with operation("set attendance", by=by):
        if activity.version != version:
            raise activity.stale_since(version)
        present = {line.pk: line for line in Attendance.objects.filter(activity=activity).select_related("person")}
        for number in removed & set(present):
            _require_line(viewer, present[number].person)
            present[number].delete()
        for entry in entries:
            person = entry.person or add_person(by=by, phase=activity.phase, values=entry.new, viewer=viewer)
            if person.phase_id != activity.phase_id:
                raise ValidationError(_("The person belongs to another phase."))
            _require_line(viewer, person)
            line = present.get(entry.id) if entry.id else Attendance(activity=activity, person=person)
            if line is None:
                raise ValidationError(_("A line of the list is not of this activity."))
            for name, value in entry.values.items():
                setattr(line, name, value)
            _check_line(line, activity, presence)
            line.full_clean()
            if line.pk is None or line.difference()[1]:
                line.save()
        activity.save_new_version()
        return activity


def _check_line(line: Attendance, activity: Activity, presence: int) -> None:
    who = line.person.name_signed
    absent = line.days_present is not None and line.days_present == 0
    if absent and (line.pre_test is not None or line.post_test is not None):
        raise ValidationError(_("%(person)s was not present and cannot have a test score.") % {"person": who})
    days = days_of(activity)
    if line.days_present is not None and days and line.days_present > days:
        raise ValidationError(
            _("%(person)s: more days present than the activity had (%(days)d).") % {"person": who, "days": days}
        )
    known = line.certificate_number and days and line.days_present is not None
    if known and not certificate_allowed(line.days_present, days or 0, presence):
        raise ValidationError(
            _("%(person)s: a certificate is given from %(presence)d %% of the days.")
            % {"person": who, "presence": presence}
        )


def days_of(activity: Activity) -> int | None:
    """How many days an activity lasted, first and last included; None where they are not known to the day."""
    return days_between(activity.actual_start, activity.actual_end)


def days_between(start: str, end: str) -> int | None:
    """Days from one partial date to another, both included; None where either is not known to the day."""
    first, last = bounds(start), bounds(end or start)
    if first[0] is None or last[0] is None or first[0] != first[1] or last[0] != last[1]:
        return None
    return (last[0] - first[0]).days + 1


def next_key(phase: Phase) -> str:
    """The next free pseudonymous key of the phase: ``P00042``. That of somebody who was merged is never given again."""
    numbered = {"key__regex": r"^P\d{5}$"}
    present = Person.objects.filter(phase=phase, **numbered).order_by("-key").values_list("key", flat=True)
    merged = MergedPerson.objects.filter(person__phase=phase, **numbered).order_by("-key")
    highest = max(filter(None, (present.first(), merged.values_list("key", flat=True).first())), default="")
    return f"P{(int(highest[1:]) if highest else 0) + 1:05}"


def can_enter_attendance(viewer: Viewer, activity: Activity) -> bool:
    """True where some role of the viewer may write the attendance list of this activity."""
    return any(scope_reaches(held, activity) for held in _editors(viewer, activity.phase))


def require_attendance(viewer: Viewer, activity: Activity) -> None:
    """Raises NotAllowed where the viewer may not write the attendance list of this activity."""
    if not can_enter_attendance(viewer, activity):
        raise NotAllowed(_("Your role does not reach the attendance of this activity."))


def can_edit_person(viewer: Viewer, person: Person) -> bool:
    """True where some role of the viewer may change this person: a coordinator those of the own country."""
    return any(
        (not held.country_id or held.country_id == person.country_id)
        and (not held.institution_id or held.institution_id == person.institution_id)
        for held in _editors(viewer, person.phase)
    )


def _editors(viewer: Viewer, phase: Phase) -> tuple[Assignment, ...]:
    return viewer.held_with("person", phase, {Level.EDIT})


def require_reach(viewer: Viewer, person: Person) -> None:
    """Raises NotAllowed where no role of the viewer may change this person, saying whether a role or its scope lacks."""
    if can_edit_person(viewer, person):
        return
    if not _editors(viewer, person.phase):
        raise NotAllowed(_("The register of people is kept by the M&E officer and the national coordinators."))
    raise NotAllowed(_("Your role does not reach this person: it is held for another country."))


def _require_line(viewer: Viewer | None, person: Person) -> None:
    if viewer is not None:
        require_reach(viewer, person)


def _require_scores(viewer: Viewer, phase: Phase, entries: Sequence[AttendanceEntry]) -> None:
    given = any(name in entry.values for entry in entries for name in SCORES)
    if given and Role.ME not in viewer.roles_in(phase):
        raise NotAllowed(_("Test scores are entered by the M&E officer alone."))


def _check_printable(person: Person) -> None:
    found: dict[str, list[str]] = {}
    for name in ("name_signed", "name_latin", "position"):
        missing = missing_characters(getattr(person, name))
        if missing:
            found[name] = [
                _("The text holds characters that cannot be printed: %(characters)s")
                % {"characters": " ".join(missing[:5])}
            ]
    if found:
        raise ValidationError(found)
