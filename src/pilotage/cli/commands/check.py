"""Lists what is wrong or doubtful in the data of a phase (the checks of the handbook), or in the installation.

Ends with exit code 1 where an error was found; warnings alone leave it 0.
"""

import argparse
from collections import Counter

from pilotage.cli.folder import start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage check                    the installation: settings, database, fonts
  pilotage check bomca-10           the data of one phase
  pilotage check bomca-10 --summary
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("phase", nargs="?", help="code of a phase; without it the installation is checked")
    parser.add_argument("--summary", action="store_true", help="only how often each check found something")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    start_django()
    return _data(options) if options.phase else _installation()


def _installation() -> int:
    from django.core.checks import run_checks
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    found = [message for message in run_checks(include_deployment_checks=False) if not message.is_silenced()]
    for message in found:
        print(message)
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        print(f"The database is behind by {len(behind)} steps: run pilotage migrate.")
    if not found and not behind:
        print(f"All is well: {connection.vendor}, nothing to migrate, no remarks.")
    return 1 if found or behind else 0


def _data(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from pilotage.domain.activities.checks import Checking, Question
    from pilotage.domain.activities.models import Activity, Person
    from pilotage.domain.programme.queries import phases_with_everything
    from pilotage.domain.steering.checks import meeting_findings
    from pilotage.domain.steering.models import Meeting

    phase = phases_with_everything().filter(code=options.phase).first()
    if phase is None:
        raise CommandError(f"there is no phase {options.phase}")
    activities, persons = Activity.objects.filter(phase=phase), Person.objects.filter(phase=phase)
    checking = Checking(Question(activities, persons, phase, timezone.localdate()))
    if not options.summary:
        codes = dict(activities.values_list("pk", "code"))
        for one in checking.all():
            _line(one.check.level, codes.get(one.activity, ""), one.check.title, one.text, one.reason)
    found = {check: checking.counts[check.code].of(explained=True) for check in checking.checks}
    for check, number in sorted(found.items(), key=lambda one: -one[1]):
        if number:
            print(f"{number:6} × {check.level} {check.title}")
    print(f"{sum(found.values())} findings in {activities.count()} activities.")
    met = meeting_findings(Meeting.objects.filter(phase=phase), timezone.localdate())
    if not options.summary:
        for finding in met:
            _line(finding.check.level, finding.meeting.code, finding.check.title, finding.text, finding.reason)
    for steering, number in Counter(finding.check for finding in met).most_common():
        print(f"{number:6} × {steering.level} {steering.title}")
    print(f"{len(met)} findings in {Meeting.objects.filter(phase=phase).count()} meetings.")
    levels = {check.level for check, number in found.items() if number} | {finding.check.level for finding in met}
    return 1 if "E" in levels else 0


def _line(level: str, code: str, title: object, text: str, reason: str) -> None:
    explained = f"  (explained: {reason})" if reason else ""
    print(f"{level} {code:24} {title}: {text}{explained}")
