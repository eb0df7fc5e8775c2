"""What happens when: a month at a time, and the whole phase."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from pilotage.domain.programme.models import Phase
from pilotage.figures.forms import timeline as timeline_form
from pilotage.figures.forms.timeline import Milestone
from pilotage.kit.past.moment import current_day
from pilotage.web.calendar.months import meetings_in, month_in, month_of, narrowed, neighbours
from pilotage.web.calendar.quarters import quarters_of
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.templatetags.pilotage import reader_language

WIDE, NARROW = 960, 340


@phase_page
def calendar(request: PageRequest, phase: Phase) -> HttpResponse:
    """One month, as a calendar and as a list; for all or one country or component."""
    today = current_day()
    period = month_in(request.GET.get("month", ""), phase, today)
    country, component = chosen(request, phase)
    before, after = neighbours(period)
    return render(
        request,
        "calendar/calendar.html",
        {
            "month": month_of(
                narrowed(request.viewer, phase, country, component),
                period,
                meetings_in(request.viewer, phase, country, component),
            ),
            "before": before,
            "after": after,
            "today": today,
            "this_month": today.strftime("%Y-%m"),
            "country": country,
            "component": component,
        },
    )


@phase_page
def timeline(request: PageRequest, phase: Phase) -> HttpResponse:
    """The phase from first to last quarter, component by component."""
    today, language = current_day(), reader_language()
    country, component = chosen(request, phase)
    drawings = []
    if phase.start and phase.end:
        milestones = [
            Milestone(f"addendum-{one.number}", one.signed_on, one.note or _addendum(one.number))
            for one in phase.addenda.all()
        ]
        drawings = [
            mark_safe(
                timeline_form.draw(
                    start=phase.start, end=phase.end, as_of=today, label=phase.short_title or phase.title,
                    milestones=milestones, language=language, width=width,
                )
            )
            for width in (WIDE, NARROW)
        ]  # fmt: skip
    return render(
        request,
        "calendar/timeline.html",
        {
            "drawings": drawings,
            "quarters": quarters_of(phase, request.viewer, country, component, today),
            "country": country,
            "component": component,
        },
    )


def chosen(request: PageRequest, phase: Phase) -> tuple[str, str]:
    """The country and the component that the address narrows to, where the phase has them."""
    countries = {link.country_id for link in phase.partner_countries.all()}
    numbers = {component.number for component in phase.components.all()}
    country, component = request.GET.get("country", ""), request.GET.get("component", "")
    return country if country in countries else "", component if component in numbers else ""


def _addendum(number: int) -> dict[str, str]:
    return {"en": f"Addendum {number}", "ru": f"Дополнительное соглашение {number}"}
