"""Forms of steering bodies and rounds: terms of reference, seats, the meetings of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import Mode
from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import MeetingRound, SteeringBody
from pilotage.domain.steering.rounds import PlannedMeeting
from pilotage.domain.steering.words import BodyKind
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION, UNKNOWN_PLACE, DayField
from pilotage.web.activities.names import institution_names, place_names
from pilotage.web.fields import NamedField, PlainTextField, RecordField, TranslatedFormField
from pilotage.web.meetings.forms import bind

TERMS = (
    "title", "quorum_share", "quorum_needs_chair", "quorum_needs_delegation", "notice_days", "minutes_days",
    "comment_days", "tacit_approval",
)  # fmt: skip
SEAT = (
    "delegate", "position", "email", "alternate", "alternate_email", "language", "voting", "chair", "delegation", "user",
    "valid_from", "valid_until",
)  # fmt: skip


class BodyForm(forms.Form):
    """The terms of reference of a steering body. They prevail over every default."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    country = RecordField(Country, label=_("Country"), required=False, help_text=_("Empty for the regional group."))
    title = TranslatedFormField(label=_("Title"), longest=200)
    quorum_share = forms.IntegerField(
        label=_("Quorum, % of the voting members"), min_value=1, max_value=100, initial=50
    )
    quorum_needs_chair = forms.BooleanField(label=_("The quorum includes the chair"), required=False, initial=True)
    quorum_needs_delegation = forms.BooleanField(
        label=_("The quorum includes the Delegation"), required=False, initial=True
    )
    notice_days = forms.IntegerField(
        label=_("Papers: working days before the meeting"), min_value=0, max_value=60, initial=10
    )
    minutes_days = forms.IntegerField(
        label=_("Draft minutes: working days after the meeting"), min_value=1, max_value=60, initial=10
    )
    comment_days = forms.IntegerField(
        label=_("Comments: working days after the circulation"), min_value=1, max_value=60, initial=10
    )
    tacit_approval = forms.BooleanField(
        label=_("Tacit approval: after the time for comments the minutes count as approved"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, phase: Phase, body: SteeringBody | None = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        if body is not None:
            del self.fields["kind"], self.fields["country"]
            return
        field = self.fields["country"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Country.objects.filter(pk__in=[link.country_id for link in phase.partner_countries.all()])

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SeatForm(forms.Form):
    """A seat: an institution, its delegate and alternate, the vote."""

    institution = NamedField(
        label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION, required=True
    )
    delegate = PlainTextField(label=_("Member"), required=False, max_length=200)
    position = TranslatedFormField(
        label=_("Position of the member"), longest=200, required=False,
        help_text=_("As it stands under the minutes: Deputy Minister of Foreign Affairs."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail of the member"), required=False, help_text=_("For invitations and minutes.")
    )
    alternate = PlainTextField(label=_("Alternate"), required=False, max_length=200)
    alternate_email = forms.EmailField(label=_("E-mail of the alternate"), required=False)
    language = forms.ChoiceField(label=_("Writes and reads in"), choices=[("en", "English"), ("ru", "Русский")])
    voting = forms.BooleanField(label=_("Votes"), required=False, initial=True)
    chair = forms.BooleanField(label=_("Chairs the body"), required=False)
    delegation = forms.BooleanField(label=_("Speaks for the EU Delegation"), required=False)
    user = forms.ModelChoiceField(
        label=_("Account"), queryset=User.objects.none(), required=False, empty_label="—",
        help_text=_("With it the member signs in, sees the meetings of the body and comments on minutes."),
    )  # fmt: skip
    valid_from = DayField(label=_("From"), help_text=_("Empty: from the beginning."))
    valid_until = DayField(label=_("Until"), help_text=_("The last day. A seat is ended, never deleted."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, phase: Phase, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        bind(self, "institution", institution_names(phase))
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        holders = User.objects.filter(
            assignments__programme=phase.programme_id, assignments__role__in=["SM", "EUD", "CP"], is_active=True
        )
        field.queryset = holders.distinct().order_by("name")

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        institution = Institution.objects.get(pk=self.cleaned_data["institution"])
        return {"institution": institution, **{name: self.cleaned_data[name] for name in SEAT}}


class ReplaceForm(forms.Form):
    """Another delegate follows: who sat there before is kept."""

    last_day = DayField(label=_("Last day of the present member"), required=True)
    delegate = PlainTextField(label=_("Who follows"), max_length=200)
    position = TranslatedFormField(label=_("Position of the member"), longest=200, required=False)
    email = forms.EmailField(label=_("E-mail of the member"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, initial: Mapping[str, Any] | None = None) -> None:
        # It stands on the page of the seat beside that one's own form: no two fields share an id.
        super().__init__(data, initial=dict(initial or {}), auto_id="follows_%s")

    def values(self) -> dict[str, Any]:
        """What is known of who follows, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in ("delegate", "position", "email")}


class ProposalForm(forms.Form):
    """From what the days of a round are proposed."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    cut_off = DayField(label=_("Data cut-off"), required=True)
    first = DayField(label=_("First meeting, not before"), required=True)


class RoundForm(forms.Form):
    """All meetings of a year at once: one line a body."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    cut_off = DayField(
        label=_("Data cut-off"), required=True,
        help_text=_("One for all packs of the round, so that the national ones sum up to the regional one."),
    )  # fmt: skip
    with_agenda = forms.BooleanField(label=_("Make the standard agenda of each meeting"), required=False, initial=True)

    def __init__(
        self, data: Any, *, phase: Phase, bodies: Sequence[SteeringBody], days: Mapping[int, date] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=dict(initial or {}))
        self.phase, self.bodies = phase, bodies
        places = place_names(phase)
        self.place_names = places
        for body in bodies:
            self.fields[f"hold_{body.pk}"] = forms.BooleanField(label=_("Hold it"), required=False, initial=True)
            self.fields[f"day_{body.pk}"] = DayField(label=_("Day"), initial=(days or {}).get(body.pk))
            place = NamedField(label=_("Place"), listed="place-names", unknown=UNKNOWN_PLACE)
            place.bind(places)
            self.fields[f"place_{body.pk}"] = place
            self.fields[f"mode_{body.pk}"] = forms.ChoiceField(
                label=_("Mode"), choices=[("", _("not stated")), *Mode.choices], required=False
            )

    def lines(self) -> list[tuple[SteeringBody, list[BoundField]]]:
        """The bodies with their fields."""
        names = ("hold", "day", "place", "mode")
        return [(body, [self[f"{name}_{body.pk}"] for name in names]) for body in self.bodies]

    def clean(self) -> dict[str, Any]:
        """Every meeting that is held has its day; a round is planned once a year."""
        cleaned: dict[str, Any] = super().clean() or {}
        for body in self.bodies:
            if cleaned.get(f"hold_{body.pk}") and not cleaned.get(f"day_{body.pk}"):
                self.add_error(f"day_{body.pk}", _("Give the day."))
        if MeetingRound.objects.filter(phase=self.phase, year=cleaned.get("year") or 0).exists():
            self.add_error("year", _("The round of this year is planned already."))
        return cleaned

    def meetings(self) -> list[PlannedMeeting]:
        """What is to be planned."""
        found = []
        for body in self.bodies:
            cleaned = self.cleaned_data
            if cleaned[f"hold_{body.pk}"]:
                key = cleaned[f"place_{body.pk}"]
                place = Place.objects.filter(pk=key).first() if key else None
                found.append(PlannedMeeting(body, cleaned[f"day_{body.pk}"], place, cleaned[f"mode_{body.pk}"]))
        return found


class CutOffForm(forms.Form):
    """The data cut-off of a round."""

    cut_off = DayField(label=_("Data cut-off"), required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)
