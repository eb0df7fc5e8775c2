"""Lines of a tally beside one another: kept with a row, compared, said in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.words import Sex
from pilotage.exchange.workbooks.choices import SEX_LABELS


def packed(lines: list[TallyRow] | None) -> list[list[Any]] | None:
    """The lines of a tally as they are kept with a row."""
    return None if lines is None else [[line.count, *line.kind] for line in lines]


def unpacked(lines: list[list[Any]] | None) -> tuple[TallyRow, ...] | None:
    """The lines of a tally as they were kept with a row."""
    return None if lines is None else tuple(TallyRow(*line) for line in lines)


def same_tally(present: list[TallyRow], given: list[TallyRow], from_total: bool = False) -> bool:
    """True where the workbook says nothing new: the same lines, or the same sums by country and sex.

    A total says nothing of sexes: what is known of them stays where women and total are the same.
    """
    if from_total:
        women, total = _women_and_total(given)
        now_women, now_total = _women_and_total(present)
        if total == now_total and women in {0, now_women}:
            return True
    wanted = {line.kind: line.count for line in given if line.count}
    if {line.kind: line.count for line in present} == wanted:
        return True
    if any(kind[1] or kind[2] or kind[4] or kind[5] for kind in wanted):
        return False
    return _sums(present) == _sums(given)


def _women_and_total(lines: Sequence[TallyRow]) -> tuple[int, int]:
    return sum(line.count for line in lines if line.sex == Sex.WOMAN), sum(line.count for line in lines)


def _sums(lines: Sequence[TallyRow]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.count:
            sums[line.country, line.sex] = sums.get((line.country, line.sex), 0) + line.count
    return sums


def tally_in_words(lines: Sequence[TallyRow]) -> str:
    """A tally in one line: ``KZ 12 (women 5, men 7); KG 3 (not stated 3)``, in the active language."""
    language = "ru" if get_language() == "ru" else "en"
    countries: dict[str, dict[str, int]] = {}
    for (country, sex), count in _sums(lines).items():
        countries.setdefault(country, {})[sex] = count
    said = []
    for country in sorted(countries):
        sexes = countries[country]
        parts = ", ".join(f"{SEX_LABELS[sex][language]} {sexes[sex]}" for sex in Sex.values if sex in sexes)
        said.append(f"{country or '?'} {sum(sexes.values())} ({parts})")
    return "; ".join(said)
