"""Two servers that start at the same moment never answer at the same address."""

from __future__ import annotations

import subprocess
import sys

TAKES = "from pilotage.cli.serving import free_port; print(free_port('127.0.0.1', 8460), flush=True); input()"


def test_two_servers_that_start_at_once_take_two_ports() -> None:
    starts = [
        subprocess.Popen([sys.executable, "-c", TAKES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ports = {start.stdout.readline() for start in starts if start.stdout is not None}
    for start in starts:
        start.communicate("\n")
    assert len(ports) == 2
