"""Makes a data folder ready to serve: schema, static files. What is current already costs a few milliseconds."""

from __future__ import annotations

import hashlib
import json
import os
from importlib import metadata, util
from pathlib import Path

from pilotage.cli.main import CommandError
from pilotage.kit.catalogues import PACKAGE, compile_catalogues

STAMPS = "ready.json"
"""In the data folder: the digests of what schema and static files were made from."""
PARTS_OF_SCHEMA = ("django", "django-allauth", "django-axes", "django-tasks-db")
PARTS_OF_STATIC = ("django", "django-allauth", "django-htmx", "django-ninja", "whitenoise")


def data_folder() -> Path:
    """The data folder, as the settings will find it."""
    return Path(os.environ.get("PILOTAGE_DATA", "data")).resolve()


def is_empty() -> bool:
    """True where no database is there yet."""
    return not os.environ.get("DATABASE_URL") and not (data_folder() / "pilotage.sqlite3").exists()


def make_ready(*, say: bool = False) -> None:
    """Brings translations, schema and static files to what the code says; asks Django only where something changed."""
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the data folder {folder} cannot be made: {error.strerror}") from None
    if not os.access(folder, os.W_OK):
        raise CommandError(f"the data folder {folder} cannot be written to")
    compile_catalogues()
    wanted, kept = {"schema": schema_digest(), "static": static_digest()}, _kept(folder)
    fresh = is_empty()
    if fresh or os.environ.get("DATABASE_URL") or kept.get("schema") != wanted["schema"]:
        if say:
            print("Preparing the database …" if fresh else "Bringing the database up to date …", flush=True)
        migrate()
    if kept.get("static") != wanted["static"] or not (folder / "static" / "staticfiles.json").exists():
        collect_static()
    if kept != wanted:
        (folder / STAMPS).write_text(json.dumps(wanted) + "\n")


def _kept(folder: Path) -> dict[str, str]:
    try:
        kept = json.loads((folder / STAMPS).read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def schema_digest() -> str:
    """Digest of the names of our migrations and of the versions of packages that bring some."""
    names = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("migrations/[0-9]*.py"))
    return _digest([*names, *_versions(PARTS_OF_SCHEMA)])


def static_digest() -> str:
    """Digest of our static files (names, sizes, times) and of the versions of packages that bring some."""
    folders = sorted(PACKAGE.glob("*/static"))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    stats = [f"{path.relative_to(PACKAGE)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return _digest([*stats, *_versions(PARTS_OF_STATIC)])


def _versions(packages: tuple[str, ...]) -> list[str]:
    return [f"{name} {metadata.version(name)}" for name in packages]


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def migrate(verbosity: int = 0) -> None:
    """Runs all migrations that have not run."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)


def collect_static() -> None:
    """Writes the static files with their compressed forms and long-lived names."""
    start_django()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=False)


def start_django() -> None:
    """Loads Django with the project's settings, once."""
    import django
    from django.apps import apps

    if not apps.ready:
        compile_catalogues()
        django.setup()


def demo_source(name: str) -> Path | None:
    """The folder of demo data ``name``: in the source tree, or in the installed package."""
    for folder in (PACKAGE.parent.parent / "demo", PACKAGE / "_demo"):
        if (folder / name).is_dir():
            return folder / name
    return None


def has(module: str) -> bool:
    """True where the module can be imported."""
    return util.find_spec(module) is not None
