"""The change log in readable words: labels of fields, names of related records, values as people write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.documents.models import Publication
from pilotage.documents.titles import plan_title, publication_title
from pilotage.domain.activities.access import sees_all_persons, sees_cost, sees_former_texts, sees_scores
from pilotage.domain.activities.words import PolicyTag
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.models import Change
from pilotage.kit.partial_dates import PartialDateField
from pilotage.kit.partial_words import written_partial
from pilotage.kit.past.moment import past
from pilotage.kit.past.scope import texts_of
from pilotage.kit.records import Record
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField
from pilotage.web.changes.words import operation_in_words
from pilotage.web.templatetags.pilotage import in_words, moment, reader_language

UNSAID = frozenset({"id", "version", "digest", "file_digest", "joined_at", "by_id", "by_name", "sources", "as_printed"})
"""Fields that follow from others or say nothing to a reader."""
PERSONAL = frozenset({"activities.person", "activities.attendance", "activities.mergedperson"})
"""Records about people: their changes are for those who see the whole register."""
FOLLOW_UP = frozenset(f"recommendations.{name}" for name in ("agencycontact", "agencylink", "answersheet", "reminder"))
"""How the programme writes to an agency: for its staff."""
SCORES = frozenset({"pre_test", "post_test", "satisfaction"})
NAMED_WITH = {
    "documents.publication": ("meeting__body", "work_plan__country"),
    "workplans.workplan": ("country",),
}
"""What the names of records are made of, beside their own fields."""
LONGEST_NAME = 80
LONGEST = 400
"""Longer values are cut on pages; the export has them whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one record, before and after; empty texts are "nothing"."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One record's change within one operation."""

    change: Change
    what: str
    """The operation in words."""
    record: str
    """The kind of record, with its name where it has one."""
    root: str
    """The record on whose page the change is shown."""
    address: str
    """Where that page is; empty where it has none."""
    lines: tuple[Line, ...]


def changes_of(record: Record, viewer: Viewer, phase: Phase | None = None, limit: int = 100) -> list[Entry]:
    """The latest changes of ``record`` and its parts, newest first, as far as ``viewer`` may read them.

    ``phase`` is the record's own where it has one. A fixed number of queries, whatever the number of changes.
    """
    phase = phase or getattr(record, "phase", None)
    changes = Change.objects.filter(root_type=record._meta.label_lower, root_id=str(record.pk)).order_by("-id")
    if moment := past():
        changes = changes.filter(at__lte=moment.at)
    hidden = hidden_types(viewer, phase)
    if record._meta.label_lower == "activities.person":
        # Whoever sees a person reads what became of that entry; of others only who sees everybody.
        hidden = []
    return entries(list(changes.exclude(record_type__in=hidden)[:limit]), viewer, phase)


def hidden_types(viewer: Viewer, phase: Phase | None) -> list[str]:
    """The types of records whose changes the viewer may not read."""
    hidden: set[str] = set()
    if phase is None or not sees_all_persons(viewer, phase):
        hidden |= PERSONAL
    if phase is None or not viewer.is_staff_in(phase):
        hidden |= FOLLOW_UP
    return sorted(hidden)


def entries(changes: Sequence[Change], viewer: Viewer, phase: Phase | None) -> list[Entry]:
    """``changes`` in words, in their order."""
    names = Names(changes)
    unsaid = set(UNSAID)
    if phase is None or not sees_scores(viewer, phase):
        unsaid |= SCORES
    if phase is None or not sees_cost(viewer, phase):
        unsaid |= {"cost", "cost_estimate"}
    reads_texts = phase is not None and sees_former_texts(viewer, phase)
    return [_entry(change, names, unsaid, phase, reads_texts) for change in changes]


def _entry(change: Change, names: Names, unsaid: set[str], phase: Phase | None, reads_texts: bool) -> Entry:
    model = model_of(change.record_type)
    root_model = model_of(change.root_type)
    kind = str(model._meta.verbose_name) if model else change.record_type
    own = names.get(change.record_type, change.record_id)
    is_root = (change.record_type, change.record_id) == (change.root_type, change.root_id)
    root_kind = str(root_model._meta.verbose_name) if root_model else change.root_type
    root = names.get(change.root_type, change.root_id)
    part_of = getattr(model, "part_of", "") if model else ""
    lines = []
    for name in dict.fromkeys([*change.before, *change.after]):
        field = _field(model, name)
        if name in unsaid or (field is not None and field.name == part_of):
            continue
        if not reads_texts and model is not None and name in texts_of(model):
            # What a text said before is not for everybody who may read what it says now.
            if change.action == Change.Action.CHANGED:
                lines.append(Line(_label(field, name), "", _("another wording")))
            continue
        before = in_reader_words(field, change.before.get(name), names)
        after = in_reader_words(field, change.after.get(name), names)
        if isinstance(field, TranslatedField) and change.action == "changed":
            before, after = changed_wordings(change.before.get(name) or {}, change.after.get(name) or {})
        if (before or after) and (before != after or change.action != Change.Action.CHANGED):
            lines.append(Line(_label(field, name), before, after))
    return Entry(
        change=change,
        what=operation_in_words(change.name),
        record="" if is_root else (f"{kind}: {own}" if own else kind),
        root=f"{root_kind}: {root}" if root else root_kind,
        address=address_of(change.root_type, change.root_id, names, phase),
        lines=tuple(lines),
    )


