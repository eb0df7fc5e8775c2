"""From an empty data folder to the first page, and the second start that keeps the data.

python -m benchmarks.start
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.server import demo_server

FIRST, SECOND = 60.0, 3.0
"""Seconds: demanded on two cores; "about two" for the second start, with room for a busy machine."""


def main() -> int:
    """Starts twice on the same folder."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as folder:
        taken = []
        for _start in range(2):
            with demo_server(Path(folder)) as server:
                taken.append(server.seconds)
    good = True
    for what, seconds, most in zip(("empty folder to first page", "second start"), taken, (FIRST, SECOND), strict=True):
        good &= seconds <= most
        print(f"{what:28} {seconds:6.1f} s   ratio {seconds / most:4.2f} of {most:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
