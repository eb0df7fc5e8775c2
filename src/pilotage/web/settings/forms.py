"""Forms of the set-up: their fields are those that the operations take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase, Programme
from pilotage.domain.programme.settings import SettingDefinition
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION
from pilotage.web.activities.names import institution_names
from pilotage.web.fields import NamedField, PlainTextField, TranslatedFormField
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


PHASE, PROGRAMME = "phase", "programme"
ROLES = tuple(choice for choice in Role.choices if choice[0] != Role.PUB)


def short(record: Phase | Programme) -> str:
    """A short title in the reader's language, or the title where there is none."""
    return wording(record.short_title or record.title, reader_language())


class RoleForm(forms.Form):
    """A role with its scope, for somebody known by e-mail address."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it."))
    name = PlainTextField(
        label=_("Name"), max_length=150, required=False, help_text=_("Needed where the address is new here.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("ru", "Русский")])
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *ROLES])
    reach = forms.ChoiceField(label=_("Where it holds"), initial=PHASE, widget=forms.RadioSelect, required=False)
    components = forms.MultipleChoiceField(
        label=_("Components"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed for component leads. None chosen: all of them."),
    )  # fmt: skip
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed for national coordinators. None chosen: all of them."),
    )  # fmt: skip
    institution = NamedField(
        label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION,
        help_text=_("Needed for national counterparts and grantees. Begin to type and choose."),
    )  # fmt: skip
    valid_from = day_field(
        _("From"), required=False,
        help_text=_("A day to come prepares a successor: until then the role gives nothing. Empty: from the beginning."),
    )  # fmt: skip
    valid_until = day_field(_("Until"), required=False, help_text=_("The last day. Empty: without end."))
    why = PlainTextField(
        label=_("Why"), required=False, max_length=500, help_text=_("Stands in the change log beside the change.")
    )

    def __init__(self, phase: Phase, *args: Any, whole_programme: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase = phase
        reach = [(PHASE, _("in this phase: %(phase)s") % {"phase": short(phase)})]
        if whole_programme:
            whole = _("in the whole programme %(programme)s, in phases to come too")
            reach.append((PROGRAMME, whole % {"programme": short(phase.programme)}))
        self._choose("reach", reach)
        self.known_components = {str(one.pk): one for one in phase.components.all()}
        self._choose("components", [(key, f"{one.number}. {named(one)}") for key, one in self.known_components.items()])
        self.known_countries = {link.country_id: link.country for link in phase.partner_countries.all()}
        self._choose("countries", [(code, named(country)) for code, country in self.known_countries.items()])
        self.names = institution_names(phase)
        institution = self.fields["institution"]
        assert isinstance(institution, NamedField)
        institution.bind(self.names)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def scopes(self) -> list[dict[str, Any]]:
        """One assignment for each of the chosen components and countries, as the operation takes them."""
        given = self.cleaned_data
        phase = None if given["reach"] == PROGRAMME else self.phase
        shared = {
            "role": given["role"], "programme": self.phase.programme, "phase": phase,
            "institution_id": given["institution"],
            "valid_from": given["valid_from"], "valid_until": given["valid_until"],
        }  # fmt: skip
        components: list[Any] = [self.known_components[key] for key in given["components"]] or [None]
        countries: list[Any] = [self.known_countries[code] for code in given["countries"]] or [None]
        return [
            {**shared, "component": component, "country": country} for component in components for country in countries
        ]


class EndForm(ReasonedForm):
    """The last day of a role, or its withdrawal at once."""

    at_once = forms.BooleanField(
        label=_("Withdraw it at once"), required=False, help_text=_("It holds no longer from now on.")
    )
    valid_until = day_field(_("Last day"), initial=timezone.localdate, required=False)

    def clean(self) -> dict[str, Any]:
        """At once is: yesterday was the last day."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("at_once", False):
            cleaned["valid_until"] = timezone.localdate() - timedelta(days=1)
            self.errors.pop("valid_until", None)
        elif not self.errors and cleaned.get("valid_until") is None:
            self.add_error("valid_until", _("Give the last day, or withdraw the role at once."))
        return cleaned


class AccountForm(ReasonedForm):
    """Who somebody is, and the address that they sign in with."""

    name = PlainTextField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The person signs in with it. The former and the new one get a mail.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("of the browser")), ("en", "English"), ("ru", "Русский")],
        required=False,
        help_text=_("Of pages and mails."),
    )


class StepForm(ReasonedForm):
    """The reason for taking or giving back the sign-in."""
