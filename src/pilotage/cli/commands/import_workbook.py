"""Brings a workbook in: activities with their participants, or institutions. Everything is written, or nothing."""

import argparse
import sys
from pathlib import Path

from pilotage.cli.folder import start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage import plan-2024.xlsx --phase bomca-10 --as m.officer@example.org --dry-run
  pilotage import plan-2024.xlsx --phase bomca-10 --as m.officer@example.org

With --dry-run the workbook is read and every row is checked, but nothing is written. The exit code is 0 where the
workbook was (or could be) imported, 1 where something in it is wrong. Templates are on the page "Workbooks in".
"""
MOST_SHOWN = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
    parser.add_argument("--phase", required=True, help="code of the phase, for example bomca-10")
    parser.add_argument("--as", dest="person", required=True, metavar="EMAIL", help="in whose name and role")
    parser.add_argument("--dry-run", action="store_true", help="read and check only")
    parser.add_argument("--language", choices=["en", "ru"], help="language of what is said (default: the person's)")


def run(options: argparse.Namespace) -> int:
    """Reads, tells, imports."""
    start_django()
    from django.utils.translation import override

    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import NotAllowed
    from pilotage.domain.programme.models import Phase
    from pilotage.exchange.workbooks import runs
    from pilotage.exchange.workbooks.opening import Unreadable, check_file
    from pilotage.exchange.workbooks.turns import TurnTaken

    phase = Phase.objects.filter(code=options.phase).first()
    if phase is None:
        raise CommandError(f"there is no phase {options.phase}")
    person = User.objects.filter(email__iexact=options.person, is_active=True).first()
    if person is None:
        raise CommandError(f"nobody who may sign in has the address {options.person}")
    if not options.file.is_file():
        raise CommandError(f"there is no file {options.file}")
    language = options.language or person.language
    with override(language):
        try:
            check_file(options.file)
            with options.file.open("rb") as content:
                found = runs.start_run(
                    phase=phase, user=person, file_name=options.file.name, content=content, language=language
                )
            runs.read_run(found)
            _tell(found, language)
            ready = found.may_import
            if options.dry_run or not ready:
                same = found.state == found.State.PREVIEWED and not found.blocked
                runs.discard_run(found)
                return 0 if same else 1
            runs.confirm_run(found)
            runs.import_run(found)
        except Unreadable as error:
            raise CommandError(error.text) from None
        except NotAllowed as error:
            raise CommandError(error.reason) from None
        except TurnTaken:
            runs.discard_run(found)
            raise CommandError("another import is being written; try again when it is done") from None
    if found.state != found.State.DONE:
        _tell(found, language)
        return 1
    print(f"imported: {found.added} added, {found.changed} changed")
    return 0


def _tell(found: object, language: str) -> None:
    from pilotage.exchange.models import ImportRun
    from pilotage.exchange.workbooks.previews import PreviewRows
    from pilotage.kit.texts import wording

    assert isinstance(found, ImportRun)
    print(
        f"{found.file_name}: {found.added} to add, {found.changed} to change, {found.unchanged} as they are, "
        f"{found.wrong} with errors, {found.warned} with warnings"
    )
    problems = [*found.problems]
    for row in PreviewRows(found, only_problems=True)[:MOST_SHOWN]:
        problems += row["problems"]
    for problem in problems[:MOST_SHOWN]:
        place = " ".join(part for part in (problem["sheet"], problem["cell"]) if part)
        grave = "" if problem["level"] == "E" else "(warning) "
        print(f"  {place + ': ' if place else ''}{grave}{wording(problem['text'], language)}", file=sys.stderr)
    if len(problems) > MOST_SHOWN:
        print("  …", file=sys.stderr)
