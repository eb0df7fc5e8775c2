"""A real server on a folder of its own, for measurements: loopback only, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_START = 180


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    folder: Path
    process: int
    seconds: float
    """From the command to the first page."""

    def workers(self) -> list[int]:
        """The processes that answer: children of the server but for the background worker."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                number, rest = status.read_text().rsplit(")", 1)
                parent = int(rest.split()[1])
                if parent == self.process and b"pilotage.cli.worker" not in (status.parent / "cmdline").read_bytes():
                    found.append(int(number.split()[0]))
        return found


def megabytes(process: int) -> float:
    """Resident memory of a process, shared pages included."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextlib.contextmanager
def demo_server(folder: Path | None = None) -> Iterator[Server]:
    """Starts ``pilotage demo`` on an empty folder (or the given one) and ends it with the block."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as fresh:
        data = folder or Path(fresh)
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        log = Path(fresh) / "server.log"
        began = time.monotonic()
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "-m", "pilotage.cli", "--data", str(data), "demo", "--port", "8600"],
                env=environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        try:
            address = _address(log, server, began)
            yield Server(address, data, server.pid, time.monotonic() - began)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def _address(log: Path, server: subprocess.Popen[bytes], began: float) -> str:
    while time.monotonic() - began < LONGEST_START:
        said = log.read_text()
        if "Pilotage is at " in said:
            return said.split("Pilotage is at ", 1)[1].split()[0]
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"the server did not start:\n{log.read_text()}")
