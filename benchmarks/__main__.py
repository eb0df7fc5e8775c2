"""Measures everything and says at the end what was reached: ``make bench``.

    python -m benchmarks [NAME …]

Each measurement is a module of its own, runs in a process of its own and prints ratios to the figure to reach, taken
against a floor in the same run where there is one.
"""

from __future__ import annotations

import subprocess
import sys
import time

MEASURES = {
    "figures": "dashboard figures: at most 2 × the best SQL by hand",
    "dashboard": "queries of dashboard and register: at most 25, not growing with rows",
    "charts": "drawing a chart, against writing its table",
    "asof": "a past day of 10 000 activities: ready within 15 s, then any figure at most 2 × the live one",
    "newsletter": "records to both PDFs: at most 1.5 × the bare compile",
    "packs": "all packs of a round: at most 10 × the bare compile of the largest, under 60 s",
    "imports": "20 000 rows: at most 3 × reading the workbook alone",
    "start": "empty folder to first page: at most 60 s",
    "bytes": "first load 60 KB, next pages 15 KB, dashboard 60 KB",
    "agency": "the agency's page: first load 20 KB, three answers in three requests, no script",
    "load": "50 people at once: no errors, no lost write, 300 MB",
}


def main() -> int:
    """The command."""
    names = sys.argv[1:] or list(MEASURES)
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"no measure {', '.join(unknown)}; there are {', '.join(MEASURES)}")
        return 2
    lines: list[tuple[str, bool, float]] = []
    for name in names:
        print(f"\n── {name}: {MEASURES[name]}", flush=True)
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        lines.append((name, done.returncode == 0, time.monotonic() - began))
    print("\n" + "─" * 72)
    for name, reached, seconds in lines:
        print(f"{name:12} {'reached' if reached else 'NOT REACHED':12} {seconds:5.0f} s   {MEASURES[name]}")
    return 0 if all(reached for _name, reached, _seconds in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
