"""Queries and time of the dashboard and of the registers, with few rows and with many.

    python -m benchmarks.dashboard [ACTIVITIES] [TALLY ROWS]

Demanded: at most 25 queries each, the same number whatever the rows.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from typing import Any

FEW = (100, 1_000)
MANY = (10_000, 100_000)
QUERIES = 25
PAGES = ("", "activities/", "activities/?q=workshop&sort=-title", "institutions/", "places/", "figures/")


def ask(client: Any, path: str) -> tuple[int, float, int]:
    """Queries, seconds and bytes of one page, the second time it is asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    seconds = time.perf_counter() - began
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return len(asked), seconds, len(response.content)


def measured(activities: int, tally_rows: int) -> dict[str, tuple[int, float, int]]:
    """All pages on a phase of this size, as its manager sees them; runs in a process of its own."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from benchmarks.figures import fill
    from pilotage.domain.membership.operations import add_user, assign_role
    from pilotage.kit.actors import SystemActor

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    phase = fill(activities, tally_rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    by = SystemActor("benchmark")
    user = add_user(by=by, email="pm@bench.example", name="Manager", password=None)
    assign_role(by=by, user=user, values={"role": "PM", "programme": phase.programme, "phase": phase})
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {page: ask(client, f"/{phase.code}/{page}") for page in PAGES}


def in_process(size: tuple[int, int]) -> dict[str, tuple[int, float, int]]:
    """``measured`` on a fresh database."""
    import ast
    import subprocess

    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as folder:
        environment = {**os.environ, "PILOTAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "pilotage.config.settings"}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.dashboard", "--inside", *map(str, size)],
            env=environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found: dict[str, tuple[int, float, int]] = ast.literal_eval(done.stdout.strip().splitlines()[-1])
    return found


def main() -> int:
    """Measures both sizes and prints them side by side."""
    if sys.argv[1:2] == ["--inside"]:
        import django

        django.setup()
        print(repr(measured(int(sys.argv[2]), int(sys.argv[3]))))
        return 0
    numbers = tuple(int(text) for text in sys.argv[1:3])
    few, many = in_process(FEW), in_process(numbers if len(numbers) == 2 else MANY)
    good = True
    print(f"{'page':40} {'queries few/many':>18} {'ms few/many':>16}   ratio to {QUERIES}")
    for page in PAGES:
        (asked, seconds, _bytes), (asked_many, seconds_many, _bytes_many) = few[page], many[page]
        good &= asked_many <= QUERIES and asked_many <= asked
        print(
            f"/phase/{page:33} {asked:8} /{asked_many:8} {seconds * 1000:7.0f} /{seconds_many * 1000:7.0f}   "
            f"{asked_many / QUERIES:5.2f}"
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
