"""Import of 20 000 activities with their tallies, against reading the same workbook and nothing else.

``python -m benchmarks.imports [ROWS]`` works in a folder of its own and leaves nothing behind. Demanded: reading,
preview and import together take at most three times the bare reading; the reading process never has 300 MB.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROWS = 20_000
FACTOR = 3.0
MEGABYTES = 300


def write_workbook(path: Path, rows: int) -> None:
    """A workbook such as an M&E officer keeps: most activities in one country, women and men counted."""
    import xlsxwriter

    countries = ("Kazakhstan", "KG", "Таджикистан", "Turkmenistan", "UZ")
    titles = ("Code", "Title in English", "Название на русском", "Type", "Component", "Scope", "Countries", "Mode",
              "Planned start", "Planned end", "Actual start", "Actual end", "State", "Confidentiality", "Summary",
              "Краткое описание", "Thematic", "Venue", "Country of the venue", "By national trainers", "Cost")  # fmt: skip
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Activities")
    headings = [*titles, *(f"{code} {sex}" for code in ("KZ", "KG", "TJ", "TM", "UZ") for sex in ("women", "men"))]
    sheet.write_row(0, 0, headings)
    for row in range(1, rows + 1):
        country = row % 5
        first, month = 1 + row % 26, 1 + row % 12
        sheet.write_string(row, 0, f"B-{row:05}")
        sheet.write_string(row, 1, f"Training on the examination of travel documents, group {row}")
        sheet.write_string(row, 2, f"Тренинг по проверке проездных документов, группа {row}")
        sheet.write_row(row, 3, ["training", str(1 + row % 3), "national", countries[country], "onsite"])
        for place, number in enumerate((first, first + 2, first, first + 2), start=8):
            sheet.write_datetime(row, place, datetime(2023, month, number), day)
        sheet.write_row(
            row, 12, ["implemented", "partners", f"Officers of group {row} practised on genuine and forged documents."]
        )
        sheet.write_string(row, 15, f"Сотрудники группы {row} изучали подлинные и поддельные документы.")
        sheet.write_row(row, 16, ["yes", "Dushanbe", "TJ", "no", 1000 + row % 900])
        sheet.write_row(row, len(titles) + 2 * country, [row % 17 + 1, row % 23 + 1])
        if row % 4 == 0:
            sheet.write_row(row, len(titles) + 2 * ((country + 1) % 5), [row % 5 + 1, row % 7 + 1])
    book.close()


BARE = """
import resource, sys, time
from pilotage.exchange.workbooks.reader_process import limit
import openpyxl
limit()
wall, work = time.perf_counter(), time.process_time()
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
for sheet in book:
    for _row in sheet.iter_rows(values_only=True):
        pass
print(time.perf_counter() - wall, time.process_time() - work, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@dataclass
class Spent:
    """Seconds by the clock, and seconds that processors worked: the machine may be busy with other things."""

    wall: float
    work: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.work + other.work)


def bare_reading(path: Path) -> Spent:
    """What openpyxl alone takes to go through every cell, as a stream, in a process with the same limits.

    Starting the process and loading openpyxl are not counted: the floor is the reading and nothing else.
    """
    said = subprocess.run([sys.executable, "-c", BARE, str(path)], check=True, capture_output=True, text=True).stdout
    wall, work, _megabytes = said.split()
    return Spent(float(wall), float(work))


def own_reading(path: Path) -> Spent:
    """What our own reader takes, its process and the handing over of every row counted."""
    from pilotage.exchange.workbooks.opening import OpenWorkbook

    with measured() as spent, OpenWorkbook(path) as book:
        for _row in book.rows(0):
            pass
    return spent


@contextmanager
def measured() -> Iterator[Spent]:
    """Fills in what its block takes, processes that ended in it counted."""
    spent = Spent(0, 0)
    wall, times = time.perf_counter(), os.times()
    yield spent
    spent.wall, spent.work = time.perf_counter() - wall, sum(os.times()[:4]) - sum(times[:4])


def main() -> int:
    """The command."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as folder:
        os.environ["PILOTAGE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "pilotage.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        return measure(Path(folder), rows)


class Peaks(logging.Handler):
    """Hears how much memory the reading processes had."""

    def __init__(self) -> None:
        super().__init__()
        self.peaks = [0]

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the number."""
        self.peaks.append(int(record.args[0]))  # type: ignore[index,arg-type]


def measure(folder: Path, rows: int) -> int:
    """Runs it and prints the ratios; 1 where a demand is not met."""
    from pilotage.domain.activities.models import Activity
    from pilotage.exchange.workbooks import runs
    from tests.exchange.programme import small_programme

    told = Peaks()
    logger = logging.getLogger("pilotage.exchange.workbooks.opening")
    logger.setLevel(logging.INFO)
    logger.addHandler(told)
    logger.propagate = False
    programme = small_programme()
    path = folder / "activities.xlsx"
    write_workbook(path, rows)
    before = bare_reading(path)
    with measured() as reading:
        with path.open("rb") as content:
            run = runs.start_run(
                phase=programme.phase, user=programme.manager, file_name=path.name, content=content, language="en"
            )
        runs.read_run(run)
    if run.wrong or run.added != rows:
        print(f"preview: {run.added} to add, {run.wrong} wrong, {run.problems[:3]}")
        return 1
    with measured() as writing:
        runs.confirm_run(run)
        runs.import_run(run)
    after, own = bare_reading(path), own_reading(path)
    floor = Spent((before.wall + after.wall) / 2, (before.work + after.work) / 2)
    total = reading + writing
    memory = max(told.peaks)
    done = Activity.objects.filter(phase=programme.phase).count()
    by_clock, by_work = total.wall / floor.wall, total.work / floor.work
    print(f"import of {done} activities                by the clock   by the processors")
    for name, spent in (
        ("bare reading (openpyxl, a stream)", floor),
        ("our own reader alone", own),
        ("reading and preview", reading),
        ("writing with the change log", writing),
        ("the whole import", total),
    ):
        print(f"  {name:<36} {spent.wall:10.1f} s {spent.work:15.1f} s")
    print(f"  {'ratio to bare reading, at most ' + str(FACTOR):<36} {by_clock:10.2f}   {by_work:15.2f}")
    print(f"  {'the reading process, at most ' + str(MEGABYTES) + ' MB':<36} {memory:10.0f} MB")
    reached = max(by_clock, by_work) <= FACTOR and memory < MEGABYTES and done == rows
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
