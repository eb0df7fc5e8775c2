"""Measures: what is made of the records that a figure counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Aggregate, CharField, Count, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Concat

from pilotage.figures.table import Cell

Parts = Mapping[str, Any]
"""What the database gives for one cell: numbers by name, None where there was nothing to add."""
Number = int | float
DECIMALS = 9
"""Kept of a percentage, so that every file format holds the same number. What is printed comes from the two counts."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a cell's number comes out of its records.

    ``persons`` names the parts that are numbers of persons, by which small cells are withheld before publication.
    """

    persons: tuple[str, ...] = ()

    @property
    def additive(self) -> bool:
        """True where cells may be summed."""
        return True

    @property
    def summable(self) -> bool:
        """True where the parts of cells that do not overlap may be summed to those of a total."""
        return True

    @property
    def listed(self) -> Q:
        """Narrows the records to those that a cell's list shows."""
        return Q()

    def on(self, day: date | None) -> Measure:
        """The measure as it is asked for a past ``day``; None stands for today."""
        return self

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        """The aggregates to ask for; ``repeated`` where a join may give the same record twice in one cell."""
        raise NotImplementedError

    def cell(self, parts: Parts) -> Cell:
        """The cell that ``parts`` give."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Records(Measure):
    """The number of records."""

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        return {"value": Count("pk", distinct=repeated)}

    def cell(self, parts: Parts) -> Cell:
        return Cell(parts["value"] or 0)


@dataclass(frozen=True, slots=True)
class Total(Measure):
    """The sum of a column. With ``head`` the number of persons behind it is counted too."""

    column: str = ""
    head: str = ""

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        assert not repeated, "a sum over repeated rows would be too high"
        parts: dict[str, Aggregate] = {"value": Sum(self.column)}
        return parts | {"head": Count(self.head, distinct=True)} if self.head else parts

    def cell(self, parts: Parts) -> Cell:
        return Cell(plain(parts["value"]))

    @property
    def summable(self) -> bool:
        return not self.head


@dataclass(frozen=True, slots=True)
class Distinct(Measure):
    """The number of different values of a column: persons, institutions. Never summed."""

    column: str = ""

    @property
    def additive(self) -> bool:
        return False

    @property
    def summable(self) -> bool:
        return False

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        return {"value": Count(self.column, distinct=True)}

    def cell(self, parts: Parts) -> Cell:
        # That nobody is named does not mean that nobody came.
        return Cell(parts["value"] or None)


@dataclass(frozen=True, slots=True)
class OfSex(Measure):
    """The participants of one sex in the tally; unknown where all that is known of a group is its size."""

    sex: str = ""

    @property
    def listed(self) -> Q:
        return Q(sex=self.sex)

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        assert not repeated
        return by_sex()

    def cell(self, parts: Parts) -> Cell:
        if not any(parts[name] for name in ("women", "men", "other")) and parts["unstated"]:
            return Cell(None)
        return Cell(plain(parts["women" if self.sex == "woman" else "men"]) or 0)


@dataclass(frozen=True, slots=True)
class ShareOfWomen(Measure):
    """Women ÷ (women + men); other and not stated are shown beside it (domain handbook, 6)."""

    @property
    def additive(self) -> bool:
        return False

    @property
    def listed(self) -> Q:
        return Q(sex__in=("woman", "man"))

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        assert not repeated
        return by_sex()

    def cell(self, parts: Parts) -> Cell:
        women, men = parts["women"] or 0, parts["men"] or 0
        return quotient(women, women + men)


@dataclass(frozen=True, slots=True)
class ShareOfRecords(Measure):
    """The share of the records that fulfil a condition."""

    condition: Q = field(default_factory=Q)
    dated: str = ""
    """Column of the date by which the condition came true. Asked for a past day, it must have come by then; asked for
    today, what is recorded is true, whatever is known of the day."""

    def on(self, day: date | None) -> Measure:
        if day is None or not self.dated:
            return self
        return replace(self, condition=self.condition & Q(**{f"{self.dated}__lte": day}), dated="")

    @property
    def additive(self) -> bool:
        return False

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        return {
            "numerator": Count("pk", filter=self.condition, distinct=repeated),
            "denominator": Count("pk", distinct=repeated),
        }

    def cell(self, parts: Parts) -> Cell:
        return quotient(parts["numerator"] or 0, parts["denominator"] or 0)


@dataclass(frozen=True, slots=True)
class OfApproved(Measure):
    """The records as a share of the approved indicative total of their phase, which is no number of records.

    The total is put in by the computation (``of``), which knows the phases and the day; unknown, the share is n/a.
    """

    @property
    def additive(self) -> bool:
        return False

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        return {"value": Count("pk", distinct=repeated)}

    def cell(self, parts: Parts) -> Cell:
        return Cell(None, parts["value"] or 0)

    def of(self, cell: Cell, total: int | None) -> Cell:
        """The share of ``total``."""
        return quotient(cell.numerator or 0, total) if total else Cell(None)


@dataclass(frozen=True, slots=True)
class MedianDays(Measure):
    """The median of the days from one date to another, over the records that have both. Never summed.

    The engines have no median in common, so the database gathers the pairs of days and the middle is found here.
    """

    start: str = ""
    end: str = ""

    @property
    def additive(self) -> bool:
        return False

    @property
    def summable(self) -> bool:
        return False

    @property
    def listed(self) -> Q:
        return Q(**{f"{self.start}__isnull": False, f"{self.end}__isnull": False})

    def parts(self, repeated: bool) -> dict[str, Aggregate]:
        assert not repeated
        pair = Concat(Cast(self.start, CharField()), Value("/"), Cast(self.end, CharField()), output_field=CharField())
        return {"pairs": Gathered(pair, filter=self.listed)}

    def cell(self, parts: Parts) -> Cell:
        days = sorted(days_between(pair) for pair in (parts["pairs"] or "").split(",") if pair)
        return Cell(median(days) if days else None)


class Gathered(Aggregate):
    """All values of a group as one text, with commas between."""

    function = "GROUP_CONCAT"
    name = "Gathered"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL calls it by another name, and wants the comma."""
        gathered = self.copy()
        gathered.function = "STRING_AGG"
        gathered.template = "%(function)s(%(distinct)s%(expressions)s, ',')"
        return gathered.as_sql(compiler, connection, **extra)


