"""Two people, one record: what the other changed is taken over or shown; nothing typed is lost or overwritten unseen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.conflict import Conflict, Difference, in_words


def shown_again(form: forms.Form, record: models.Model, stale: StaleRecord) -> tuple[dict[str, Any], Conflict]:
    """What the form shows next, and what to tell: fields that only the other changed are theirs now.

    ``form`` is valid; ``record`` is read anew. What both changed stays as typed, with theirs beside it: saving again
    keeps what stands in the form.
    """
    shown = {name: _plain(form.cleaned_data.get(name)) for name in form.fields}
    to_decide, taken_over = [], []
    for column, (before, _after) in stale.theirs.items():
        found = next((one for one in record._meta.concrete_fields if one.attname == column), None)
        if found is None or found.name not in form.fields:
            continue
        name, field = found.name, form.fields[found.name]
        now = getattr(record, found.attname)
        earlier = before if found.is_relation else found.to_python(before)
        typed = shown[name]
        if _same(typed, now):
            continue
        if _same(typed, earlier):
            shown[name] = now
            taken_over.append(Difference(name, str(field.label), in_words(field, now), in_words(field, earlier)))
        else:
            to_decide.append(Difference(name, str(field.label), in_words(field, now), in_words(field, typed)))
    shown["version"] = getattr(record, "version", 0)
    return shown, Conflict(stale.by, stale.at, to_decide, taken_over)


def told_of(form: forms.Form, record: models.Model, stale: StaleRecord) -> Conflict:
    """What the other changed, for a page where something else was typed than the fields of ``form``.

    ``record`` is read anew; every field that the form shows and the other changed is told as theirs.
    """
    changed = []
    for column, (before, _after) in stale.theirs.items():
        found = next((one for one in record._meta.concrete_fields if one.attname == column), None)
        if found is None or found.name not in form.fields:
            continue
        field, now = form.fields[found.name], getattr(record, found.attname)
        earlier = before if found.is_relation else found.to_python(before)
        changed.append(Difference(found.name, str(field.label), in_words(field, now), in_words(field, earlier)))
    return Conflict(stale.by, stale.at, [], changed)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _same(one: Any, other: Any) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(value: Any) -> Any:
    value = _plain(value)
    if isinstance(value, dict):
        return {code: text.strip().replace("\r\n", "\n") for code, text in value.items() if text}
    return "" if value is None else str(value)
