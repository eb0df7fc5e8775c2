"""The workbooks to fill in: bilingual headings, drop-downs, a sheet that explains, and the records as they are on wish."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pilotage.domain.activities.entries import tally_row
from pilotage.domain.activities.models import Activity, Deliverable
from pilotage.domain.activities.words import Sex
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.exchange.workbooks.activities import LINKS
from pilotage.exchange.workbooks.activity_columns import ACTIVITY_COLUMNS
from pilotage.exchange.workbooks.activity_values import ATTRIBUTES
from pilotage.exchange.workbooks.choices import SEX_LABELS
from pilotage.exchange.workbooks.columns import Column, Holds, Kind
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.outcome import shown
from pilotage.exchange.workbooks.reader_process import letters
from pilotage.exchange.workbooks.sheets import SHEET_NAMES
from pilotage.exchange.workbooks.side_columns import DELIVERABLE_COLUMNS, INSTITUTION_COLUMNS, TALLY_COLUMNS
from pilotage.kit.texts import wording

LAST_ROW = 20_000
"""Drop-downs reach this far."""
CODES = "Codes"
LISTED = frozenset(
    {
        Holds.CHOICE,
        Holds.YES_NO,
        Holds.COMPONENT,
        Holds.COUNTRY,
        Holds.INSTITUTION,
        Holds.PLACE,
        Holds.OUTPUT,
        Holds.SERIES,
    }
)
SEXES = (Sex.WOMAN, Sex.MAN, Sex.OTHER, Sex.NOT_STATED)


def activities_workbook(
    phase: Phase, language: str, activities: Iterable[Activity] = (), *, cost: bool = False
) -> bytes:
    """The template for activities with their tallies, in ``language``, holding ``activities`` as they are now.

    ``activities`` come with their links and tallies prefetched. ``cost`` is whether the reader may see what they cost.
    """
    return _Template(phase, language, cost).activities(activities)


def institutions_workbook(phase: Phase, language: str, institutions: Iterable[Institution] = ()) -> bytes:
    """The template for institutions, holding ``institutions`` as they are now."""
    return _Template(phase, language, False).institutions(institutions)


class _Template:
    def __init__(self, phase: Phase, language: str, cost: bool) -> None:
        import xlsxwriter  # only here: ten megabytes that most processes never need

        self.phase, self.names, self.cost = phase, Names(phase), cost
        self.language = "ru" if language == "ru" else "en"
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.output, {"strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": wording(phase.title, self.language), "comments": "Pilotage"})
        plain = {"font_name": "Calibri", "font_size": 11}
        head = {**plain, "bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        self.text = self.book.add_format({**plain, "num_format": "@", "valign": "top"})
        self.wrapped = self.book.add_format({**plain, "text_wrap": True, "valign": "top"})
        self.number = self.book.add_format({**plain, "num_format": "0", "valign": "top"})
        self.heading = self.book.add_format({**head, "bg_color": "#E7EFF0", "font_color": "#17212B"})
        self.required = self.book.add_format({**head, "bg_color": "#0B5563", "font_color": "#FFFFFF"})
        self.group = self.book.add_format({**head, "bg_color": "#F6F4EF", "align": "center", "left": 1})
        self.title = self.book.add_format({**plain, "bold": True, "font_size": 16, "font_color": "#0B5563"})
        self.lists: dict[str, str] = {}

    def activities(self, activities: Iterable[Activity]) -> bytes:
        """The workbook."""
        with override(self.language):
            # The total follows from the columns of women and men, so the template does not ask for it.
            left_out = {"participants"} if self.cost else {"participants", "cost"}
            columns = [column for column in ACTIVITY_COLUMNS if column.code not in left_out]
            countries = [link.country_id for link in self.phase.partner_countries.all()]
            sheet = self.book.add_worksheet(SHEET_NAMES[Kind.ACTIVITIES][self.language])
            tally = self.book.add_worksheet(SHEET_NAMES[Kind.TALLY][self.language])
            documents = self.book.add_worksheet(SHEET_NAMES[Kind.DELIVERABLES][self.language])
            readme = self.book.add_worksheet(_("Read me"))
            self.codes = self.book.add_worksheet(CODES)
            self._headings(sheet, columns, row=1)
            sheet.merge_range(0, 0, 0, len(columns) - 1, f"{wording(self.phase.title, self.language)}", self.title)
            place = len(columns)
            kinds = [(country, sex) for country in [*countries, ""] for sex in SEXES]
            for country in [*countries, ""]:
                name = self.names.countries.shown.get(country, "") if country else _("country not stated")
                sheet.merge_range(0, place, 0, place + len(SEXES) - 1, f"{country} {name}".strip(), self.group)
                for sex in SEXES:
                    label = " / ".join(f"{country} {said}".strip() for said in SEX_LABELS[sex].values())
                    sheet.write_string(1, place, label, self.heading)
                    sheet.set_column(place, place, 9, self.number)
                    place += 1
            whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100_000}
            sheet.data_validation(
                2, len(columns), LAST_ROW, place - 1, {**whole, "error_message": _("A whole number.")}
            )
            sheet.freeze_panes(2, 2)
            self._headings(tally, TALLY_COLUMNS, row=0)
            tally.freeze_panes(1, 1)
            self._headings(documents, DELIVERABLE_COLUMNS, row=0)
            documents.freeze_panes(1, 1)
            self._fill((sheet, tally, documents), activities, columns, kinds)
            self._guide(readme, [*columns], activity_guide())
            self._close()
        return self.output.getvalue()

    def institutions(self, institutions: Iterable[Institution]) -> bytes:
        """The workbook."""
        with override(self.language):
            sheet = self.book.add_worksheet(SHEET_NAMES[Kind.INSTITUTIONS][self.language])
            readme = self.book.add_worksheet(_("Read me"))
            self.codes = self.book.add_worksheet(CODES)
            self._headings(sheet, INSTITUTION_COLUMNS, row=0)
            sheet.freeze_panes(1, 1)
            for number, institution in enumerate(institutions, start=1):
                for place, column in enumerate(INSTITUTION_COLUMNS):
                    value: Any = (
                        institution.country_id if column.code == "country" else getattr(institution, column.sets)
                    )
                    if column.language:
                        value = value.get(column.language, "")
                    self._write(sheet, number, place, shown(column, value, self.names))
            self._guide(readme, INSTITUTION_COLUMNS, guide())
            self._close()
        return self.output.getvalue()

    def _close(self) -> None:
        self.codes.hide()
        self.book.close()

    def _headings(self, sheet: Any, columns: Sequence[Column], row: int) -> None:
        sheet.set_row(row, 48)
        for place, column in enumerate(columns):
            label = " / ".join(column.label.values())
            sheet.write_string(row, place, label, self.required if column.required else self.heading)
            sheet.write_comment(row, place, str(column.help), {"x_scale": 1.6})
            sheet.set_column(place, place, column.width, self.number if column.holds is Holds.COUNT else self.text)
            if column.holds in LISTED and (source := self._list(column)):
                wrong = _("Choose from the list, or write a name that the register knows.")
                sheet.data_validation(
                    row + 1, place, LAST_ROW, place,
                    {"validate": "list", "source": source, "error_type": "warning", "error_message": wrong},
                )  # fmt: skip

    def _list(self, column: Column) -> str:
        """The range of the hidden sheet that holds the column's choices."""
        key = f"{column.holds}:{column.choices.__qualname__ if column.choices else ''}"
        if key not in self.lists:
            entries = self._entries(column)
            place = len(self.lists)
            for number, entry in enumerate(entries):
                self.codes.write_string(number, place, entry)
            name = f"${letters(place + 1)}"
            self.lists[key] = f"={CODES}!{name}$1:{name}${len(entries)}" if entries else ""
        return self.lists[key]

    def _entries(self, column: Column) -> list[str]:
        if column.holds in {Holds.CHOICE, Holds.CHOICES}:
            return [str(label) for _code, label in column.choices.choices]  # type: ignore[union-attr]
        if column.holds is Holds.YES_NO:
            return [_("yes"), _("no")]
        if column.holds is Holds.COUNTRY:
            partners = [link.country_id for link in self.phase.partner_countries.all()]
            known = self.names.countries.shown
            others = sorted(known[code] for code in known if code not in partners)
            return [known[str(code)] for code in partners] + others
        index = {
            Holds.COMPONENT: self.names.components,
            Holds.INSTITUTION: self.names.institutions,
            Holds.PLACE: self.names.places,
            Holds.OUTPUT: self.names.outputs,
            Holds.SERIES: self.names.series,
        }[column.holds]
        return sorted(index.shown.values())

    def _write(self, sheet: Any, row: int, place: int, value: str) -> None:
        if value:
            sheet.write_string(row, place, value, self.text)

    def _fill(
        self,
        sheets: tuple[Any, Any, Any],
        activities: Iterable[Activity],
        columns: Sequence[Column],
        kinds: list[tuple[str, Any]],
    ) -> None:
        sheet, tally, documents = sheets
        line = document = 1
        for number, activity in enumerate(activities, start=2):
            for deliverable in activity.deliverables.all():
                self._document(documents, document, activity, deliverable)
                document += 1
            for place, column in enumerate(columns):
                if column.code in LINKS:
                    related, attribute = LINKS[column.code]
                    value: Any = [getattr(link, attribute) for link in getattr(activity, related).all()]
                else:
                    value = getattr(activity, ATTRIBUTES.get(column.sets, column.sets))
                    value = value.get(column.language, "") if column.language else value
                self._write(sheet, number, place, shown(column, value, self.names))
            rows = [tally_row(record) for record in activity.tallies.all()]
            if all(
                (row.country, row.sex) in kinds
                and not any((row.institution, row.institution_type, row.mode, row.age_band))
                for row in rows
            ):
                for row in rows:
                    sheet.write_number(number, len(columns) + kinds.index((row.country, row.sex)), row.count)
                continue
            for row in rows:
                values = {
                    name: getattr(row, name) for name in ("country", "institution_type", "sex", "mode", "age_band")
                }
                for place, column in enumerate(TALLY_COLUMNS):
                    if column.code == "count":
                        tally.write_number(line, place, row.count)
                    elif column.code == "code":
                        self._write(tally, line, place, activity.code)
                    elif column.code == "institution":
                        self._write(tally, line, place, row.institution)
                    else:
                        self._write(tally, line, place, shown(column, values[column.code], self.names))
                line += 1

    def _document(self, sheet: Any, row: int, activity: Activity, deliverable: Deliverable) -> None:
        self._write(sheet, row, 0, activity.code)
        for place, column in enumerate(DELIVERABLE_COLUMNS[1:], start=1):
            value = getattr(deliverable, column.sets)
            value = value.get(column.language, "") if column.language else value
            self._write(sheet, row, place, shown(column, value, self.names))

    def _guide(self, sheet: Any, columns: Sequence[Column], advice: Sequence[str]) -> None:
        sheet.set_column(0, 0, 34, self.wrapped)
        sheet.set_column(1, 1, 90, self.wrapped)
        sheet.write_string(0, 0, _("How to fill in this workbook"), self.title)
        row = 2
        for sentence in advice:
            sheet.merge_range(row, 0, row, 1, sentence, self.wrapped)
            sheet.set_row(row, 34)
            row += 1
        row += 1
        for column in columns:
            told = str(column.help)
            if column.holds in {Holds.CHOICE, Holds.CHOICES}:
                told = f"{told} {', '.join(self._entries(column))}."
            sheet.write_string(
                row, 0, " / ".join(column.label.values()), self.required if column.required else self.heading
            )
            sheet.write_string(row, 1, told, self.wrapped)
            row += 1


def guide() -> list[str]:
    """Advice for every template, in the active language."""
    return [
        _(
            "One record a row. Dark headings must be filled for new records; "
            "columns that you do not need may be deleted or moved."
        ),
        _(
            "Codes decide: a code that the register knows changes that record, a "
            "new code adds one. Codes stay text: 007 stays 007."
        ),
        _("An empty cell changes nothing. A dash (–) alone in a cell empties the field."),
        _("Names may be written in English or Russian, and by their code."),
        _("Values, not formulas. After uploading you see what would be added and changed before anything is."),
    ]


def activity_guide() -> list[str]:
    """Advice for the template of activities, in the active language."""
    return [
        *guide(),
        _(
            "Participants: numbers of women and men by sending country stand in the columns to "
            "the right of the activity. What is not known stays empty, never 0."
        ),
        _(
            "Who counts by institution, way of taking part or age uses the sheet “Tally” "
            "instead: one row for each kind. An activity uses one of the two."
        ),
        _("Documents that an activity produced stand in the sheet “Deliverables”. Those that are left out stay."),
    ]
