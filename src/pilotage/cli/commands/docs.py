"""Prints the reference pages from the code: settings, states, permissions, figures, data checks, workbook columns,
personal data, dependencies, commands.

The tests compare what is kept in docs/reference with what the code says.
"""

import argparse
from pathlib import Path

from pilotage.cli.folder import start_django
from pilotage.kit.catalogues import PACKAGE

EXAMPLES = """
examples:
  pilotage docs              into docs/reference of the source tree
  pilotage docs --to /tmp/reference
  pilotage docs --check      change nothing, fail where a page is out of date
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the pages go")
    parser.add_argument("--check", action="store_true", help="only compare")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    start_django()
    from pilotage.cli.reference.pages import pages

    folder = options.to or PACKAGE.parent.parent / "docs" / "reference"
    stale = []
    for name, text in pages().items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'Out of date' if options.check else 'Printed'}: {', '.join(stale)}")
    return 1 if stale and options.check else 0
