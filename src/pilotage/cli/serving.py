"""The server and its background worker: started together, stopped together."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from importlib import import_module

from django.conf import settings

from pilotage.cli.main import CommandError

APPLICATION = "pilotage.config.wsgi:application"
"""As the server is told it: the floor that answers is chosen by the configuration, not from here."""
PORTS_TRIED = 20
STOPPING_SECONDS = 10
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds until a background worker that ended is followed by another; doubled each time."""


def free_port(host: str, wanted: int) -> int:
    """The first port from ``wanted`` on that nobody listens on, claimed for this process.

    Raises CommandError where there is none.
    """
    if not 0 < wanted < 65536:
        raise CommandError(f"{wanted} is no port; choose one from 1024 to 65535 with --port")
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError:
                raise CommandError(f"port {port} is for the administrator; choose one above 1023") from None
            except socket.gaierror:
                raise CommandError(f"{host} is not an address of this computer") from None
            except OSError:
                continue
            if _claimed(port):
                return port
    raise CommandError(f"the ports from {wanted} to {wanted + PORTS_TRIED - 1} are taken; choose one with --port")


def _claimed(port: int) -> bool:
    """True where no other server of ours is about to take ``port``; it is then this process's until it ends.

    The server's workers share a port, so two servers that start at the same moment would both get it, and each
    request would reach one or the other.
    """
    name = os.path.join(tempfile.gettempdir(), f"pilotage-{os.getuid()}-port-{port}.lock")
    claim = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        # Nothing is closed: the claim ends with the process, however that ends.
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(claim)
        return False
    return True


def serve(
    host: str,
    port: int,
    *,
    workers: int = 2,
    threads: int = 2,
    background: bool = True,
    ready: Callable[[str], None] | None = None,
) -> int:
    """Serves until Ctrl-C or SIGTERM, then ends every process that it started. ``ready`` hears the address."""
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else shown}:{port}"
    os.environ.setdefault("PILOTAGE_URL", address)
    if settings.configured:
        # Read before the port was known: links and mails name the address at which it really is.
        settings.BASE_URL = os.environ["PILOTAGE_URL"].rstrip("/")
    # The background worker reads the settings again; the folder must be the same wherever it starts.
    os.environ["PILOTAGE_DATA"] = os.path.abspath(os.environ.get("PILOTAGE_DATA", "data"))

    # Each thread would keep a heap of its own, and heaps are never given back: two are enough for two threads.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "131072")

    read_application()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        # A worker that leaks is replaced; requests wait meanwhile.
        workers_max_rss=400,
        workers_kill_timeout=STOPPING_SECONDS,
    )

    @server.on_startup
    def hear_for_all() -> None:
        """Ctrl-C, or closing the window, reaches this process alone: a worker that hears it twice does not end."""
        for said in (signal.SIGHUP, signal.SIGQUIT):
            signal.signal(said, server.signal_handler_interrupt)
        os.register_at_fork(after_in_child=os.setpgrp)

    with background_worker(address) if background else contextlib.nullcontext():
        threading.Thread(target=_tell_when_ready, args=(address, ready), daemon=True).start()
        server.serve()
    return 0


def read_application() -> None:
    """Reads the application once, here: the workers are copies of this process, and need not each read it again."""
    from django.db import connections
    from django.urls import get_resolver

    import_module(APPLICATION.partition(":")[0])
    get_resolver().url_patterns  # noqa: B018
    # What was opened to look at the database is this process's alone.
    connections.close_all()


def run_apart(*arguments: str) -> None:
    """Runs a command of ours in a process of its own, and ends with its code where it fails.

    The server's workers are copies of the process that starts them: what loading fills its memory with, each would keep.
    """
    done = subprocess.run([sys.executable, "-m", "pilotage.cli", *arguments], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


@contextlib.contextmanager
def background_worker(address: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """The process that does what was put off, for as long as the block runs; it begins once ``address`` answers.

    One that is killed is followed by another, which takes up what was left lying. Gives the first of them.
    """
    arguments = [sys.executable, "-m", "pilotage.cli.worker", str(os.getpid()), *([address] if address else [])]

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen(arguments, stdin=subprocess.DEVNULL, start_new_session=True)

    now = [begin()]
    stop, turn = threading.Event(), threading.Lock()

    def follow() -> None:
        wait = FIRST_WAIT
        while True:
            since = time.monotonic()
            now[0].wait()
            if stop.wait(wait):
                return
            # One that ends at once, again and again, is not to keep the computer busy.
            wait = FIRST_WAIT if time.monotonic() - since > LONGEST_WAIT * 2 else min(wait * 2, LONGEST_WAIT)
            with turn:
                if stop.is_set():
                    return
                now[0] = begin()

    threading.Thread(target=follow, daemon=True).start()
    try:
        yield now[0]
    finally:
        with turn:
            stop.set()
            end(now[0])


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process of ours: first kindly, then surely."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tell_when_ready(address: str, ready: Callable[[str], None] | None) -> None:
    for _attempt in range(600):
        try:
            urllib.request.urlopen(f"{address}/", timeout=30).close()
        except urllib.error.HTTPError:
            pass
        except OSError:
            time.sleep(0.05)
            continue
        if ready:
            ready(address)
        return
