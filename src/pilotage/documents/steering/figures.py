"""Which figures a pack freezes: everything that it counts is computed here, once, for the day of the round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting, MeetingRound
from pilotage.domain.steering.queries import last_meeting_before
from pilotage.figures.compute import compute
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import TO_DATE
from pilotage.figures.table import UNKNOWN, FigureTable, Key
from pilotage.kit.periods import Period

Tables = dict[str, FigureTable]


@dataclass(frozen=True, slots=True)
class Windows:
    """The spans of days that a pack speaks of. All packs of a round have the same, so that they can be summed."""

    year: Period
    """From the day after the cut-off of the round before (or the start of the phase) to the day of the figures."""
    before: Period | None
    """The same of the round before; None for the first."""
    as_of: date

    @property
    def since(self) -> date | None:
        """The day up to which the last packs counted; None for the first."""
        return self.before.end if self.before else None


def windows_of(meeting: Meeting, as_of: date) -> Windows:
    """The windows of the pack of ``meeting``. A meeting outside any round reaches back to the body's last meeting."""
    start = meeting.phase.start
    earlier = list(
        MeetingRound.objects.filter(phase=meeting.phase, cut_off__lt=as_of)
        .order_by("-cut_off")
        .values_list("cut_off", flat=True)[:2]
    )
    if meeting.round_id is None:
        last = last_meeting_before(meeting)
        earlier = [last.begins_on] if last and last.begins_on and last.begins_on < as_of else []
    if not earlier:
        return Windows(_span(start, as_of), None, as_of)
    before = _span(earlier[1] + timedelta(days=1) if len(earlier) > 1 else start, earlier[0])
    return Windows(_span(earlier[0] + timedelta(days=1), as_of), before, as_of)


def _span(start: date | None, end: date) -> Period:
    return Period.between(start if start is None or start <= end else end, end)


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of a pack: over the round, the round before, or from the start of the phase to the day."""

    figure: str
    dimensions: tuple[str, ...] = ()
    window: str = "year"
    """``year``, ``before`` or ``date``."""


YEARLY = {
    "activities": "activities-implemented",
    "trainers": "activities-by-national-trainers",
    "participations": "participations",
    "share_of_women": "share-of-women",
    "institutions": "institutions-involved",
    "issued": "recommendations-issued",
}
"""What the dashboard sets side by side: the round, the round before, to date."""
TO_THE_DAY = {
    "recommendations": "recommendations-issued",
    "answered": "recommendations-answered",
    "accepted": "recommendations-accepted",
    "adopted": "recommendations-adopted",
    "response_rate": "response-rate",
    "adoption_rate": "adoption-rate",
    "overdue": "recommendations-overdue",
    "late": "answers-late",
}
SUMMED = ("activities", "activities_to_date", "trainers", "participations", "institutions", "recommendations",
          "answered", "accepted", "adopted", "overdue", "late")  # fmt: skip
"""Figures of which the national packs and what is regional only must give the regional one."""

_BOTH: dict[str, Asked] = {
    **{name: Asked(figure) for name, figure in YEARLY.items()},
    **{f"{name}_before": Asked(figure, window="before") for name, figure in YEARLY.items()},
    **{f"{name}_to_date": Asked(figure, window="date") for name, figure in YEARLY.items() if name != "issued"},
    **{name: Asked(figure, window="date") for name, figure in TO_THE_DAY.items()},
    "delivery": Asked("delivery-against-plan"),
    "on_time": Asked("delivered-on-time"),
    "women": Asked("women"),
    "activities_by_component": Asked("activities-implemented", ("component",)),
    "participations_by_component": Asked("participations", ("component", "sex")),
    "share_of_women_by_component": Asked("share-of-women", ("component",)),
}
NATIONAL: dict[str, Asked] = _BOTH | {
    "participations_by_institution": Asked("participations", ("institution", "sex")),
    "share_of_women_by_institution": Asked("share-of-women", ("institution",)),
    "recommendations_by_institution": Asked("recommendations-issued", ("institution", "recommendation_state"), "date"),
}
REGIONAL: dict[str, Asked] = _BOTH | {
    "activities_by_country": Asked("activities-implemented", ("country", "component")),
    "participations_by_country": Asked("participations", ("country", "sex")),
    "share_of_women_by_country": Asked("share-of-women", ("country",)),
    "delivery_by_country": Asked("delivery-against-plan", ("plan_country",)),
    "on_time_by_country": Asked("delivered-on-time", ("country",)),
    "recommendations_by_country": Asked("recommendations-issued", ("country", "recommendation_state"), "date"),
    "recommendations_by_component": Asked("recommendations-issued", ("component", "recommendation_state"), "date"),
    "response_rate_by_country": Asked("response-rate", ("country",), "date"),
    "adoption_rate_by_country": Asked("adoption-rate", ("country",), "date"),
    **{
        f"{name}_in_countries": Asked((YEARLY | TO_THE_DAY)[name.removesuffix("_to_date")], ("country",), window)
        for name, window in (
            *((name, "year") for name in ("activities", "trainers", "participations", "institutions")),
            ("activities_to_date", "date"),
            *((name, "date") for name in ("recommendations", "answered", "accepted", "adopted", "overdue", "late")),
        )
    },
}
TOLD = ("activities", "recommendations")
"""Beside the figures of persons, those of which the pages say what could not be counted: asking costs a query each."""
CUMULATIVE = tuple(name for name, asked in _BOTH.items() if asked.window == "date" and "rate" not in asked.figure)


def compute_tables(phase: Phase, windows: Windows, country: Country | None) -> Tables:
    """All figures of a pack, as for its readers: members, from whom small numbers of persons are withheld."""
    found: Tables = {}
    for name, asked in (NATIONAL if country else REGIONAL).items():
        period: Period | str | None = TO_DATE
        if asked.window != "date":
            period = windows.year if asked.window == "year" else windows.before
        if period is None:
            continue
        found[name] = compute(
            asked.figure,
            phases=[phase],
            period=period,
            dimensions=asked.dimensions,
            filters=_narrowed(asked.figure, country),
            viewer=None,
            as_of=windows.as_of,
            with_gaps=name in TOLD or name.startswith(("participations", "share", "women")),
        )
    if "participations_by_institution" in found:
        found["participations_by_institution"] = largest_first(found["participations_by_institution"])
    return found


def largest_first(table: FigureTable) -> FigureTable:
    """The rows by size, as a reader compares them; equal ones by name as before, what is not stated at the end."""
    rows, *others = table.dimensions

    def place(key: Key) -> tuple[bool, float]:
        total = table.row_totals.get(key.code)
        return key.code == UNKNOWN, -float((total.value if total else None) or 0)

    return replace(table, dimensions=(replace(rows, keys=tuple(sorted(rows.keys, key=place))), *others))


def _narrowed(code: str, country: Country | None) -> dict[str, str] | None:
    """To one country: lines of plans belong to the country whose plan they stand in."""
    if country is None:
        return None
    return {"country" if "country" in figure_of(code).dimensions else "plan_country": country.code}
