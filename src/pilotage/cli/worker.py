"""The background worker as ``serve`` starts it: it ends with the server, however that ended."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

LONGEST_WAIT = 60
"""Seconds for which the worker lets the server start alone: both at once would make the first page wait."""


def watch(parent: int) -> None:
    """Ends this process, in order, when ``parent`` is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def wait_for(address: str) -> None:
    """Returns once the server at ``address`` answers, whatever it answers, or after the longest wait."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/", timeout=LONGEST_WAIT).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
            continue
        return


def main() -> None:
    """Works until told to stop."""
    parent = int(sys.argv[1])
    threading.Thread(target=watch, args=(parent,), daemon=True).start()
    # People who wait for a page go first.
    os.nice(10)
    if len(sys.argv) > 2:
        wait_for(sys.argv[2])
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from pilotage.exchange.daily import keep_looking
    from pilotage.exchange.workbooks.runs import settle_all
    from pilotage.kit.workers import on_duty, take_back

    name = secrets.token_hex(8)
    with on_duty(name):
        # What a worker that was killed had in its hands is taken up again; imports that no task stands for any more
        # are seen as interrupted from now on, and can be started again.
        take_back()
        settle_all()
        # The day's reminders need no cron: whoever works looks every minute whether the day is begun.
        threading.Thread(target=keep_looking, daemon=True).start()
        if settings.DEMO:
            from pilotage.cli.demo.tasks import resume

            resume()
        execute_from_command_line(
            ["pilotage", "db_worker", "--queue-name", "*", "--interval", "1", "--no-reload", "-v", "0"]
            + ["--worker-id", name]
        )


if __name__ == "__main__":
    main()
