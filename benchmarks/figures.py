"""Each dashboard figure against the best hand-written SQL of the same answer, in the same process and database.

``python -m benchmarks.figures [ACTIVITIES] [TALLY ROWS]`` fills a temporary SQLite database with a fictional phase of
10 000 activities and 100 000 tally rows. Demanded: each figure at most 2 times its SQL. The SQL gives the same cells,
totals and gaps, in as few statements as it can; both are timed at their best of several rounds.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from time import process_time
from typing import Any

ACTIVITIES, TALLY_ROWS = 10_000, 100_000
FACTOR = 2.0
ROUNDS = 15
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ")
START, END, TODAY = date(2021, 4, 1), date(2027, 3, 31), date(2025, 6, 30)

HELD = "a.phase_id = %(phase)s AND a.state IN ('implemented', 'verified') AND a.thematic"
TALLIES = f"FROM activities_tally t JOIN activities_activity a ON a.id = t.activity_id WHERE {HELD}"
NO_TALLY = (
    f"SELECT COUNT(*) FROM activities_activity a WHERE {HELD} "
    "AND NOT EXISTS (SELECT 1 FROM activities_tally t WHERE t.activity_id = a.id)"
)
LINKS = (
    "FROM activities_activity a LEFT JOIN activities_activitycountry c ON c.activity_id = a.id "
    f"WHERE {HELD} GROUP BY c.country_id"
)
SEXES = ", ".join(f"SUM(CASE WHEN t.sex = '{sex}' THEN t.count END)" for sex in ("woman", "man", "other", "not_stated"))
ON_TIME = "a.state IN ('implemented', 'verified') AND a.ended_last <= a.due_on"

FIGURES: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {
    ("activities-implemented", ("country", "component")): (
        f"SELECT c.country_id, a.component_id, COUNT(*) {LINKS}, a.component_id",
        f"SELECT a.component_id, COUNT(*) FROM activities_activity a WHERE {HELD} GROUP BY a.component_id",
    ),
    ("activities-implemented", ("quarter",)): (
        f"SELECT a.ended_quarter, COUNT(*) FROM activities_activity a WHERE {HELD} GROUP BY a.ended_quarter",
    ),
    ("activities-implemented", ("place",)): (
        f"SELECT a.venue_id, COUNT(*) FROM activities_activity a WHERE {HELD} GROUP BY a.venue_id",
        "SELECT id, code, name FROM parties_place",
    ),
    ("activities-in-plan", ("quarter",)): (
        "SELECT a.planned_quarter, COUNT(*) FROM activities_activity a WHERE a.phase_id = %(phase)s AND a.thematic "
        "AND a.state NOT IN ('draft', 'cancelled') GROUP BY a.planned_quarter",
    ),
    ("delivered-on-time", ("component",)): (
        f"SELECT a.component_id, COUNT(*), COUNT(CASE WHEN {ON_TIME} THEN 1 END) FROM activities_activity a WHERE "
        "a.phase_id = %(phase)s AND a.state <> 'draft' AND NOT a.additional AND a.due_on <= %(today)s "
        "GROUP BY a.component_id",
        "SELECT COUNT(*) FROM activities_activity a WHERE a.phase_id = %(phase)s AND a.state <> 'draft' "
        "AND NOT a.additional AND a.due_on IS NULL",
    ),
    ("participations", ("country", "sex")): (
        f"SELECT t.country_id, t.sex, SUM(t.count) {TALLIES} GROUP BY t.country_id, t.sex",
        NO_TALLY,
    ),
    ("women", ("country",)): (f"SELECT t.country_id, {SEXES}, SUM(t.count) {TALLIES} GROUP BY t.country_id", NO_TALLY),
    ("share-of-women", ("component",)): (
        f"SELECT a.component_id, {SEXES}, SUM(t.count) {TALLIES} GROUP BY a.component_id",
        NO_TALLY,
    ),
}
"""For each figure, the statements that give its cells, totals and gaps: what can be summed from cells is not asked."""


def fill(activities: int, tally_rows: int, *, logged: bool = False) -> Any:
    """A phase with ``activities``, one to five countries each, and ``tally_rows`` shared among those held.

    Not ``logged``, it is quicker by what the change log costs.
    """
    from django.db import transaction
    from django.db.models import QuerySet

    from pilotage.domain.activities.models import Activity, ActivityCountry, Tally
    from pilotage.domain.parties.models import Place
    from pilotage.domain.parties.operations import add_country, add_place
    from pilotage.domain.programme.operations import add_component, add_phase, add_programme
    from pilotage.domain.programme.queries import phases_with_everything
    from pilotage.kit.actors import SystemActor
    from pilotage.kit.changes import flush_changes, operation

    by, chance = SystemActor("benchmark"), random.Random(7)
    countries = [add_country(by=by, code=code, name={"en": code}) for code in COUNTRIES]
    programme = add_programme(by=by, values={"code": "bench", "title": {"en": "Bench"}, "fictional": True})
    values = {"programme": programme, "number": 1, "code": "bench-1", "title": {"en": "Bench 1"}}
    phase = add_phase(by=by, values=values | {"original_start": START, "original_end": END}, countries=countries)
    components = [
        add_component(by=by, values={"phase": phase, "number": str(number), "title": {"en": f"Theme {number}"}})
        for number in range(1, 5)
    ]
    places: list[Place] = [
        add_place(by=by, values={"code": f"p{number}", "name": {"en": f"Place {number}"}, "country_id": "KZ"})
        for number in range(40)
    ]
    made, links, tallies = [], [], []
    for number in range(activities):
        day = START + timedelta(days=chance.randrange(2190))
        state = (
            "verified" if day < TODAY else chance.choice(("planned", "confirmed", "postponed", "cancelled", "draft"))
        )
        activity = Activity(
            phase=phase,
            code=f"B{number}",
            title={"en": f"Workshop {number}"},
            component=chance.choice(components),
            type=chance.choice(("workshop", "training", "seminar")),
            mode="onsite",
            state=state,
            venue=chance.choice(places),
            baseline_end=day.isoformat(),
            planned_end=day.isoformat(),
            actual_end=day.isoformat() if state == "verified" else "",
        )
        activity.derive()
        made.append(activity)

    def keep(model: Any, records: list[Any]) -> None:
        if not logged:
            QuerySet(model).bulk_create(records, batch_size=200)
            return
        with operation("add many", by=by):
            for start in range(0, len(records), 500):
                model.objects.bulk_create(records[start : start + 500])
                flush_changes()

    with transaction.atomic():
        keep(Activity, made)
        held = [activity for activity in made if activity.state == "verified"]
        for activity in made:
            links += [
                ActivityCountry(activity=activity, country_id=code)
                for code in chance.sample(COUNTRIES, chance.choice((1, 1, 1, 2, 5)))
            ]
        kinds = [(code, kind, sex) for code in COUNTRIES for kind in ("border", "customs") for sex in ("woman", "man")]
        each = -(-tally_rows // len(held))
        for activity in held:
            tallies += [
                Tally(activity=activity, country_id=code, institution_type=kind, sex=sex, count=chance.randint(1, 20))
                for code, kind, sex in chance.sample(kinds, min(each, len(kinds)))
            ]
        keep(ActivityCountry, links)
        keep(Tally, tallies[:tally_rows])
    print(f"{len(made)} activities, {len(held)} of them held; {len(tallies[:tally_rows])} tally rows")
    return phases_with_everything().get(pk=phase.pk)


def best(work: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The shortest times of both, in milliseconds of the processor, so that what else the machine does does not count.

    SQLite works in this process; both are taken in turns, so that what disturbs one disturbs the other.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for taken, one in zip(times, (work, other), strict=True):
            begun = process_time()
            one()
            taken.append((process_time() - begun) * 1000)
    return min(times[0]), min(times[1])


def measure(phase: Any) -> bool:
    """Prints one line a figure; True where all keep within the factor."""
    from django.db import connection

    from pilotage.domain.membership.viewers import Viewer
    from pilotage.figures.compute import compute

    public, good = Viewer.public(), True
    print(f"{'figure':58} {'ms':>8} {'SQL':>8} {'ratio':>6}")
    for (code, dimensions), statements in FIGURES.items():
        values = {"phase": phase.pk, "today": date.today()}

        def figure(code: str = code, dimensions: tuple[str, ...] = dimensions) -> object:
            return compute(code, phases=[phase], viewer=public, dimensions=dimensions)

        def by_hand(statements: tuple[str, ...] = statements, values: dict[str, Any] = values) -> object:
            rows = []
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement, values)
                    rows.append(cursor.fetchall())
            return rows

        taken, floor = best(figure, by_hand)
        good &= taken <= FACTOR * floor
        print(f"{code + ' by ' + ', '.join(dimensions):58} {taken:8.2f} {floor:8.2f} {taken / floor:6.2f}")
    return good


def main() -> int:
    """Fills the database, measures, leaves nothing behind; 1 where a figure takes too long."""
    numbers = [int(text) for text in sys.argv[1:]]
    activities, tally_rows = (*numbers, *(ACTIVITIES, TALLY_ROWS)[len(numbers) :])
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as folder:
        os.environ["PILOTAGE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        phase = fill(activities, tally_rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        good = measure(phase)
        connection.close()
    print("within" if good else "NOT within", f"{FACTOR:g} times the SQL")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
