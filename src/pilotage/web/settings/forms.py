"""Forms of the set-up: their fields are those that the operations take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import SettingDefinition
from pilotage.kit.texts import wording
from pilotage.web.fields import PlainTextField, TranslatedFormField
from pilotage.web.templatetags.pilotage import reader_language


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def named(record: Any) -> str:
    """A record's name in the reader's language."""
    return wording(getattr(record, "title", None) or record.name, reader_language())


class NamedChoice(forms.ModelChoiceField):
    """A choice among records, by their names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


class ReasonedForm(forms.Form):
    """A form whose change has a reason in the log."""

    why = PlainTextField(
        label=_("Why"), required=False, max_length=500, help_text=_("Stands in the change log beside the change.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The reason is asked for last, whatever fields a subclass adds.
        self.order_fields([name for name in self.fields if name != "why"])

    def values(self) -> dict[str, Any]:
        """The record's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("why", "version")}


class PhaseForm(ReasonedForm):
    """The facts of a phase. Its code stays; a later end or budget comes by an addendum."""

    title = TranslatedFormField(label=_("Title"), longest=200)
    short_title = TranslatedFormField(label=_("Short title"), longest=40)
    objective = TranslatedFormField(label=_("Overall objective"), longest=1000, long=True, required=False)
    contract_number = PlainTextField(label=_("Contract number"), max_length=60, required=False)
    original_start = day_field(_("Start by the contract"), required=False)
    original_end = day_field(
        _("End by the contract"), required=False, help_text=_("Extensions are recorded as addenda.")
    )
    original_eu_contribution = forms.DecimalField(
        label=_("EU contribution by the contract, EUR"), required=False, max_digits=14, decimal_places=2, min_value=0
    )
    co_financing = forms.DecimalField(
        label=_("Co-financing, EUR"), required=False, max_digits=14, decimal_places=2, min_value=0
    )
    lead_partner = NamedChoice(label=_("Lead partner"), queryset=Institution.objects.none(), required=False)
    funding_statement = forms.ChoiceField(label=_("Funding statement"), choices=Phase.FundingStatement.choices)
    indicative_activities = forms.IntegerField(
        label=_("Approved indicative number of activities"),
        required=False,
        min_value=1,
        help_text=_("What completion is measured against. Empty where no number was approved."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact_email = forms.EmailField(label=_("Contact address"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_partner"].queryset = Institution.objects.all()  # type: ignore[attr-defined]


class AddendumForm(forms.Form):
    """A signed change of end or budget."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    signed_on = day_field(_("Signed on"))
    new_end = day_field(_("New end"), required=False)
    new_eu_contribution = forms.DecimalField(
        label=_("New EU contribution, EUR"), required=False, max_digits=14, decimal_places=2, min_value=0
    )
    note = TranslatedFormField(label=_("Note"), longest=500, required=False)

    def clean(self) -> dict[str, Any]:
        """An addendum changes something."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and cleaned.get("new_end") is None and cleaned.get("new_eu_contribution") is None:
            raise forms.ValidationError(_("An addendum changes the end, the EU contribution or both."))
        return cleaned


class CountryForm(ReasonedForm):
    """A partner country with the dates for which it is one."""

    country = NamedChoice(label=_("Country"), queryset=Country.objects.none())
    valid_from = day_field(_("From"), required=False, help_text=_("Empty: from the start of the phase."))
    valid_until = day_field(_("Until"), required=False, help_text=_("Empty: to its end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]


class ComponentForm(ReasonedForm):
    """A thematic component."""

    number = forms.RegexField(r"^[0-9A-Za-z.]+$", label=_("Number"), max_length=5)
    title = TranslatedFormField(label=_("Title"), longest=200)
    short_title = TranslatedFormField(
        label=_("Short title"), longest=60, required=False, help_text=_("For charts and narrow places.")
    )
    specific_objective = TranslatedFormField(label=_("Specific objective"), longest=1000, long=True, required=False)
    lead_partner = NamedChoice(label=_("Lead partner"), queryset=Institution.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_partner"].queryset = Institution.objects.all()  # type: ignore[attr-defined]


CHOICES = {"plan_year": (("calendar", _("calendar year")), ("reporting", _("reporting year")))}
"""What settings that are a word may be."""
YES_NO = (("yes", _("yes")), ("no", _("no")))


class ValueForm(ReasonedForm):
    """A dated setting: its field follows the type of its default."""

    valid_from = day_field(_("From"), required=False, help_text=_("Empty: from the beginning."))

    def __init__(self, definition: SettingDefinition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        value: forms.Field
        if isinstance(definition.default, bool):
            value = forms.ChoiceField(label=_("Value"), choices=YES_NO)
        elif isinstance(definition.default, int):
            value = forms.IntegerField(label=_("Value"), min_value=0, max_value=100_000)
        else:
            value = forms.ChoiceField(label=_("Value"), choices=CHOICES[definition.name])
        self.fields["value"] = value
        self.order_fields(["value", "valid_from", "why"])

    def value(self) -> Any:
        """The value as the setting takes it."""
        value = self.cleaned_data["value"]
        return value == "yes" if isinstance(self.definition.default, bool) else value


class RoleForm(forms.Form):
    """A role in this phase with its scope, for somebody known by e-mail address."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it."))
    name = PlainTextField(
        label=_("Name"), max_length=150, required=False, help_text=_("Needed where the address is new here.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("ru", "Русский")])
    role = forms.ChoiceField(label=_("Role"), choices=[choice for choice in Role.choices if choice[0] != Role.PUB])
    component = NamedChoice(
        label=_("Component"), queryset=None, required=False, help_text=_("Needed for component leads.")
    )
    country = NamedChoice(
        label=_("Country"), queryset=None, required=False, help_text=_("Needed for national coordinators.")
    )
    institution = NamedChoice(
        label=_("Institution"),
        queryset=None,
        required=False,
        help_text=_("Needed for national counterparts and grantees."),
    )
    valid_until = day_field(_("Until"), required=False, help_text=_("Empty: without end."))
    why = PlainTextField(label=_("Why"), required=False, max_length=500)

    def __init__(self, phase: Phase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["component"].queryset = phase.components.all()  # type: ignore[attr-defined]
        self.fields["country"].queryset = Country.objects.filter(  # type: ignore[attr-defined]
            pk__in=[link.country_id for link in phase.partner_countries.all()]
        )
        self.fields["institution"].queryset = Institution.objects.all()  # type: ignore[attr-defined]

    def scope(self) -> dict[str, Any]:
        """Role, scope and end, as the operation takes them."""
        return {
            name: self.cleaned_data[name] for name in ("role", "component", "country", "institution", "valid_until")
        }


class EndForm(forms.Form):
    """The last day of a role."""

    last_day = day_field(_("Last day"), initial=timezone.localdate)
    why = PlainTextField(label=_("Why"), required=False, max_length=500)
