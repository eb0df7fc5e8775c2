"""The optional register: persons, their attendance, and who is probably the same (domain handbook, 4, 9, 10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import scope_reaches
from pilotage.domain.activities.models import Activity, Attendance, MergedPerson, Person
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
from pilotage.kit.search import fold

SCORES = ("pre_test", "post_test", "satisfaction")
"""What only the M&E officer sees and sets (domain handbook, 10)."""

_PATRONYMIC = re.compile(r"(vich|vna|ichna|ogly|ogli|oglu|uly|uulu|kyzy|kizi|qizi|gyzy|zoda)$")
_SPELLINGS = (
    ("shch", "sh"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("ts", "c"), ("tz", "c"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("iy", "i"), ("yy", "i"), ("ij", "i"),
    ("ya", "a"), ("ia", "a"), ("yu", "u"), ("iu", "u"), ("yo", "o"), ("io", "o"), ("ye", "e"), ("ie", "e"),
    ("y", "i"), ("q", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def name_skeleton(name: str) -> str:
    """What stays of a name when script, spelling, order of its parts and patronymic are taken away.

    «Нурматов Азамат Бекович», "Azamat Nurmatov" and "Nurmatov A'zamat" give the same. Fewer than two parts give "":
    a first name alone says nothing of who it is.
    """
    parts = [part for part in re.split(r"[\s.,\-]+", fold(name)) if part]
    kept = [part for part in parts if not (len(part) > 5 and _PATRONYMIC.search(part))]
    if len(kept) < 2:
        return ""
    return " ".join(sorted(_plain_spelling(part) for part in kept[:3]))


def _plain_spelling(part: str) -> str:
    for spelling, plain in _SPELLINGS:
        part = part.replace(spelling, plain)
    return _DOUBLED.sub(r"\1", part)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """What the search for duplicates needs of a person."""

    id: int
    key: str
    name_signed: str
    name_latin: str
    sex: str
    country_id: str | None
    institution_id: int | None


def named_persons(phase: Phase) -> list[NamedPerson]:
    """The persons of a phase, in one query."""
    fields = ("id", "key", "name_signed", "name_latin", "sex", "country_id", "institution_id")
    return [NamedPerson(*row) for row in Person.objects.filter(phase=phase).order_by("id").values_list(*fields)]


def probable_duplicates(persons: Iterable[NamedPerson]) -> list[tuple[NamedPerson, NamedPerson]]:
    """Pairs of persons who are probably the same: one name under all spellings, nothing known that speaks against it.

    Each person appears at most once as the second of a pair.
    """
    by_name: dict[str, list[NamedPerson]] = defaultdict(list)
    pairs = []
    for person in persons:
        skeletons = {name_skeleton(person.name_signed), name_skeleton(person.name_latin)} - {""}
        earlier = next(
            (other for name in sorted(skeletons) for other in by_name[name] if _may_be_same(person, other)), None
        )
        if earlier is not None:
            pairs.append((earlier, person))
        for name in skeletons:
            by_name[name].append(person)
    return pairs


def _may_be_same(one: NamedPerson, other: NamedPerson) -> bool:
    if one.country_id and other.country_id and one.country_id != other.country_id:
        return False
    if one.institution_id and other.institution_id and one.institution_id != other.institution_id:
        return False
    return "not_stated" in {one.sex, other.sex} or one.sex == other.sex


def same_named(phase: Phase, names: Iterable[str]) -> dict[str, list[int]]:
    """For each of ``names`` the keys of those in the register who may be the one that signs so; two queries at most."""
    wanted = list(names)
    if not wanted:
        return {}
    by_name: dict[str, list[int]] = defaultdict(list)
    for person in named_persons(phase):
        for form in {*_forms(person.name_signed), *_forms(person.name_latin)}:
            by_name[form].append(person.id)
    return {name: sorted({key for form in _forms(name) for key in by_name.get(form, [])})[:10] for name in wanted}


def _forms(name: str) -> list[str]:
    """The forms by which a name is compared."""
    return [form for form in (name_skeleton(name), f"={fold(name)}" if name else "") if form]


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
