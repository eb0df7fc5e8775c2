"""Which pages can be asked for a past instant. A page that is not named here shows today alone."""

from __future__ import annotations

from functools import lru_cache

from django.urls import Resolver404, resolve

SHOWS_THE_PAST = {
    "dashboard": {"dashboard"},
    "programme": {"programme", "stated"},
    "calendar": {"calendar", "timeline"},
    "figures": {"catalogue", "figure", "records"},
    "activities": {"activities", "activity", "open_file"},
    "recommendations": {"recommendations", "board", "recommendation", "file"},
    "action_points": {"action_points", "action_point", "file"},
    "plans": {"plans", "plan", "year", "compare"},
    "meetings": {"meetings", "rounds", "round", "bodies", "body", "meeting", "open_paper"},
    "parties": {"institutions", "institution", "places", "place"},
    "people": {"people", "person"},
    "checks": {"checks"},
}
"""Names of addresses by their group: registers, figures, and the pages of records that one reads."""


@lru_cache(maxsize=4096)
def shows_the_past(path: str) -> bool | None:
    """True where the page at ``path`` can be asked for a past instant; None where there is no page of ours."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.url_name in SHOWS_THE_PAST.get(match.namespace, ())
