"""``pilotage programme``: an empty installation gets its first programme, and a programme its next phase."""

from datetime import date

import pytest
from django.test import Client

from pilotage.cli.main import main
from pilotage.domain.membership.operations import add_user, assign_role
from pilotage.domain.programme.models import Phase, Programme
from pilotage.domain.programme.operations import add_component
from tests.browse import signed_in, words_of
from tests.records import TESTER

pytestmark = pytest.mark.django_db
FIRST = [
    "programme", "borders", "--title", "Safer Borders", "--title-ru", "Безопасные границы", "--short-ru", "Границы",
    "--start", "2026-01-01", "--end", "2029-12-31", "--countries", "KZ", "kg",
]  # fmt: skip


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests is ready."""
    monkeypatch.setattr("pilotage.cli.commands.programme.make_ready", lambda: None)


def countries_of(phase: Phase) -> list[str]:
    return [link.country_id for link in phase.partner_countries.order_by("position")]


def test_a_programme_is_begun_with_its_first_phase(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FIRST) == 0
    phase = Phase.objects.get()
    assert phase.code == "borders-1"
    assert phase.title == {"en": "Safer Borders, Phase 1", "ru": "Безопасные границы, фаза 1"}
    assert phase.short_title == {"en": "Safer Borders 1", "ru": "Границы 1"}
    assert (phase.start, phase.end) == (date(2026, 1, 1), date(2029, 12, 31))
    assert countries_of(phase) == ["KZ", "KG"]
    assert not phase.programme.fictional
    assert "--role PM --phase borders-1" in capsys.readouterr().out


def test_the_next_phase_is_in_the_countries_of_the_one_before() -> None:
    main(FIRST)
    assert main(["programme", "borders", "--phase", "2", "--start", "2030-01-01"]) == 0
    assert countries_of(Phase.objects.get(code="borders-2")) == ["KZ", "KG"]
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["programme", "borders"], "give --title and --title-ru"),
        ([*FIRST, "--countries", "KG", "XX"], "no country has the code 'XX'"),
        ([*FIRST, "--end", "2025-01-01"], "ends before it starts"),
        (["programme", "no such code!", "--title", "A", "--title-ru", "Б"], "code:"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options) == 1
    assert said in capsys.readouterr().err
    assert not Programme.objects.exists()


def test_a_phase_is_not_begun_twice(capsys: pytest.CaptureFixture[str]) -> None:
    main(FIRST)
    assert main(FIRST) == 1
    assert "code:" in capsys.readouterr().err
    assert Phase.objects.count() == 1


def test_a_day_that_is_none_is_said_with_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*FIRST, "--end", "31.12.2029"])
    assert "argument --end: '31.12.2029' is not a day; write 2026-01-31" in capsys.readouterr().err


def test_its_manager_is_led_to_set_it_up(client: Client) -> None:
    main(FIRST)
    phase = Phase.objects.get()
    manager = add_user(by=TESTER, email="first@example.org", name="First", password=None)
    assign_role(by=TESTER, user=manager, values={"role": "PM", "programme": phase.programme, "phase": phase})
    page = signed_in(manager).get("/")
    assert "Set the phase up" in words_of(page)
    assert 'href="/borders-1/settings/"' in page.content.decode()
    add_component(by=TESTER, values={"phase": phase, "number": "1", "title": {"en": "One", "ru": "Один"}})
    assert "Set the phase up" not in words_of(signed_in(manager).get("/"))


def test_an_empty_installation_says_how_to_begin(client: Client) -> None:
    assert "pilotage programme" in words_of(client.get("/"))
