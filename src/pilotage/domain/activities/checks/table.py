"""Every check, in the order of the handbook (section 9)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.checks import of_activities as activities
from pilotage.domain.activities.checks import of_participants as participants
from pilotage.domain.activities.checks.asking import Check

CHECKS: tuple[Check, ...] = (
    Check(
        "end_before_start", "E", "activity", _("The end is before the start"),
        _("Starts %(start)s, ends %(end)s."), "edit", activities.end_before_start,
    ),
    Check(
        "implemented_in_future", "E", "activity", _("Implemented, but ends after today"),
        _("Its end is %(date)s."), "edit", activities.implemented_in_future,
    ),
    Check(
        "country_outside_programme", "E", "activity", _("A beneficiary country outside the programme"),
        _("Not a partner country: %(country)s."), "edit", activities.country_outside,
    ),
    Check(
        "outside_phase", "E", "activity", _("A date outside the phase"),
        _("%(date)s lies outside the phase."), "edit", activities.outside_phase,
    ),
    Check(
        "venue_outside_region", "W", "activity", _("The venue is outside the region, and this is no study visit"),
        _("The venue is in %(country)s."), "edit", activities.venue_outside,
    ),
    Check(
        "participant_country", "W", "activity", _("Participants from a country outside the programme"),
        _("Participants from %(country)s."), "tally", activities.participant_country,
    ),
    Check(
        "duplicate_activity", "W", "activity", _("The same title, date and country twice"),
        _("Looks the same as %(code)s."), "edit", activities.duplicate,
    ),
    Check(
        "no_list", "W", "activity", _("No signed attendance list in time"),
        _("No signed list %(days)d working days after the end."), "files", activities.no_list,
    ),
    Check(
        "no_report", "W", "activity", _("No report in time"),
        _("No report %(days)d working days after the end."), "files", activities.no_report,
    ),
    Check(
        "postponed_often", "W", "activity", _("Postponed again and again"),
        _("Postponed %(times)d times."), "move", activities.postponed_often,
    ),
    Check(
        "thematic_without_component", "E", "activity", _("A thematic activity without component"),
        _("It counts for no component."), "edit", activities.thematic_without_component,
    ),
    Check(
        "training_with_zero", "W", "participants", _("A training without participants"),
        _("It has taken place, but no participants are counted."), "tally", participants.training_with_zero,
    ),
    Check(
        "register_differs", "W", "participants", _("The register differs from the tally"),
        _(
            "Register: %(registered)d participants, %(registered_women)d of them women. "
            "Tally: %(people)d and %(women)d."
        ),
        "people", participants.register_differs, register=True,
    ),
    Check(
        "sex_not_stated", "W", "participants", _("Sex not stated for too many"),
        _("Not stated for %(not_stated)d of %(people)d."), "tally", participants.sex_not_stated,
    ),
    Check(
        "overlapping_trips", "E", "participants", _("One person in two cities on the same day"),
        _("%(person)s was also at %(code)s on %(day)s."), "people", participants.overlapping_trips, register=True,
    ),
    Check(
        "probable_duplicate_person", "W", "participants", _("Probably the same person twice"),
        _("Named like %(key)s."), "person", participants.same_person, register=True,
    ),
    Check(
        "score_wrong", "E", "participants", _("A test score out of range, or of an absentee"),
        participants.SCORE_OUT_OF_RANGE, "people", participants.score_wrong, register=True,
    ),
    Check(
        "certificate_below_presence", "E", "participants", _("A certificate below the presence it needs"),
        _("%(person)s was there %(present)s of %(days)d days; a certificate needs %(presence)d %%."),
        "people", participants.certificate_below, register=True,
    ),
)  # fmt: skip

CHECK_BY_CODE = {check.code: check for check in CHECKS}

REFUSED_AT_ENTRY: tuple[Promise, ...] = (
    _("More women than participants"),
    _("Lines by sex, country or institution that do not sum to the total typed beside them"),
    _("Two lines of the tally of the same kind"),
)
"""Errors that no record can hold, as entry refuses them everywhere: pages, workbooks, API."""
