"""Two people, one activity: what the other changed is shown field by field, and nothing typed is lost."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.activities.conflicts import Meanwhile, changed_since
from pilotage.domain.activities.models import Activity
from pilotage.kit.partial_words import written_partial
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import LISTS, ActivityForm, initial_of, lists_of
from pilotage.web.fields import NamedField, PartialDateFormField, TranslatedFormField

CHOICE = "decide-"
"""Before the name of a field: ``mine`` or ``theirs``."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both changed: what stands there now and what was typed, in words."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_by_language: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Conflict:
    """What the second of two editors is shown."""

    by: str
    at: datetime | None
    to_decide: list[Difference]
    taken_over: list[Difference]
    """Fields that only the other changed: they stand in the form as the other left them."""


def merged(form: ActivityForm, activity: Activity, version: int) -> tuple[dict[str, Any], Conflict]:
    """What the form shows next, and what is to be decided.

    ``form`` is valid and was read at ``version``; ``activity`` is fresh. What nobody else touched stays as typed; what
    only the other touched is taken over; what both touched stays as typed and is shown beside theirs.
    """
    meanwhile = changed_since(activity, version)
    lists = lists_of(activity)
    now = initial_of(activity, lists)
    before = initial_of(
        _as_it_was(activity, meanwhile), {name: meanwhile.list_before(name, lists[name]) for name in LISTS}
    )
    shown: dict[str, Any] = {}
    to_decide, taken_over = [], []
    for name, field in form.fields.items():
        if name == "version":
            continue
        typed = _comparable(form.cleaned_data.get(name))
        shown[name] = form.cleaned_data.get(name)
        if _comparable(before[name]) == _comparable(now[name]) or typed == _comparable(now[name]):
            continue
        if typed == _comparable(before[name]):
            shown[name] = now[name]
            taken_over.append(difference(form, field, name, before[name], now[name]))
            continue
        if isinstance(field, TranslatedFormField):
            shown[name], both = _by_language(typed, _comparable(before[name] or {}), _comparable(now[name] or {}))
            if not both:
                taken_over.append(difference(form, field, name, before[name], now[name]))
                continue
        to_decide.append(difference(form, field, name, shown[name], now[name]))
    shown["version"] = activity.version
    return shown, Conflict(", ".join(meanwhile.by), meanwhile.at, to_decide, taken_over)


def _by_language(
    typed: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str]
) -> tuple[dict[str, str], bool]:
    """Texts in several languages brought together: one language of mine, another of theirs; True where both wrote one."""
    merged, both = dict(typed), False
    for language in {*before, *now}:
        mine, was, theirs = (one.get(language, "") for one in (typed, before, now))
        if mine == was:
            merged[language] = theirs
        elif theirs not in (was, mine):
            both = True
    return {language: text for language, text in merged.items() if text}, both


def decided(form: ActivityForm, activity: Activity, chosen: Mapping[str, str]) -> None:
    """Puts into a valid form what the person decided: ``theirs`` is what stands in the record."""
    now = initial_of(activity)
    for name in form.fields:
        if chosen.get(f"{CHOICE}{name}") == "theirs" and name in now:
            value = now[name]
            field = form.fields[name]
            if isinstance(field, forms.ModelChoiceField) and value is not None:
                value = field.queryset.model._base_manager.get(pk=value)  # type: ignore[union-attr]
            form.cleaned_data[name] = value


def _as_it_was(activity: Activity, meanwhile: Meanwhile) -> Activity:
    earlier = copy.copy(activity)
    for name, value in meanwhile.before.items():
        field = next((one for one in Activity._meta.concrete_fields if one.attname == name), None)
        if field is not None:
            setattr(earlier, name, field.to_python(value) if not field.is_relation else value)
    return earlier


def _comparable(value: Any) -> Any:
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, Mapping):
        return {key: text.strip().replace("\r\n", "\n") for key, text in value.items() if text}
    return "" if value is None else value


def difference(form: ActivityForm, field: forms.Field, name: str, mine: Any, theirs: Any) -> Difference:
    """A field in both versions, in words."""
    return Difference(name, str(field.label), in_words(field, theirs), in_words(field, mine))


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as people read it."""
    language = (get_language() or "en").split("-")[0]
    if value is None or value == "" or value == {} or value == frozenset() or value == []:
        return str(_("nothing"))
    if isinstance(field, TranslatedFormField):
        return " / ".join(f"{code.upper()}: {text}" for code, text in value.items())
    if isinstance(field, PartialDateFormField):
        return written_partial(value, language)
    if isinstance(field, NamedField):
        keys = value if isinstance(value, frozenset) else [value]
        return ", ".join(sorted(field.named.labels.get(key, "?") for key in keys))
    if isinstance(field, forms.ModelChoiceField):
        record = value if hasattr(value, "pk") else field.queryset.model._base_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(field.label_from_instance(record)) if record else ""
    if isinstance(field, forms.MultipleChoiceField):
        words = _words(field)
        return ", ".join(words.get(str(code), str(code)) for code in sorted(value, key=str))
    if isinstance(field, forms.ChoiceField):
        return _words(field).get(str(value), str(value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return wording(value, language) if isinstance(value, Mapping) else str(value)


def _words(field: forms.ChoiceField) -> dict[str, str]:
    """The choices of a field as code → words."""
    return {str(code): str(label) for code, label in list(field.choices)}  # type: ignore[arg-type]
