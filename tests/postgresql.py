"""A temporary PostgreSQL cluster for the tests: own folder, free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

HOW = "apt-get install postgresql"
ON_BOTH = ("kit", "domain", "figures", "exchange", "api", "stories", "documents")
"""Folders whose tests of the database run on PostgreSQL too."""
USER = "pilotage"


def binaries() -> Path | None:
    """The folder of PostgreSQL's server programs: on the path, or where Debian puts them."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found.parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("pg_ctl") else None


class Cluster:
    """One cluster. ``url`` is the address for DATABASE_URL."""

    def __init__(self) -> None:
        folder = binaries()
        if folder is None:
            raise RuntimeError(f"no PostgreSQL server programs found; get them with: {HOW}")
        self.programs = folder
        self.folder = Path(tempfile.mkdtemp(prefix="pilotage-postgresql-"))
        self.account = _unprivileged()
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.port = _free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Makes and starts the cluster. Nothing in it is worth a disk write."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = (
            f"-p {self.port} -h 127.0.0.1 -k {self.folder} -F -c full_page_writes=off -c synchronous_commit=off "
            "-c max_connections=60 -c shared_buffers=128MB"
        )
        self._run("pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-o", options, "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Ends the cluster and removes its folder."""
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        identity = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        )
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            stdin=subprocess.DEVNULL,
            # A file, not a pipe: the server would keep a pipe open and we would wait for ever.
            stdout=(log := (self.folder / "output").open("a+")),
            stderr=log,
            cwd=self.folder,
            check=False,
            **identity,  # type: ignore[arg-type]
        )
        log.seek(0)
        output = log.read()
        log.close()
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{output}")


def _unprivileged() -> pwd.struct_passwd | None:
    """The account to run as where we are root, which PostgreSQL refuses; None where we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is neither an account postgres nor nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
