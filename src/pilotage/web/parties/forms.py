"""Forms of institutions and places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.web.fields import RecordField, TranslatedFormField


class WithCountry(forms.Form):
    """A record with a name and a country."""

    name = TranslatedFormField(label=pgettext_lazy("of an institution or place", "Name"), longest=300)
    country = RecordField(Country, label=_("Country"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Country.objects.all()

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class InstitutionForm(WithCountry):
    """An institution. Its code stays."""

    short_name = TranslatedFormField(label=_("Short name"), longest=60, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=Institution.Type.choices)
    field_order = ("name", "short_name", "type", "country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].required = False
        self.fields["country"].help_text = _("Empty for international organisations.")


class RenameForm(forms.Form):
    """A new name from a day on; documents of earlier days keep the earlier one."""

    name = TranslatedFormField(label=_("New name"), longest=300)
    from_day = forms.DateField(
        label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Why, by what act"), required=False, max_length=500)


class PlaceForm(WithCountry):
    """A city, region or border crossing point."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Place.Kind.choices)
    latitude = forms.DecimalField(label=_("Latitude"), required=False, min_value=-90, max_value=90, max_digits=7,
                                  decimal_places=4, help_text=_("Decimal degrees, for the map: 42.8746"))  # fmt: skip
    longitude = forms.DecimalField(label=_("Longitude"), required=False, min_value=-180, max_value=180, max_digits=7,
                                   decimal_places=4)  # fmt: skip
    field_order = ("name", "kind", "country", "latitude", "longitude")
