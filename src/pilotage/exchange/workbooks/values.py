"""From cells to values: what a cell means by what its column holds, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pilotage.exchange.workbooks.cells import Row, text_of
from pilotage.exchange.workbooks.choices import CHOICES_ALSO
from pilotage.exchange.workbooks.columns import Column, Holds
from pilotage.exchange.workbooks.dates import date_span, partial_date
from pilotage.exchange.workbooks.headers import plain
from pilotage.exchange.workbooks.names import Index, Names, parts, pieces
from pilotage.exchange.workbooks.told import LANGUAGES, with_hint
from pilotage.kit.printable import missing_characters

CLEAR = frozenset({"-", "–", "—"})
"""Written alone in a cell: what is there now shall be emptied."""
_YES = frozenset({"yes", "y", "true", "1", "da", "+", "x", "kh"})
_NO = frozenset({"no", "n", "false", "0", "net"})
MOST_PEOPLE = 100_000


def _text(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    if column.holds is Holds.IDENTIFIER:
        text = " ".join(text.split())
    if column.longest and len(text) > column.longest:
        row.wrong(
            place,
            _("The text has %(length)d characters; at most %(longest)d are kept."),
            length=len(text),
            longest=column.longest,
        )
        return None
    missing = missing_characters(text)
    if missing:
        shown = " ".join(
            character if character.isprintable() else f"U+{ord(character):04X}" for character in missing[:5]
        )
        row.wrong(place, _("The text holds characters that cannot be printed: %(characters)s"), characters=shown)
        return None
    return text


@cache
def choices_by_name(choices: Any) -> Mapping[str, str]:
    """Every way to write a choice, in plain form."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            for code, label in choices.choices:
                known[plain(str(label))] = code
    for code, _label in choices.choices:
        known[plain(code)] = code
    for name, code in CHOICES_ALSO.get(choices, {}).items():
        known.setdefault(plain(name), str(code))
    return known


