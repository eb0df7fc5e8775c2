"""Forms of an activity: its facts, its moves, what it produced, its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.access import sees_cost
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, ActivityFile, Deliverable, Series
from pilotage.domain.activities.states import Move
from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, PolicyTag, Type
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Component, Output, Phase
from pilotage.kit.texts import wording
from pilotage.web.activities.names import institution_names, place_names
from pilotage.web.fields import (
    Named,
    NamedField,
    PartialDateFormField,
    PlainTextField,
    RecordField,
    TranslatedFormField,
)

UNKNOWN_INSTITUTION = _("“%(value)s” is no institution here, or more than one. Choose it from the list.")
UNKNOWN_PLACE = _("“%(value)s” is no place here, or more than one. Choose it from the list.")
LISTS = ("countries", "co_organisers", "institutions", "experts")
DATE_HELP = _("As well as it is known: 2023-06-20, 2023-06, 2023-Q2 or 2023.")


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ActivityForm(forms.Form):
    """All facts of an activity. Names of fields are those of the record; lists are those of ``ActivityEntry``."""

    code = PlainTextField(
        label=_("Code"), required=False, max_length=40, help_text=_("Left empty, the next free one is given.")
    )
    title = TranslatedFormField(label=_("Title"), longest=300, help_text=_("One language is enough to begin with."))
    summary = TranslatedFormField(label=_("Summary"), longest=5000, long=True, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", "—"), *Type.choices])
    thematic = forms.BooleanField(
        label=_("Thematic: counts as an activity of a component"), required=False, initial=True,
        help_text=_("Management and coordination events are not thematic."),
    )  # fmt: skip
    component = RecordField(
        Component, label=_("Component"), required=False,
        help_text=_("Empty only for management and coordination."),
    )  # fmt: skip
    output = RecordField(Output, label=_("Output served"), required=False)
    scope = forms.ChoiceField(label=_("Scope"), choices=[("", _("not stated")), *ActivityScope.choices], required=False)
    countries = forms.MultipleChoiceField(
        label=_("Beneficiary countries"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Whom it was for. Where it was held stands apart, below."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("Mode"), choices=[("", _("not stated")), *Mode.choices], required=False)
    venue = NamedField(
        label=_("Venue"), listed="place-names", unknown=UNKNOWN_PLACE,
        help_text=_("City or border crossing point. Begin to type and choose."),
    )  # fmt: skip
    venue_country = RecordField(
        Country, label=_("Country of the venue"), required=False,
        help_text=_("Taken from the venue where it is empty."),
    )  # fmt: skip
    planned_start = PartialDateFormField(label=_("Planned start"), help_text=DATE_HELP)
    planned_end = PartialDateFormField(label=_("Planned end"))
    actual_start = PartialDateFormField(label=_("Actual start"), help_text=DATE_HELP)
    actual_end = PartialDateFormField(label=_("Actual end"))
    baseline_start = PartialDateFormField(
        label=_("Baseline start"), help_text=_("The plan as it was first approved. Delays are measured against it.")
    )
    baseline_end = PartialDateFormField(label=_("Baseline end"))
    date_text = PlainTextField(
        label=_("Date as printed"), required=False, max_length=120,
        help_text=_("What a source says of the date where it is less than a date."),
    )  # fmt: skip
    additional = forms.BooleanField(label=_("Additional to the work plan"), required=False)
    series = RecordField(
        Series, label=_("Series"), required=False,
        help_text=_("The same activity held once in each country: each leg is an activity of its own."),
    )  # fmt: skip
    co_organisers = NamedField(
        label=_("Held together with"), listed="institution-names", several=True, unknown=UNKNOWN_INSTITUTION,
        help_text=_("Co-organisers make it a joint event."),
    )  # fmt: skip
    institutions = NamedField(
        label=_("Institutions that took part"), listed="institution-names", several=True, unknown=UNKNOWN_INSTITUTION
    )
    agencies_text = TranslatedFormField(
        label=_("Agencies, as stated"), longest=1000, required=False,
        help_text=_("The words of the source where the institutions are not told apart."),
    )  # fmt: skip
    experts = NamedField(
        label=_("Experts came from"), listed="institution-names", several=True, unknown=UNKNOWN_INSTITUTION
    )
    experts_text = TranslatedFormField(label=_("Experts, as stated"), longest=1000, required=False)
    by_national_trainers = forms.NullBooleanField(
        label=_("Delivered by national trainers"), required=False, widget=forms.NullBooleanSelect
    )
    outputs_text = TranslatedFormField(label=_("What came of it"), longest=2000, long=True, required=False)
    cost = forms.DecimalField(
        label=_("Cost, EUR"), required=False, min_value=0, max_digits=12, decimal_places=2,
        help_text=_("Internal: partners and the public do not see it."),
    )  # fmt: skip
    policy_tags = forms.MultipleChoiceField(
        label=_("Policy tags"), choices=PolicyTag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    sdg_goals = forms.TypedMultipleChoiceField(
        label=_("Sustainable Development Goals"), choices=[(n, str(n)) for n in range(1, 18)], coerce=int,
        required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "in-a-row"}),
    )  # fmt: skip
    signed_list_on = DayField(label=_("Signed attendance list received on"))
    report_on = DayField(label=_("Report received on"))
    confidentiality = forms.ChoiceField(
        label=_("Who may see it"), choices=Confidentiality.choices, initial=Confidentiality.PARTNERS,
        help_text=_("Public: everybody, once it has left the draft. Restricted: manager, M&E and its own editors."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, phase: Phase, viewer: Viewer, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.phase = phase
        self.institution_names, self.place_names = institution_names(phase), place_names(phase)
        self._narrow_to(viewer)
        trainers = self.fields["by_national_trainers"].widget
        assert isinstance(trainers, forms.NullBooleanSelect)
        trainers.choices = [("unknown", _("not stated")), ("true", _("yes")), ("false", _("no"))]
        if not sees_cost(viewer, phase):
            del self.fields["cost"]

    def _narrow_to(self, viewer: Viewer) -> None:
        phase = self.phase
        components = Component.objects.filter(phase=phase)
        held = viewer.held_with("activity", phase, {Level.EDIT, Level.APPROVE})
        own = [one.component_id for one in held]
        if held and None not in own:
            components = components.filter(pk__in=[key for key in own if key])
        self._set_queryset("component", components)
        self._set_queryset("output", Output.objects.filter(component__phase=phase).select_related("component"))
        self._set_queryset("series", Series.objects.filter(phase=phase))
        self._set_queryset("venue_country", Country.objects.all())
        countries = self.fields["countries"]
        assert isinstance(countries, forms.MultipleChoiceField)
        links = list(phase.partner_countries.all())
        others = set(self.initial.get("countries") or ()) - {link.country_id for link in links}
        countries.choices = [(link.country_id, wording(link.country.name, _language())) for link in links] + [
            (code, code) for code in sorted(others)
        ]
        for name in ("co_organisers", "institutions", "experts"):
            self._bind(name, self.institution_names)
        self._bind("venue", self.place_names)

    def _set_queryset(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset

    def _bind(self, name: str, named: Named) -> None:
        field = self.fields[name]
        assert isinstance(field, NamedField)
        field.bind(named)

    def clean_code(self) -> str:
        """A code stands in addresses: no slash, and not the word of another page."""
        code: str = self.cleaned_data["code"].strip()
        if code in {"new"} or any(sign in code for sign in "/?#%"):
            raise ValidationError(_("A code has no / ? # % in it."))
        return code

    def clean(self) -> dict[str, Any]:
        """The venue gives its country where none is chosen."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("venue") and not cleaned.get("venue_country"):
            from pilotage.domain.parties.models import Place

            cleaned["venue_country"] = Place.objects.select_related("country").get(pk=cleaned["venue"]).country
        return cleaned

    def entry(self) -> ActivityEntry:
        """What was typed, as the operations take it."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in {*LISTS, "version"}}
        values["venue_id"] = values.pop("venue")
        if not values.get("code"):
            values.pop("code", None)
        return ActivityEntry(
            values,
            countries=frozenset(self.cleaned_data["countries"]),
            co_organisers=self.cleaned_data["co_organisers"],
            institutions=self.cleaned_data["institutions"],
            experts=self.cleaned_data["experts"],
        )

    def show_problems(self, problem: ValidationError) -> None:
        """Puts what an operation refused beside its field, or on top where it has none."""
        add_problems(self, problem)


def add_problems(form: forms.Form, problem: ValidationError) -> None:
    """Puts the errors of ``problem`` beside the fields of ``form`` that they speak of."""
    found = problem.error_dict if hasattr(problem, "error_dict") else {None: problem.error_list}
    for name, errors in found.items():
        known = name if name in form.fields else None
        for error in errors:
            form.add_error(known, error)


def initial_of(activity: Activity, lists: Mapping[str, Iterable[Any]] | None = None) -> dict[str, Any]:
    """What the form begins with; ``lists`` spares reading the links."""
    plain = (
        "code", "title", "summary", "type", "thematic", "component", "output", "scope", "mode", "planned_start",
        "planned_end", "actual_start", "actual_end", "baseline_start", "baseline_end", "date_text", "additional", "series",
        "agencies_text", "experts_text", "by_national_trainers", "outputs_text", "cost", "policy_tags", "sdg_goals",
        "signed_list_on", "report_on", "confidentiality", "version", "venue_country",
    )  # fmt: skip
    initial = {name: getattr(activity, f"{name}_id" if name in KEYS else name) for name in plain}
    initial["venue"] = activity.venue_id
    found = lists if lists is not None else lists_of(activity)
    # Checkboxes want a list: of anything else Django makes one value.
    return {**initial, **{name: frozenset(found[name]) for name in LISTS}, "countries": sorted(found["countries"])}


KEYS = frozenset({"component", "output", "series", "venue_country"})


def lists_of(activity: Activity) -> dict[str, set[Any]]:
    """The keys of the activity's countries and institutions by list."""
    return {
        "countries": set(activity.country_links.values_list("country_id", flat=True)),
        "co_organisers": set(activity.co_organiser_links.values_list("institution_id", flat=True)),
        "institutions": set(activity.institution_links.values_list("institution_id", flat=True)),
        "experts": set(activity.expert_links.values_list("institution_id", flat=True)),
    }


