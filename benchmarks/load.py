"""Fifty people at once, nine reads to one write, two workers, SQLite: errors, lost writes, memory afterwards.

    python -m benchmarks.load [REQUESTS_PER_PERSON]

Everybody writes activities of their own through the API; afterwards each one that was answered with "created" must be
there, with its entry in the change log. Bounded in count and time; only this computer is asked.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.server import demo_server, megabytes

PEOPLE, REQUESTS, EVERY = 50, 30, 10
LONGEST = 300
"""Seconds after which people stop, whatever is left."""
MEGABYTES = 300
PHASE = "silk-bridge-1"
READS = (
    f"/{PHASE}/", f"/{PHASE}/activities/", f"/{PHASE}/activities/?q=training&page=2", f"/{PHASE}/figures/",
    f"/{PHASE}/institutions/", f"/{PHASE}/calendar/", f"/api/phases/{PHASE}/activities", "/bomca-10/",
    "/bomca-10/activities/", "/bomca-10/newsletters/6/",
)  # fmt: skip


class Person(threading.Thread):
    """One visitor with one connection."""

    def __init__(self, number: int, address: str, key: str, requests: int, until: float) -> None:
        super().__init__(daemon=True)
        self.number, self.key, self.requests, self.until = number, key, requests, until
        self.host = urlsplit(address).netloc
        self.random = random.Random(number)
        self.answers: Counter[str] = Counter()
        self.created: list[str] = []
        self.reads: list[float] = []
        self.writes: list[float] = []

    def run(self) -> None:
        """Asks until done or out of time."""
        connection = http.client.HTTPConnection(self.host, timeout=90)
        for turn in range(self.requests):
            if time.monotonic() > self.until:
                self.answers["out of time"] += 1
                break
            began = time.monotonic()
            try:
                if (turn + self.number) % EVERY == 0:
                    self._write(connection, turn)
                    self.writes.append(time.monotonic() - began)
                else:
                    self._read(connection)
                    self.reads.append(time.monotonic() - began)
            except (OSError, http.client.HTTPException) as error:
                self.answers[type(error).__name__] += 1
                connection.close()
        connection.close()

    def _read(self, connection: http.client.HTTPConnection) -> None:
        connection.request("GET", self.random.choice(READS), headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        self.answers[f"read {response.status}"] += 1

    def _write(self, connection: http.client.HTTPConnection, turn: int) -> None:
        code = f"LOAD-{self.number:02}-{turn:03}"
        sent = {
            "code": code,
            "title": {"en": f"Workshop of person {self.number}, turn {turn}", "ru": f"Семинар {self.number}.{turn}"},
            "type": "workshop",
            "component": "1",
            "countries": ["KG"],
            "planned_start": "2027-03",
            "planned_end": "2027-03",
        }
        connection.request(
            "POST", f"/api/phases/{PHASE}/activities", json.dumps(sent),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"},
        )  # fmt: skip
        response = connection.getresponse()
        body = response.read()
        self.answers[f"write {response.status}"] += 1
        if response.status == 201:
            self.created.append(json.loads(body)["code"])


def start_django(folder: Path) -> None:
    """Opens the server's database from here."""
    os.environ["PILOTAGE_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
    import django

    django.setup()


def key_of_manager() -> str:
    """A fresh key of the demo's manager that may write."""
    from django.utils import timezone

    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.operations import issue_token

    manager = User.objects.get(email="pm@demo.example")
    assignment = manager.assignments.get(phase__code=PHASE)
    expires = timezone.localdate() + timedelta(days=1)
    _token, secret = issue_token(by=manager, assignment=assignment, label="load", expires_on=expires, may_write=True)
    return secret


def lost(created: list[str]) -> int:
    """How many of the created activities are not there, or not in the log."""
    from pilotage.domain.activities.models import Activity
    from pilotage.kit.models import Change

    kept = dict(Activity.objects.filter(code__startswith="LOAD-").values_list("code", "pk"))
    logged = set(
        Change.objects.filter(record_type="activities.activity", action="added").values_list("record_id", flat=True)
    )
    return sum(code not in kept or str(kept[code]) not in logged for code in created)


def main() -> int:
    """Measures and prints."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    with demo_server() as server:
        start_django(server.folder)
        key = key_of_manager()
        until = time.monotonic() + LONGEST
        people = [Person(number, server.address, key, requests, until) for number in range(PEOPLE)]
        began = time.monotonic()
        for person in people:
            person.start()
        for person in people:
            person.join()
        seconds = time.monotonic() - began
        answers = sum((person.answers for person in people), Counter())
        created = [code for person in people for code in person.created]
        missing = lost(created)
        workers = server.workers()
        memory = sum(megabytes(worker) for worker in workers)
    errors = sum(number for answer, number in answers.items() if answer not in {"read 200", "write 201"})
    print(f"{PEOPLE} people, {sum(answers.values())} requests in {seconds:.1f} s: {dict(answers)}")
    for what, times in (
        ("read", [one for person in people for one in person.reads]),
        ("write", [one for person in people for one in person.writes]),
    ):
        if len(times) > 1:
            last = statistics.quantiles(times, n=20)[-1]
            print(f"  {what:6} median {statistics.median(times):5.2f} s, 19 of 20 within {last:5.2f} s")
    print(f"errors {errors}, lost writes {missing} of {len(created)}")
    print(f"memory of {len(workers)} workers {memory:6.0f} MB   ratio {memory / MEGABYTES:4.2f} of {MEGABYTES} MB")
    return 0 if errors == 0 and missing == 0 and created and memory <= MEGABYTES and len(workers) == 2 else 1


if __name__ == "__main__":
    sys.exit(main())