def _choice(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    choices: Any = column.choices
    found = choices_by_name(choices).get(plain(text))
    if found is None:
        # The labels themselves, not their texts: they are worded with the message.
        allowed = [label for _code, label in choices.choices]
        row.wrong(place, _("“%(value)s” is not one of: %(allowed)s"), value=text[:60], allowed=allowed)
    return found


def _choices(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    before = len(row.problems)
    found = {_choice(row, place, column, cell, piece, names) for piece in parts(text)}
    choices: Any = column.choices
    return [code for code in choices.values if code in found] if len(row.problems) == before else None


def _goals(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    written = re.findall(r"\d+", text)
    if not re.fullmatch(r"(?:(?:SDG|ЦУР)?\s*\d+[\s,;]*)+", text, re.IGNORECASE) or not all(
        1 <= int(one) <= 17 for one in written
    ):
        row.wrong(
            place,
            _("“%(value)s” are no goals. Write their numbers, 1 to 17, separated by semicolons."),
            value=text[:60],
        )
        return None
    return sorted({int(one) for one in written})


def _yes_no(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    word = plain(text) or text
    if word in _YES:
        return True
    if word in _NO:
        return False
    row.wrong(place, _("“%(value)s” is neither yes nor no."), value=text[:60])
    return None


def _partial_date(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    try:
        if column.code.endswith("_start"):
            start, end = date_span(text)
            if end != start:
                row.values.setdefault(column.code.replace("_start", "_end"), end)
            return start
        return partial_date(text)
    except ValueError:
        row.wrong(place, _("“%(value)s” is not a date. Write 20.06.2023, June 2023, 2023-Q2 or 2023."), value=text[:60])
        return None


def _one(row: Row, place: int, text: str, index: Index, unknown: Promise) -> Any:
    found = index.matches(text)
    if len(found) == 1:
        return next(iter(found))
    if found:
        several = "; ".join(sorted(index.shown[key] for key in found)[:4])
        row.wrong(
            place, _("“%(value)s” may mean several: %(several)s. Write the code."), value=text[:60], several=several
        )
        return None
    near = index.closest(text) if len(text) < 200 else ""
    row.wrong(place, unknown, value=text[:60])
    if near:
        with_hint(row.problems[-1], _("Did you mean “%(near)s”?"), {"near": near})
    return None


def _many(row: Row, place: int, text: str, index: Index, unknown: Promise) -> Any:
    before = len(row.problems)
    found = [_one(row, place, piece, index, unknown) for piece in pieces(text, index)]
    return sorted(set(found)) if len(row.problems) == before else None


def _country(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _one(row, place, text, names.countries, _("“%(value)s” is not a country that is known here."))


def _countries(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    if plain(text) in {"all", "all countries", "vse", "vse strany"}:
        return sorted(link.country_id for link in names.phase.partner_countries.all())
    return _many(row, place, text, names.countries, _("“%(value)s” is not a country that is known here."))


def _institution(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _one(row, place, text, names.institutions, _("“%(value)s” is not an institution of the register."))


def _institutions(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _many(row, place, text, names.institutions, _("“%(value)s” is not an institution of the register."))


def _component(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _one(row, place, text, names.components, _("“%(value)s” is not a component of this phase."))


def _output(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _one(row, place, text, names.outputs, _("“%(value)s” is not an output of this phase."))


def _series(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    """The key of a series of the phase, or the code of one that shall be added."""
    if len(names.series.matches(text)) != 0:
        return _one(row, place, text, names.series, _("“%(value)s” is not a series of this phase."))
    if re.fullmatch(r"[-a-zA-Z0-9_]{1,60}", text):
        return text.casefold()
    row.wrong(
        place,
        _("“%(value)s” is no series of this phase, nor a code for a new one: Latin letters, digits, hyphens."),
        value=text[:60],
    )
    return None


def _place(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return _one(row, place, text, names.places, _("“%(value)s” is not a place of the register."))


def _money(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    bare = re.sub(r"[\s\u00a0\u202f']|eur|€|евро", "", text.casefold())
    if re.fullmatch(r"\d+,\d{1,2}", bare):
        bare = bare.replace(",", ".")
    try:
        amount = Decimal(bare).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not 0 <= amount < 10_000_000_000:
        row.wrong(place, _("“%(value)s” is not an amount in euro."), value=text[:60])
        return None
    return str(amount)


def _number(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    return count_of(row, place, cell)


def count_of(row: Row, place: int, cell: Any) -> int | None:
    """A whole number of people; None where the cell holds none, with the problem noted."""
    if isinstance(cell, dict) and "formula" in cell:
        row.wrong(place, _("The cell holds a formula. Values are wanted: copy the column and paste it as values."))
        return None
    text = text_of(cell)
    if not text:
        return None
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if text in CLEAR:
        return 0
    if not bare.isdecimal() or len(bare) > 9:
        row.wrong(place, _("“%(value)s” is not a whole number of people."), value=text[:40])
        return None
    if int(bare) > MOST_PEOPLE:
        row.wrong(place, _("A number of participants is from 0 to 100 000."))
        return None
    return int(bare)


def _day(row: Row, place: int, column: Column, cell: Any, text: str, names: Names) -> Any:
    try:
        return date.fromisoformat(partial_date(text)).isoformat()
    except ValueError:
        row.wrong(place, _("“%(value)s” is not a day. Write 20.06.2023."), value=text[:60])
        return None


READERS: dict[Holds, Any] = {
    Holds.IDENTIFIER: _text,
    Holds.TEXT: _text,
    Holds.CHOICE: _choice,
    Holds.CHOICES: _choices,
    Holds.GOALS: _goals,
    Holds.YES_NO: _yes_no,
    Holds.PARTIAL_DATE: _partial_date,
    Holds.DAY: _day,
    Holds.COUNTRY: _country,
    Holds.COUNTRIES: _countries,
    Holds.INSTITUTION: _institution,
    Holds.INSTITUTIONS: _institutions,
    Holds.COMPONENT: _component,
    Holds.OUTPUT: _output,
    Holds.SERIES: _series,
    Holds.PLACE: _place,
    Holds.MONEY: _money,
    Holds.COUNT: _number,
}
