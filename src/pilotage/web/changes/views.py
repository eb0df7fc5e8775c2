"""The change log of a phase."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.kit.models import Change
from pilotage.web.changes.forms import LogFilter
from pilotage.web.changes.queries import changes_in
from pilotage.web.changes.reading import entries, hidden_types
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.places import may_see_changes

A_PAGE = 50


@phase_page
def log(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Who did what, when and why; filtered, paged, exported."""
    reason = _("The change log is open to the programme manager and the M&E officer.")
    require(may_see_changes(request.viewer, phase), reason)
    readable = changes_in(phase).exclude(record_type__in=hidden_types(request.viewer, phase))
    form = LogFilter(request.GET, readable)
    changes = form.narrowed(readable)
    if request.GET.get("format") == "csv":
        return exported(changes, phase)
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    shown = entries(list(page.object_list), request.viewer, phase)
    filtered = bool(set(request.GET) - {"page"})
    return render(request, "changes/log.html", {"form": form, "page": page, "entries": shown, "filtered": filtered})


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def exported(changes: QuerySet[Change], phase: Phase) -> StreamingHttpResponse:
    """The log as CSV with every field as it was logged: for auditors, without shortening."""
    writer = csv.writer(_Echo())
    head = ("at", "person", "operation", "why", "effective_on", "record", "key", "of_record", "of_key", "action")

    def rows() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([*head, "before", "after"])
        for change in changes.iterator(chunk_size=500):
            plain = (
                change.at.isoformat(), change.actor_name, change.name, change.why, change.effective_on or "",
                change.record_type, change.record_id, change.root_type, change.root_id, change.action,
            )  # fmt: skip
            fields = (json.dumps(change.before, ensure_ascii=False), json.dumps(change.after, ensure_ascii=False))
            yield writer.writerow([harmless(str(value)) for value in (*plain, *fields)])

    response = StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{phase.code}-changes.csv"'
    return response


def harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
