"""Setting up a phase: facts, addenda, countries, components, dated settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Component, Phase, PhaseCountry, PhaseSetting
from pilotage.domain.programme.operations import (
    add_component,
    change_setting,
    edit_component,
    edit_phase,
    set_partner_country,
    sign_addendum,
)
from pilotage.domain.programme.settings import DEFINITIONS, SettingDefinition, value_among
from pilotage.kit.changes import StaleRecord
from pilotage.kit.records import Record, mark_of
from pilotage.web.changes.reading import Names, changes_of, in_reader_words
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.places import may_change_settings
from pilotage.web.settings.forms import AddendumForm, ComponentForm, CountryForm, PhaseForm, ReasonedForm, ValueForm

PHASE_FIELDS = tuple(PhaseForm.base_fields)


def settings_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Makes a page for those who set up the phase."""

    @phase_page
    @wraps(view)
    def page(request: PageRequest, phase: Phase, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_change_settings(request.viewer, phase), _("Only the programme manager sets up the phase."))
        return view(request, phase, *args, **kwargs)

    return page


@settings_page
def overview(request: PageRequest, phase: Phase) -> HttpResponse:
    """Everything that is set, each part with the way to change it, and its history."""
    stored = list(phase.settings.all())
    values = [
        {
            "definition": definition,
            "value": in_words(definition, value_among(stored, definition.name)),
            "default": in_words(definition, definition.default),
            "rows": [
                {"value": in_words(definition, row.value), "valid_from": row.valid_from}
                for row in stored
                if row.name == definition.name
            ],
        }
        for definition in DEFINITIONS.values()
    ]
    return render(
        request,
        "settings/overview.html",
        {"values": values, "entries": changes_of(phase, request.viewer, phase, limit=5)},
    )


def in_words(definition: SettingDefinition, value: Any) -> str:
    """A setting's value as people read it."""
    from pilotage.web.settings.forms import CHOICES

    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(CHOICES.get(definition.name, ())).get(value, value))


@settings_page
def edit_facts(request: PageRequest, phase: Phase) -> HttpResponse:
    """The facts of the phase."""
    initial = {name: getattr(phase, name) for name in PHASE_FIELDS if hasattr(phase, name)}
    form = PhaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            version = form.cleaned_data["version"] or 0
            edit_phase(
                by=user(request), phase=phase, values=form.values(), version=version, why=form.cleaned_data["why"]
            )

        if saved(request, form, phase, save):
            return redirect("settings:overview", phase=phase.code)
    return show_form(request, form, _("Facts of the phase"))