class Names:
    """The names of all records that some changes speak of, read with one query a model."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            wanted[change.root_type].add(change.root_id)
            model = model_of(change.record_type)
            for name, value in [*change.before.items(), *change.after.items()]:
                field = _field(model, name)
                if isinstance(field, models.ForeignKey) and value is not None:
                    related = field.related_model
                    assert isinstance(related, type)
                    wanted[related._meta.label_lower].add(str(value))
        self.records: dict[tuple[str, str], models.Model] = {}
        for label, keys in wanted.items():
            model = model_of(label)
            if model is not None:
                for record in model._base_manager.filter(pk__in=keys).select_related(*NAMED_WITH.get(label, ())):
                    self.records[label, str(record.pk)] = record

    def get(self, label: str, key: str) -> str:
        """The name of a record in the reader's language; its key where it is gone; "" where it has no name."""
        record = self.records.get((label, key))
        return name_of(record) if record is not None else ""


def name_of(record: models.Model) -> str:
    """What a record is called in the reader's language."""
    language = reader_language()
    if isinstance(record, Publication):
        return publication_title(record, language)
    if isinstance(record, WorkPlan):
        return plan_title(record, language)
    code = str(getattr(record, "code", "") or getattr(record, "number", ""))
    text = getattr(record, "title", None) or getattr(record, "name", None)
    if isinstance(text, dict):
        words = wording(getattr(record, "short_title", None) or text, language)
        return f"{code} {words}".strip() if type(record)._meta.label_lower == "activities.activity" else words
    said = getattr(record, "text", None)
    if code and isinstance(said, dict):
        return f"{code} {Truncator(wording(said, language)).chars(LONGEST_NAME)}"
    if type(record).__str__ is not models.Model.__str__:
        return str(record)
    return ""


def address_of(label: str, key: str, names: Names, phase: Phase | None) -> str:
    """The address of a record's page within ``phase``; "" where it has none."""
    record = names.records.get((label, key))
    if phase is None or record is None:
        return ""
    code = getattr(record, "code", "")
    pages = {
        "activities.activity": f"/{phase.code}/activities/{code}/",
        "parties.institution": f"/{phase.code}/institutions/{code}/",
        "steering.meeting": f"/{phase.code}/meetings/{code}/",
        "steering.meetinground": f"/{phase.code}/meetings/rounds/{getattr(record, 'year', '')}/",
        "steering.steeringbody": f"/{phase.code}/meetings/bodies/{_body_slug(record)}/",
        "parties.place": f"/{phase.code}/places/{code}/",
        "documents.publication": f"/{phase.code}/publications/{getattr(record, 'address', '')}/",
        "programme.phase": f"/{phase.code}/settings/",
        "programme.component": f"/{phase.code}/settings/",
        "membership.user": f"/{phase.code}/settings/accounts/{key}/",
    }
    return pages.get(label, "")


def _body_slug(record: models.Model) -> str:
    country = getattr(record, "country_id", None)
    return str(country).lower() if country else "regional"


def model_of(label: str) -> Any:
    """The model of a log's type name; None where it is gone."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _field(model: Any, name: str) -> Any:
    if model is None:
        return None
    for field in model._meta.concrete_fields:
        if field.attname == name:
            return field
    return None


def _label(field: Any, name: str) -> str:
    return str(field.verbose_name) if field is not None else name.replace("_", " ")


def in_reader_words(field: Any, value: Any, names: Names) -> str:
    """A logged value as people write it; "" for nothing."""
    language = reader_language()
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        assert isinstance(related, type)
        return names.get(related._meta.label_lower, str(value)) or str(value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, TranslatedField) and isinstance(value, dict):
        return shortened(" / ".join(str(text) for text in value.values() if text))
    if isinstance(field, PartialDateField):
        try:
            return written_partial(str(value), language)
        except ValueError:
            return str(value)
    if isinstance(field, models.DateTimeField):
        return moment(parse_datetime(str(value)))
    if isinstance(field, models.DateField):
        return _day(value)
    if isinstance(value, list):
        if field is not None and field.name == "policy_tags":
            value = [dict(PolicyTag.choices).get(one, one) for one in value]
        if all(isinstance(one, dict) for one in value):
            return listed_entries(value)
        return shortened(", ".join(str(one) for one in value))
    if isinstance(value, dict):
        return shortened(", ".join(f"{name}: {one}" for name, one in value.items()))
    return shortened(str(value))


def listed_entries(entries: Sequence[dict[str, Any]]) -> str:
    """What a list of records speaks of: their codes, or how many they are."""
    if codes := [str(one["code"]) for one in entries if one.get("code")]:
        return shortened(", ".join(dict.fromkeys(codes)))
    return ngettext("%(number)d entry", "%(number)d entries", len(entries)) % {"number": len(entries)}


def _day(value: Any) -> str:
    day = value if isinstance(value, (date, datetime)) else parse_date(str(value))
    return in_words(day) if day else str(value)


def changed_wordings(before: dict[str, str], after: dict[str, str]) -> tuple[str, str]:
    """The wordings that differ, each with its language, so that an edit of one language does not show both."""
    differing = [code for code in dict.fromkeys([*before, *after]) if before.get(code) != after.get(code)]

    def said(text: dict[str, str]) -> str:
        return shortened(" / ".join(f"{code.upper()}: {text[code]}" for code in differing if text.get(code)))

    return said(before), said(after)


def shortened(text: str) -> str:
    """At most LONGEST characters."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
