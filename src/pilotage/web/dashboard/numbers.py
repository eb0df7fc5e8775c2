"""The key numbers at the top of the dashboard, each leading to its figure or its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.figures.forms.finding import share_of_women
from pilotage.figures.forms.values import shown
from pilotage.kit.numbers import percent, written
from pilotage.kit.texts import wording
from pilotage.web.dashboard.gather import Standing
from pilotage.web.dashboard.links import figure_address


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number as it is printed, what it counts, and what must be said beside it."""

    written: str
    label: str
    address: str
    beside: str = ""
    late: bool = False


def key_numbers(standing: Standing, language: str) -> list[KeyNumber]:
    """Five or six numbers that say how the phase stands."""
    return [
        _implemented(standing, language),
        *_elapsed(standing, language),
        *_people(standing, language),
        _coming(standing, language),
        _late(standing, language),
    ]


def _implemented(standing: Standing, language: str) -> KeyNumber:
    number = standing.implemented.total
    label = ngettext("activity implemented", "activities implemented", int(number.value or 0))
    done = standing.completion.total if standing.completion else None
    beside = ""
    if done is not None and done.value is not None:
        of = written(done.denominator or 0, language)
        beside = _("%(share)s of %(all)s to date") % {"share": percent(done.value, language, 0), "all": of}
    elif standing.undated:
        beside = ngettext("%(number)s without a known date", "%(number)s without a known date", standing.undated) % {
            "number": written(standing.undated, language)
        }
    address = figure_address(standing.phase, "activities-implemented", standing.period, standing.day)
    return KeyNumber(shown(number, standing.implemented, language), label, address, beside)


def _elapsed(standing: Standing, language: str) -> list[KeyNumber]:
    if standing.elapsed is None:
        return []
    cell, phase = standing.elapsed.total, standing.phase
    days = _("day %(day)s of %(days)s") % {
        "day": written(cell.numerator or 0, language),
        "days": written(cell.denominator or 0, language),
    }
    written_share = percent(cell.value or 0, language, 0)
    return [KeyNumber(written_share, _("of the time has passed"), f"/{phase.code}/timeline/", days)]


def _people(standing: Standing, language: str) -> list[KeyNumber]:
    table = standing.participations
    number = table.total
    gap = next((gap for gap in table.gaps if gap.code == "no_tally"), None)
    beside = ""
    if gap is not None:
        beside = ngettext("not known for %(number)s activity", "not known for %(number)s activities", gap.count) % {
            "number": written(gap.count, language)
        }
    label = ngettext("participation", "participations", int(number.value or 0))
    address = figure_address(standing.phase, "participations", standing.period, standing.day)
    people = [KeyNumber(shown(number, table, language), label, address, beside)]
    share = share_of_women(table.column_totals)
    if share is not None:
        women, men = table.column_totals["woman"], table.column_totals["man"]
        known = (women.value or 0) + (men.value or 0)
        counts = _("%(women)s of %(all)s whose sex is stated") % {
            "women": written(women.value or 0, language),
            "all": written(known, language),
        }
        address = figure_address(standing.phase, "share-of-women", standing.period, standing.day)
        people.append(KeyNumber(percent(share * 100, language, 0), _("women among participants"), address, counts))
    return people


def _coming(standing: Standing, language: str) -> KeyNumber:
    address = f"/{standing.phase.code}/activities/?state=planned&state=confirmed&state=postponed"
    label = ngettext("activity to come", "activities to come", standing.coming_count)
    return KeyNumber(written(standing.coming_count, language), label, address)


def _late(standing: Standing, language: str) -> KeyNumber:
    address = f"/{standing.phase.code}/activities/?late=1"
    label = ngettext("activity is late", "activities are late", standing.late_count)
    return KeyNumber(written(standing.late_count, language), label, address, late=bool(standing.late_count))


def caption(standing: Standing, language: str) -> str:
    """What the numbers speak of: the period, the day, the programme."""
    scope = standing.implemented.scope
    return wording(scope.period_label, language)
