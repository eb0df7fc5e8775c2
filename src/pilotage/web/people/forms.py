"""Forms of the register of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION, DayField
from pilotage.web.activities.names import institution_names
from pilotage.web.fields import NamedField, PlainTextField, RecordField
from pilotage.web.registers.words import SEX


class PersonForm(forms.Form):
    """What is kept of a person, and no more (domain handbook, 10)."""

    name_signed = PlainTextField(
        label=_("Name as signed"), max_length=200, help_text=_("As on the attendance list, in any script.")
    )
    name_latin = PlainTextField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        help_text=_("As it shall be on a certificate."),
    )
    institution = NamedField(label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    position = PlainTextField(label=_("Position"), max_length=200, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEX.items()))
    country = RecordField(Country, label=_("Country"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    photo_consent_on = DayField(label=_("Consent to photos given on"))
    mailing_consent_on = DayField(label=_("Consent to mailing given on"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, phase: Phase, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.names = institution_names(phase)
        institution, country = self.fields["institution"], self.fields["country"]
        assert isinstance(institution, NamedField)
        institution.bind(self.names)
        assert isinstance(country, forms.ModelChoiceField)
        country.queryset = Country.objects.all()

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "anyway")}
        values["institution_id"] = values.pop("institution")
        return values


class NewPersonForm(PersonForm):
    """Somebody new: said to be new even where the register knows somebody named alike."""

    anyway = forms.BooleanField(label=_("This is somebody else: add the person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class MergeForm(forms.Form):
    """Confirms a merging that was looked at before."""

    why = PlainTextField(
        label=_("Why"), required=False, max_length=500, help_text=_("How you know that it is one person.")
    )
    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    merged_version = forms.IntegerField(widget=forms.HiddenInput)


class WhyForm(forms.Form):
    """The reason of a step."""

    why = PlainTextField(label=_("Why"), required=False, max_length=500)


class ErasureForm(forms.Form):
    """Confirms that a name goes for ever."""

    why = PlainTextField(
        label=_("On what ground"), max_length=500,
        help_text=_("For example: request of 12 May, number 4. Do not write the name: this text stays."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("I have read what goes and what stays: take the name out"))
    version = forms.IntegerField(widget=forms.HiddenInput)
