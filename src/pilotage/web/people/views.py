"""People: the register, one person, corrections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import (
    can_edit_persons,
    sees_persons,
    sees_scores,
    visible_activities,
    visible_persons,
)
from pilotage.domain.activities.merging import can_separate
from pilotage.domain.activities.models import Attendance, MergedPerson, Person
from pilotage.domain.activities.persons import add_person, can_edit_person, edit_person, require_reach, same_named
from pilotage.domain.activities.readings import PersonsReading, note_reading
from pilotage.domain.activities.words import Sex
from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.kit.past.moment import past
from pilotage.web.activities.forms import add_problems
from pilotage.web.changes.reading import changes_of
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, form_page, phase_page, require
from pilotage.web.people.forms import NewPersonForm, PersonForm
from pilotage.web.people.readings import READINGS
from pilotage.web.people.register import PEOPLE
from pilotage.web.places import may_see_changes
from pilotage.web.registers import register_page
from pilotage.web.registers.pages import EXPORTS, reading_of
from pilotage.web.registers.state import State
from pilotage.web.registers.words import SEX


@phase_page
def people(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register, as far as the viewer sees names."""
    require(sees_persons(request.viewer, phase), _("Names are not open to your role."))
    seen = visible_persons(request.viewer, phase)
    answer = register_page(
        request, phase, PEOPLE, seen, template="people/people.html",
        context={
            "may_see_readings": may_see_changes(request.viewer, phase),
            "may_add": can_edit_persons(request.viewer, phase) and not past(),
        },
    )  # fmt: skip
    # The page and its rows are counted after they are made: what was refused or not found was not read.
    exported = request.GET.get("format", "") in EXPORTS
    what = PersonsReading.What.EXPORT if exported else PersonsReading.What.REGISTER
    number = State(PEOPLE, request.GET, reading_of(request, phase)).narrow(seen).order_by().count()
    note_reading(
        viewer=request.viewer, phase=phase, what=what, persons=number if exported else min(number, PEOPLE.page_size)
    )
    return answer


