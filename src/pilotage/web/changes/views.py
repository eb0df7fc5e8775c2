"""The change log of a phase."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.web.changes.exports import exported
from pilotage.web.changes.forms import LogFilter
from pilotage.web.changes.queries import changes_in
from pilotage.web.changes.reading import entries, hidden_types
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.places import may_see_changes
from pilotage.web.registers.pages import EXPORTS

A_PAGE = 50


@phase_page
def log(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Who did what, when and why; filtered, paged, exported."""
    reason = _("The change log is open to the programme manager and the M&E officer.")
    require(may_see_changes(request.viewer, phase), reason)
    readable = changes_in(phase).exclude(record_type__in=hidden_types(request.viewer, phase))
    form = LogFilter(request.GET, readable)
    changes = form.narrowed(readable)
    if (wanted := request.GET.get("format")) in EXPORTS:
        return exported(changes, phase, wanted)
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    shown = entries(list(page.object_list), request.viewer, phase)
    filtered = bool(set(request.GET) - {"page"})
    return render(request, "changes/log.html", {"form": form, "page": page, "entries": shown, "filtered": filtered})
