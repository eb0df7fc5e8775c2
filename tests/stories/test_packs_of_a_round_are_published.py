"""As the programme manager I publish all packs of a round with one command, and print an old one again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotage.cli.main import main
from pilotage.documents import operations
from pilotage.documents.models import Publication
from pilotage.documents.publishing import checks_of
from tests.packs import Rounds, two_rounds
from tests.records import TESTER

pytestmark = pytest.mark.django_db
REASON = {"en": "Known.", "ru": "Известно."}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Rounds:
    # The command prepares the installation; here it is prepared already. Children would not see the tests' records.
    for name in ("publish.make_ready", "publish.start_django"):
        monkeypatch.setattr(f"pilotage.cli.commands.{name}", lambda: None)
    monkeypatch.setattr("pilotage.cli.commands.publish_round._workers", lambda: 1)
    return two_rounds()


def publish(*options: str) -> int:
    return main(["publish", *options])


def test_drafts_of_a_round_are_written_and_nothing_is_kept(made: Rounds, tmp_path: Path) -> None:
    code = made.trial.phase.code
    done = publish("packs", "--programme", code, "--year", "2023", "--language", "en", "--output", str(tmp_path))
    assert done == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{code}-2023-{kind}-draft-en.{form}"
        for kind in ("national-pack-kz", "national-pack-kg", "national-pack-tj", "regional-pack-region")
        for form in ("pdf", "docx")
    )
    assert not Publication.objects.exists()


def test_cleared_packs_are_issued_and_written_again_the_same(made: Rounds, tmp_path: Path) -> None:
    manager, _viewer = made.trial.user("PM")
    for pack in made.packs():
        for finding in checks_of(pack).blocking:
            operations.explain_check(by=TESTER, viewer=None, publication=pack, code=finding.problem.code, reason=REASON)
        for step in ("check_figures", "clear_pm"):
            operations.move_publication(by=TESTER, viewer=None, publication=pack, step=step)
    asked = ("packs", "--phase", made.trial.phase.code, "--year", "2023", "--format", "pdf", "--output")
    assert publish(*asked, str(tmp_path / "one"), "--issue", "--as", manager.email) == 0
    assert Publication.objects.filter(state="published").count() == 4
    made.trial.activity("KZ", actual_end="2023-03-03", state="implemented")
    assert publish(*asked, str(tmp_path / "two")) == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert len(first) == 8
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}


def test_a_pack_that_nobody_cleared_is_not_issued(
    made: Rounds, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manager, _viewer = made.trial.user("PM")
    done = publish(
        "packs", "--phase", made.trial.phase.code, "--year", "2023", "--output", str(tmp_path), "--issue", "--as",
        manager.email,
    )  # fmt: skip
    assert done == 1
    assert "not cleared yet" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_minutes_of_the_meetings_that_were_held_are_written(made: Rounds, tmp_path: Path) -> None:
    done = publish(
        "minutes", "--programme", made.trial.phase.code, "--year", "2022", "--format", "docx", "--output", str(tmp_path)
    )
    assert done == 0
    assert len(list(tmp_path.iterdir())) == 8


def test_a_round_that_is_not_there_is_said_with_those_that_are(
    made: Rounds, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish("packs", "--phase", made.trial.phase.code, "--year", "1999", "--output", str(tmp_path)) != 0
    assert "2022, 2023" in capsys.readouterr().err
