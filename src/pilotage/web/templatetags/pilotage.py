"""Template tags of the house: available in every template without loading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.activities.words import State
from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.domain.steering.words import MeetingState
from pilotage.domain.workplans.words import PlanState
from pilotage.kit import numbers
from pilotage.kit.numbers import Number
from pilotage.kit.partial_words import written_partial, written_span
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording, wording_and_language
from pilotage.web.places import place_address

register = template.Library()
STATES = (State, RecommendationState, MeetingState, PlanState)
"""Whose words a badge knows by the code alone."""
UNKNOWN = "–"


def reader_language() -> str:
    """The language of the page."""
    return (get_language() or "en").split("-")[0]


@register.filter(name="wording")
def wording_filter(text: Mapping[str, str] | None) -> str:
    """A translated text in the reader's language, plain: for attributes and options. ``{{ phase.title|wording }}``"""
    return wording(text or {}, reader_language())


@register.filter
def said(text: Mapping[str, str] | None) -> str | SafeString:
    """A translated text in the reader's language; a fallback is marked with its own: ``{{ activity.title|said }}``"""
    words, language = wording_and_language(text or {}, reader_language())
    if not words or language == reader_language():
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """A number with hard spaces between thousands; a dash where it is not known. ``{{ n|number }}``, ``{{ n|number:1 }}``"""
    return UNKNOWN if value is None else numbers.written(value, reader_language(), decimals)


@register.filter
def percentage(value: Number | None, decimals: int = 1) -> str:
    """A percentage that is already one; a dash where it is not known."""
    return UNKNOWN if value is None else numbers.percent(value, reader_language(), decimals)


@register.filter
def euro(value: Decimal | int | None) -> str:
    """An amount in euro; a dash where it is not known."""
    return UNKNOWN if value is None else numbers.money(value, "EUR", reader_language())


@register.filter
def in_words(value: date | datetime | None) -> str:
    """A day in words: “30 June 2023”, «30 июня 2023 г.»; empty for None."""
    if value is None:
        return ""
    return written_day(timezone.localtime(value).date() if isinstance(value, datetime) else value, reader_language())


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time of day: “30 June 2023, 14:05”."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{written_day(local.date(), reader_language())}, {local:%H:%M}"


@register.filter
def partial(written: str | None) -> str:
    """A partial date in words: “June 2023”, “quarter 2 of 2023”; empty for an empty one."""
    return written_partial(written or "", reader_language())


@register.simple_tag
def span(start: str, end: str) -> str:
    """From one partial date to another: ``{% span activity.actual_start activity.actual_end %}``."""
    return written_span(start or "", end or "", reader_language())


@register.simple_tag
def when(activity: Any) -> str | SafeString:
    """When an activity was or is to be, as exactly as it is known; “date not known” where nothing is."""
    start = activity.actual_start or activity.planned_start or activity.baseline_start
    end = activity.actual_end or activity.planned_end or activity.baseline_end
    words = written_span(start or "", end or "", reader_language())
    return words or format_html('<span class="unknown">{}</span>', _("date not known"))


@register.simple_tag
def state_badge(state: str, label: str = "") -> SafeString:
    """A state as a badge with word and sign: ``{% state_badge activity.state %}``.

    ``late``, ``done`` and ``unknown`` may be given too, with their own ``label``.
    """
    return format_html('<span class="badge" data-state="{}">{}</span>', state, label or state_words(state))


_STATE_WORDS = {state: label for known in reversed(STATES) for state, label in known.choices}
"""The first noun that has a state names it; worded when it is shown."""


def state_words(state: str) -> str:
    """What a state is called, whichever noun it is of; ``unknown`` where no source tells it."""
    if state == "unknown":
        return _("not known")
    return str(_STATE_WORDS.get(state, state))


@register.filter
def label_of(record: Any, field: str) -> str:
    """The label of a model's field: ``{{ activity|label_of:"venue" }}``."""
    return str(record._meta.get_field(field).verbose_name)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a field that is drawn as one box with its label after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.simple_tag
def spoken_number(value: Number, *forms: str) -> str:
    """A number with its noun in the reader's plural form; forms are those of the language of the page."""
    return numbers.counted(value, forms, reader_language())


@register.filter
def page_numbers(paginator: Any, current: int) -> list[int | None]:
    """The numbers of a pager: first, last and those about the current one; None stands for a gap."""
    shown: list[int | None] = []
    for page in paginator.page_range:
        if page in {1, paginator.num_pages} or abs(page - current) <= 2:
            shown.append(page)
        elif shown and shown[-1] is not None:
            shown.append(None)
    return shown


@register.simple_tag
def demo_sign_ins() -> list[dict[str, Any]]:
    """The invented people of the demo, one a role, for its sign-in page; nothing outside the demo."""
    if not settings.DEMO:
        return []
    held = (
        Assignment.objects.filter(user__email__endswith=f"@{settings.DEMO_DOMAIN}", user__is_active=True)
        .select_related("user", "programme", "phase", "component", "country", "institution")
        .order_by("id")
    )
    order = list(Role)
    people = [
        {
            "email": assignment.user.email,
            "password": settings.DEMO_PASSWORD,
            "role": assignment.get_role_display(),
            "scope": scope_in_words(assignment),
            "order": order.index(Role(assignment.role)),
        }
        for assignment in held
    ]
    return sorted({person["email"]: person for person in reversed(people)}.values(), key=lambda person: person["order"])


@register.filter
def scope_in_words(assignment: Assignment) -> str:
    """Where a role holds: the phase and the component, or the programme and the country."""
    where = assignment.phase or assignment.programme
    language = reader_language()
    parts = [wording(where.short_title or where.title, language)]
    if assignment.component:
        parts.append(wording(assignment.component.short_title or assignment.component.title, language))
    if assignment.country:
        parts.append(wording(assignment.country.name, language))
    if assignment.institution:
        parts.append(wording(assignment.institution.short_name or assignment.institution.name, language))
    return ", ".join(parts)


@register.simple_tag
def countries(activity: Any, phase: Phase) -> str:
    """The beneficiary countries of an activity by name; "all countries" where it serves every partner of the phase.

    Reads only what was prefetched: ``country_links`` of the activity and the partner countries of the phase.
    """
    names = {link.country_id: wording(link.country.name, reader_language()) for link in phase.partner_countries.all()}
    codes = [link.country_id for link in activity.country_links.all()]
    if len(names) > 1 and set(codes) >= set(names):
        return _("all countries")
    return ", ".join(names.get(code, code) for code in codes)


@register.filter
def contribution(phase: Phase) -> Decimal | None:
    """The EU contribution of a phase as known now, with all addenda."""
    return phase.eu_contribution_on(None)


@register.simple_tag(takes_context=True)
def checks_link(context: template.Context, phase: Phase) -> str:
    """The address of the phase's data checks, where they are for the reader."""
    return place_address("checks/", context["viewer"], phase)


@register.filter
def host(source: str) -> str:
    """The site of a web address, for a short link; a document's name as it is."""
    return urlsplit(source).netloc.removeprefix("www.") if source.startswith("http") else source


@register.filter
def handbook(source: str) -> str:
    """Where a setting comes from, its marks in words: “handbook, section 10; programme default”."""
    section = source.replace("[D]", "").replace("[R]", "").replace("handbook", "").strip()
    said = [_("handbook, section %(number)s") % {"number": section}] if section else []
    if "[R]" in source:
        said.append(_("rule of the contract or the law"))
    if "[D]" in source:
        said.append(_("programme default"))
    return "; ".join(said)