@settings_page
def add_addendum(request: PageRequest, phase: Phase) -> HttpResponse:
    """A signed addendum."""
    number = max((one.number for one in phase.addenda.all()), default=0) + 1
    form = AddendumForm(request.POST or None, initial={"number": number})

    def save() -> None:
        sign_addendum(by=user(request), phase=phase, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and saved(request, form, phase, save):
        return redirect("settings:overview", phase=phase.code)
    lead = _("Earlier values stay, and hold for the days before the signature.")
    return show_form(request, form, _("Record an addendum"), lead)


@settings_page
def set_country(request: PageRequest, phase: Phase) -> HttpResponse:
    """A partner country and its dates."""
    asked = request.GET.get("country", "")
    link = next((one for one in phase.partner_countries.all() if one.country_id == asked), None)
    initial = {"country": asked, "valid_from": link.valid_from, "valid_until": link.valid_until} if link else {}
    links = PhaseCountry.objects.filter(phase=phase)
    form = CountryForm(request.POST or None, initial={**initial, "version": mark_of(links)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def save() -> None:
            set_partner_country(by=user(request), phase=phase, why=given["why"], mark=given["version"], **form.values())

        if saved(request, form, PhaseCountry(phase=phase), save, fresh=lambda: mark_of(links)):
            return redirect("settings:overview", phase=phase.code)
    return show_form(request, form, _("Partner country"))


@settings_page
def new_component(request: PageRequest, phase: Phase) -> HttpResponse:
    """A new component."""
    form = ComponentForm(request.POST or None)

    def save() -> None:
        add_component(by=user(request), values={"phase": phase, **form.values()})

    if request.method == "POST" and form.is_valid() and saved(request, form, phase, save):
        return redirect("settings:overview", phase=phase.code)
    return show_form(request, form, _("Add a component"))


@settings_page
def change_component(request: PageRequest, phase: Phase, number: str) -> HttpResponse:
    """A component's texts and lead partner."""
    component = Component.objects.select_related("lead_partner").filter(phase=phase, number=number).first()
    if component is None:
        raise Http404
    initial = {name: getattr(component, name) for name in ComponentForm.base_fields if hasattr(component, name)}
    form = ComponentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            version = form.cleaned_data["version"] or 0
            edit_component(
                by=user(request), component=component, values=form.values(), version=version,
                why=form.cleaned_data["why"],
            )  # fmt: skip

        if saved(request, form, component, save):
            return redirect("settings:overview", phase=phase.code)
    return show_form(request, form, _("Component %(number)s") % {"number": component.number}, record=component)


@settings_page
def change_value(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """A dated setting."""
    definition = DEFINITIONS.get(name.replace("-", "_"))
    if definition is None:
        raise Http404
    present = value_among(phase.settings.all(), definition.name)
    shown = ("yes" if present else "no") if isinstance(present, bool) else present
    rows = PhaseSetting.objects.filter(phase=phase, name=definition.name)
    form = ValueForm(definition, request.POST or None, initial={"value": shown, "version": mark_of(rows)})
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            change_setting(
                by=user(request), phase=phase, name=definition.name, value=form.value(),
                valid_from=form.cleaned_data["valid_from"], why=form.cleaned_data["why"],
                mark=form.cleaned_data["version"],
            )  # fmt: skip

        if saved(request, form, PhaseSetting(phase=phase), save, fresh=lambda: mark_of(rows)):
            return redirect("settings:overview", phase=phase.code)
    return show_form(request, form, str(definition.meaning))


# What all these pages share


def user(request: PageRequest) -> Any:
    """Who acts: a page of the set-up is reached by signed-in people only."""
    assert request.viewer.user is not None
    return request.viewer.user


def saved(
    request: PageRequest, form: Form, record: Record, save: Callable[[], Any], fresh: Callable[[], int] | None = None
) -> bool:
    """Runs an operation. What it refuses becomes the form's errors, with everything typed still there.

    ``fresh`` tells the version that the next save is measured against, where it is not the record's own.
    """
    try:
        save()
    except ValidationError as error:
        add_errors(form, error)
        return False
    except StaleRecord as stale:
        add_stale(form, record, stale, fresh)
        return False
    messages.success(request, _("Saved."))
    return True


def add_errors(form: Form, error: ValidationError) -> None:
    """An operation's refusal, beside the fields that it names where the form has them."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)  # type: ignore[arg-type]


def add_stale(form: Form, record: Record, stale: StaleRecord, fresh: Callable[[], int] | None = None) -> None:
    """Says who changed what meanwhile, and lets the next save go over it: what was typed stays in the form."""
    form.add_error(
        None,
        _("%(name)s saved this meanwhile. What you typed is still below; saving again puts it in place of theirs.")
        % {"name": stale.by},
    )
    names = Names(())
    for name, (_before, now) in stale.theirs.items():
        field = next((one for one in record._meta.concrete_fields if one.attname == name), None)
        if fresh and (field is None or field.name not in form.fields):
            continue
        said = in_reader_words(field, now, names) or _("nothing")
        label = str(field.verbose_name) if field is not None else name
        target = field.name if field is not None and field.name in form.fields else None
        form.add_error(target, _("%(label)s is now: %(value)s") % {"label": label, "value": said})
    if isinstance(form, ReasonedForm):
        stored: Any = type(record)._base_manager
        now_at = fresh() if fresh else stored.get(pk=record.pk).version
        form.data = {**{name: form.data[name] for name in form.data}, "version": now_at}


def show_form(
    request: PageRequest,
    form: Form,
    heading: str,
    lead: str = "",
    record: Record | None = None,
    back: str = "settings:overview",
    **more: Any,
) -> HttpResponse:
    """A page with one form; ``back`` names where it is left to. Version fields not sent start from the record's."""
    if isinstance(form, ReasonedForm) and not form.is_bound:
        form.initial.setdefault("version", getattr(record or request.phase, "version", None))
    context = {"form": form, "form_heading": heading, "form_lead": lead, "back": back, **more}
    return render(request, "settings/form.html", context, status=422 if form.is_bound else 200)