def _language() -> str:
    from django.utils.translation import get_language

    return (get_language() or "en").split("-")[0]


class FileField(forms.ModelChoiceField):
    """A file, by its own name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name under which it was sent."""
        return str(obj.name)


class MoveForm(forms.Form):
    """What a move needs, and no more."""

    effective_on = DayField(label=_("Effective on"), help_text=_("When it happened; today where it is empty."))
    new_start = PartialDateFormField(label=pgettext_lazy("of an activity", "New start"), help_text=DATE_HELP)
    new_end = PartialDateFormField(label=pgettext_lazy("of an activity", "New end"))
    evidence = FileField(
        label=_("Evidence"), queryset=ActivityFile.objects.none(), required=False,
        help_text=_("A file of this activity, such as the letter that asks for it."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, move: Move, activity: Activity, files: Iterable[ActivityFile]) -> None:
        super().__init__(data, auto_id=f"id_{move.name}_%s")
        self.move = move
        today = timezone.localdate()
        self.fields["effective_on"].initial = today
        keys = [file.pk for file in files]
        if keys:
            evidence = self.fields["evidence"]
            assert isinstance(evidence, forms.ModelChoiceField)
            evidence.queryset = ActivityFile.objects.filter(pk__in=keys)
        else:
            del self.fields["evidence"]
        if "actual_end" in move.needs:
            self.fields["new_start"].label, self.fields["new_end"].label = _("Began on"), _("Ended on")
            self.fields["new_start"].initial = activity.actual_start or activity.planned_start
            self.fields["new_end"].initial = activity.actual_end or activity.planned_end
            self.fields["new_end"].required = True
        elif "new_dates" in move.needs:
            self.fields["new_start"].required = True
        else:
            del self.fields["new_start"], self.fields["new_end"]
        self.fields["reason"].required = "reason" in move.needs

    def clean_effective_on(self) -> Any:
        """A move cannot be recorded before it happens."""
        day = self.cleaned_data["effective_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class DeliverableForm(forms.Form):
    """A document that the activity produced."""

    type = forms.ChoiceField(label=_("Kind"), choices=Deliverable.DeliverableType.choices)
    title = TranslatedFormField(label=_("Title"), longest=300)
    transmitted_to = NamedField(label=_("Transmitted to"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    transmitted_on = PartialDateFormField(label=_("Transmitted on"), help_text=DATE_HELP)

    def __init__(self, data: Any, *, phase: Phase, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.institution_names = institution_names(phase)
        field = self.fields["transmitted_to"]
        assert isinstance(field, NamedField)
        field.bind(self.institution_names)

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        values = dict(self.cleaned_data)
        values["transmitted_to_id"] = values.pop("transmitted_to")
        return values


class FileForm(forms.Form):
    """What is said of a file."""

    alternative_text = TranslatedFormField(
        label=_("Alternative text"), longest=300, required=False,
        help_text=_("What the picture shows, for those who cannot see it."),
    )  # fmt: skip
    credit = PlainTextField(label=_("Credit"), required=False, max_length=200)
    consent_on = DayField(
        label=_("Consent of the persons shown, given on"),
        help_text=_("Without it a photo never becomes public."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may see it"), choices=Confidentiality.choices, initial=Confidentiality.INTERNAL
    )


class UploadForm(FileForm):
    """A new file."""

    file = forms.FileField(label=_("File"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityFile.FileKind.choices)
    received_on = DayField(
        label=_("Received on"), help_text=_("For a signed list or a report; today where it is empty.")
    )
    field_order = ("kind", "file", "received_on", "alternative_text", "credit", "consent_on", "confidentiality")


class WhyForm(forms.Form):
    """The reason for taking something away."""

    why = forms.CharField(label=_("Reason"), max_length=500)
