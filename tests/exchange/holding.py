"""A process that works at an import until it is killed. Imports nothing of the records, so that it starts at once."""

import time
from typing import Any

from pilotage.exchange.workbooks.turns import at_work


def hold(number: int, ready: Any) -> None:
    """Works at the run ``number`` for a minute."""
    with at_work(number):
        ready.set()
        time.sleep(60)
