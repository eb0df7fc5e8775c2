"""Reads the command line and hands over to the command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module, metadata

COMMANDS = {
    "demo": "try the product with real and fictional data, at once",
    "serve": "start the server and its background worker",
    "migrate": "bring the database to the present form",
    "programme": "begin a programme of your own, or its next phase",
    "user": "add a person, give a role, set a password",
    "import": "read a workbook of activities or institutions",
    "publish": "make an edition of a publication with its PDFs",
    "remind": "remind agencies of what is due",
    "generate": "make a fictional, complete programme of any size",
    "check": "list what is wrong or doubtful in the data or the installation",
    "backup": "copy the data folder into one file, while people work",
    "docs": "print the reference pages from the code",
    "django": "run a management command of Django",
}
"""Name → what it is for, in one line. The module is ``pilotage.cli.commands.<name>``, but for the names below."""
MODULES = {"import": "import_workbook"}

EPILOGUE = """
examples:
  pilotage demo                    look around; nothing needs to be set up
  pilotage --data /srv/pilotage serve --host 0.0.0.0
  pilotage help import             the help of one command

Settings are read from PILOTAGE_… variables: see docs/reference/settings.md.
"""


class CommandError(Exception):
    """The command cannot go on; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 something is wrong, 2 asked for wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["help"]:
        given = [*given[1:], "--help"]
    options = parse(given)
    if options.data:
        os.environ["PILOTAGE_DATA"] = options.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    try:
        return int(options.run(options) or 0)
    except CommandError as error:
        print(f"pilotage {options.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def help_of(command: str) -> str:
    """The help of one command, as wide on every screen."""
    os.environ["COLUMNS"] = "100"
    return _parsers([command])[1][command].format_help().strip()


def parse(given: Sequence[str]) -> argparse.Namespace:
    """The command with its options; ``run`` is the function that does it."""
    return _parsers(given)[0].parse_args(given)


def _parsers(words: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser, and those of the commands that are among ``words``: the modules of the others are not read."""
    parser = argparse.ArgumentParser(
        prog="pilotage",
        description="The records of a cooperation programme, and every figure and publication made out of them.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pilotage {metadata.version('pilotage')}")
    parser.add_argument("--data", metavar="FOLDER", help="data folder (default: $PILOTAGE_DATA, else ./data)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    parsers: dict[str, argparse.ArgumentParser] = {}
    for name, purpose in COMMANDS.items():
        if name not in words:
            commands.add_parser(name, help=purpose)
            continue
        module = import_module(f"pilotage.cli.commands.{MODULES.get(name, name)}")
        command = commands.add_parser(
            name,
            help=purpose,
            description=module.__doc__,
            epilog=module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=name != "django",
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
        parsers[name] = command
    return parser, parsers
