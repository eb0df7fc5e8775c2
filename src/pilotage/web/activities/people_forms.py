"""The lines of an attendance list as they are typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import Attendance, Person
from pilotage.domain.activities.persons import SCORES, AttendanceEntry
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.programme.models import Phase
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION
from pilotage.web.fields import Named, NamedField, PlainTextField
from pilotage.web.registers.words import SEX

SMALL = {"class": "short", "inputmode": "decimal", "autocomplete": "off"}


def _decimal(label: Any, highest: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=highest, max_digits=4, decimal_places=1, localize=False,
        widget=forms.TextInput(attrs=SMALL),
    )  # fmt: skip


class LineForm(forms.Form):
    """What is kept of one person at one activity. Scores only for the M&E officer."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Attendance.AttendanceRole.choices, initial=Attendance.AttendanceRole.PARTICIPANT
    )
    mode = forms.ChoiceField(label=_("Mode"), choices=[("", "—"), *Mode.choices], required=False)
    days_present = _decimal(_("Days"), 366)
    certificate_number = PlainTextField(label=_("Certificate"), required=False, max_length=40)
    pre_test = _decimal(_("Test before, %"), 100)
    post_test = _decimal(_("Test after, %"), 100)
    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction"), choices=[("", "—"), *((n, str(n)) for n in range(1, 6))], required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, scores: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            if name in SCORES and not scores:
                field.disabled = True
        if not scores:
            for name in SCORES:
                del self.fields[name]

    def attendance_values(self) -> dict[str, Any]:
        """The fields of the attendance."""
        return {name: self.cleaned_data[name] for name in LineForm.base_fields if name in self.cleaned_data}


class PresentLine(LineForm):
    """A line that is there: to correct or to take away."""

    remove = forms.BooleanField(label=_("Take away"), required=False)

    def __init__(self, *args: Any, line: Attendance, **kwargs: Any) -> None:
        self.line = line
        initial = {name: getattr(line, name) for name in LineForm.base_fields}
        super().__init__(*args, initial=initial, prefix=f"a{line.pk}", **kwargs)

    def entry(self) -> AttendanceEntry:
        """The line as the operations take it."""
        return AttendanceEntry(self.line.person, self.attendance_values(), self.line.pk)


class NewLine(LineForm):
    """Somebody who is not on the list yet. Only the name is needed."""

    name_signed = PlainTextField(label=_("Name as signed"), required=False, max_length=200)
    institution = NamedField(label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    position = PlainTextField(label=_("Position"), required=False, max_length=200)
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEX.items()), initial=Sex.NOT_STATED)
    country = forms.ChoiceField(label=_("Country"), required=False)
    person = forms.CharField(required=False)
    """Who it is, where the register has somebody of that name: a key, or "new"."""

    def __init__(self, *args: Any, number: int, names: Named, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"n{number}", empty_permitted=True, use_required_attribute=False, **kwargs)
        self.number = number
        field = self.fields["institution"]
        assert isinstance(field, NamedField)
        field.bind(names)
        self.fields["country"].choices = [("", "—"), *countries]  # type: ignore[attr-defined]
        self.candidates: list[Person] = []

    @property
    def name(self) -> str:
        """The name as typed."""
        return str(self.cleaned_data.get("name_signed", "")).strip() if hasattr(self, "cleaned_data") else ""

    def new_person(self, phase: Phase) -> dict[str, Any]:
        """The fields of a person who is new to the register."""
        cleaned = self.cleaned_data
        return {
            "name_signed": cleaned["name_signed"],
            "institution_id": cleaned["institution"],
            "position": cleaned["position"],
            "sex": cleaned["sex"] or Sex.NOT_STATED,
            "country_id": cleaned["country"] or None,
        }
