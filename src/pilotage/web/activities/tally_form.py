"""The tally as it is typed: rows of country, institution type and institution; columns of sex by mode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.parties.models import Institution
from pilotage.web.fields import Named

SEXES = (Sex.WOMAN, Sex.MAN, Sex.OTHER, Sex.NOT_STATED)
SPARE = 5
MOST_ROWS = 300
_NUMBER = re.compile(r"^[\d\s\u00a0\u202f]{1,12}$")


@dataclass(frozen=True, slots=True)
class TallyColumn:
    """One column of numbers."""

    mode: str
    sex: str

    @property
    def name(self) -> str:
        """Its part of a cell's name."""
        return f"{self.mode or 'any'}-{self.sex}"


@dataclass
class TallyLine:
    """One row as it is typed: texts, so that nothing typed is lost."""

    country: str = ""
    institution_type: str = ""
    institution: str = ""
    age_band: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The sum of what can be read."""
        return sum(number or 0 for number in (_number(text) for text in self.cells.values()))

    @property
    def strange(self) -> bool:
        """True where a list was given something that is not in it: pasted, and to be chosen anew."""
        return len(self.country) > 2 or bool(
            self.institution_type and self.institution_type not in Institution.Type.values
        )

    @property
    def blank(self) -> bool:
        """True where nothing counts."""
        return not any(text.strip() for text in self.cells.values())


class TallySheet:
    """The whole matrix."""

    def __init__(self, activity: Activity, columns: Sequence[TallyColumn], lines: list[TallyLine]) -> None:
        self.activity, self.columns, self.lines = activity, columns, lines
        self.participants = self.women = ""
        self.problems: list[str] = []
        self.cell_problems: list[tuple[str, str]] = []
        """What is wrong with single cells, each with the name of its cell."""

    @property
    def modes(self) -> list[tuple[str, str, int]]:
        """The groups of columns as (mode, words, width)."""
        modes = list(dict.fromkeys(column.mode for column in self.columns))
        return [(mode, str(Mode(mode).label) if mode else "", len(SEXES)) for mode in modes]

    @property
    def sums(self) -> list[int]:
        """The sum of each column."""
        return [sum(_number(line.cells.get(column.name, "")) or 0 for line in self.lines) for column in self.columns]

    @property
    def column_sums(self) -> list[tuple[TallyColumn, int]]:
        """Each column with its sum."""
        return list(zip(self.columns, self.sums, strict=True))

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(self.sums)

    def with_spare(self) -> list[TallyLine]:
        """The lines and some empty ones; the first empty ones name the beneficiary countries that have no line."""
        countries = [link.country_id for link in self.activity.country_links.all()]
        missing = [code for code in countries if code not in {line.country for line in self.lines}]
        spare = [TallyLine(country=code) for code in missing] if not self.lines else []
        return [*self.lines, *spare, *(TallyLine() for _ in range(SPARE))]


def columns_for(activity: Activity, rows: Iterable[TallyRow]) -> list[TallyColumn]:
    """Women, men, other, not stated for each mode that the activity has or its tally speaks of."""
    modes = [Mode.ONSITE.value, Mode.ONLINE.value] if activity.mode == Mode.HYBRID else [activity.mode]
    modes += [row.mode for row in rows if row.mode not in modes]
    return [TallyColumn(mode, sex) for mode in dict.fromkeys(modes) for sex in SEXES]


def sheet_of(activity: Activity, rows: Sequence[TallyRow], names: Named, keys: Mapping[str, int]) -> TallySheet:
    """The matrix of a stored tally. ``keys`` gives the institutions of ``rows`` by code."""
    columns = columns_for(activity, rows)
    lines: dict[tuple[str, str, str, str], TallyLine] = {}
    for row in rows:
        kind = (row.country, row.institution_type, row.institution, row.age_band)
        institution = names.labels.get(keys.get(row.institution, 0), row.institution)
        line = lines.setdefault(kind, TallyLine(row.country, row.institution_type, institution, row.age_band))
        line.cells[TallyColumn(row.mode, row.sex).name] = str(row.count)
    return TallySheet(activity, columns, [lines[kind] for kind in sorted(lines)])


def sheet_typed(activity: Activity, data: Mapping[str, str], stored: Sequence[TallyRow]) -> TallySheet:
    """The matrix as it was sent, all texts kept."""
    columns = columns_for(activity, stored)
    columns += [
        column for column in (TallyColumn(mode, sex) for mode in ("", *Mode.values) for sex in SEXES)
        if column not in columns and any(key.endswith(f"-{column.name}") for key in data)
    ]  # fmt: skip
    numbers = sorted({int(match[1]) for key in data if (match := re.match(r"^r(\d{1,3})-", key))})[:MOST_ROWS]
    lines = []
    for number in numbers:
        line = TallyLine(
            country=data.get(f"r{number}-country", ""),
            institution_type=data.get(f"r{number}-type", ""),
            institution=data.get(f"r{number}-institution", "").strip(),
            age_band=data.get(f"r{number}-age", ""),
            cells={column.name: data.get(f"r{number}-{column.name}", "").strip() for column in columns},
        )
        if not line.blank or line.institution or line.strange:
            lines.append(line)
    sheet = TallySheet(activity, columns, lines)
    sheet.participants, sheet.women = data.get("participants", "").strip(), data.get("women", "").strip()
    return sheet


def rows_of(
    sheet: TallySheet, names: Named, institutions: Mapping[int, Institution], countries: set[str]
) -> list[TallyRow]:
    """The lines as the operations take them; what cannot be read is said in ``problems`` of the sheet and its lines."""
    rows = []
    for line in sheet.lines:
        institution = _institution(line, names, institutions)
        if line.country and line.country not in countries:
            line.problems["country"] = _("“%(value)s” is no country of the list.") % {"value": line.country[:60]}
        if line.institution_type and line.institution_type not in Institution.Type.values:
            line.problems["type"] = _("“%(value)s” is no kind of institution of the list.") % {
                "value": line.institution_type[:60]
            }
        for column in sheet.columns:
            text = line.cells.get(column.name, "")
            number = _number(text)
            if text and number is None:
                line.problems[column.name] = _("“%(value)s” is not a number.") % {"value": text[:20]}
            elif number is not None and number > 100_000:
                line.problems[column.name] = _("A number of participants is from 0 to 100 000.")
            elif number:
                rows.append(
                    TallyRow(
                        number, line.country, institution.code if institution else "",
                        line.institution_type or (institution.type if institution else ""),
                        column.sex, column.mode, line.age_band,
                    )
                )  # fmt: skip
    sheet.cell_problems = [
        (f"r{number}-{cell}", _("Line %(line)d: %(problem)s") % {"line": number + 1, "problem": problem})
        for number, line in enumerate(sheet.lines)
        for cell, problem in line.problems.items()
    ]
    return rows


def typed_totals(sheet: TallySheet) -> tuple[int | None, int | None]:
    """Participants and women typed beside the lines; None where nothing was typed."""
    found = []
    for text, label in ((sheet.participants, _("Participants")), (sheet.women, _("Women"))):
        number = _number(text)
        if text and number is None:
            sheet.problems.append(_("%(label)s: “%(value)s” is not a number.") % {"label": label, "value": text[:20]})
        found.append(number)
    return found[0], found[1]


def _institution(line: TallyLine, names: Named, institutions: Mapping[int, Institution]) -> Institution | None:
    if not line.institution:
        return None
    key = names.find(line.institution)
    if key is None:
        line.problems["institution"] = _("“%(value)s” is no institution here. Choose it from the list.") % {
            "value": line.institution[:60]
        }
        return None
    return institutions.get(key)


def _number(text: str) -> int | None:
    if not text or not _NUMBER.match(text):
        return None
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else None
