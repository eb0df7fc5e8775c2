"""A past day of a large programme: how long its rebuilding takes, and its figures against the live ones.

``python -m benchmarks.asof [ACTIVITIES] [TALLY ROWS]`` fills a temporary SQLite database, by logged writes, with a
fictional phase of 10 000 activities and 100 000 tally rows, changes and deletes some of them, and rebuilds the instant
before. Demanded: ready within 15 seconds (a few on an idle machine), in less than 200 MB more memory, and each figure
of it at most 2 times as slow as the live one, opening the file included.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.figures import ACTIVITIES, FACTOR, FIGURES, TALLY_ROWS, TODAY, best, fill

MOST_SECONDS = 15.0
MOST_MEMORY = 200
CHANGED = 500


def change(phase: Any) -> None:
    """What is done after the instant: titles edited, tally rows deleted."""
    from pilotage.domain.activities.models import Activity, Tally
    from pilotage.kit.actors import SystemActor
    from pilotage.kit.changes import operation

    with operation("edit many", by=SystemActor("benchmark")):
        some = list(Activity.objects.filter(phase=phase).order_by("pk")[:CHANGED])
        for activity in some:
            activity.title = {"en": f"{activity.title['en']}, edited"}
            activity.save()
        Tally.objects.filter(activity__in=some).delete()


def main() -> int:
    """Measures and prints; 1 where a demand is missed."""
    numbers = [int(text) for text in sys.argv[1:]]
    activities, tally_rows = (*numbers, *(ACTIVITIES, TALLY_ROWS)[len(numbers) :])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PILOTAGE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return measure(Path(folder), activities, tally_rows)


def measure(folder: Path, activities: int, tally_rows: int) -> int:
    """Rebuilds, then computes every figure in both."""
    from django.utils import timezone

    from pilotage.domain.membership.viewers import Viewer
    from pilotage.domain.programme.models import Phase
    from pilotage.domain.programme.queries import phases_with_everything
    from pilotage.figures.compute import compute
    from pilotage.kit.past.moment import Moment, looking_at
    from pilotage.kit.past.rebuilding import rebuild

    phase: Phase = fill(activities, tally_rows, logged=True)
    at = timezone.now()
    live = {key: compute(key[0], phases=[phase], viewer=None, dimensions=key[1], as_of=TODAY) for key in FIGURES}
    change(phase)
    file = folder / "past.sqlite3"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = perf_counter()
    records = rebuild(file, at)
    seconds = perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{records} records rebuilt in {seconds:.1f} s, {grown:.0f} MB more memory, {file.stat().st_size >> 20} MB file"
    )
    missed = int(seconds > MOST_SECONDS) + int(grown > MOST_MEMORY)
    moment = Moment(at, file, at.isoformat())

    def now(code: str, dimensions: tuple[str, ...]) -> Any:
        found = phases_with_everything().get(pk=phase.pk)
        return compute(code, phases=[found], viewer=Viewer.public(), dimensions=dimensions, as_of=TODAY)

    def then(code: str, dimensions: tuple[str, ...]) -> Any:
        with looking_at(moment):
            return now(code, dimensions)

    for key in FIGURES:
        with looking_at(moment):
            same = compute(key[0], phases=[phase], viewer=None, dimensions=key[1], as_of=TODAY)
        equal = same.cells == live[key].cells and same.total == live[key].total
        ours, floor = best(lambda key=key: then(*key), lambda key=key: now(*key))  # type: ignore[misc]
        ratio = ours / floor
        missed += int(ratio > FACTOR or not equal)
        print(
            f"{ratio:5.2f} × {ours:7.1f} ms  {key[0]} by {', '.join(key[1])}{'' if equal else '  NOT THE SAME NUMBERS'}"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
