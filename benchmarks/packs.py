"""All packs of a round from records to PDFs, both languages, against one bare Typst compile of the largest of them.

Floor: at most 10 times that compile, and under a minute, on two cores. Run it by ``python -m benchmarks.packs`` over a
data folder with the fictional programme ($PILOTAGE_DATA), or let it make one.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile

from benchmarks.newsletter import timed

ALLOWED = 10
LONGEST = 60
"""Seconds."""
CORES = 2
ROUNDS = 2


def main() -> int:
    """Prints the ratio; 1 where it is above what is allowed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
    os.environ.setdefault("PILOTAGE_DATA", tempfile.mkdtemp(prefix="pilotage-bench-"))
    from pilotage.cli.folder import make_ready, start_django

    make_ready()
    start_django()
    from django.db import transaction
    from django.utils import timezone

    from pilotage.documents.rounds import packs_of_round
    from pilotage.domain.programme.models import Programme
    from pilotage.domain.steering.models import MeetingRound
    from pilotage.kit.actors import SystemActor

    if not Programme.objects.filter(fictional=True).exists():
        from pilotage.cli.generate.loading import generate
        from pilotage.cli.generate.size import Size

        generate(Size(today=timezone.localdate()), lambda line: None)
    planned = MeetingRound.objects.filter(phase__programme__fictional=True).order_by("year").last()
    if planned is None:
        print("packs: the fictional programme has no round")
        return 1
    with transaction.atomic():
        packs = packs_of_round(by=SystemActor("benchmark"), viewer=None, planned=planned)
        transaction.set_rollback(True)
    return compare(packs)


def compare(packs: list) -> int:  # type: ignore[type-arg]
    """Times both ways over the same round, in turns, and prints medians and their ratio."""
    from pilotage.documents.pictures import picture_bytes
    from pilotage.documents.rendering.typst import render_pdf
    from pilotage.documents.rounds import make_round

    made = make_round(packs, workers=CORES)
    largest, key = max(
        ((one, key) for one in made for key in one.renderings), key=lambda pair: len(pair[0].renderings[pair[1]])
    )
    language = key[0]
    images = largest.frozen.images[language]
    printed = {name: picture_bytes(data) for name, data in images.items() if "-screen" not in name}

    def bare() -> None:
        render_pdf(largest.publication.kind, largest.frozen.content[language], language=language, images=printed)

    def whole() -> None:
        make_round(packs, workers=CORES)

    pairs = [(timed(bare), timed(whole)) for _round in range(ROUNDS)]
    floor, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = ours / floor
    files = sum(len(one.renderings) for one in made)
    print(
        f"packs: {files} PDFs from records in {ours:.2f} s on {CORES} cores; one bare compile of the largest "
        f"({largest.publication.kind}, {language}) {floor:.2f} s; ratio {ratio:.1f} (at most {ALLOWED}, under {LONGEST} s)"
    )
    return 0 if ratio <= ALLOWED and ours < LONGEST else 1


if __name__ == "__main__":
    sys.exit(main())