@phase_page
def readings(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Who read names, and what was taken along."""
    require(
        may_see_changes(request.viewer, phase),
        _("Who read names is open to the programme manager and the M&E officer."),
    )
    entries = PersonsReading.objects.filter(phase=phase)
    return register_page(request, phase, READINGS, entries, template="people/readings.html")


def acting(viewer: Viewer) -> User:
    """Who writes: pages that change people are reached by signed-in people only."""
    assert viewer.user is not None
    return viewer.user


def found_person(request: PageRequest, phase: Phase, key: str) -> Person:
    """The person ``key`` whom the viewer may see; 404 else."""
    require(sees_persons(request.viewer, phase), _("Names are not open to your role."))
    person = visible_persons(request.viewer, phase).filter(key=key).select_related("institution", "country").first()
    if person is None:
        raise Http404(_("There is nobody at this address whom you may see."))
    person.phase = phase
    return person


@phase_page
def person(request: PageRequest, phase: Phase, key: str) -> HttpResponseBase:
    """One person with the activities that they attended. The key of a merged entry leads to the one that stayed."""
    viewer = request.viewer
    merged = MergedPerson.objects.filter(key=key, person__in=visible_persons(viewer, phase).order_by())
    if other := merged.values_list("person__key", flat=True).first():
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("people:person", args=[phase.code, other]) + query)
    record = found_person(request, phase, key)
    lines = Attendance.objects.filter(person=record, activity__in=visible_activities(viewer, phase).order_by())
    name = record.name_latin or record.name_signed
    alike = [one for keys in same_named(phase, [record.name_signed, name]).values() for one in keys if one != record.pk]
    note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.PERSON, persons=1, record=record.key)
    context = {
        "person": record,
        "sex": SEX[Sex(record.sex)],
        "lines": lines.select_related("activity").order_by("-activity__begins_on", "activity__code"),
        "shows_scores": sees_scores(viewer, phase),
        "may_edit": can_edit_person(viewer, record),
        "merged": merged_into(record),
        "alike": visible_persons(viewer, phase).filter(pk__in=alike).select_related("institution"),
        "changes": changes_of(record, viewer, phase, limit=15),
        "may_see_readings": may_see_changes(viewer, phase),
    }
    return render(request, "people/person.html", context)


def merged_into(person: Person) -> list[tuple[MergedPerson, bool]]:
    """The entries that were merged into this one, and whether each merging can be taken back."""
    merged = list(MergedPerson.objects.filter(person=person))
    for one in merged:
        one.person = person
    return [(one, can_separate(one)) for one in merged]


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Somebody who was at no activity yet. Where the register knows somebody named alike, it asks first."""
    viewer = request.viewer
    require(
        can_edit_persons(viewer, phase), _("The register of people is kept by the M&E officer and the coordinators.")
    )
    posted = request.method == "POST"
    country = next((held.country_id for held in viewer.held_in(phase) if held.country_id), None)
    initial = {"country": country, "sex": Sex.NOT_STATED.value}
    form = NewPersonForm(request.POST if posted else take_typed(request), phase=phase, initial=initial)
    alike: Any = []
    if posted and form.is_valid():
        given = form.cleaned_data
        if not given["anyway"]:
            names = [name for name in (given["name_signed"], given["name_latin"]) if name]
            keys = {key for found in same_named(phase, names).values() for key in found}
            alike = list(visible_persons(viewer, phase).filter(pk__in=keys).select_related("institution", "country"))
        if not alike:
            try:
                added = add_person(by=acting(viewer), phase=phase, values=form.values(), viewer=viewer)
            except ValidationError as problem:
                add_problems(form, problem)
            except NotAllowed as refusal:
                form.add_error(None, refusal.reason)
            else:
                messages.success(
                    request, _("The person is in the register, with the key %(key)s.") % {"key": added.key}
                )
                return redirect("people:person", phase.code, added.key)
        else:
            what = PersonsReading.What.DUPLICATES
            note_reading(viewer=viewer, phase=phase, what=what, persons=len(alike))
    context = {"form": form, "alike": alike, "institution_names": form.names.labels.values()}
    return render(request, "people/new.html", context, status=422 if posted else 200)


@phase_page
@form_page
def edit(request: PageRequest, phase: Phase, key: str) -> HttpResponseBase:
    """Corrects what is kept of a person."""
    viewer = request.viewer
    record = found_person(request, phase, key)
    require_reach(viewer, record)
    require(
        not record.pseudonymous,
        _("The name was taken out of the register for ever. Nothing that points at the person is written again."),
    )
    names = ("name_signed", "name_latin", "position", "sex", "country", "email", "photo_consent_on",
             "mailing_consent_on", "version")  # fmt: skip
    initial = {**{name: getattr(record, name) for name in names}, "institution": record.institution_id}
    posted = request.method == "POST"
    form = PersonForm(request.POST if posted else take_typed(request), phase=phase, initial=initial)
    stale = None
    if posted and form.is_valid():
        try:
            edit_person(
                by=acting(viewer), person=record, values=form.values(), version=form.cleaned_data["version"] or 0,
                viewer=viewer,
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        except StaleRecord as other:
            stale = other
            record = found_person(request, phase, key)
            again = request.POST.copy()
            again["version"] = str(record.version)
            form.data = again
            form.add_error(None, _("%(person)s saved this record while you had it open.") % {"person": other.by})
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("people:person", phase.code, record.key)
    note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.PERSON, persons=1, record=record.key)
    theirs = [
        (form.fields[name.removesuffix("_id")].label, now)
        for name, (_before, now) in (stale.theirs.items() if stale else ())
        if name.removesuffix("_id") in form.fields
    ]
    context = {"form": form, "person": record, "stale": stale, "theirs": theirs,
               "institution_names": form.names.labels.values()}  # fmt: skip
    return render(request, "people/edit.html", context, status=422 if posted else 200)
