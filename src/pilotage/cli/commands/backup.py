"""Copies the data folder into one file while people work: the database in one consistent state, uploaded files, key.

With PostgreSQL the database is not in the folder: take it with pg_dump beside this.
"""

import argparse
import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from pilotage.cli.folder import data_folder
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage backup /backups/pilotage-2024-06-01.tar.gz
  pilotage --data /srv/pilotage backup nightly.tar.gz

To restore: stop the server, unpack into an empty folder, start with --data FOLDER. See docs/how-to/backup.md.
"""
LEFT_OUT = {"pilotage.sqlite3", "pilotage.sqlite3-wal", "pilotage.sqlite3-shm", "static", "ready.json", "past"}
"""Taken otherwise, or made again at the next start."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    folder = data_folder()
    if not folder.is_dir():
        raise CommandError(f"there is no data folder {folder}")
    if options.file.exists():
        raise CommandError(f"{options.file} exists already")
    if folder in options.file.resolve().parents:
        raise CommandError("write the backup outside the data folder")
    half = options.file.with_name(f"{options.file.name}.part")
    try:
        with tempfile.TemporaryDirectory() as aside, tarfile.open(half, "w:gz", compresslevel=5) as archive:
            os.chmod(half, 0o600)
            database = folder / "pilotage.sqlite3"
            if database.exists():
                copy = Path(aside) / database.name
                _copy_database(database, copy)
                archive.add(copy, database.name)
            for entry in sorted(folder.iterdir()):
                if entry.name not in LEFT_OUT:
                    archive.add(entry, entry.name)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    half.replace(options.file)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.1f} MB")
    if os.environ.get("DATABASE_URL"):
        print("The database is PostgreSQL: take it with pg_dump as well.")
    return 0


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copying: writers go on, and the copy is one state."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
        (state,) = written.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        raise CommandError(f"the database is damaged: {state}")
