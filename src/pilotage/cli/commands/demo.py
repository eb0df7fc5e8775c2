"""Starts the product with data to look at: the published facts of a real programme, and a fictional one in full.

The first start fills an empty data folder and takes up to a minute; later ones keep what is there. A folder that
holds data of your own is never touched: choose another one with --data.
"""

import argparse
import os
import time

from pilotage.cli.folder import data_folder, demo_source, make_ready, start_django
from pilotage.cli.main import CommandError
from pilotage.cli.serving import free_port, run_apart, serve

EXAMPLES = """
examples:
  pilotage demo
  pilotage --data /tmp/look-around demo --port 9000
  pilotage demo --only-load          fill the folder and stop
"""

SIGN_INS = "demo-sign-ins.txt"
"""In the data folder: whom to sign in as. Where it is, the demo has been loaded."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--only-load", action="store_true", help="fill the data folder, start nothing")
    parser.add_argument(
        "--rounds", type=int, metavar="N", help="make packs and minutes of the newest N rounds only (default: of all)"
    )
    parser.add_argument("--without-fictional", action="store_true", help="only the real facts")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    os.environ["PILOTAGE_DEMO"] = "yes"
    began = time.monotonic()
    sign_ins = data_folder() / SIGN_INS
    if not sign_ins.exists() and not options.only_load:
        more = ["--without-fictional"] if options.without_fictional else []
        more += ["--rounds", str(options.rounds)] if options.rounds is not None else []
        run_apart("demo", "--only-load", *more)
    make_ready(say=True)
    if not sign_ins.exists():
        fill(fictional=not options.without_fictional, rounds=options.rounds)
    if options.only_load:
        return 0
    port = free_port(options.host, options.port)
    if port != options.port:
        print(f"Port {options.port} is taken; using {port}.", flush=True)

    def greet(address: str) -> None:
        print(f"\nPilotage is at {address}   (ready in {time.monotonic() - began:.1f} s; Ctrl-C ends it)\n")
        print(sign_ins.read_text(), flush=True)

    return serve(options.host, port, ready=greet)


def fill(*, fictional: bool, rounds: int | None = None) -> None:
    """Loads the demo into a database that holds no programme yet, and writes down who can sign in."""
    start_django()
    from pilotage.cli.demo.loading import load_demo, sign_ins
    from pilotage.domain.programme.models import Programme

    if Programme.objects.exists():
        raise CommandError("this data folder holds a programme that is not the demo's; choose another with --data")
    source = demo_source("bomca")
    if source is None:
        raise CommandError("the demo's data are not installed; take the source tree, or run: pilotage generate")
    print("Loading the demo …", flush=True)
    for line in load_demo(source, fictional=fictional, rounds=rounds):
        print(f"  {line}", flush=True)
    (data_folder() / SIGN_INS).write_text(sign_ins())
