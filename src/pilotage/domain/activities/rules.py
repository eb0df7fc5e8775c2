"""What must hold for one activity: pure functions that find problems (domain handbook, section 9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import Mode, Sex, State, Type
from pilotage.kit.partial_dates import bounds
from pilotage.kit.problems import Problem


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """What the rules need to know of the phase."""

    start: date | None
    end: date | None
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One line of a tally as plain values; empty texts are "not stated"."""

    count: int
    country: str = ""
    institution: str = ""
    """Code of the institution."""
    institution_type: str = ""
    sex: str = Sex.NOT_STATED.value
    mode: str = ""
    age_band: str = ""

    @property
    def kind(self) -> tuple[str, ...]:
        """What makes two rows the same kind of participants."""
        return (self.country, self.institution, self.institution_type, self.sex, self.mode, self.age_band)


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the rules need to know of an activity, as plain values."""

    type: str
    state: str
    thematic: bool
    component: str
    countries: frozenset[str]
    venue_country: str = ""
    mode: str = ""
    sourced: bool = False
    """True where the facts were read from a source: what it states is kept and doubted, not refused."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """By field: baseline_start, baseline_end, planned_start, planned_end, actual_start, actual_end."""


PAIRS = (("baseline_start", "baseline_end"), ("planned_start", "planned_end"), ("actual_start", "actual_end"))


def activity_problems(activity: ActivityFacts, phase: PhaseFacts, today: date) -> list[Problem]:
    """Errors that block the record and warnings that want a reason."""
    return [
        *_date_problems(activity, phase, today),
        *_country_problems(activity, phase),
        *_component_problems(activity),
    ]


def _date_problems(activity: ActivityFacts, phase: PhaseFacts, today: date) -> Iterable[Problem]:
    for start_name, end_name in PAIRS:
        start, end = bounds(activity.dates.get(start_name, "")), bounds(activity.dates.get(end_name, ""))
        if start[0] and end[1] and end[1] < start[0]:
            yield Problem("end_before_start", "E", end_name, _("The end is before the start."))
        for name, (first, last) in ((start_name, start), (end_name, end)):
            outside = (phase.start and last and last < phase.start) or (phase.end and first and first > phase.end)
            if outside:
                stated = activity.sourced and name.startswith("actual_")
                yield Problem("outside_phase", "W" if stated else "E", name, _("The date lies outside the phase."))
    first, _last = bounds(activity.dates.get("actual_end", ""))
    if activity.state in HELD and first and first > today:
        yield Problem("implemented_in_future", "E", "actual_end", _("An implemented activity cannot end after today."))


def _country_problems(activity: ActivityFacts, phase: PhaseFacts) -> Iterable[Problem]:
    for code in sorted(activity.countries - phase.countries):
        yield Problem(
            "country_outside_programme",
            "E",
            "countries",
            _("%(country)s is not a partner country of this phase."),
            {"country": code},
        )
    if activity.venue_country and activity.venue_country not in phase.countries and activity.type != Type.STUDY_VISIT:
        yield Problem(
            "venue_outside_region", "W", "venue", _("The venue is outside the region, and this is not a study visit.")
        )


def _component_problems(activity: ActivityFacts) -> Iterable[Problem]:
    if activity.thematic and not activity.component and activity.state != State.DRAFT:
        yield Problem("thematic_without_component", "E", "component", _("A thematic activity belongs to a component."))


def tally_problems(rows: Sequence[TallyRow], activity: ActivityFacts, phase: PhaseFacts) -> list[Problem]:
    """Problems of a participant tally."""
    problems = []
    seen = set()
    for row in rows:
        if row.kind in seen:
            problems.append(Problem("tally_row_twice", "E", "tally", _("Two lines of the tally are of the same kind.")))
        seen.add(row.kind)
        if row.count < 0 or row.count > 100_000:
            problems.append(Problem("tally_count", "E", "tally", _("A number of participants is from 0 to 100 000.")))
        if row.country and row.country not in phase.countries:
            problems.append(
                Problem(
                    "participant_country",
                    "W",
                    "tally",
                    _("Participants came from %(country)s, which is not a partner country."),
                    {"country": row.country},
                )
            )
        if activity.mode in {Mode.ONSITE, Mode.ONLINE} and row.mode and row.mode != activity.mode:
            problems.append(
                Problem("tally_mode", "W", "tally", _("A line of the tally has another mode than the activity."))
            )
    total = sum(row.count for row in rows)
    if rows and total == 0 and activity.type in TRAINING_TYPES and activity.state in HELD:
        problems.append(Problem("training_with_zero", "W", "tally", _("A training with no participants.")))
    return problems


TRAINING_TYPES = frozenset(
    {Type.WORKSHOP, Type.SEMINAR, Type.TRAINING, Type.TRAINING_OF_TRAINERS, Type.ON_THE_JOB_TRAINING}
)


def stated_total_problems(women: int | None, participants: int | None, rows: Sequence[TallyRow]) -> list[Problem]:
    """Problems of totals typed beside a tally: women more than participants, sexes not summing to the total."""
    problems = []
    if women is not None and participants is not None and women > participants:
        problems.append(
            Problem(
                "women_above_participants",
                "E",
                "women",
                _("%(women)d women among %(participants)d participants."),
                {"women": women, "participants": participants},
            )
        )
    total = sum(row.count for row in rows)
    if participants is not None and rows and total != participants:
        problems.append(
            Problem(
                "tally_not_summing",
                "E",
                "participants",
                _("The lines of the tally sum to %(sum)d, the total says %(total)d."),
                {"sum": total, "total": participants},
            )
        )
    return problems


def certificate_allowed(days_present: Any, days: int, presence: int) -> bool:
    """True from ``presence`` per cent of the days on (domain handbook, 8.8)."""
    return days > 0 and days_present is not None and float(days_present) * 100 >= days * presence
