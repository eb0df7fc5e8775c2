"""Brings the database to the form that this version of the programme expects. Running it again changes nothing."""

import argparse

from pilotage.cli.folder import make_ready, migrate

EXAMPLES = """
examples:
  pilotage migrate
  DATABASE_URL=postgresql://pilotage@localhost/pilotage pilotage migrate

Make a backup first: pilotage backup FILE.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing where all is well")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    migrate(verbosity=0 if options.quiet else 1)
    make_ready()
    return 0
