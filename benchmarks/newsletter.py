"""Newsletter from records to both PDFs, against the bare Typst compile of the same content. Floor: 1.5 times.

Run it by ``python -m benchmarks.newsletter`` over the demo's data folder ($PILOTAGE_DATA), or let it make one.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

ALLOWED = 1.5
ROUNDS = 3


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes in a process of its own: Typst remembers what it has set in the same process, and an
    issue is never set twice."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def child() -> None:
        began = time.perf_counter()
        work()
        sender.send(time.perf_counter() - began)

    process = context.Process(target=child)
    process.start()
    sender.close()
    seconds: float = receiver.recv()
    process.join()
    return seconds


def main() -> int:
    """Prints the ratio; 1 where it is above what is allowed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    os.environ.setdefault("PILOTAGE_DATA", tempfile.mkdtemp(prefix="pilotage-bench-"))
    from pilotage.cli.folder import data_folder, make_ready, start_django
    from pilotage.cli.serving import run_apart

    if not any(data_folder().iterdir()):
        # In a process of its own: what is timed here runs in copies of this one, and Typst's threads are not copied.
        run_apart("demo", "--only-load", "--rounds", "1")
    make_ready()
    start_django()
    from pilotage.documents.models import Publication

    newsletters = Publication.objects.filter(phase__programme__fictional=True, kind="newsletter")
    return compare(newsletters.latest("as_of"))


def compare(publication: object) -> int:
    """Times both ways over the same issue, in turns, and prints medians and their ratio."""
    from pilotage.documents.pictures import picture_bytes
    from pilotage.documents.publishing import draft_of, render_draft
    from pilotage.documents.rendering.typst import render_pdf

    frozen = draft_of(publication)
    languages = list(frozen.content)
    pictures = {
        language: {name: picture_bytes(data) for name, data in frozen.images[language].items() if "-screen" not in name}
        for language in languages
    }

    def bare() -> None:
        for language in languages:
            render_pdf("newsletter", frozen.content[language], language=language, images=pictures[language])

    def whole() -> None:
        fresh = draft_of(publication)
        for language in languages:
            render_draft(publication, language, "pdf", fresh)

    pairs = [(timed(bare), timed(whole)) for _round in range(ROUNDS)]
    floor, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = ours / floor
    print(f"newsletter: records to both PDFs {ours:.2f} s, bare {floor:.2f} s, ratio {ratio:.2f} (at most {ALLOWED})")
    return 0 if ratio <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
