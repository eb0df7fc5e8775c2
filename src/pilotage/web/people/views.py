"""People: the register, one person, corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.activities.access import sees_persons, sees_scores, visible_activities, visible_persons
from pilotage.domain.activities.models import Attendance, Person
from pilotage.domain.activities.persons import can_edit_person, edit_person, same_named
from pilotage.domain.activities.readings import PersonsReading, note_reading
from pilotage.domain.activities.words import Sex
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION, DayField, add_problems
from pilotage.web.activities.names import institution_names
from pilotage.web.changes.reading import changes_of
from pilotage.web.drafts import keep_typed, take_typed
from pilotage.web.fields import NamedField, PlainTextField, RecordField
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.people.readings import READINGS
from pilotage.web.people.register import PEOPLE
from pilotage.web.places import may_see_changes
from pilotage.web.registers import register_page
from pilotage.web.registers.pages import EXPORTS, reading_of
from pilotage.web.registers.state import State
from pilotage.web.registers.words import SEX


class PersonForm(forms.Form):
    """What is kept of a person, and no more (domain handbook, 10)."""

    name_signed = PlainTextField(label=gettext_lazy("Name as signed"), max_length=200)
    name_latin = PlainTextField(label=gettext_lazy("Name in Latin letters"), max_length=200, required=False)
    institution = NamedField(label=gettext_lazy("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    position = PlainTextField(label=gettext_lazy("Position"), max_length=200, required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=list(SEX.items()))
    country = RecordField(Country, label=gettext_lazy("Country"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    photo_consent_on = DayField(label=gettext_lazy("Consent to photos given on"))
    mailing_consent_on = DayField(label=gettext_lazy("Consent to mailing given on"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, phase: Phase, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.names = institution_names(phase)
        institution, country = self.fields["institution"], self.fields["country"]
        assert isinstance(institution, NamedField)
        institution.bind(self.names)
        assert isinstance(country, forms.ModelChoiceField)
        country.queryset = Country.objects.all()

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        values["institution_id"] = values.pop("institution")
        return values


@phase_page
def people(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register, as far as the viewer sees names."""
    require(sees_persons(request.viewer, phase), _("Names are not open to your role."))
    seen = visible_persons(request.viewer, phase)
    answer = register_page(
        request, phase, PEOPLE, seen, template="people/people.html",
        context={"may_see_readings": may_see_changes(request.viewer, phase)},
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
    """One person with the activities that they attended."""
    record, viewer = found_person(request, phase, key), request.viewer
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
        "alike": visible_persons(viewer, phase).filter(pk__in=alike).select_related("institution"),
        "changes": changes_of(record, viewer, phase, limit=15),
        "may_see_readings": may_see_changes(viewer, phase),
    }
    return render(request, "people/person.html", context)


@phase_page
def edit(request: PageRequest, phase: Phase, key: str) -> HttpResponseBase:
    """Corrects what is kept of a person."""
    viewer = request.viewer
    if viewer.user is None and request.method == "POST":
        return keep_typed(request)
    record = found_person(request, phase, key)
    require(can_edit_person(viewer, record), _("Your role does not reach this person: it is held for another country."))
    names = ("name_signed", "name_latin", "position", "sex", "country", "email", "photo_consent_on",
             "mailing_consent_on", "version")  # fmt: skip
    initial = {**{name: getattr(record, name) for name in names}, "institution": record.institution_id}
    posted = request.method == "POST"
    form = PersonForm(request.POST if posted else take_typed(request), phase=phase, initial=initial)
    stale = None
    if posted and form.is_valid():
        assert viewer.user is not None
        try:
            edit_person(
                by=viewer.user, person=record, values=form.values(), version=form.cleaned_data["version"] or 0,
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
    theirs = [
        (form.fields[name.removesuffix("_id")].label, now)
        for name, (_before, now) in (stale.theirs.items() if stale else ())
        if name.removesuffix("_id") in form.fields
    ]
    context = {"form": form, "person": record, "stale": stale, "theirs": theirs,
               "institution_names": form.names.labels.values()}  # fmt: skip
    return render(request, "people/edit.html", context, status=422 if posted else 200)
