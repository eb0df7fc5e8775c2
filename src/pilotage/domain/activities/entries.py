"""An activity as it is entered: by a form, a workbook row, the API or a loading command, all in one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import (
    Activity,
    ActivityCountry,
    ActivityExpert,
    CoOrganiser,
    ParticipatingInstitution,
    Tally,
)
from pilotage.domain.activities.rules import (
    PAIRS,
    ActivityFacts,
    PhaseFacts,
    TallyRow,
    activity_problems,
    tally_problems,
)
from pilotage.domain.programme.models import Phase
from pilotage.kit.bulk import Cleaning
from pilotage.kit.printable import missing_characters
from pilotage.kit.problems import Problem

DATE_FIELDS = tuple(name for pair in PAIRS for name in pair)
TEXT_FIELDS = ("title", "summary", "agencies_text", "experts_text", "outputs_text")


@dataclass(frozen=True)
class ActivityEntry:
    """What somebody enters. ``values`` are fields of Activity; None in a list means "not spoken of"."""

    values: Mapping[str, Any]
    countries: frozenset[str] | None = None
    """Codes of the beneficiary countries."""
    co_organisers: frozenset[int] | None = None
    """Keys of institutions; likewise the next two."""
    institutions: frozenset[int] | None = None
    experts: frozenset[int] | None = None
    tally: tuple[TallyRow, ...] | None = None


def link_models() -> dict[str, tuple[Any, str]]:
    """For each list of an entry: the model of its rows and the field that holds the key."""
    return {
        "countries": (ActivityCountry, "country_id"),
        "co_organisers": (CoOrganiser, "institution_id"),
        "institutions": (ParticipatingInstitution, "institution_id"),
        "experts": (ActivityExpert, "institution_id"),
    }


def phase_facts(phase: Phase) -> PhaseFacts:
    """What the rules need of a phase."""
    return PhaseFacts(phase.start, phase.end, frozenset(link.country_id for link in phase.partner_countries.all()))


def facts_of(activity: Activity, entry: ActivityEntry | None = None) -> ActivityFacts:
    """What the rules need of an activity, its countries as ``entry`` will leave them."""
    if entry is not None and entry.countries is not None:
        countries = entry.countries
    elif activity.pk:
        countries = frozenset(link.country_id for link in activity.country_links.all())
    else:
        countries = frozenset()
    return ActivityFacts(
        type=activity.type,
        state=activity.state,
        thematic=activity.thematic,
        component=str(activity.component_id or ""),
        countries=countries,
        venue_country=activity.venue_country_id or "",
        mode=activity.mode,
        sourced=bool(activity.sources),
        dates={name: getattr(activity, name) for name in DATE_FIELDS},
    )


def tally_row(record: Tally) -> TallyRow:
    """A stored line of a tally in its plain form."""
    return TallyRow(
        count=record.count,
        country=record.country_id or "",
        institution=record.institution.code if record.institution else "",
        institution_type=record.institution_type,
        sex=record.sex,
        mode=record.mode,
        age_band=record.age_band,
    )


def tally_rows(activity: Activity) -> list[tuple[Tally, TallyRow]]:
    """The stored lines of the tally beside their plain form."""
    lines = Tally.objects.filter(activity=activity).select_related("institution")
    return [(record, tally_row(record)) for record in lines]


def printable_problems(values: Mapping[str, Any]) -> list[Problem]:
    """Texts with characters that no publication could print: control characters, emoji, unknown scripts."""
    problems = []
    for name in TEXT_FIELDS:
        for language, text in (values.get(name) or {}).items():
            missing = missing_characters(text)
            if missing:
                problems.append(
                    Problem(
                        "not_printable",
                        "E",
                        name,
                        _("The text (%(language)s) holds characters that cannot be printed: %(characters)s"),
                        {"language": language, "characters": " ".join(missing[:5])},
                    )
                )
    return problems


def check_entry(
    activity: Activity, entry: ActivityEntry, phase: PhaseFacts, today: date, *, cleaning: Cleaning | None = None
) -> None:
    """Checks every field and every rule of ``activity`` as ``entry`` leaves it, all at once.

    Raises ValidationError by field. With ``cleaning``, which many activities share, the database is not asked: whether
    the code is free and whether what the activity refers to exists is then for the caller (and the database's own
    constraints) to know.
    """
    found: dict[str, Any] = {}
    try:
        if cleaning is None:
            activity.full_clean()
        else:
            cleaning.clean(activity, fields_not_entered(frozenset(entry.values)))
    except ValidationError as error:
        found = error.update_error_dict(found)
    problems = printable_problems(entry.values)
    if not found.keys() & set(DATE_FIELDS):
        facts = facts_of(activity, entry)
        problems += activity_problems(facts, phase, today)
        problems += tally_problems([row for row in entry.tally or () if row.count], facts, phase)
    for problem in problems:
        if problem.blocks:
            # Worded where it is read, in that reader's language.
            found.setdefault(problem.field, []).append(as_error(problem))
    if found:
        raise ValidationError(found)


@lru_cache(maxsize=256)
def fields_not_entered(names: frozenset[str]) -> set[str]:
    """The fields that need no cleaning in bulk: those that ``names`` leave out, and links to records just read."""
    entered = {name.removesuffix("_id") for name in names}
    return {field.name for field in Activity._meta.concrete_fields if field.is_relation or field.name not in entered}


def as_error(problem: Problem) -> ValidationError:
    """A problem as Django's forms take it."""
    message: Any = problem.message
    return ValidationError(message, code=problem.code, params=problem.params or None)


def raise_blocking(problems: Iterable[Problem]) -> None:
    """Raises ValidationError by field where any of ``problems`` blocks."""
    found: dict[str, list[ValidationError]] = {}
    for problem in problems:
        if problem.blocks:
            found.setdefault(problem.field, []).append(as_error(problem))
    if found:
        raise ValidationError(found)
