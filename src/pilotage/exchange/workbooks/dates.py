"""Dates as people type them into sheets, in English and Russian, made into partial dates.

Days stand before months (``03.04.2023`` is 3 April): so the field writes, and so does every country of the region.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pilotage.kit.partial_dates import PartialDate

_MONTH_NAMES = tuple(
    tuple(names.split())
    for names in (
        "january январь января январе", "february февраль февраля феврале", "march март марта марте",
        "april апрель апреля апреле", "may май мая мае", "june июнь июня июне", "july июль июля июле",
        "august август августа августе", "september sept сентябрь сентября сентябре", "october октябрь октября октябре",
        "november ноябрь ноября ноябре", "december декабрь декабря декабре",
    )
)  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "і": 1, "іі": 2, "ііі": 3}
_MONTH = r"(?P<month>[a-zа-я]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_QUARTER_WORD = r"(?:-?(?:й|ый|st|nd|rd|th))?\s*(?:квартал[а-я]*|кв\.?|quarter|qtr\.?|q)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|-?го)?"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-./](?P<number>\d{{1,2}})[-./](?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})\s?[-./]\s?(?P<number>\d{{1,2}})\s?[-./]\s?{_YEAR}",
        r"(?P<day>\d{1,2})[./](?P<number>\d{1,2})[./](?P<short>\d{2})",
        rf"{_DAY}[\s-]*(?:of\s+)?{_MONTH}[\s,-]*{_YEAR}",
        rf"{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}",
        rf"{_MONTH}[\s,-]*{_YEAR}",
        rf"{_YEAR}[\s,-]*{_MONTH}",
        rf"(?P<number>\d{{1,2}})[-./]{_YEAR}",
        rf"{_YEAR}[-./](?P<number>\d{{1,2}})",
        rf"{_YEAR}[-\s]*(?:q|кв\.?)\s*(?P<quarter>[1-4])",
        rf"q\s*(?P<quarter>[1-4])[\s,/-]*{_YEAR}",
        rf"(?P<quarter>[1-4]|i{{1,3}}|iv|і{{1,3}}){_QUARTER_WORD}[\s,/-]*{_YEAR}",
        rf"{_YEAR}[\s,/-]*(?P<quarter>[1-4]|i{{1,3}}|iv|і{{1,3}}){_QUARTER_WORD}",
        rf"{_YEAR}",
    )
)
_RANGE = re.compile(r"\s+-\s+|\s+(?:to|по|until|bis)\s+|(?<=\d{4})\s*-\s*(?=\d{1,2}[./])")
_DAYS_OF_MONTH = re.compile(r"(?P<first>\d{1,2})\s*-\s*(?P<last>\d{1,2})(?P<rest>[./\s].*\d{4})")


@lru_cache(maxsize=8192)
def partial_date(text: str) -> str:
    """The partial date that ``text`` states, in its written form (``2023-06-20``). Raises ValueError for none."""
    start, end = date_span(text)
    if end != start:
        raise ValueError(f"more than one date: {text!r}")
    return start


@lru_cache(maxsize=8192)
def date_span(text: str) -> tuple[str, str]:
    """Start and end that ``text`` states: ``20–22 June 2023`` is three days; one date is both. Raises ValueError."""
    bare = text.strip().upper()
    if "/" in bare and re.fullmatch(r"[\d.Q/-]+", bare):
        try:
            written = PartialDate.parse(bare).written
            return written, written
        except ValueError:
            pass
    tidy = _tidied(text)
    try:
        single = _point(tidy)
        return single, single
    except ValueError:
        pass
    if match := _DAYS_OF_MONTH.fullmatch(tidy):
        start, end = _point(match["first"] + match["rest"]), _point(match["last"] + match["rest"])
    else:
        pieces = _RANGE.split(tidy)
        if len(pieces) != 2:
            raise ValueError(f"not a date: {text!r}")
        end = _point(_tidied(pieces[1]))
        start = _start_of(pieces[0], end)
    if PartialDate.parse(end).last < PartialDate.parse(start).first:  # type: ignore[operator]
        raise ValueError(f"ends before it starts: {text!r}")
    return start, end


def _start_of(text: str, end: str) -> str:
    """The start of a span whose year, where it is not written, is that of the end."""
    tidy = _tidied(text)
    try:
        return _point(tidy)
    except ValueError:
        joint = "" if tidy.endswith(".") else "." if tidy[-1:].isdigit() else " "
        return _point(f"{tidy}{joint}{end[:4]}")


def _tidied(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    plain = re.sub(r"[t\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*z?$", "", plain)
    plain = re.sub(r"(?<=\d)\s*(?:г\.г\.|гг\.?|г\.|г|год[ау]?|year)\s*$", "", plain.strip())
    return " ".join(plain.split()).strip(" ,;'\"«»")


def _point(tidy: str) -> str:
    for form in _FORMS:
        match = form.fullmatch(tidy)
        if match:
            found = match.groupdict()
            named = _month(found.get("month") or "")
            if named or not found.get("month"):
                break
    else:
        raise ValueError(f"not a date: {tidy!r}")
    year = int(found["year"]) if found.get("year") else 2000 + int(found["short"])
    if not 1990 <= year <= 2099:
        raise ValueError(f"not a year of ours: {year}")
    month = named or int(found.get("number") or 0)
    if month > 12:
        raise ValueError(f"not a month: {month}")
    if found.get("quarter"):
        written = f"{year}-Q{_ROMAN[found['quarter']]}"
    elif month and found.get("day"):
        written = f"{year}-{month:02}-{int(found['day']):02}"
    elif month:
        written = f"{year}-{month:02}"
    else:
        written = str(year)
    return PartialDate.parse(written).written


def _month(word: str) -> int:
    """1 to 12 for a month's name or at least its first three letters; 0 for any other word."""
    if len(word) < 3:
        return 0
    for number, names in enumerate(_MONTH_NAMES, start=1):
        if any(name.startswith(word) for name in names):
            return number
    return 0
