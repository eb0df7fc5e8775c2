"""The data checks of a phase: what is wrong, whose it is, where to mend it; warnings may be explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.activities.access import (
    own_activities,
    sees_persons,
    visible_activities,
    visible_persons,
)
from pilotage.domain.activities.checks import (
    CHECK_BY_CODE,
    CHECKS,
    REFUSED_AT_ENTRY,
    Check,
    Checking,
    Finding,
    Question,
)
from pilotage.domain.activities.models import Activity, ActivityCountry, Person
from pilotage.domain.activities.operations import give_reason
from pilotage.domain.activities.persons import can_edit_person
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, visible_meetings
from pilotage.domain.steering.checks import STEERING_CHECKS, SteeringFinding, meeting_findings
from pilotage.kit.changes import operation
from pilotage.kit.past.moment import current_day
from pilotage.web.activities.forms import add_problems
from pilotage.web.activities.register import by_component, components, countries
from pilotage.web.checks.reach import checking_of, reach_of
from pilotage.web.meetings.common import address_of
from pilotage.web.meetings.views import mend_page
from pilotage.web.pages import PageRequest, phase_page, require, signed_in_page
from pilotage.web.registers.definition import Reading
from pilotage.web.registers.filters import Choices
from pilotage.web.registers.pages import reading_of

PAGE = 100


CHOICES = [
    *((one.code, one.title) for one in CHECKS),
    *((one.code, one.title) for one in STEERING_CHECKS),
]


class ChecksFilter(forms.Form):
    """What narrows the list; all in the address."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), required=False,
        choices=[("", gettext_lazy("all")), ("E", gettext_lazy("errors")), ("W", gettext_lazy("warnings"))],
    )  # fmt: skip
    check = forms.ChoiceField(
        label=gettext_lazy("Check"), required=False,
        choices=[("", gettext_lazy("all")), *CHOICES],
    )  # fmt: skip
    component = forms.ChoiceField(label=gettext_lazy("Component"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    own = forms.BooleanField(label=gettext_lazy("Mine to mend"), required=False)
    explained = forms.BooleanField(label=gettext_lazy("Explained ones too"), required=False)

    def __init__(self, data: QueryDict, components: Choices, countries: Choices) -> None:
        super().__init__(data)
        for name, choices in (("component", components), ("country", countries)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext_lazy("all")), *choices]

    def wanted(self, name: str) -> Any:
        """What was chosen; what cannot be understood narrows nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding with its record as the page names it."""

    finding: Finding
    code: str
    title: Any
    address: str
    mine: bool


@phase_page
def checks(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The list, grouped by check: counted whole, read page by page."""
    viewer = request.viewer
    require(viewer.is_staff_in(phase), _("The data checks are for the programme's staff."))
    reading = reading_of(request, phase)
    form = ChecksFilter(request.GET, components(reading), countries(reading))
    level, code, explained = form.wanted("level"), form.wanted("check"), bool(form.wanted("explained"))
    checking = checking_of(question_of(viewer, phase, form, reading))
    counts = checking.counts
    shown = [check for check in checking.checks if not level or check.level == level]
    chosen = [check for check in shown if not code or check.code == code]
    places = range(sum(counts[check.code].of(explained) for check in chosen))
    page = Paginator(places, PAGE).get_page(request.GET.get("page"))
    listed = checking.page(page.start_index() - 1, page.end_index(), chosen, explained=explained) if places else []
    met = meeting_lines(viewer, phase, form, reading)
    steering = [one for one in met if explained or not one.finding.reason]
    steering_counts = Counter(one.finding.check.code for one in steering)
    steering_explained = Counter(one.finding.check.code for one in met if one.finding.reason)
    context = {
        "filter": form,
        "steering": [
            (check, [one for one in steering if one.finding.check == check and (not code or code == check.code)])
            for check in STEERING_CHECKS
        ],
        "steering_found": any(not code or one.finding.check.code == code for one in steering),
        "steering_summary": [
            (check, steering_counts[check.code], steering_explained[check.code])
            for check in STEERING_CHECKS
            if not level or check.level == level
        ],
        "summary": [(check, counts[check.code].of(explained), counts[check.code].explained) for check in shown],
        "errors": _open(checking, "E") + sum(one.finding.check.level == "E" for one in met),
        "warnings": _open(checking, "W")
        + sum(one.finding.check.level == "W" and not one.finding.reason for one in met),
        "explained": sum(one.explained for one in counts.values()) + sum(steering_explained.values()),
        "page": page,
        "groups": grouped(lines(listed, viewer, phase)),
        "refused_at_entry": REFUSED_AT_ENTRY,
        "narrowed": bool(level or code or form.wanted("component") or form.wanted("country") or form.wanted("own")),
    }
    return render(request, "checks/checks.html", context)


def _open(checking: Checking, level: str) -> int:
    return sum(checking.counts[check.code].open for check in checking.checks if check.level == level)


def question_of(viewer: Viewer, phase: Phase, form: ChecksFilter, reading: Reading) -> Question:
    """What the checks are asked: the activities that the filters leave, and the persons that the viewer sees.

    A person has no component and is found by no country; a filter on these leaves the register out, but not what the
    register says of the activities that are left.
    """
    question = reach_of(viewer, phase, reading.today, own=bool(form.wanted("own")))
    persons = question.persons
    if persons is not None and (form.wanted("component") or form.wanted("country")):
        persons = persons.none()
    return replace(question, activities=narrowed(question.activities, form, reading), persons=persons)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One finding about a meeting, with the page that mends it."""

    finding: SteeringFinding
    address: str
    mend: str
    mine: bool


def meeting_lines(viewer: Viewer, phase: Phase, form: ChecksFilter, reading: Reading) -> list[MeetingLine]:
    """What the checks find in the meetings that the viewer sees; none where a component is chosen."""
    if form.wanted("component"):
        return []
    meetings, country = visible_meetings(viewer, phase).order_by("begins_on", "code"), form.wanted("country")
    if country:
        meetings = meetings.filter(country=None if country == "none" else country)
    lines = []
    for one in meeting_findings(meetings, reading.today):
        if form.wanted("level") and one.check.level != form.wanted("level"):
            continue
        one.meeting.phase = phase
        mine = can_edit_meeting(viewer, one.meeting)
        if mine or not form.wanted("own"):
            address = address_of(one.meeting)
            lines.append(MeetingLine(one, address, address_of(one.meeting, mend_page(one.check.mend)), mine))
    return lines


def narrowed(activities: ActivityQuerySet, form: ChecksFilter, reading: Any) -> ActivityQuerySet:
    """The activities of the chosen component and country."""
    component, country = form.wanted("component"), form.wanted("country")
    if component:
        activities = by_component(activities, [component], reading)  # type: ignore[assignment]
    if country:
        links = ActivityCountry.objects.filter(activity=OuterRef("pk"))
        activities = activities.filter(~Exists(links) if country == "none" else Exists(links.filter(country=country)))
    return activities


def lines(found: Sequence[Finding], viewer: Viewer, phase: Phase) -> list[Line]:
    """The findings with their records, read in three queries."""
    keys = {one.activity for one in found if one.activity}
    activity_names = {
        pk: (code, title) for pk, code, title in Activity.objects.filter(pk__in=keys).values_list("pk", "code", "title")
    }
    own = set(own_activities(viewer, phase).filter(pk__in=keys).values_list("pk", flat=True))
    persons = {one.pk: one for one in Person.objects.filter(pk__in={one.person for one in found if one.person})}
    shown = []
    for one in found:
        if one.activity:
            code, title = activity_names[one.activity]
            address = reverse("activities:activity", args=[phase.code, code])
            shown.append(Line(one, code, title, address, one.activity in own))
        else:
            person = persons[one.person or 0]
            person.phase = phase
            address = reverse("people:person", args=[phase.code, person.key])
            shown.append(Line(one, person.key, person.name_signed, address, can_edit_person(viewer, person)))
    return shown


def grouped(shown: Sequence[Line]) -> list[tuple[Check, list[Line]]]:
    """The lines by check, in the order of the handbook."""
    groups: dict[str, list[Line]] = {}
    for line in shown:
        groups.setdefault(line.finding.check.code, []).append(line)
    return [(CHECK_BY_CODE[code], rows) for code, rows in groups.items()]


class ReasonForm(forms.Form):
    """Why a warning stands as it is."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who reads the warning next should understand why it stands."),
    )  # fmt: skip


@phase_page
@signed_in_page
def explain(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """One reason for one warning, or for several chosen in the list. All are kept, or none."""
    viewer = request.viewer
    require(viewer.is_staff_in(phase))
    keys = (request.POST if request.method == "POST" else request.GET).getlist("finding")[:500]
    form = ReasonForm(request.POST if request.method == "POST" and "reason" in request.POST else None)
    chosen = chosen_findings(viewer, phase, keys)
    if form.is_bound and form.is_valid() and chosen:
        try:
            _explain(viewer, phase, chosen, form.cleaned_data["reason"])
        except ValidationError as problem:
            add_problems(form, problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The reason is kept."))
            return redirect("checks:checks", phase.code)
    context = {"form": form, "lines": lines(chosen, viewer, phase)}
    return render(request, "checks/explain.html", context, status=422 if form.is_bound and form.errors else 200)


def chosen_findings(viewer: Viewer, phase: Phase, keys: Sequence[str]) -> list[Finding]:
    """The warnings that ``keys`` name and that are really there."""
    named = [key.split(":", 1) for key in keys if ":" in key]
    codes = {code for code, _record in named if code in CHECK_BY_CODE and CHECK_BY_CODE[code].level == "W"}
    records = [(record[:1], int(record[1:])) for _code, record in named if record[1:].isdecimal()]
    activities = visible_activities(viewer, phase).filter(pk__in={key for kind, key in records if kind == "a"})
    persons = visible_persons(viewer, phase).filter(pk__in={key for kind, key in records if kind == "p"})
    question = Question(activities, persons if sees_persons(viewer, phase) else None, phase, current_day())
    checking = Checking(question, [check for check in CHECKS if check.code in codes])
    wanted = set(keys)
    return [one for one in checking.all() if one.key in wanted]


def _explain(viewer: Viewer, phase: Phase, chosen: Sequence[Finding], reason: str) -> None:
    assert viewer.user is not None
    activities = {
        one.pk: one
        for one in Activity.objects.filter(pk__in={one.activity for one in chosen if one.activity}).prefetch_related(
            "country_links", "institution_links"
        )
    }
    persons = {one.pk: one for one in Person.objects.filter(pk__in={one.person for one in chosen if one.person})}
    with operation("give reason", by=viewer.user, why=reason):
        for one in chosen:
            activity = activities.get(one.activity or 0)
            if activity is not None:
                activity.phase = phase
            give_reason(
                by=viewer.user, viewer=viewer, activity=activity, person=persons.get(one.person or 0),
                check_code=one.check.code, reason=reason,
            )  # fmt: skip
