"""What a column of a workbook is: its headings in both languages, what it holds and which field it sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.kit.texts import Text


class Holds(StrEnum):
    """What a column holds, and so how its cells are read."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes or no"
    PARTIAL_DATE = "date as well as it is known"
    DAY = "day"
    COUNTRY = "country"
    COUNTRIES = "countries"
    INSTITUTION = "institution"
    INSTITUTIONS = "institutions"
    COMPONENT = "component"
    OUTPUT = "output"
    SERIES = "series"
    GOALS = "numbers of goals"
    PLACE = "place"
    MONEY = "amount in euro"
    COUNT = "number"


class Kind(StrEnum):
    """What a sheet is about."""

    ACTIVITIES = "activities"
    INSTITUTIONS = "institutions"
    TALLY = "tally"
    DELIVERABLES = "deliverables"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is the field it sets; ``language`` the wording of that field, where it is translated."""

    code: str
    label: Text
    holds: Holds
    help: Promise | str
    also: tuple[str, ...] = ()
    """Other headings under which people write the same."""
    choices: type | None = None
    field: str = ""
    language: str = ""
    required: bool = False
    width: int = 16
    longest: int = 0

    @property
    def sets(self) -> str:
        """The field that the column sets."""
        return self.field or self.code


def column(code: str, en: str, ru: str, holds: Holds, help: Promise | str, *also: str, **more: object) -> Column:
    """A column headed ``en`` and ``ru``; ``also`` are other headings under which people write the same."""
    return Column(code, {"en": en, "ru": ru}, holds, help, also, **more)  # type: ignore[arg-type]


DATE_HELP = _("A day, a month, a quarter or a year: 20.06.2023, June 2023, 2023-Q2, 2023.")
LIST_HELP = _("Codes or names in either language, separated by semicolons.")
