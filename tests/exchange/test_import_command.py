"""``pilotage import``: the same preview on the command line, a question, an exit code that scripts can trust."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotage.cli.commands import import_workbook
from pilotage.cli.main import help_of, main
from pilotage.domain.activities.models import Activity
from pilotage.domain.parties.models import Institution
from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks.turns import turn
from tests.exchange.programme import SmallProgramme, small_programme
from tests.exchange.workbooks import workbook

pytestmark = pytest.mark.django_db
HEAD = ["Code", "Title", "Type", "Component", "Countries", "Women TJ", "Men TJ"]
ROW = ["007", "Document examination", "training", "1", "Tajikistan", 5, 7]


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


class Shell:
    """Runs the command as somebody types it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.out = self.err = ""

    def __call__(self, *options: str, rows: list[Any] | None = None, content: bytes = b"", who: str = "manager") -> int:
        path = self.folder / "plan.xlsx"
        path.write_bytes(content or workbook(("Activities", [HEAD, *(rows or [ROW])])))
        code = main(["import", str(path), "--phase", "demo-1", "--as", f"{who}@demo-1.example.org", *options])
        self.out, self.err = self.capsys.readouterr()
        return code


@pytest.fixture
def shell(programme: SmallProgramme, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


def test_a_dry_run_shows_row_by_row_and_writes_nothing(shell: Shell) -> None:
    assert shell("--dry-run") == 0
    assert "plan.xlsx: 1 to add, 0 to change" in shell.out
    assert "2  added" in shell.out
    assert "007 Document examination" in shell.out
    assert not Activity.objects.exists()
    assert ImportRun.objects.get().state == "discarded"


def test_with_yes_it_is_written_and_changes_are_shown_cell_by_cell(shell: Shell) -> None:
    assert shell("--yes") == 0
    assert "Imported: 1 added, 0 changed." in shell.out
    assert shell("--yes", rows=[["007", "Examination", None, None, None, 6, 7]]) == 0
    assert "Title in English: Document examination → Examination" in shell.out
    assert "TJ 12 (women 5, men 7) → TJ 13 (women 6, men 7)" in shell.out
    assert Activity.objects.get().title["en"] == "Examination"
    assert shell("--yes", rows=[["007", "Examination", None, None, None, 6, 7]]) == 0
    assert "nothing that is not in the register already" in shell.out


def test_mistakes_are_named_with_their_cells_and_nothing_is_written(shell: Shell) -> None:
    assert shell("--yes", rows=[ROW, ["008", "Course", "teaching", "1", "Atlantis", 1, 1]]) == 1
    assert "Activities!C3: “teaching” is not one of" in shell.err
    assert "Activities!E3: “Atlantis” is not a country" in shell.err
    assert "Nothing was imported." in shell.err
    assert not Activity.objects.exists()
    assert shell("--dry-run", rows=[["008", "Course", "teaching"]]) == 1


def test_it_speaks_russian(shell: Shell) -> None:
    assert shell("--language", "ru", "--yes", rows=[["008", "Course", "teaching", "1", "TJ", 1, 1]]) == 1
    assert "добавить – 0" in shell.out
    assert "отклонено" in shell.err
    assert "Activities!C2: " in shell.err
    assert "семинар" in shell.err
    assert shell("--language", "ru", "--yes") == 0
    assert "Импортировано: добавлено – 1" in shell.out


def test_whoever_does_not_agree_leaves_everything_as_it_is(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell() == import_workbook.NOT_AGREED
    assert "--yes" in shell.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, code in (("", 3), ("n", 3), ("y", 0)):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        assert shell() == code
    assert Activity.objects.count() == 1


def test_institutions_come_the_same_way(shell: Shell) -> None:
    rows = [["Code", "Name", "Type", "Country"], ["uz-plants", "Plant Protection", "phytosanitary", "UZ"]]
    content = workbook(("Institutions", rows))
    assert shell("--yes", content=content) == 0
    assert Institution.objects.filter(code="uz-plants").exists()
    assert shell("--yes", content=content, who="lead") == 1
    assert "manager and the M&E officer alone" in shell.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Code;Title\n1;x\n", "text file"),
        (b"PK\x03\x04" + b"x" * 300, "damaged"),
        (workbook(("S", [["a"]])), "No sheet"),
    ],
    # A workbook holds the second of its making: as a name it would differ from worker to worker.
    ids=["text", "damaged", "workbook"],
)
def test_what_is_no_workbook_of_ours_is_said(shell: Shell, content: bytes, words: str) -> None:
    assert shell("--yes", content=content) == 1
    assert words in shell.err


def test_who_may_not_and_who_is_not_there(shell: Shell, tmp_path: Path) -> None:
    assert shell("--yes", who="reader") == 1
    assert "Your role may not" in shell.err
    assert shell("--yes", who="nobody") == 1
    assert "nobody@demo-1.example.org" in shell.err
    assert shell("--yes", "--phase", "other-9") == 1
    assert "other-9" in shell.err
    missing = ["import", str(tmp_path / "none.xlsx"), "--phase", "demo-1", "--as", "manager@demo-1.example.org"]
    assert main(missing) == 1


def test_another_import_under_way_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilotage.exchange.workbooks.runs.import_run.__defaults__", (0.2,))
    with turn(0):
        assert shell("--yes") == 1
    assert "another import is being written" in shell.err
    assert not Activity.objects.exists()


def test_only_so_many_rows_are_printed(shell: Shell) -> None:
    rows = [[f"A-{number}", "Course", "training", "1", "TJ", 1, 1] for number in range(30)]
    assert shell("--dry-run", "--rows", "5", rows=rows) == 0
    assert "… and 25 rows more" in shell.out


def test_the_help_tells_of_exit_codes() -> None:
    assert "exit codes:" in help_of("import")
    with pytest.raises(SystemExit) as left:
        main(["import", "plan.xlsx"])
    assert left.value.code == 2
