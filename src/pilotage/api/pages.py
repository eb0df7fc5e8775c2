"""Long lists page by page: a cursor that loses nothing and repeats nothing while records come and go."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

MOST = 200
"""The most records of one page."""


def page_of(records: QuerySet, cursor: str, limit: int) -> tuple[list[Any], str]:
    """Some records from the cursor on, and the cursor of the next ones ("" at the end). Raises ValidationError."""
    after = 0
    if cursor:
        try:
            after = int(base64.urlsafe_b64decode(cursor.encode()).decode())
        except ValueError:
            raise ValidationError({"cursor": _("This is not a cursor of ours.")}) from None
    found = list(records.filter(pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    return found[:limit], base64.urlsafe_b64encode(str(found[limit - 1].pk).encode()).decode() if more else ""


def next_address(request: HttpRequest, following: str) -> str | None:
    """The address of the next page: what was asked for, from the cursor on; None at the end."""
    if not following:
        return None
    asked = request.GET.dict() | {"cursor": following}
    return f"{settings.BASE_URL}{request.path}?{urlencode({name: value for name, value in asked.items() if value})}"
