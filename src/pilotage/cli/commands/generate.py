"""Makes a fictional, complete programme: activities with their histories, tallies, a register of persons with names in
all spellings of the region, deliverables, pictures, a few mistakes for the data checks to find.

It is marked as fictional on every page and document. The same seed and day give the same records.
"""

import argparse
import time
from datetime import date

from pilotage.cli.folder import make_ready, start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage generate
  pilotage generate --seed 11 --activities 1000 --participations 20000 --code amber-road
  pilotage generate --activities 10000 --participations 300000 --register 0 --photos 0
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--seed", type=int, default=7, help="what chance starts from (default: %(default)s)")
    parser.add_argument("--activities", type=int, default=300, help="number of activities (default: %(default)s)")
    parser.add_argument("--participations", type=int, default=5000, help="participations, about (default: %(default)s)")
    parser.add_argument("--years", type=int, default=6, help="length of the phase (default: %(default)s)")
    parser.add_argument(
        "--register", type=float, default=0.75, metavar="SHARE",
        help="share of held activities with a register of persons, 0 to 1 (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--photos", type=int, default=8, help="number of pictures (default: %(default)s)")
    parser.add_argument("--today", type=date.fromisoformat, help="the day it is told from (default: today)")
    parser.add_argument("--code", default="silk-bridge", help="code of the programme (default: %(default)s)")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    if not (1 <= options.activities <= 100_000 and options.participations >= 0 and 1 <= options.years <= 20):
        raise CommandError("give 1 to 100 000 activities, 1 to 20 years, and no negative numbers")
    if not 0 <= options.register <= 1:
        raise CommandError("--register is a share from 0 to 1")
    make_ready()
    start_django()
    from django.utils import timezone

    from pilotage.cli.generate.loading import generate
    from pilotage.cli.generate.size import Size
    from pilotage.domain.programme.models import Programme

    if Programme.objects.filter(code=options.code).exists():
        raise CommandError(f"there is a programme {options.code}; choose another code with --code")
    size = Size(
        seed=options.seed,
        activities=options.activities,
        participations=options.participations,
        years=options.years,
        today=options.today or timezone.localdate(),
        register=options.register,
        photos=options.photos,
        code=options.code,
    )
    if size.today > timezone.localdate():
        raise CommandError("--today cannot be in the future: what has taken place cannot be dated after today")
    began = time.monotonic()
    phase = generate(size, say=lambda line: print(f"  {line}", flush=True))
    print(f"{phase.code} is made, in {time.monotonic() - began:.0f} s.")
    return 0
