"""All checks and tests: ``make test``. Ends with one line that says how many passed and failed.

What could not run for want of a program is said in one line each, with the way to get it; in continuous integration
(CI=true) that is a failure.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests import postgresql

OUTCOMES = re.compile(r"(\d+) (passed|failed|skipped|error|errors)\b")
BIN = os.path.dirname(sys.executable)

AT_ONCE = (
    ("style", [f"{BIN}/ruff", "check", "--quiet", "."]),
    ("format", [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
)
MEANWHILE = (
    ("floors", [f"{BIN}/lint-imports"]),
    ("types", [f"{BIN}/mypy", "--no-error-summary"]),
    ("translations", [sys.executable, "-m", "tools.messages", "--check"]),
)
"""Takes longer, and runs while the workers of the tests start, which leave a core free now and then."""
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--durations=15", "--durations-min=3"]


def check(name: str, command: list[str]) -> bool:
    """Runs one check, says in one go how it went, with its output where it found something; False there."""
    began = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    fine = done.returncode == 0
    said = f"{name:14} {'ok' if fine else 'FAILED'}  ({time.monotonic() - began:.0f} s)"
    print(said if fine else f"{said}\n{done.stdout}{done.stderr}", flush=True)
    return fine


def tests(*options: str) -> dict[str, int]:
    """Runs pytest, shows what it says, and returns its counts by outcome."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with subprocess.Popen([*PYTEST, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout is not None
        last = ""
        for line in run.stdout:
            print(line, end="", flush=True)
            last = line if OUTCOMES.search(line) else last
    for number, outcome in OUTCOMES.findall(last):
        counts["failed" if outcome.startswith("error") else outcome] += int(number)
    if run.returncode not in (0, 1) or (run.returncode and not counts["failed"]):
        counts["failed"] += 1
    return counts


def main() -> int:
    """The command."""
    failed = sum(not check(*one) for one in AT_ONCE)
    # One thread: a check at a time, each said between two lines of the tests.
    meanwhile = ThreadPoolExecutor(1).map(lambda one: check(*one), MEANWHILE)
    left_out = []
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        left_out.append("browser tests skipped: no Chromium; get it with: apt-get install chromium")
    print("\nTests on SQLite", flush=True)
    counts = tests(*([] if chromium else ["-m", "not browser"]))
    failed += sum(not fine for fine in meanwhile)
    if postgresql.binaries() is None:
        left_out.append(f"tests on PostgreSQL skipped: no server programs; get them with: {postgresql.HOW}")
    else:
        print("\nTests on PostgreSQL", flush=True)
        folders = [f"tests/{folder}" for folder in postgresql.ON_BOTH]
        for outcome, number in tests("--database=postgresql", *folders).items():
            counts[outcome] += number
    print("", *left_out, sep="\n")
    failed += counts["failed"]
    if os.environ.get("CI") == "true":
        failed += len(left_out) + counts["skipped"]
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {failed} failed{skipped}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
