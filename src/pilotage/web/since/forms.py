"""Between which days, and how the sentences are gathered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.kit.texts import wording
from pilotage.web.templatetags.pilotage import reader_language


class SpanForm(forms.Form):
    """Two days, a country, and by what."""

    since = forms.DateField(
        label=gettext_lazy("From the end of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("To the end of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("Gathered by"),
        choices=[("component", gettext_lazy("by component")), ("country", gettext_lazy("by country"))],
        required=False,
    )

    def __init__(self, query: Mapping[str, Any], phase: Phase, usual: Mapping[str, Any]) -> None:
        given = {name: query.get(name) for name in self.base_fields if query.get(name)}
        super().__init__({**usual, **given})
        partners = Country.objects.filter(pk__in=phase.partner_countries.values("country")).order_by("code")
        self.countries = {country.code: country for country in partners}
        choices = self.fields["country"]
        assert isinstance(choices, forms.ChoiceField)
        named = [(code, wording(country.name, reader_language())) for code, country in self.countries.items()]
        choices.choices = [("", _("all")), *sorted(named, key=lambda pair: pair[1])]

    def clean(self) -> dict[str, Any]:
        """The span must not be empty."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, date) and isinstance(until, date) and until <= since:
            raise ValidationError({"until": _("The second day must be later than the first.")})
        return cleaned