def days_between(pair: str) -> int:
    """The days from the first date of ``2023-02-01/2023-05-02`` to the second."""
    first, _slash, last = pair.partition("/")
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days


@dataclass(frozen=True, slots=True)
class Quotient(Measure):
    """One figure in per cent of another, cell by cell. Both must allow the same dimensions."""

    numerator: str = ""
    denominator: str = ""

    @property
    def additive(self) -> bool:
        return False


def by_sex() -> dict[str, Aggregate]:
    """The tally summed by sex, in one pass."""
    return {
        "women": Sum("count", filter=Q(sex="woman")),
        "men": Sum("count", filter=Q(sex="man")),
        "other": Sum("count", filter=Q(sex="other")),
        "unstated": Sum("count", filter=Q(sex="not_stated")),
        "all": Sum("count"),
    }


def quotient(numerator: Number, denominator: Number) -> Cell:
    """A percentage with both counts; n/a where the denominator is zero, never 0 %."""
    if not denominator:
        return Cell(None, numerator, denominator)
    return Cell(round(numerator * 100 / denominator, DECIMALS), numerator, denominator)


def plain(value: Any) -> Number | None:
    """A number as JSON can hold it: whole where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value  # type: ignore[no-any-return]


def added(first: Parts, second: Parts) -> dict[str, Any]:
    """Two cells' parts as one; None where neither had anything to add."""
    return {
        name: first[name]
        if second[name] is None
        else second[name]
        if first[name] is None
        else first[name] + second[name]
        for name in first
    }
