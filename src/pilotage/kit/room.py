"""Room for deep calls, which a page is made of: middleware upon middleware, template within template.

CPython (3.11 to 3.14) keeps the frames of running functions in pieces of 16 KB, and gives a piece back to the system as
soon as the call that needed it ends. A loop that happens to stand at the end of a piece asks for a new one and gives it
back at each call: some hundred times for a page, a quarter of its time. A frame that claims much room gets a large piece,
in which everything that it calls finds room too. Only what is used of it takes memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
SLOTS = 70_000
"""Values for which room is claimed, eight bytes each. The piece is the next power of two, 1 MB: half of it is left."""


def with_room(call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """What ``call`` returns for the arguments."""
    return call(*args, **kwargs)


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
