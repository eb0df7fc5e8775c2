"""Addresses name views that are read later: every one is there, and the first page waits for none of the others."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from pilotage.kit.addresses import Views, found

AT_THE_FIRST_PAGE = """
import sys
from pilotage.config.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({"icalendar", "markdown_it", "ninja", "PIL", "typst", "xlsxwriter"} & set(sys.modules)))
"""


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The patterns of ours."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif pattern.callback.__module__.startswith("pilotage."):
            yield pattern


def test_every_view_that_an_address_names_is_there() -> None:
    patterns = list(named(get_resolver().url_patterns))
    assert len(patterns) > 100
    missing = [
        f"{pattern.callback.__module__}.{pattern.callback.__name__}"
        for pattern in patterns
        if not callable(getattr(import_module(pattern.callback.__module__), pattern.callback.__name__, None))
    ]
    assert missing == []


def test_a_view_that_is_not_there_is_said_when_it_is_called() -> None:
    assert Views("pilotage.web.home.views").home.__name__ == "home"
    with pytest.raises(AttributeError, match="nowhere"):
        found("pilotage.web.home.views", "nowhere")


def test_only_the_agencys_page_and_the_api_take_forms_without_a_token() -> None:
    exempt = [
        str(pattern.name) for pattern in named(get_resolver().url_patterns) if hasattr(pattern.callback, "csrf_exempt")
    ]
    assert sorted(exempt) == ["agency_page", "call"]


@pytest.mark.own_installation
def test_a_server_starts_without_reading_what_its_first_page_does_not_need(tmp_path: Path) -> None:
    environment = {**os.environ, "PILOTAGE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pilotage.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_FIRST_PAGE], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
