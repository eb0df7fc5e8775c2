"""What went wrong, as problem documents (RFC 9457) in the reader's language, with the place of each mistake."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as UnreadableRequest

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.figures.scopes import UnknownChoice
from pilotage.kit.changes import StaleRecord

PROBLEM = "application/problem+json"


def problem(status: int, title: str, *, detail: str = "", code: str = "", **more: Any) -> HttpResponse:
    """A problem document. ``code`` names the kind for programs; ``title`` says it to people."""
    document = {"type": f"urn:pilotage:problem:{code or status}", "title": title, "status": status}
    if detail:
        document["detail"] = detail
    content = json.dumps({**document, **more}, ensure_ascii=False)
    response = HttpResponse(content, status=status, content_type=PROBLEM)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Pilotage"'
    return response


def register(api: NinjaAPI) -> None:
    """Makes ``api`` answer every failure with a problem document."""

    @api.exception_handler(AuthenticationError)
    def unknown_key(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(401, _("The key is not valid: unknown, expired or revoked."), code="key")

    @api.exception_handler(NotAllowed)
    def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
        return problem(403, _("Your role does not reach this far."), detail=error.reason, code="not-allowed")

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return problem(403, _("Your role does not reach this far."), detail=str(error), code="not-allowed")

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, _("There is nothing at this address that you may see."), code="not-found")

    @api.exception_handler(UnreadableRequest)
    def unreadable(request: HttpRequest, error: UnreadableRequest) -> HttpResponse:
        errors = [
            {"place": [str(part) for part in one["loc"] if part not in {"body", "payload"}], "message": str(one["msg"])}
            for one in error.errors
        ]
        return problem(422, _("The request is not in the form that is asked for."), code="form", errors=errors)

    @api.exception_handler(ValidationError)
    def broken_rule(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(422, _("A rule forbids this."), code="rule", errors=places(error))

    @api.exception_handler(StaleRecord)
    def stale(request: HttpRequest, error: StaleRecord) -> HttpResponse:
        theirs = [{"place": [name], "was": was, "is": now} for name, (was, now) in sorted(error.theirs.items())]
        return problem(
            409,
            _("Somebody changed this record since you read it."),
            detail=_("%(name)s changed it. Read it again, keep what they did, and send the new version.")
            % {"name": error.by},
            code="changed-meanwhile",
            by=error.by,
            at=error.at.isoformat(),
            theirs=theirs,
        )

    @api.exception_handler(UnknownChoice)
    def unknown_choice(request: HttpRequest, error: UnknownChoice) -> HttpResponse:
        errors = [{"place": [error.what], "message": _("“%(value)s” is not known.") % {"value": error.value}}]
        return problem(422, _("The request names something that does not exist."), code="unknown", errors=errors)

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
        response = problem(429, _("Too many requests. Wait a little."), code="too-many")
        response["Retry-After"] = str(int(error.wait or 60))
        return response

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))


def places(error: ValidationError) -> list[dict[str, Any]]:
    """Each message with the field it belongs to."""
    if not hasattr(error, "error_dict"):
        return [{"place": [], "message": message} for message in error.messages]
    return [
        {"place": [] if field == NON_FIELD_ERRORS else [field], "message": message}
        for field, messages in error.message_dict.items()
        for message in messages
    ]
