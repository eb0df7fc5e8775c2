"""How the change log is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pilotage.kit.models import Change
from pilotage.web.changes.known import Known
from pilotage.web.changes.queries import recorded_between
from pilotage.web.changes.reading import model_of
from pilotage.web.changes.words import operation_in_words


class LogFilter(forms.Form):
    """Person, operation, kind of record, one record, dates. All may be empty."""

    who = forms.ChoiceField(label=_("Person"), required=False)
    operation = forms.ChoiceField(label=_("What was done"), required=False)
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    record = forms.CharField(required=False, max_length=140, widget=forms.HiddenInput)

    def __init__(self, data: Any, known: Known) -> None:
        super().__init__(data)
        self._choices("who", [(name, name) for name in sorted(known.people)])
        done = sorted((operation_in_words(name), name) for name in known.operations)
        self._choices("operation", [(name, words) for words, name in done])
        kinds = []
        for label in known.kinds:
            model = model_of(label)
            kinds.append((label, str(model._meta.verbose_name) if model else label))
        self._choices("kind", sorted(kinds, key=lambda pair: pair[1]))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all")), *choices]

    def narrowed(self, changes: QuerySet[Change]) -> QuerySet[Change]:
        """The changes that were asked for; what cannot be read narrows nothing and is said by the form."""
        self.full_clean()
        wanted = self.cleaned_data
        if wanted.get("who"):
            changes = changes.filter(actor_name=wanted["who"])
        if wanted.get("operation"):
            changes = changes.filter(name=wanted["operation"])
        if wanted.get("kind"):
            changes = changes.filter(record_type=wanted["kind"])
        label, _colon, key = (wanted.get("record") or "").partition(":")
        if label and key:
            changes = changes.filter(root_type=label, root_id=key)
        return recorded_between(changes, wanted.get("first"), wanted.get("last"))
