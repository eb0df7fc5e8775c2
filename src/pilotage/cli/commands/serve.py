"""Starts the server and, beside it, the worker that does what was put off (imports, PDFs, mails).

The database is brought up to date first. Ctrl-C, or the end of the service, ends everything that was started.
"""

import argparse

from pilotage.cli.folder import is_empty, make_ready
from pilotage.cli.serving import free_port, run_apart, serve

EXAMPLES = """
examples:
  pilotage serve
  pilotage serve --port 8080 --workers 4
  PILOTAGE_URL=https://programme.example.org PILOTAGE_HOSTS=programme.example.org pilotage serve

Behind a proxy that ends TLS, set PILOTAGE_URL and PILOTAGE_HOSTS: see docs/how-to/deploy.md.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="number of server processes (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="threads in each of them (default: %(default)s)")
    parser.add_argument(
        "--no-background", action="store_true", help="without the background worker (it runs somewhere else)"
    )


def run(options: argparse.Namespace) -> int:
    """Does it."""
    if is_empty():
        run_apart("migrate", "--quiet")
    make_ready(say=True)
    port = free_port(options.host, options.port)
    if port != options.port:
        print(f"Port {options.port} is taken; using {port}.", flush=True)
    return serve(
        options.host,
        port,
        workers=options.workers,
        threads=options.threads,
        background=not options.no_background,
        ready=lambda address: print(f"Pilotage is at {address}   (Ctrl-C ends it)", flush=True),
    )
