"""The demo's password is printed on the wall: it opens the demo and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from pilotage.cli.demo.people import add_people
from tests.records import TESTER


@pytest.mark.django_db
def test_the_demo_password_opens_the_demo_alone(settings: Any, rf: RequestFactory) -> None:
    add_people(TESTER)
    credentials = {"email": "pm@demo.example", "password": settings.DEMO_PASSWORD}
    settings.DEMO = False
    assert authenticate(rf.post("/account/login/"), **credentials) is None
    settings.DEMO = True
    found = authenticate(rf.post("/account/login/"), **credentials)
    assert found is not None
    assert found.get_username() == "pm@demo.example"
