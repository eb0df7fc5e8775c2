"""Reads a workbook of activities with their tallies, or of institutions, and says per row what it will add or change
and per cell what is wrong. Then everything is written in one transaction, or nothing.

The same can be done in the browser, where the template with its drop-downs is to be had too.
"""

import argparse
import sys
from pathlib import Path

from pilotage.cli.folder import start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage import plan-2024.xlsx --phase bomca-10 --as me@example.org
  pilotage import plan-2024.xlsx --phase bomca-10 --as me@example.org --yes
  pilotage import --template activities.xlsx --phase bomca-10

Without --yes nothing is written before you have said so. The rights are those of the person of --as.
"""
SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", nargs="?", type=Path, help="the workbook (.xlsx)")
    parser.add_argument("--phase", required=True, help="code of the phase, for example bomca-10")
    parser.add_argument("--as", dest="email", help="e-mail address of the person in whose name it is imported")
    parser.add_argument("--yes", action="store_true", help="import at once where nothing is wrong")
    parser.add_argument("--language", choices=["en", "ru"], default="en", help="language of the messages")
    parser.add_argument("--template", type=Path, metavar="FILE", help="write an empty template workbook and stop")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    start_django()
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.viewers import NotAllowed
    from pilotage.domain.programme.queries import phases_with_everything
    from pilotage.exchange.workbooks.runs import discard_run, start_run

    phase = phases_with_everything().filter(code=options.phase).first()
    if phase is None:
        raise CommandError(f"there is no phase {options.phase}")
    if options.template:
        from pilotage.exchange.workbooks.templates import activities_workbook

        options.template.write_bytes(activities_workbook(phase, options.language))
        print(f"{options.template} is written.")
        return 0
    if options.file is None or not options.email:
        raise CommandError("name the workbook, and with --as the person in whose name it is imported")
    user = User.objects.filter(email__iexact=options.email, is_active=True).first()
    if user is None:
        raise CommandError(f"nobody has the address {options.email}")
    try:
        with options.file.open("rb") as content:
            begun = start_run(
                phase=phase, user=user, file_name=options.file.name, content=content, language=options.language
            )
    except OSError as error:
        raise CommandError(f"{options.file}: {error.strerror}") from None
    except NotAllowed as error:
        raise CommandError(error.reason) from None
    try:
        return _preview_and_import(begun, options)
    except BaseException:
        discard_run(begun)
        raise


def _preview_and_import(run, options: argparse.Namespace) -> int:
    from pilotage.exchange.workbooks.previews import PreviewRows
    from pilotage.exchange.workbooks.runs import confirm_run, discard_run, import_run, read_run

    run = read_run(run)
    for problem in run.problems:
        print(f"  {problem['sheet']} {problem['cell']} {problem['level']}: {problem['text'].get(options.language, '')}")
    wrong = PreviewRows(run, only_problems=True)
    for row in wrong[0:SHOWN]:
        for problem in row["problems"]:
            text = problem["text"]
            said = text.get(options.language, "") if isinstance(text, dict) else text
            print(f"  {problem.get('cell', '')} {problem.get('level', 'E')}: {said}")
    if len(wrong) > SHOWN:
        print(f"  … and {len(wrong) - SHOWN} more rows with remarks")
    print(
        f"{run.rows} rows: {run.added} to add, {run.changed} to change, {run.unchanged} as they are, {run.wrong} wrong"
    )
    if not run.may_import:
        discard_run(run)
        raise CommandError("nothing was imported" + (": mend what is wrong first" if run.blocked else ""))
    if not options.yes and not _agreed():
        discard_run(run)
        print("Nothing was imported.")
        return 0
    run = import_run(confirm_run(run))
    if run.state != run.State.DONE:
        said = "; ".join(problem["text"].get(options.language, "") for problem in run.problems)
        raise CommandError(f"nothing was imported: {said or run.get_state_display()}")
    print(f"Imported: {run.added} added, {run.changed} changed.")
    return 0


def _agreed() -> bool:
    if not sys.stdin.isatty():
        return False
    return input("Import? [y/N] ").strip().lower() in {"y", "yes", "д", "да"}
