"""Taking a person's name out of the register for ever, on request: the key stays, and with it every count.

The domain handbook, 10, knows two occasions: a person asks (the answer is due within one month), or the register is
pseudonymised after the phase has closed. Both are this one operation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pilotage.domain.activities.models import Attendance, CheckReason, MergedPerson, Person
from pilotage.domain.activities.persons import require_reach
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor
from pilotage.kit.changes import flush_changes, operation
from pilotage.kit.cleansing import cleanse
from pilotage.kit.models import Change
from pilotage.kit.past.forgetting import forget
from pilotage.kit.records import HIDDEN
from pilotage.kit.search import fold

PERSON, LINE, REASON = (model._meta.label_lower for model in (Person, Attendance, CheckReason))
NOTHING = {"name_latin": "", "position": "", "email": "", "photo_consent_on": None, "mailing_consent_on": None}
MERGING = ("merge persons", "separate persons")
SHORTEST = 3
"""Parts of a name with fewer letters say nothing of who it is."""


def pseudonymise_person(*, by: Actor, person: Person, version: int, why: str, viewer: Viewer | None = None) -> Person:
    """Puts the key in place of the name, and takes away whatever else points at the person; nothing brings it back.

    Name, Latin form, position, address, consents and certificate numbers go, here and in every entry of the change log,
    also of entries that were merged into this one. Institution, country, sex, attendance, tests and satisfaction stay
    under the key, so that no figure changes. Files of the past are thrown away. ``why`` must not name the person.
    Raises StaleRecord, NotAllowed, ValidationError.
    """
    if viewer is not None:
        require_reach(viewer, person)
    if not why.strip():
        raise ValidationError({"why": _("Say on what ground: it stands in the change log in place of the name.")})
    if person.pseudonymous:
        raise ValidationError(_("The name was taken out already."))
    with operation("pseudonymise person", by=by, why=why):
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.version != version:
            raise person.stale_since(version)
        keys = {str(person.pk): person.key}
        keys |= {
            str(former): key
            for former, key in MergedPerson.objects.filter(person=person).values_list("former_id", "key")
        }
        entries = list(Change.objects.filter(record_type=PERSON, record_id__in=keys))
        tells = _tells_of(_names(person, entries))
        if tells(why):
            raise ValidationError({"why": _("Do not name the person here: this text stays.")})
        _take_away(person)
        flush_changes()
        cleanse(_entries_to_cleanse(keys), tells=tells)
        transaction.on_commit(forget)
        return person


def _take_away(person: Person) -> None:
    for line in Attendance.objects.filter(person=person).exclude(certificate_number=""):
        line.certificate_number = ""
        line.save()
    for reason in CheckReason.objects.filter(person=person):
        reason.delete()
    person.name_signed, person.name_latin, person.position, person.email = person.key, "", "", ""
    person.photo_consent_on = person.mailing_consent_on = None
    person.save()


def _entries_to_cleanse(keys: dict[str, str]) -> Iterator[tuple[Change, dict[str, Any]]]:
    """Every entry that tells of the person, with what stands in place of its values."""
    numbers = [int(key) for key in keys]
    of_persons = Change.objects.filter(record_type=PERSON, record_id__in=keys)
    operations = set(of_persons.values_list("operation", flat=True))
    for entry in of_persons.order_by("id"):
        yield entry, {"name_signed": keys[entry.record_id], **NOTHING}
    mine = Q(before__person_id__in=numbers) | Q(after__person_id__in=numbers)
    lines = set(Change.objects.filter(mine, record_type=LINE).values_list("record_id", flat=True))
    for entry in Change.objects.filter(record_type=LINE, record_id__in=lines).order_by("id"):
        yield entry, {"certificate_number": ""}
    reasons = set(
        Change.objects.filter(root_type=PERSON, root_id__in=keys, record_type=REASON).values_list(
            "record_id", flat=True
        )
    )
    for entry in Change.objects.filter(record_type=REASON, record_id__in=reasons).order_by("id"):
        yield entry, {"reason": HIDDEN}
    # What somebody else took over from the person in a merging that was taken back.
    taken = Change.objects.filter(operation__in=operations, name__in=MERGING, record_type=PERSON, action="changed")
    for entry in taken.exclude(record_id__in=keys):
        yield entry, NOTHING
    # Whatever else the same operations wrote carries the same reason.
    others = (
        Change.objects.filter(operation__in=operations).exclude(why="").exclude(record_type__in=(PERSON, LINE, REASON))
    )
    for entry in others.order_by("id"):
        yield entry, {}


def _names(person: Person, entries: list[Change]) -> set[str]:
    """Every name and address that the person ever had here."""
    found = {person.name_signed, person.name_latin, person.email}
    for entry in entries:
        for values in (entry.before, entry.after):
            found |= {str(values.get(name) or "") for name in ("name_signed", "name_latin", "email")}
    return found - {""}


def _tells_of(names: set[str]) -> Callable[[str], bool]:
    """True for a text in which some part of a name, or an address, stands: in either script, whatever its case."""
    addresses = {fold(name) for name in names if "@" in name}
    parts = {part for name in names if "@" not in name for part in _words(name) if len(part) >= SHORTEST}

    def tells(text: str) -> bool:
        return bool(parts & set(_words(text))) or any(address in fold(text) for address in addresses)

    return tells


def _words(text: str) -> list[str]:
    return re.split(r"\W+", fold(text))
