"""Forms of the minutes: what was said under an item, comments on it, and what became of a comment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.steering.models import AgendaItem, Meeting, MinutesComment
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION, DayField
from pilotage.web.activities.names import institution_names
from pilotage.web.fields import NamedField, PlainTextField, TranslatedFormField
from pilotage.web.meetings.forms import bind
from pilotage.web.templatetags.pilotage import reader_language


class SummaryForm(forms.Form):
    """What was said under one item, in both languages side by side."""

    summary = TranslatedFormField(label=_("Summary"), longest=10_000, long=True, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CommentForm(forms.Form):
    """A comment on circulated minutes; staff record what came by mail with whoever wrote it."""

    text = forms.CharField(label=_("Comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    item = forms.ModelChoiceField(
        label=_("On which item"), queryset=AgendaItem.objects.none(), required=False,
        empty_label=_("the minutes as a whole"),
    )  # fmt: skip
    author = PlainTextField(
        label=_("Who wrote it"), required=False, max_length=200,
        help_text=_("Where it came by mail or letter; left empty, it is your own."),
    )  # fmt: skip
    institution = NamedField(label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    received_on = DayField(label=_("Received on"), help_text=_("Left empty, today."))

    def __init__(self, data: Any, *, meeting: Meeting, for_others: bool) -> None:
        super().__init__(data)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meeting.agenda.order_by("session__position", "position", "id")
        field.label_from_instance = lambda one: wording(one.title, reader_language())  # type: ignore[assignment]
        if for_others:
            bind(self, "institution", institution_names(meeting.phase))
        else:
            for name in ("author", "institution", "received_on"):
                del self.fields[name]

    def clean_received_on(self) -> date | None:
        """Nothing was received tomorrow."""
        day: date | None = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class AnswerForm(forms.Form):
    """Whether a comment was taken over, and why."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[one for one in MinutesComment.Outcome.choices if one[0] != "open"],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reply = forms.CharField(
        label=_("Reply"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where the comment is not taken over, say why."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is not taken over has its reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("outcome") == MinutesComment.Outcome.NOT_TAKEN and not cleaned.get("reply", "").strip():
            self.add_error("reply", _("Say why it is not taken over."))
        return cleaned
