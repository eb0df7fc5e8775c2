"""Entering the participant tally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from pilotage.domain.activities.conflicts import changed_since
from pilotage.domain.activities.entries import facts_of, phase_facts, tally_rows
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import set_tally
from pilotage.domain.activities.rules import TallyRow, tally_problems
from pilotage.domain.activities.words import State
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.kit.texts import wording
from pilotage.web.activities.common import editor_page, found_activity, tabs
from pilotage.web.activities.names import institution_names
from pilotage.web.activities.tally_form import SEXES, TallySheet, rows_of, sheet_of, sheet_typed, typed_totals
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest


@editor_page
def tally(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """The matrix: typed, pasted or corrected; checked as a whole, kept as a whole."""
    names = institution_names(phase)
    stored = [row for _record, row in tally_rows(activity)]
    kept = take_typed(request)
    if request.method != "POST":
        sheet = sheet_typed(activity, kept, stored) if kept else _stored_sheet(activity, stored, names)
        version = _version(kept) if kept else activity.version
        return _show(request, activity, sheet, names, version=version, kept=bool(kept))
    sheet = sheet_typed(activity, request.POST, stored)
    version = _version(request.POST)
    institutions = (
        Institution.objects.in_bulk(list(names.labels)) if any(one.institution for one in sheet.lines) else {}
    )
    rows = rows_of(sheet, names, institutions, set(Country.objects.values_list("code", flat=True)))
    participants, women = typed_totals(sheet)
    if sheet.problems or sheet.cell_problems:
        return _show(request, activity, sheet, names, version=version)
    assert request.viewer.user is not None
    try:
        set_tally(
            by=request.viewer.user, viewer=request.viewer, activity=activity, rows=rows, version=version,
            participants=participants, women=women,
        )  # fmt: skip
    except ValidationError as problem:
        sheet.problems += [message for message in problem.messages if message not in sheet.problems]
        return _show(request, activity, sheet, names, version=version)
    except StaleRecord:
        fresh = found_activity(request.viewer, phase, activity.code)
        meanwhile = changed_since(fresh, version)
        theirs = _stored_sheet(fresh, [row for _record, row in tally_rows(fresh)], names) if meanwhile.tally else None
        return _show(request, fresh, sheet, names, version=fresh.version, meanwhile=meanwhile, theirs=theirs)
    _say(request, activity, rows, phase)
    return redirect("activities:activity", phase.code, activity.code)


def _say(request: PageRequest, activity: Activity, rows: list[TallyRow], phase: Phase) -> None:
    messages.success(
        request, _("The tally is kept: %(number)d participants.") % {"number": sum(row.count for row in rows)}
    )
    for warning in {problem.text for problem in tally_problems(rows, facts_of(activity), phase_facts(phase))}:
        messages.warning(request, warning)


def _version(data: Any) -> int:
    text = data.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _stored_sheet(activity: Activity, stored: list[TallyRow], names: Any) -> TallySheet:
    codes = {row.institution for row in stored if row.institution}
    keys = dict(Institution.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
    return sheet_of(activity, stored, names, keys)


def _show(request: PageRequest, activity: Activity, sheet: TallySheet, names: Any, **more: Any) -> HttpResponseBase:
    language = (get_language() or "en").split("-")[0]
    partners = [_country(link.country, language) for link in activity.phase.partner_countries.all()]
    known = {one.code for one in partners}
    others = [_country(one, language) for one in Country.objects.exclude(pk__in=known)]
    context = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "sheet": sheet,
        "lines": list(enumerate(sheet.with_spare())),
        "sexes": SEXES,
        "countries": partners,
        "other_countries": others,
        "types": _types(language),
        "institution_names": names.labels.values(),
        "locked": activity.state == State.VERIFIED,
        "country_codes": known | {one.code for one in others},
        "type_codes": set(Institution.Type.values),
        **more,
    }
    status = 409 if more.get("meanwhile") else 422 if sheet.problems or sheet.cell_problems else 200
    return render(request, "activities/tally.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Listed:
    """One choice of a list: what is kept, what is read, and what else may be pasted for it."""

    code: str
    name: str
    also: str


def _country(country: Country, language: str) -> Listed:
    others = [text for one, text in country.name.items() if one != language and text]
    return Listed(country.pk, wording(country.name, language), "|".join(others))


def _types(language: str) -> list[Listed]:
    found = []
    for one in Institution.Type:
        others = []
        for other, _name in settings.LANGUAGES:
            if other != language:
                with override(other):
                    others.append(str(one.label))
        found.append(Listed(one.value, str(one.label), "|".join(others)))
    return found
