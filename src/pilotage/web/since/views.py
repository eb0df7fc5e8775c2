"""The page of what changed: sentences by component or country, and the records behind each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.words import HELD, MeetingKind
from pilotage.figures.since.changes import Asked, Group, Line, Sentence, changed_since
from pilotage.kit.texts import wording
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.registers.exports import harmless
from pilotage.web.since.forms import SpanForm
from pilotage.web.templatetags.pilotage import reader_language

A_PAGE = 50
NO_MEETING = timedelta(days=91)
"""How far back the page begins where no meeting was held yet: a quarter."""


@phase_page
def what_changed(request: PageRequest, phase: Phase) -> HttpResponse:
    """What was added, done, moved, answered, adopted or fell behind between the ends of two days."""
    require(request.viewer.user is not None)
    form = SpanForm(request.GET, phase, usual_span(request, phase))
    shown: dict[str, Any] = {"form": form, "language": reader_language()}
    if form.is_valid():
        found = form.cleaned_data
        asked = Asked(
            phase,
            found["since"],
            found["until"],
            request.viewer,
            form.countries.get(found["country"]),
            found["by"] or "component",
        )
        groups = changed_since(asked)
        if "what" in request.GET:
            return records(request, asked, groups)
        shown |= {"asked": asked, "groups": groups}
    return render(request, "since/what_changed.html", shown)


def usual_span(request: PageRequest, phase: Phase) -> dict[str, str]:
    """From the last steering meeting that was held to today."""
    today = timezone.localdate()
    steering = (MeetingKind.NATIONAL_STEERING, MeetingKind.REGIONAL_STEERING)
    held = visible_meetings(request.viewer, phase).filter(kind__in=steering, state__in=HELD, begins_on__lt=today)
    last = held.order_by("-begins_on").values_list("begins_on", flat=True).first()
    return {"since": (last or today - NO_MEETING).isoformat(), "until": today.isoformat(), "by": "component"}


def records(request: PageRequest, asked: Asked, groups: list[Group]) -> HttpResponse:
    """The records that one sentence speaks of."""
    group, sentence = chosen(groups, request.GET.get("group", ""), request.GET["what"])
    if request.GET.get("format") == "csv":
        return exported(asked, sentence.lines)
    page = Paginator(sentence.lines, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "asked": asked,
        "group": group,
        "sentence": sentence,
        "page": page,
        "back": asked.address(),
    }
    return render(request, "since/records.html", shown)


def chosen(groups: list[Group], key: str, what: str) -> tuple[Group, Sentence]:
    """The sentence that the address names. Raises Http404 where nothing of the kind changed."""
    for group in groups:
        for sentence in group.sentences:
            if (group.key or "none") == key and sentence.happening.code == what:
                return group, sentence
    raise Http404(_("Nothing of this kind changed between these days, or it is not open to you."))


def exported(asked: Asked, lines: Iterable[Line]) -> HttpResponse:
    """The records of a sentence as CSV."""
    language = reader_language()
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow([_("Code"), _("Title"), _("Component"), _("Countries")])
    for line in lines:
        cells = (line.code, wording(line.title, language), line.component, ", ".join(line.countries))
        writer.writerow([harmless(cell) for cell in cells])
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{asked.phase.code}-{asked.since.isoformat()}-{asked.until.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
