"""The background worker as ``serve`` starts it: it ends with the server, however that ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def watch(parent: int) -> None:
    """Ends this process, in order, when ``parent`` is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Works until told to stop."""
    parent = int(sys.argv[1])
    threading.Thread(target=watch, args=(parent,), daemon=True).start()
    from django.core.management import execute_from_command_line

    execute_from_command_line(
        ["pilotage", "db_worker", "--queue-name", "*", "--interval", "1", "--no-reload", "-v", "0"]
    )


if __name__ == "__main__":
    main()
