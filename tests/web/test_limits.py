"""Guessing is limited by address, for all processes of the server together, also behind proxies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from pilotage.exchange.models import Tries
from pilotage.web.answers import limits
from pilotage.web.middleware import ClientAddressMiddleware

pytestmark = pytest.mark.django_db


def test_tries_are_counted_for_all_processes_and_forgotten_after_a_while() -> None:
    for _time in range(3):
        limits.count("codes", "somebody")
        cache.clear()
    assert limits.reached("codes", "somebody", 3)
    assert not limits.reached("codes", "somebody", 4)
    assert not limits.reached("codes", "somebody else", 1)
    assert not limits.reached("link", "somebody", 1)
    Tries.objects.update(began=timezone.now() - limits.WITHIN - timedelta(seconds=1))
    assert not limits.reached("codes", "somebody", 1)
    limits.count("codes", "somebody")
    assert limits.reached("codes", "somebody", 1)
    assert not limits.reached("codes", "somebody", 2)
    assert not Tries.objects.filter(who__contains="somebody").exists(), "who tries is kept as a digest alone"


def test_a_guesser_is_stopped_and_the_neighbour_is_not() -> None:
    guesser, neighbour = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    answers = [guesser.get(f"/a/{'guess' * 6}{number:04}/").status_code for number in range(22)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert neighbour.get(f"/a/{'guess' * 6}0000/").status_code == 404


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "'; DROP TABLE", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_behind_proxies_the_visitors_address_counts_and_not_what_the_visitor_claims(
    proxies: int, told: str, address: str, settings: Any
) -> None:
    settings.PROXIES = proxies
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(limits.network_address(request))
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=told)
    ClientAddressMiddleware(answer)(request)
    assert seen == [address]
