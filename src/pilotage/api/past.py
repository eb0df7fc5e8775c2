"""Answers as the records were known at a past instant: ``recorded=2024-03-31``."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from pilotage.api.problems import problem
from pilotage.domain.activities.access import sees_former_texts
from pilotage.domain.programme.models import Phase
from pilotage.figures.scopes import UnknownChoice
from pilotage.kit.past.asking import Outcome, ask
from pilotage.kit.past.moment import looking_at

RECORDED = "recorded"
WAIT_SECONDS = 3
Recorded = Annotated[
    str,
    Query(
        description="Only what was recorded by the end of this day, or by this instant: 2024-03-31, 2024-03-31T14:00Z"
    ),
]


def reads_former_texts(request: HttpRequest, code: str) -> bool:
    """True for the staff of the phase that is asked about, as on pages."""
    phase = Phase.objects.select_related("programme").filter(code=code).first()
    return phase is not None and sees_former_texts(request.viewer, phase)  # type: ignore[attr-defined]


def known_then(view: Callable[..., Any]) -> Callable[..., Any]:
    """Lets an address be asked for a past instant. 202 with Retry-After where that must be put together first."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked = request.GET.get(RECORDED, "").strip()
        if not asked:
            return view(request, *args, **kwargs)
        answer = ask(asked, former_texts=reads_former_texts(request, kwargs.get("phase", "")))
        if answer.moment is not None:
            with looking_at(answer.moment):
                return view(request, *args, **kwargs)
        match answer.outcome:
            case Outcome.PRESENT:
                return view(request, *args, **kwargs)
            case Outcome.UNREADABLE:
                raise UnknownChoice(RECORDED, asked)
            case Outcome.NOTHING:
                raise Http404
            case Outcome.BUILDING:
                response = problem(
                    202,
                    _("The records of that day are being put together. Ask again in some seconds."),
                    code="building",
                )
                response["Retry-After"] = str(WAIT_SECONDS)
                return response
        return problem(503, _("That day cannot be shown now."), code="past")

    # The names in the signature are those of the module that declares the address.
    answered.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return answered
