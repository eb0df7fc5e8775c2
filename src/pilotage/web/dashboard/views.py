"""How a phase stands, on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from pilotage.domain.programme.models import Phase
from pilotage.kit.past.moment import current_day
from pilotage.web.dashboard.charts import charts_of
from pilotage.web.dashboard.gather import standing
from pilotage.web.dashboard.numbers import caption, key_numbers
from pilotage.web.dashboard.periods import choices_for, day_in, period_in
from pilotage.web.meetings.walk import walk_of
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.templatetags.pilotage import reader_language


@phase_page
def dashboard(request: PageRequest, phase: Phase) -> HttpResponse:
    """Implementation against time, where and for whom, what is coming, what is late; for a period and a day."""
    today, language = current_day(), reader_language()
    as_of = day_in(request.GET.get("as_of", ""), today)
    period = period_in(request.GET.get("period", ""), phase)
    found = standing(phase, request.viewer, period, as_of, today)
    return render(
        request,
        "dashboard/dashboard.html",
        {
            "standing": found,
            "numbers": key_numbers(found, language),
            "charts": charts_of(found, language),
            "caption": caption(found, language),
            "periods": choices_for(phase, as_of, period, language),
            "period": period,
            "as_of": as_of,
            "walk": walk_of(request.viewer, phase, today),
            "today": today,
            "country_names": {link.country_id: link.country.name for link in phase.partner_countries.all()},
        },
    )
