"""Forms of a meeting: its facts, papers, guests, steps. Those of its agenda and minutes stand beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import Confidentiality, Mode
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country, Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import (
    Meeting,
    MeetingRound,
    Paper,
    Presence,
    SteeringBody,
)
from pilotage.domain.steering.rounds import KIND_OF
from pilotage.domain.steering.states import MeetingStep
from pilotage.domain.steering.words import BodyKind, MeetingKind
from pilotage.web.activities.forms import DATE_HELP, UNKNOWN_INSTITUTION, UNKNOWN_PLACE, DayField
from pilotage.web.activities.names import institution_names, place_names
from pilotage.web.fields import (
    Named,
    NamedField,
    PartialDateFormField,
    PlainTextField,
    RecordField,
    TranslatedFormField,
)

STEERING = (MeetingKind.NATIONAL_STEERING, MeetingKind.REGIONAL_STEERING)
FACTS = (
    "kind", "body", "round", "country", "title", "starts", "ends", "date_text", "place", "mode", "chair_text",
    "secretary_text", "confidentiality", "summary",
)  # fmt: skip


def bind(form: forms.Form, name: str, named: Named) -> None:
    """Gives a field the names that it offers, and the form the list for its ``datalist``."""
    field = form.fields[name]
    assert isinstance(field, NamedField)
    field.bind(named)
    setattr(form, field.widget.listed.replace("-", "_"), named)  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """What is known of a meeting."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    body = RecordField(
        SteeringBody, label=_("Steering body"), required=False, help_text=_("For the meetings of a steering group.")
    )
    round = RecordField(MeetingRound, label=_("Round"), required=False)
    country = RecordField(
        Country, label=_("Country"), required=False, help_text=_("Of a meeting without a steering body.")
    )
    title = TranslatedFormField(label=_("Title"), longest=300)
    starts = PartialDateFormField(label=_("First day"), help_text=DATE_HELP)
    ends = PartialDateFormField(label=_("Last day"), help_text=_("Left empty, the same as the first."))
    date_text = PlainTextField(label=_("Date as printed"), required=False, max_length=120)
    place = NamedField(label=_("Place"), listed="place-names", unknown=UNKNOWN_PLACE)
    mode = forms.ChoiceField(label=_("Mode"), choices=[("", _("not stated")), *Mode.choices], required=False)
    chair_text = TranslatedFormField(
        label=_("Who chairs"), longest=300, required=False, help_text=_("Name and position, as the minutes print it.")
    )
    secretary_text = TranslatedFormField(
        label=_("Who keeps the minutes"), longest=300, required=False,
        help_text=_("The secretary, who signs them beside the chair: name and position. Left empty, the coordinator."),
    )  # fmt: skip
    confidentiality = forms.ChoiceField(
        label=_("Who may see it"), choices=Confidentiality.choices, initial=Confidentiality.PARTNERS,
        help_text=_("Public: everybody sees that it is held, and its minutes once they are published."),
    )  # fmt: skip
    summary = TranslatedFormField(
        label=_("In short"), longest=10_000, long=True, required=False,
        help_text=_("What a source says of the meeting; the minutes stand apart, item by item."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, phase: Phase, viewer: Viewer, record: Meeting | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=dict(initial or {}))
        bodies, countries = (
            SteeringBody.objects.filter(phase=phase),
            Country.objects.filter(pk__in=[link.country_id for link in phase.partner_countries.all()]),
        )
        if Role.PM not in viewer.roles_in(phase):
            own = [held.country_id for held in viewer.held_in(phase) if held.role == Role.NC and held.country_id]
            bodies, countries = bodies.filter(country__in=own), countries.filter(pk__in=own)
        self._choose("body", bodies)
        self._choose("country", countries)
        self._choose("round", MeetingRound.objects.filter(phase=phase))
        bind(self, "place", place_names(phase))
        if record is not None:
            # A meeting stays what it is: its papers, quorum and earlier decisions follow from the body.
            for name in ("kind", "body", *(("country",) if record.body_id else ("round",))):
                del self.fields[name]

    def _choose(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
        if name == "round":
            field.label_from_instance = lambda one: str(one.year)  # type: ignore[assignment,attr-defined]

    def clean(self) -> dict[str, Any]:
        """A steering meeting has its body, and the body says which kind it is."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "body" in self.fields:
            body, kind = cleaned.get("body"), cleaned.get("kind")
            if body is not None and kind in STEERING:
                cleaned["kind"] = KIND_OF[BodyKind(body.kind)]
            elif body is None and kind in STEERING:
                self.add_error("body", _("Choose the steering body whose meeting it is."))
        if not cleaned.get("ends"):
            cleaned["ends"] = cleaned.get("starts", "")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        values = {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        values["place"] = Place.objects.filter(pk=values["place"]).first() if values["place"] else None
        return values


def initial_of(record: Any, form: type[forms.Form]) -> dict[str, Any]:
    """What a form begins with: the fields of the record that have the same names."""
    names = {field.name: field.attname for field in record._meta.concrete_fields}
    return {name: getattr(record, names[name]) for name in form.base_fields if name in names}


class PaperForm(forms.Form):
    """A paper: a file, or a link to a document that stands elsewhere."""

    title = TranslatedFormField(label=_("Title"), longest=300)
    file = forms.FileField(label=_("File (PDF, Word, Excel, picture)"), required=False, max_length=200)
    link = PlainTextField(
        label=_("Or a link"), required=False, max_length=500,
        help_text=_("A web address, or one of this site beginning with /: a pack, a work plan."),
    )  # fmt: skip
    sent_on = DayField(label=_("Sent on"), help_text=_("Empty until it has been sent to the members."))

    def __init__(self, data: Any = None, files: Any = None, *, paper: Paper | None = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        if paper is not None:
            del self.fields["file"]
            if paper.file:
                del self.fields["link"]

    def clean_sent_on(self) -> date | None:
        """What is not sent yet has no day."""
        day: date | None = self.cleaned_data["sent_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class GuestForm(forms.Form):
    """Somebody in the room who fills no seat."""

    name = PlainTextField(label=_("Name"), max_length=200)
    institution = NamedField(label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    present_as = forms.ChoiceField(label=_("As"), initial=Presence.As.GUEST)

    def __init__(self, data: Any, *, meeting: Meeting) -> None:
        super().__init__(data, auto_id="guest_%s")
        bind(self, "institution", institution_names(meeting.phase))
        field = self.fields["present_as"]
        assert isinstance(field, forms.ChoiceField)
        taken = {Presence.As.MEMBER, Presence.As.ALTERNATE} if meeting.body_id else set()
        field.choices = [(code, label) for code, label in Presence.As.choices if code not in taken]


class StepForm(forms.Form):
    """One step of a meeting."""

    effective_on = DayField(label=_("Day of the step"), help_text=_("Left empty, today."))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, step: MeetingStep) -> None:
        super().__init__(data, auto_id=f"id_{step.name}_%s")
        self.fields["reason"].required = "reason" in step.needs
        if not self.fields["reason"].required:
            self.fields["reason"].label = _("Remark")
        if step.name == "convene":
            self.fields["effective_on"].help_text = _("The day on which the papers were sent. Left empty, today.")

    def clean_effective_on(self) -> date | None:
        """A step does not lie in the future."""
        day: date | None = self.cleaned_data["effective_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day


class ReasonForm(forms.Form):
    """Why a warning stands, or a quorum is waived."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
