"""A programme as the public reads of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.texts import wording
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.programme.stated import compared
from pilotage.web.templatetags.pilotage import reader_language


@phase_page
def programme(request: PageRequest, phase: Phase) -> HttpResponse:
    """Objective, facts, components, partners, funding, sources; the other phases."""
    others = Phase.objects.filter(programme=phase.programme_id).exclude(pk=phase.pk).order_by("-number")
    components = list(phase.components.all())
    partners = {one.lead_partner.pk: one.lead_partner for one in components if one.lead_partner}
    if phase.lead_partner:
        partners.pop(phase.lead_partner.pk, None)
    sources = list(dict.fromkeys([*phase.sources, *(source for one in components for source in one.sources)]))
    return render(
        request,
        "programme/programme.html",
        {
            "components": components,
            "partners": sorted(partners.values(), key=lambda one: wording(one.name, reader_language())),
            "addenda": list(phase.addenda.all()),
            "others": others,
            "sources": sources,
            "contribution": phase.eu_contribution_on(None),
        },
    )


@phase_page
def stated(request: PageRequest, phase: Phase) -> HttpResponse:
    """What published texts state beside what the records give."""
    siblings = list(phases_with_everything().filter(programme=phase.programme_id))
    rows = compared(phase, siblings, request.viewer, reader_language())
    answered = [row for row in rows if row.recorded]
    return render(
        request, "programme/stated.html", {"rows": answered, "unanswered": [row for row in rows if not row.recorded]}
    )
