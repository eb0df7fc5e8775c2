"""Cells of which nothing is known: "n/a", never 0 (domain handbook, 6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from pilotage.figures.table import UNKNOWN, Keys


def unknown_cells(
    printed: Sequence[Sequence[str]],
    present: Collection[Keys],
    lacking: Collection[Keys],
    sex: int | None,
) -> set[Keys]:
    """The printed cells without a number of which no zero may be said.

    ``printed`` are the key codes of each dimension and ``present`` the cells that records gave; ``lacking`` are the
    groups (keys without the sex) in which some activity has no tally. A group with no number but with such an
    activity is unknown, and so are the sexes of a group of which all that is known is its size. ``sex`` is the place
    of that dimension, where there is one.
    """

    def group(keys: Keys) -> Keys:
        return tuple(key for place, key in enumerate(keys) if place != sex)

    sexes: dict[Keys, set[str]] = {}
    for keys in present:
        sexes.setdefault(group(keys), set()).add("" if sex is None else keys[sex])
    unknown = set()
    for keys in product(*printed):
        if keys in present:
            continue
        known = sexes.get(group(keys))
        nothing = known is None and group(keys) in lacking
        only_size = sex is not None and known == {UNKNOWN}
        if nothing or only_size:
            unknown.add(keys)
    return unknown
