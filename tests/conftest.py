"""What every test stands on: an own data folder, compiled translations, SQLite or a temporary PostgreSQL cluster."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from pilotage.kit.catalogues import compile_catalogues
from tests import databases, postgresql

DATA = tempfile.mkdtemp(prefix="pilotage-tests-")
# Before the settings are read, which pytest-django does after this file.
os.environ["PILOTAGE_DATA"] = DATA
os.environ["PILOTAGE_SECRET_KEY"] = "for tests only"
os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
os.environ.pop("PILOTAGE_DEMO", None)

# A busy machine is no fault of what is tried: examples have no time limit by the clock.
unhurried = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=unhurried)
hypothesis.settings.load_profile("unhurried")

_cluster: postgresql.Cluster | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database=postgresql`` runs the tests that touch the database on a temporary cluster."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Starts the cluster, in the process that leads the others, and reads the settings."""
    global _cluster
    compile_catalogues()
    if not hasattr(config, "workerinput"):
        if config.getoption("--database") == "postgresql":
            _cluster = postgresql.Cluster()
            _cluster.start()
            os.environ["DATABASE_URL"] = _cluster.url
        else:
            os.environ.pop("DATABASE_URL", None)
    from django.conf import settings

    # A worker beside others finds the settings read already, with the folder of the process that leads them: two
    # workers in one folder would wait for each other's imports.
    settings.DATA = Path(DATA)
    settings.MEDIA_ROOT = Path(DATA) / "files"
    settings.STATIC_ROOT = Path(DATA) / "static"
    settings.EMAIL_FILE_PATH = str(Path(DATA) / "mail")
    # What makes passwords slow to guess makes tests slow.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Now pytest-django, which comes last, finds settings and sets Django up.
    assert settings.DATABASES
    # Pages name static files plainly: nothing is collected for tests.
    (Path(DATA) / "static").mkdir(exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leaves nothing behind."""
    if _cluster is not None:
        _cluster.stop()
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database is run again; what needs it alone is left out on SQLite."""
    for item in items:
        if (shared := _shared(item)) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(shared))
    wanted = config.getoption("--database") == "postgresql"
    kept, left = [], []
    for item in items:
        runs = _asks_database(item) if wanted else item.get_closest_marker("postgresql") is None
        (kept if runs else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: looking for garbage in it again and again takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _shared(item: pytest.Item) -> str:
    """A name for those who share with ``item`` what its module makes once: one worker runs them. "" for nobody."""
    made = getattr(item, "_fixtureinfo", None)
    lasting = [
        name
        for name, found in (made.name2fixturedefs.items() if made else ())
        if found[-1].scope == "module" and found[-1].baseid.startswith("tests/")
    ]
    if not lasting:
        return ""
    turns = getattr(getattr(item, "callspec", None), "indices", {})
    return " ".join(
        (f"{item.path.parent.name}/{item.path.stem}", *(f"{name} {turns[name]}" for name in lasting if name in turns))
    )


def _asks_database(item: pytest.Item) -> bool:
    folder = Path(item.path).relative_to(Path(__file__).parent).parts[0]
    fixtures = getattr(item, "fixturenames", ())
    asks = item.get_closest_marker("django_db") is not None or "db" in fixtures or "transactional_db" in fixtures
    elsewhere = any(item.get_closest_marker(name) for name in ("browser", "own_installation", "any_database"))
    return folder in postgresql.ON_BOTH and asks and not elsewhere


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Each process has a database of its own: a copy of one that was migrated once."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    shared = tmp_path_factory.getbasetemp()
    cache = getattr(request.config, "cache", None)
    kept = cache.mkdir("databases") if cache else shared
    with django_db_blocker.unblock():
        databases.make_database(f"tests{worker}", kept, shared.parent if worker else shared)


@pytest.fixture(scope="module")
def recorded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of a module's scope records after asking for this stays for all tests of the module.

    Each test writes on top, and what it wrote is taken back after it. It must copy (``copy.deepcopy``) the Python
    objects that such a fixture returns: they know nothing of what was taken back.
    """
    from django.db import transaction
    from django.utils import translation

    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English, whatever the one before it spoke."""
    from django.utils import translation

    with translation.override("en"):
        yield
