"""Brings a workbook in: activities with their participants and documents, or institutions. All of it, or nothing.

The workbook is read and every row is checked; what each row would add or change is printed, and for each cell what is
wrong, with sheet and cell. Then it asks, and writes everything in one transaction in the name and role of one person.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.cli.folder import start_django
from pilotage.cli.main import CommandError

if TYPE_CHECKING:
    from pilotage.domain.membership.models import User
    from pilotage.domain.programme.models import Phase
    from pilotage.exchange.models import ImportRun

EXAMPLES = """
examples:
  pilotage import plan-2024.xlsx --phase bomca-10 --as m.officer@example.org --dry-run
  pilotage import plan-2024.xlsx --phase bomca-10 --as m.officer@example.org
  pilotage import ведомства.xlsx --phase bomca-10 --as m.officer@example.org --language ru --yes

exit codes:
  0  imported; with --dry-run: it could be imported; or it says nothing that is not in the register already
  1  nothing was written: something in the workbook is wrong, or the role does not reach so far
  2  asked for wrongly: an option is missing or unknown
  3  nothing was written: you did not agree, or nobody could be asked (say --yes in a script)

Whether a sheet holds activities or institutions is told by its headings: docs/reference/workbook-columns.md.
Templates are on the page "Workbooks in" of the phase.
"""
ROWS = 40
NOT_AGREED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")
    parser.add_argument("--phase", required=True, metavar="CODE", help="code of the phase, for example bomca-10")
    parser.add_argument("--as", dest="person", required=True, metavar="EMAIL", help="in whose name and role")
    parser.add_argument("--dry-run", action="store_true", help="read, check and print; write nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask before writing")
    parser.add_argument(
        "--rows", type=int, default=ROWS, metavar="N", help=f"print at most N rows of the preview (default: {ROWS})"
    )
    parser.add_argument("--language", choices=["en", "ru"], help="language of what is said (default: the person's)")


def run(options: argparse.Namespace) -> int:
    """Reads, tells, asks, imports."""
    start_django()
    from django.db import DatabaseError
    from django.utils.translation import gettext as _
    from django.utils.translation import override

    from pilotage.domain.membership.models import User
    from pilotage.domain.programme.models import Phase

    try:
        person = User.objects.filter(email__iexact=options.person, is_active=True).first()
    except DatabaseError:
        raise CommandError("the database is not ready: run pilotage migrate, or look at --data") from None
    language = options.language or (person.language if person else "en")
    with override(language):
        phase = Phase.objects.filter(code=options.phase).first()
        if phase is None:
            raise CommandError(_("there is no phase %(code)s") % {"code": options.phase})
        if person is None:
            raise CommandError(_("nobody who may sign in has the address %(address)s") % {"address": options.person})
        if not options.file.is_file():
            raise CommandError(_("there is no file %(file)s") % {"file": options.file})
        return _bring(options, phase, person, language)


def _bring(options: argparse.Namespace, phase: "Phase", person: "User", language: str) -> int:
    from django.utils.translation import gettext as _

    from pilotage.domain.membership.viewers import NotAllowed
    from pilotage.exchange.workbooks import runs
    from pilotage.exchange.workbooks.opening import Unreadable, check_file
    from pilotage.exchange.workbooks.turns import TurnTaken

    try:
        check_file(options.file)
        with options.file.open("rb") as content:
            found = runs.start_run(
                phase=phase, user=person, file_name=options.file.name, content=content, language=language
            )
    except Unreadable as error:
        raise CommandError(f"{options.file.name}: {error.text}") from None
    except NotAllowed as error:
        raise CommandError(str(error.reason)) from None
    runs.read_run(found)
    _tell(found, options.rows)
    if options.dry_run or not found.may_import:
        read = found.state == found.State.PREVIEWED and not found.blocked
        runs.discard_run(found)
        if read and not (found.added or found.changed):
            print(_("The workbook says nothing that is not in the register already."))
        elif not read:
            print(_("Nothing was imported."), file=sys.stderr)
        return 0 if read else 1
    if not options.yes and not _agreed():
        runs.discard_run(found)
        print(_("Nothing was imported."), file=sys.stderr)
        return NOT_AGREED
    try:
        runs.import_run(runs.confirm_run(found))
    except TurnTaken:
        runs.discard_run(found)
        raise CommandError(_("another import is being written; try again when it is done")) from None
    if found.state != found.State.DONE:
        _tell(found, 0)
        print(_("Nothing was imported."), file=sys.stderr)
        return 1
    print(_("Imported: %(added)d added, %(changed)d changed.") % {"added": found.added, "changed": found.changed})
    return 0


def _tell(found: "ImportRun", rows: int) -> None:
    """The preview: what is wrong goes where errors go, so that a script can tell both apart."""
    from pilotage.exchange.workbooks.summary import about_file, counts, row_by_row

    if found.rows:
        print(counts(found))
    for line in about_file(found):
        print(f"  {line}", file=sys.stderr)
    for line in row_by_row(found, rows):
        print(line, file=sys.stderr if found.blocked else sys.stdout)
    sys.stdout.flush()


def _agreed() -> bool:
    """Asks; whoever is not there to be asked has not agreed."""
    from django.utils.translation import gettext as _

    if not sys.stdin.isatty():
        print(_("Nobody can be asked here. Say --yes to import without a question."), file=sys.stderr)
        return False
    try:
        answer = input(_("Import all of this? [y/N] "))
    except EOFError:
        return False
    return answer.strip().casefold() in {"y", "yes", "д", "да"}
