"""Entering who attended: the register beside the tally."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_scores, visible_persons
from pilotage.domain.activities.models import Activity, Attendance, Person
from pilotage.domain.activities.persons import (
    AttendanceEntry,
    can_edit_person,
    can_enter_attendance,
    same_named,
    set_attendance,
)
from pilotage.domain.activities.readings import PersonsReading, note_reading
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.kit.changes import StaleRecord
from pilotage.kit.texts import wording
from pilotage.web.activities.common import activity_form_page, tabs
from pilotage.web.activities.names import institution_names
from pilotage.web.activities.people_forms import NewLine, PresentLine
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, require

SPARE = 6
MOST_NEW = 100


@activity_form_page
def people(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """The attendance list: lines to correct, empty ones for more people, the difference to the tally."""
    viewer = request.viewer
    require(can_enter_attendance(viewer, activity), _("Your role does not reach the attendance of this activity."))
    kept = take_typed(request)
    data = request.POST if request.method == "POST" else kept
    present, new = _forms(request, activity, data)
    problems: list[str] = []
    if request.method == "POST":
        sent = [form for form in present if form.is_bound]
        typed = [form for form in new if form.is_bound and form.has_changed()]
        valid = all([*(form.is_valid() for form in sent), *(form.is_valid() for form in typed)])
        if valid and not _undecided(request, phase, typed):
            try:
                _write(request, activity, sent, typed)
            except ValidationError as problem:
                problems = list(problem.messages)
            except NotAllowed as refusal:
                problems = [refusal.reason]
            except StaleRecord as stale:
                problems = [
                    _("%(person)s changed the activity meanwhile. Your lines are below: look at them and save again.")
                    % {"person": stale.by}
                ]
                activity.refresh_from_db()
            else:
                messages.success(request, _("The attendance is kept."))
                return redirect("activities:people", phase.code, activity.code)
    what = PersonsReading.What.ATTENDANCE
    note_reading(viewer=viewer, phase=phase, what=what, persons=len(present), record=activity.code)
    return _show(request, activity, present, new, problems, kept=kept is not None)


def _forms(request: PageRequest, activity: Activity, data: Any) -> tuple[list[PresentLine], list[NewLine]]:
    viewer, phase = request.viewer, activity.phase
    scores = sees_scores(viewer, phase)
    lines = Attendance.objects.filter(activity=activity, person__in=visible_persons(viewer, phase).order_by())
    lines = lines.select_related("person__institution", "person__country").order_by("role", "person__sort")
    present = []
    for line in lines:
        line.person.phase = phase
        if can_edit_person(viewer, line.person):
            bound = data if data is not None and f"a{line.pk}-role" in data else None
            present.append(PresentLine(bound, line=line, scores=scores))
    names = institution_names(phase)
    language = (get_language() or "en").split("-")[0]
    countries = [(link.country_id, wording(link.country.name, language)) for link in phase.partner_countries.all()]
    numbers = range(SPARE)
    if data is not None:
        sent = {int(key[1:].split("-")[0]) for key in data if key[:1] == "n" and key[1:].split("-")[0].isdecimal()}
        numbers = range(min(MOST_NEW, max([*sent, SPARE - 1]) + 1))
    own = {held.country_id for held in viewer.held_with("person", phase, {Level.EDIT}) if held.country_id}
    first = next(iter(own), "")
    new = [
        NewLine(
            data if data is not None and f"n{number}-name_signed" in data else None, number=number, names=names,
            countries=countries, scores=scores, initial={"country": first},
        )
        for number in numbers
    ]  # fmt: skip
    return present, new


def _undecided(request: PageRequest, phase: Phase, typed: list[NewLine]) -> bool:
    """True where the register has people of a name that was typed, and nobody said yet who it is."""
    found = same_named(phase, [form.name for form in typed if form.name])
    seen = visible_persons(request.viewer, phase).select_related("institution", "country")
    known = {person.pk: person for person in seen.filter(pk__in={key for keys in found.values() for key in keys})}
    open_question = False
    for form in typed:
        form.candidates = [known[key] for key in found.get(form.name, []) if key in known]
        chosen = form.cleaned_data.get("person", "")
        if form.candidates and chosen not in {"new", *(str(person.pk) for person in form.candidates)}:
            form.add_error(None, _("The register has somebody of this name: say whether it is the same person."))
            open_question = True
    return open_question


def _write(request: PageRequest, activity: Activity, sent: list[PresentLine], typed: list[NewLine]) -> None:
    viewer, phase = request.viewer, activity.phase
    assert viewer.user is not None
    removed = frozenset(form.line.pk for form in sent if form.cleaned_data.get("remove"))
    entries = [form.entry() for form in sent if form.line.pk not in removed and form.has_changed()]
    for form in typed:
        if not form.name:
            raise ValidationError(_("New line %(number)d: the name is missing.") % {"number": form.number + 1})
        chosen = form.cleaned_data["person"]
        person: Person | None = None
        if chosen.isdecimal():
            person = next((one for one in form.candidates if str(one.pk) == chosen), None)
        values = {name: value for name, value in form.attendance_values().items() if value not in (None, "")}
        entries.append(AttendanceEntry(person, values, new=form.new_person(phase)))
    version = request.POST.get("version", "")
    set_attendance(
        by=viewer.user, viewer=viewer, activity=activity, entries=entries, removed=removed,
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        presence=setting(phase, "certificate_presence"),
    )  # fmt: skip


def _show(
    request: PageRequest, activity: Activity, present: list[PresentLine], new: list[NewLine], problems: list[str],
    kept: bool,
) -> HttpResponseBase:  # fmt: skip
    lines = Attendance.objects.filter(activity=activity, role=Attendance.AttendanceRole.PARTICIPANT)
    registered = lines.values("person").distinct().count()
    women = lines.filter(person__sex="woman").values("person").distinct().count()
    sums = {"people": 0, "women": 0}
    for sex, count in activity.tallies.values_list("sex", "count"):
        sums["people"] += count
        sums["women"] += count if sex == "woman" else 0
    failed = bool(problems) or any(form.is_bound and form.errors for form in [*present, *new])
    context = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "present": present,
        "new": new,
        "problems": problems,
        "registered": registered,
        "registered_women": women,
        "counted": sums["people"],
        "counted_women": sums["women"],
        "differs": registered and (registered, women) != (sums["people"], sums["women"]),
        "scores": sees_scores(request.viewer, activity.phase),
        "institution_names": institution_names(activity.phase).labels.values(),
        "kept": kept,
    }
    return render(
        request, "activities/people.html", context, status=422 if failed and request.method == "POST" else 200
    )
