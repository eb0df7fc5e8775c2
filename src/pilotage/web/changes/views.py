"""The change log of a phase."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.kit.models import Change
from pilotage.web.changes.exports import exported
from pilotage.web.changes.forms import LogFilter
from pilotage.web.changes.known import known_in
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
    hidden = hidden_types(request.viewer, phase)
    readable = changes_in(phase).exclude(record_type__in=hidden)
    known = known_in(phase, readable, hidden)
    form = LogFilter(request.GET, known)
    changes = form.narrowed(readable)
    if (wanted := request.GET.get("format")) in EXPORTS:
        return exported(changes, phase, wanted)
    filtered = any(request.GET.get(name) for name in form.fields)
    paginator = Paginator(changes.values_list("pk", flat=True), A_PAGE)
    if not filtered:
        paginator.count = known.count
    page = paginator.get_page(request.GET.get("page"))
    # First the numbers of one page, then their entries: what comes before is skipped without being read whole.
    shown = entries(list(Change.objects.filter(pk__in=list(page.object_list)).order_by("-id")), request.viewer, phase)
    return render(request, "changes/log.html", {"form": form, "page": page, "entries": shown, "filtered": filtered})
