"""`pilotage demo` a second time: at once, on the next port where the first is taken; Ctrl-C ends all that it began."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.conftest import Site

PROCESSES = Path("/proc")


def family(leader: int) -> set[int]:
    """The processes that descend from ``leader``, itself among them."""
    parents = {}
    for entry in PROCESSES.glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    found = {leader}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(process: int) -> bool:
    """True where the process is there and has not just ended."""
    try:
        return (PROCESSES / str(process) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_second_start_takes_the_next_port_and_control_c_ends_everything(site: Site) -> None:
    port = site.address.rsplit(":", 1)[1]
    environment = {**os.environ, "PILOTAGE_DATA": str(site.folder), "PILOTAGE_DEMO": "yes"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-W", "ignore", "-m", "pilotage.cli", "demo", "--port", port]
    began = time.monotonic()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert server.stdout is not None
    said = ""
    while "Without signing in" not in said:
        line = server.stdout.readline()
        assert line, said
        said += line
    took = time.monotonic() - began
    started = family(server.pid)
    try:
        assert f"Port {port} is taken; using {int(port) + 1}." in said
        assert "pm@demo.example    programme manager" in said
        assert took < 40, "two seconds where nothing else runs"
        assert len(started) >= 4, "the server, its two workers, the background worker"
        ended = time.monotonic()
        # As a terminal does: to every process in the foreground at once.
        os.killpg(server.pid, signal.SIGINT)
        server.wait(20)
        assert time.monotonic() - ended < 9.5
        assert not [one for one in started if alive(one)]
    finally:
        for one in filter(alive, started):
            os.kill(one, signal.SIGKILL)
        server.stdout.close()
