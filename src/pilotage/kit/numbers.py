"""Numbers as people read them: hard spaces, decimal signs, plural forms, money (domain handbook, 10).

Every function gives text that never breaks across lines. Languages other than Russian are written as in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from pilotage.kit.texts import Text, wording

THIN = "\u202f"
"""Narrow no-break space: between thousands."""
HARD = "\u00a0"
"""No-break space: between a number and its unit."""
MINUS = "\u2212"
CURRENCIES_RU = {"EUR": "евро"}
OVER: Text = {"en": "over", "ru": "свыше"}

Number = int | float | Decimal | Fraction


def written(value: Number, language: str, decimals: int = 0) -> str:
    """``value`` rounded half up to ``decimals`` places: 21 650 050; 12.5 in English, 12,5 in Russian; −3."""
    if type(value) is int and decimals == 0:
        # By far the most frequent case, and a chart writes a hundred numbers.
        return f"{value:,}".replace(",", THIN).replace("-", MINUS)
    rounded = _rounded(value, decimals)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{grouped}{_decimal_sign(language)}{fraction}" if fraction else f"{sign}{grouped}"


def written_shortly(value: Number, language: str, decimals: int = 1) -> str:
    """As ``written``, without decimals where they would all be zero."""
    if type(value) is int:
        return written(value, language)
    rounded = _rounded(value, decimals)
    return written(value, language, 0 if rounded == int(rounded) else decimals)


def percent(value: Number, language: str, decimals: int = 1) -> str:
    """A percentage that is already one: ``percent(12.5, "ru")`` is "12,5 %"; decimals that are all zero are left out."""
    return f"{written_shortly(value, language, decimals)}{HARD}%"


def share(numerator: Number, denominator: Number, language: str, decimals: int = 0) -> str:
    """``numerator`` of ``denominator`` in percent, rounded once, at the end. Raises ZeroDivisionError."""
    return percent(Fraction(numerator) * 100 / Fraction(denominator), language, decimals)


def plural(number: Number, forms: Sequence[str], language: str) -> str:
    """The form that goes with ``number``: (one, other) in English, (one, few, many) in Russian; "" without forms.

    A number with a fraction takes the genitive singular in Russian (1,5 мероприятия) and the plural in English.
    """
    if not forms:
        return ""
    return forms[min(_plural_place(number, language), len(forms) - 1)]


def counted(number: Number, forms: Sequence[str], language: str) -> str:
    """A number with its noun: "25 activities", "21 мероприятие"."""
    return f"{written_shortly(number, language)}{HARD}{plural(number, forms, language)}".rstrip(HARD)


def genitive(number: Number, forms: Sequence[str], language: str) -> str:
    """The form after "of" or «из»: "of 25 activities", «из 21 мероприятия», «из 25 мероприятий»."""
    if language != "ru" or len(forms) < 3:
        return plural(number, forms, language)
    return forms[1] if _plural_place(number, language) == 0 or number != int(number) else forms[2]


def money(amount: Number, currency: str, language: str, decimals: int = 0) -> str:
    """An amount with its currency: "EUR 21 650 050", "21 650 050 евро"."""
    if language == "ru":
        return f"{written(amount, language, decimals)}{HARD}{CURRENCIES_RU.get(currency, currency)}"
    return f"{currency}{HARD}{written(amount, language, decimals)}"


def over(value: Number, language: str) -> str:
    """A round number that ``value`` exceeds, two digits kept: 1 412 is "over 1 400"; below 100 or when round, exact."""
    whole = int(value)
    step = 10 ** max(0, len(str(abs(whole))) - 2)
    floor = whole // step * step
    if floor == value or whole < 100:
        return written_shortly(value, language)
    return f"{wording(OVER, language)}{HARD}{written(floor, language)}"


def _plural_place(number: Number, language: str) -> int:
    whole = abs(int(number))
    if language != "ru":
        return 0 if whole == 1 and number == int(number) else 1
    if number != int(number):
        return 1
    if whole % 10 == 1 and whole % 100 != 11:
        return 0
    return 1 if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14) else 2


def _decimal_sign(language: str) -> str:
    return "," if language == "ru" else "."


def _rounded(value: Number, decimals: int) -> Decimal:
    """Half up, away from zero. A float counts as the decimal that it is written as, so that 0.125 is a half."""
    quantum = Decimal(1).scaleb(-decimals)
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    rounded = exact.quantize(quantum, rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded).quantize(quantum, rounding=ROUND_DOWN)
