"""The dated settings: every [R] and [D] number of the handbook, with its default, meaning and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.programme.models import Phase, PhaseSetting


@dataclass(frozen=True, slots=True)
class SettingDefinition:
    """One setting: its type is that of its default."""

    name: str
    default: Any
    meaning: Promise
    source: str


DEFINITIONS: dict[str, SettingDefinition] = {
    definition.name: definition
    for definition in (
        SettingDefinition(
            "small_cell", 5, _("Published numbers of persons below this are withheld."), "handbook 10 [D]"
        ),
        SettingDefinition(
            "list_days", 5, _("Working days after an activity within which its tally is due."), "handbook 1 [D]"
        ),
        SettingDefinition(
            "report_days", 15, _("Working days after an activity within which its report is due."), "handbook 1 [D]"
        ),
        SettingDefinition(
            "certificate_presence",
            80,
            _("Presence, in per cent, from which a certificate is given."),
            "handbook 8.8 [D]",
        ),
        SettingDefinition(
            "sex_not_stated_share",
            5,
            _("Share of participants without stated sex, in per cent, above which the data check warns."),
            "handbook 9",
        ),
        SettingDefinition(
            "postponements", 3, _("Number of postponements from which the data check warns."), "handbook 9"
        ),
        SettingDefinition(
            "response_days", 90, _("Days after issue within which an agency's answer is due."), "handbook 9"
        ),
        SettingDefinition(
            "reminder_before", 14, _("Days before a due date on which an agency is reminded; 0 for not at all."), "[D]"
        ),
        SettingDefinition("reminder_at_due", True, _("Whether an agency is reminded on the due date itself."), "[D]"),
        SettingDefinition(
            "reminder_every", 14, _("Days between reminders after a due date has passed; 0 for none."), "[D]"
        ),
        SettingDefinition("reminder_times", 3, _("How many reminders follow after a due date at most."), "[D]"),
        SettingDefinition("link_days", 60, _("Days for which a personal link of an agency works."), "[D]"),
        SettingDefinition(
            "indicative_activities",
            0,
            _(
                "Approved indicative number of activities from a day on, where an addendum changes it; 0 for the phase's."
            ),
            "handbook 6",
        ),
        SettingDefinition("plan_year", "calendar", _("Plan year: calendar or reporting."), "handbook 7 [D]"),
        SettingDefinition(
            "contractual_counts_verified_only",
            True,
            _("Contractual reports count verified activities only."),
            "handbook 6 [D]",
        ),
    )
}


def setting(phase: Phase, name: str, on: date | None = None) -> Any:
    """The value in force for ``phase`` on ``on`` (the latest for None). Raises KeyError for a name nobody defined."""
    return value_among(phase.settings.all(), name, on)


def approved_total(phase: Phase, on: date | None = None) -> int | None:
    """The approved indicative number of activities in force on ``on``; None where none was approved."""
    return setting(phase, "indicative_activities", on) or phase.indicative_activities or None


def value_among(stored: Iterable[PhaseSetting], name: str, on: date | None = None) -> Any:
    """Like ``setting``, from rows that were already read."""
    value = DEFINITIONS[name].default
    for row in sorted((row for row in stored if row.name == name), key=lambda row: row.valid_from or date.min):
        if row.valid_from is None or on is None or row.valid_from <= on:
            value = row.value
    return value
