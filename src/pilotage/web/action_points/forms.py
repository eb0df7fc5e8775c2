"""Forms of an action point: its steps, its facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import owns
from pilotage.domain.steering.models import ActionPoint
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import DayField
from pilotage.web.fields import PlainTextField, TranslatedFormField
from pilotage.web.room.names import owner_named
from pilotage.web.templatetags.pilotage import reader_language


class StepForm(forms.Form):
    """One step, or a note, with what it needs."""

    effective_on = DayField(label=_("Effective on"), help_text=_("Left empty, today."))
    words = forms.CharField(
        label=_("In words"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence_text = forms.CharField(label=_("Evidence: where it can be seen"), required=False, max_length=2000)
    evidence = forms.FileField(label=_("Or a file (PDF, picture, Word)"), required=False, max_length=200)
    by_letter = forms.BooleanField(
        label=_("The owner said so in a letter, which is attached"), required=False, initial=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, files: Any, *, step: str, by_owner: bool, needs_words: bool, point: ActionPoint, viewer: Viewer
    ) -> None:
        super().__init__(data, files, initial={"version": point.version}, auto_id=f"id_{step}_%s")
        self.fields["words"].required = needs_words
        gone = set()
        if step != "report_done":
            gone |= {"evidence_text"}
        if not by_owner:
            gone |= {"evidence", "by_letter"}
        if by_owner and (owns(viewer, point) or point.owner_institution_id is None):
            gone |= {"by_letter"}
        for name in gone:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """A letter is attached; a step does not lie in the future."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("by_letter") and not cleaned.get("evidence"):
            self.add_error("evidence", _("Attach the letter."))
        day = cleaned.get("effective_on")
        if day and day > timezone.localdate():
            self.add_error("effective_on", _("The date lies in the future."))
        return cleaned


class PointForm(forms.Form):
    """What is to be done, by whom, by when."""

    text = TranslatedFormField(label=_("Action point"), longest=3000, long=True)
    owner = PlainTextField(
        label=_("Owner"), max_length=300, help_text=_("One institution, or one person of the staff."),
        widget=forms.TextInput(attrs={"list": "owner-names", "autocomplete": "off"}),
    )  # fmt: skip
    due_on = DayField(label=_("Due on"))
    why = PlainTextField(
        label=_("Why it changes"), required=False, max_length=300,
        help_text=_("Required where the due date moves; the first due date stays for the on-time rate."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, point: ActionPoint) -> None:
        owner = point.owner_user.name if point.owner_user else ""
        if point.owner_institution is not None:
            words = wording(point.owner_institution.name, reader_language())
            country = point.owner_institution.country_id
            owner = f"{words} ({country})" if country else words
        initial = {"text": point.text, "owner": owner, "due_on": point.due_on, "version": point.version}
        super().__init__(data, initial=initial)
        self.point = point

    def clean_owner(self) -> dict[str, Any]:
        """The one owner as the operation takes it."""
        try:
            found = owner_named(self.point.meeting, self.cleaned_data["owner"])
        except ValidationError as problem:
            raise ValidationError(problem.messages) from None
        return {"owner_institution": None, "owner_user": None, **found}

    def values(self) -> dict[str, Any]:
        """The fields as the operation takes them."""
        cleaned = self.cleaned_data
        return {"text": cleaned["text"], "due_on": cleaned["due_on"], **cleaned["owner"]}
