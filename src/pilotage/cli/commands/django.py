"""Runs a management command of Django, for whoever develops the product."""

import argparse

from pilotage.cli.folder import start_django

EXAMPLES = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="the command and its options")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["pilotage django", *options.rest])
    return 0
