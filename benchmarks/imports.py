"""Import of 20 000 activities with their tallies, against reading the same workbook with openpyxl and nothing else.

``python -m benchmarks.imports [ROWS]`` works in a folder of its own and leaves nothing behind. Demanded: reading,
preview and import together take at most three times the bare reading; the reading process never has 300 MB.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
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


def bare_reading(path: Path) -> float:
    """Seconds that openpyxl alone takes to go through every cell."""
    import openpyxl

    started = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        for _row in sheet.iter_rows(values_only=True):
            pass
    return time.perf_counter() - started


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
    floor = bare_reading(path)
    started = time.perf_counter()
    with path.open("rb") as content:
        run = runs.start_run(
            phase=programme.phase, user=programme.manager, file_name=path.name, content=content, language="en"
        )
    runs.read_run(run)
    read = time.perf_counter() - started
    if run.wrong or run.added != rows:
        print(f"preview: {run.added} to add, {run.wrong} wrong, {run.problems[:3]}")
        return 1
    runs.confirm_run(run)
    runs.import_run(run)
    total = time.perf_counter() - started
    again = bare_reading(path)
    floor = (floor + again) / 2
    memory = max(told.peaks)
    done = Activity.objects.filter(phase=programme.phase).count()
    ratio = total / floor
    print(
        f"import of {done} activities  {total:6.1f} s   bare reading {floor:5.1f} s   ratio {ratio:4.2f} (at most {FACTOR})"
    )
    print(f"  reading and preview        {read:6.1f} s   writing {total - read:10.1f} s")
    print(f"  the reading process        {memory:6.0f} MB  (at most {MEGABYTES})")
    return 0 if ratio <= FACTOR and memory < MEGABYTES and done == rows else 1


if __name__ == "__main__":
    sys.exit(main())
