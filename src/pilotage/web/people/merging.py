"""Who stands in the register twice: the list, the comparison, the merging and its taking back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import can_edit_persons, sees_persons, sees_scores, visible_persons
from pilotage.domain.activities.merging import (
    LINE_FIELDS,
    PERSON_FIELDS,
    MergePlan,
    can_separate,
    merge_persons,
    merge_plan,
    separate_persons,
)
from pilotage.domain.activities.models import Attendance, CheckReason, MergedPerson, Person
from pilotage.domain.activities.persons import (
    SCORES,
    can_edit_person,
    probable_duplicates,
    require_reach,
)
from pilotage.domain.activities.readings import PersonsReading, note_reading
from pilotage.domain.activities.words import Sex
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.changes.reading import Names, in_reader_words
from pilotage.web.pages import PageRequest, phase_page, require, signed_in_page
from pilotage.web.people.forms import MergeForm, WhyForm
from pilotage.web.people.views import acting, found_person
from pilotage.web.registers.words import SEX

CHECK = "probable_duplicate_person"
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are probably one person, and whether the reader may merge them."""

    earlier: Person
    later: Person
    may_merge: bool


@phase_page
def duplicates(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Who is probably the same, as far as the viewer sees names; those explained in the data checks are left out."""
    viewer = request.viewer
    require(sees_persons(viewer, phase), _("Names are not open to your role."))
    found = probable_duplicates(phase)
    explained = set(
        CheckReason.objects.filter(person__phase=phase, check_code=CHECK).values_list("person_id", flat=True)
    )
    numbers = {one.id for pair in found for one in pair}
    seen = visible_persons(viewer, phase).filter(pk__in=numbers).select_related("institution", "country")
    persons = {one.pk: one for one in seen}
    for one in persons.values():
        one.phase = phase
    pairs = [
        Pair(persons[one.id], persons[other.id],
             can_edit_person(viewer, persons[one.id]) and can_edit_person(viewer, persons[other.id]))
        for one, other in found
        if one.id in persons and other.id in persons and other.id not in explained
    ]  # fmt: skip
    shown = pairs[:MOST_PAIRS]
    names = {one.pk for pair in shown for one in (pair.earlier, pair.later)}
    note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.DUPLICATES, persons=len(names))
    context = {
        "pairs": shown,
        "all": len(pairs),
        "explained": len(explained),
        "may_edit": can_edit_persons(viewer, phase),
    }
    return render(request, "people/duplicates.html", context)


@phase_page
@signed_in_page
def merge(request: PageRequest, phase: Phase, key: str) -> HttpResponseBase:
    """Two entries side by side, what merging them does, and the button. ``with`` in the address names the other."""
    viewer = request.viewer
    kept = found_person(request, phase, key)
    require_reach(viewer, kept)
    other = request.GET.get("with", "").strip().upper()[:20]
    problem = ""
    merged = None
    if other and other != kept.key:
        merged = visible_persons(viewer, phase).filter(key=other).select_related("institution", "country").first()
        problem = "" if merged else _("There is nobody with the key %(key)s whom you may see.") % {"key": other}
    elif other:
        problem = _("That is the same entry.")
    if merged is None:
        return render(request, "people/merge_with.html", {"person": kept, "asked": other, "problem": problem})
    merged.phase = phase
    require_reach(viewer, merged)
    form = MergeForm(request.POST or None, initial={"kept_version": kept.version, "merged_version": merged.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            merge_persons(
                by=acting(viewer), viewer=viewer, kept=kept, merged=merged, why=given["why"],
                versions=(given["kept_version"], given["merged_version"]),
            )  # fmt: skip
        except ValidationError as refusal:
            add_problems(form, refusal)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        except StaleRecord as stale:
            form.data = {**request.POST.dict(), "kept_version": kept.version, "merged_version": merged.version}
            form.add_error(
                None,
                _("%(person)s changed one of the two meanwhile. Look at both again below, then merge.")
                % {"person": stale.by},
            )
        else:
            messages.success(request, _("%(key)s is now part of this entry.") % {"key": other})
            return redirect("people:person", phase.code, kept.key)
    for read in (kept, merged):
        note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.PERSON, persons=1, record=read.key)
    plan = merge_plan(kept, merged)
    scores = sees_scores(viewer, phase)
    context = {
        "person": kept, "other": merged, "form": form, "plan": plan, "rows": compared(plan),
        "joined": [(one, labels(one.filled, scores), labels(one.differing, scores)) for one in plan.joined],
    }  # fmt: skip
    return render(request, "people/merge.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both entries and what stays of it."""

    label: str
    kept: str
    merged: str
    stays: str
    lost: bool
    """True where the other entry says something else, which then stands in the log alone."""


def compared(plan: MergePlan) -> list[Row]:
    """Name, key and every field in which either says something."""
    names = Names(())
    for one in (plan.kept, plan.merged):
        for related in (one.institution, one.country):
            if related is not None:
                names.records[related._meta.label_lower, str(related.pk)] = related
    rows = []
    for name in ("key", "name_signed", *PERSON_FIELDS):
        field = next(field for field in Person._meta.concrete_fields if field.attname == name)
        own, other = (
            str(SEX[Sex(one.sex)]) if name == "sex" else in_reader_words(field, getattr(one, name), names)
            for one in (plan.kept, plan.merged)
        )
        if own or other:
            lost = name in plan.differing or (name == "name_signed" and own != other)
            rows.append(Row(str(field.verbose_name), own, other, other if name in plan.filled else own, lost))
    return rows


def labels(fields: tuple[str, ...], scores: bool) -> str:
    """The names of an attendance line's fields; tests and satisfaction only to whom they are shown."""
    said = [name for name in LINE_FIELDS if name in fields and (scores or name not in SCORES)]
    return ", ".join(str(Attendance._meta.get_field(name).verbose_name) for name in said)  # type: ignore[union-attr]


@phase_page
@signed_in_page
def separate(request: PageRequest, phase: Phase, key: str, former: str) -> HttpResponseBase:
    """Takes a merging back."""
    viewer = request.viewer
    person = found_person(request, phase, key)
    require_reach(viewer, person)
    merged = MergedPerson.objects.filter(person=person, key=former).first()
    if merged is None:
        raise Http404(_("This key was never merged into the entry."))
    merged.person = person
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            separate_persons(by=acting(viewer), viewer=viewer, merged=merged, why=form.cleaned_data["why"])
        except ValidationError as refusal:
            add_problems(form, refusal)
        else:
            messages.success(request, _("%(key)s is an entry of its own again.") % {"key": former})
            return redirect("people:person", phase.code, former)
    note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.PERSON, persons=1, record=person.key)
    context: dict[str, Any] = {"person": person, "merged": merged, "form": form, "possible": can_separate(merged)}
    return render(request, "people/separate.html", context, status=422 if form.errors else 200)
