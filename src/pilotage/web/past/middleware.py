"""``?recorded=`` in an address: the page is made from the records of that instant, and nothing can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve
from django.utils.cache import patch_cache_control

from pilotage.domain.activities.access import sees_former_texts
from pilotage.domain.programme.models import Phase
from pilotage.kit.past.asking import Answer, Outcome, ask
from pilotage.kit.past.moment import Moment, WritingInThePast, looking_at, open_file
from pilotage.web.past.links import carried_along
from pilotage.web.past.places import shows_the_past

RECORDED = "recorded"
READS = frozenset({"GET", "HEAD", "OPTIONS"})
STATUS = {Outcome.BUILDING: 202, Outcome.NOTHING: 404, Outcome.UNREADABLE: 404, Outcome.FAILED: 503}
"""What is answered where the instant cannot be shown."""


class PastMiddleware:
    """Pages of a past instant. The machine side answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/api/"):
            return self.get_response(request)
        if request.method not in READS:
            return refused(request) if sent_from_the_past(request) else self.get_response(request)
        asked = request.GET.get(RECORDED, "").strip()
        shown = shows_the_past(request.path_info)
        if not asked or shown is None:
            return self.get_response(request)
        if not shown:
            return render(request, "past/today_alone.html", {"today_address": without_past(request)}, status=404)
        answer = ask(asked, former_texts=reads_former_texts(request))
        if answer.outcome == Outcome.PRESENT:
            return HttpResponseRedirect(without_past(request))
        if answer.moment is None:
            return not_shown(request, answer)
        return self.shown(request, answer.moment)

    def shown(self, request: HttpRequest, moment: Moment) -> HttpResponseBase:
        """The page as it was, its links leading on in the past."""
        # Who looks is decided by today's records, before the past is opened.
        bool(getattr(request, "viewer", None))
        with looking_at(moment):
            response = self.get_response(request)
            if getattr(response, "streaming", False):
                stream: Any = response
                if not hasattr(stream, "file_to_stream"):  # files are on the disk, not in the records
                    stream.streaming_content = streamed(stream.streaming_content, moment)
            elif isinstance(response, HttpResponse) and response["Content-Type"].startswith("text/html"):
                response.content = carried_along(response.content.decode(), request.path_info, moment.asked).encode()
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that tried to write while looking at the past is refused calmly; nothing was written."""
        return refused(request) if isinstance(exception, WritingInThePast) else None


def reads_former_texts(request: HttpRequest) -> bool:
    """True for the staff of the phase that the address names: they read in the log what free texts said before."""
    code = resolve(request.path_info).kwargs.get("phase", "")
    phase = Phase.objects.select_related("programme").filter(code=code).first()
    return phase is not None and sees_former_texts(request.viewer, phase)  # type: ignore[attr-defined]


def sent_from_the_past(request: HttpRequest) -> bool:
    """True for something sent to an address, or by a form, of a past instant."""
    if request.GET.get(RECORDED, "").strip():
        return True
    simple = request.content_type == "application/x-www-form-urlencoded"
    return simple and RECORDED in request.POST and bool(shows_the_past(request.path_info))


def refused(request: HttpRequest) -> HttpResponse:
    """Nothing is written in the past: the page says so, and where to do it today."""
    return render(request, "past/refused.html", {"today_address": without_past(request)}, status=403)


def not_shown(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The waiting page, or why there is nothing to show."""
    context = {
        "outcome": answer.outcome.value,
        "at": answer.at,
        "first": answer.first,
        "today_address": without_past(request),
        "asked": request.GET.get(RECORDED, "")[:40],
    }
    response = render(request, "past/not_shown.html", context, status=STATUS[answer.outcome])
    patch_cache_control(response, no_store=True)
    return response


def streamed(content: Iterable[bytes], moment: Moment) -> Iterator[bytes]:
    """What is sent bit by bit, each bit still read from the past."""
    bits, opened = iter(content), open_file(moment.file)
    # A server may ask for each bit from another of its threads.
    opened.inc_thread_sharing()
    try:
        while True:
            with looking_at(moment, through=opened):
                bit = next(bits, None)
            if bit is None:
                return
            yield bit
    finally:
        opened.close()


def without_past(request: HttpRequest) -> str:
    """The address of the same page today."""
    query = request.GET.copy()
    query.pop(RECORDED, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
