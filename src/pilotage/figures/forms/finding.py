"""Titles that say what a chart shows, made by rule; the neutral title where nothing stands out.

Russian titles keep names in the nominative and verbs in the present, so that no name has to be declined.
"""

from __future__ import annotations

from fractions import Fraction

from pilotage.figures.forms.values import amount, forms, name, said, shown
from pilotage.figures.forms.wordings import (
    AHEAD_OF_PLAN,
    BEHIND_PLAN,
    ON_PLAN,
    SHARE_OF_WOMEN,
    SHARE_WHERE_STATED,
)
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Key
from pilotage.kit.numbers import HARD, Number, counted, genitive, percent, written, written_shortly
from pilotage.kit.periods import Period
from pilotage.kit.texts import wording

SMALLEST_TOTAL = 8
"""Below this many records no share is worth a title."""
SEX_WELL_KNOWN, SEX_MOSTLY_KNOWN = Fraction(19, 20), Fraction(1, 2)
"""From how many stated sexes on a share of women speaks of all (handbook, 9: not stated above 5 % is a warning), and
below how many it would speak of too few to be said."""
CLEAR_LEAD = Fraction(5, 4)
"""The first must have this many times the second to be said to lead."""
NEAR = Fraction(3, 100)
"""How near a share must be to a half, a third, a quarter or a fifth to be called one."""
ORDINALS_EN = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
ORDINALS_RU = {
    # Masculine, feminine, neuter, and the prepositional of masculine and neuter.
    2: ("второй", "вторая", "второе", "втором"),
    3: ("третий", "третья", "третье", "третьем"),
    4: ("четвёртый", "четвёртая", "четвёртое", "четвёртом"),
    5: ("пятый", "пятая", "пятое", "пятом"),
}


def finding(table: FigureTable, language: str) -> str:
    """The title that says what stands out in ``table``, in English or Russian; otherwise the table's own title."""
    title = wording(table.title, language)
    if language not in ("en", "ru") or table.total.suppressed:
        return title
    if not table.dimensions:
        return f"{title}: {said(table.total, table, language)}" if table.total.value is not None else title
    return _share_of_women(table, language) or _leader(table, language) or title


def finding_of_gap(plan: Number, done: Number, table: FigureTable, language: str) -> str:
    """How far what was done is from the plan: "3 activities behind plan", «отставание: 3 мероприятия»."""
    gap = done - plan  # type: ignore[operator]
    if gap == 0:
        return wording(ON_PLAN, language)
    number = counted(abs(gap), forms(table, language), language)
    return wording(BEHIND_PLAN if gap < 0 else AHEAD_OF_PLAN, language).format(number=number)


def finding_of_progress(done: float, elapsed: float, title: str, language: str) -> str:
    """Progress beside time, both in percent: the gap is said in percentage points."""
    points = written(abs(done - elapsed), language)
    if points == "0":
        ending = {"en": "in step with time", "ru": "соответствует прошедшему времени"}
    elif done < elapsed:
        ending = {"en": f"{points} points behind time", "ru": f"отставание от времени – {points} п. п."}
    else:
        ending = {"en": f"{points} points ahead of time", "ru": f"опережение времени – {points} п. п."}
    return f"{title}: {percent(done, language, 0)}, {wording(ending, language)}".replace(" п. п.", f"{HARD}п.{HARD}п.")


def share_of_women(cells: dict[str, Cell]) -> Fraction | None:
    """Women as a share of women and men, by hue of the key; None where nothing is known or a number is withheld."""
    women, men = cells.get("woman"), cells.get("man")
    if women is None or men is None or women.suppressed or men.suppressed:
        return None
    both = (women.value or 0) + (men.value or 0)
    return Fraction(women.value or 0) / Fraction(both) if both else None


def sex_known(cells: dict[str, Cell]) -> Fraction | None:
    """The share of participants whose sex is stated, by hue of the key; None where there are none."""
    stated = sum((cell.value or 0 for hue, cell in cells.items() if hue != "unknown"), start=0)
    unknown = cells["unknown"].value or 0 if "unknown" in cells else 0
    return Fraction(stated) / Fraction(stated + unknown) if stated + unknown else None


def sexes_of(table: FigureTable) -> dict[str, Cell]:
    """The totals of a table with sexes, by hue: woman, man, other, unknown; empty where it has no sexes."""
    for place, dimension in enumerate(table.dimensions):
        hues = {key.hue: key for key in dimension.keys}
        if "woman" not in hues:
            continue
        if len(table.dimensions) == 1:
            return {hue: table.cell(key.code) for hue, key in hues.items()}
        totals = table.row_totals if place == 0 else table.column_totals
        return {hue: totals[key.code] for hue, key in hues.items() if key.code in totals}
    return {}


def note_on_women(by_sex: FigureTable, shares: FigureTable, language: str) -> str:
    """The share of women as a note beside participants, saying so where it speaks of a part of them alone.

    Empty where there is none to say, or where the sex of most is not stated.
    """
    total, known = shares.total, sex_known(sexes_of(by_sex))
    if total.value is None or total.suppressed or (known is not None and known < SEX_MOSTLY_KNOWN):
        return ""
    whole = known is None or known >= SEX_WELL_KNOWN
    return wording(SHARE_OF_WOMEN if whole else SHARE_WHERE_STATED, language).format(
        share=shown(total, shares, language)
    )


def _share_of_women(table: FigureTable, language: str) -> str:
    cells = sexes_of(table)
    share, known = share_of_women(cells), sex_known(cells)
    if share is None or known is None:
        return ""
    if known < SEX_MOSTLY_KNOWN:
        russian = "Пол большинства участников не указан"
        return russian if language == "ru" else "The sex of most participants is not stated"
    shown_share = percent(share * 100, language, 0)
    if known < SEX_WELL_KNOWN:
        russian = f"Среди участников с указанным полом женщин {shown_share}"
        return russian if language == "ru" else f"Of those whose sex is stated, {shown_share} are women"
    return f"Доля женщин – {shown_share}" if language == "ru" else f"The share of women is {shown_share}"


def _leader(table: FigureTable, language: str) -> str:
    """Who or what has the most, where it is clear, may be said and means something."""
    first = table.dimensions[0]
    if not table.additive or not forms(table, language) or any(_is_period(key.code) for key in first.keys):
        return ""
    total = amount(table.total, table)
    cells = {key.code: _cell_of(key, table) for key in first.keys}
    if total is None or total < SMALLEST_TOTAL or any(cell.suppressed for cell in cells.values()):
        return ""
    ranked = sorted(first.keys, key=lambda key: -(amount(cells[key.code], table) or 0))
    if len(ranked) < 2:
        return ""
    top = ranked[0]
    most, next_most = amount(cells[top.code], table) or 0, amount(cells[ranked[1].code], table) or 0
    if top.code == UNKNOWN or top.hue == "general" or most < next_most * CLEAR_LEAD or most > total:
        return ""
    return _every_nth(top, most, total, table, language) or _leads(top, cells[top.code], total, table, language)


def _every_nth(top: Key, most: Number, total: Number, table: FigureTable, language: str) -> str:
    share = Fraction(most) / Fraction(total)
    for ordinal in (2, 3, 4, 5):
        if abs(share - Fraction(1, ordinal)) <= NEAR:
            break
    else:
        return ""
    label = name(top, language)
    one = forms(table, language)[0]
    takes_part = table.dimensions[0].overlapping and table.unit == "activities"
    if language == "ru":
        forms_of_ordinal = ORDINALS_RU[ordinal]
        if takes_part and one.endswith("е"):
            return f"{label} участвует в каждом {forms_of_ordinal[3]} мероприятии"
        every, gender = _every(one)
        return f"{label}: {every} {forms_of_ordinal[gender]} {one}"
    if takes_part:
        return f"{label} takes part in every {ORDINALS_EN[ordinal]} {one}"
    return f"{label}: every {ORDINALS_EN[ordinal]} {one}"


def _leads(top: Key, cell: Cell, total: Number, table: FigureTable, language: str) -> str:
    numbers = shown(cell, table, language), written_shortly(total, language)
    noun = genitive(total, forms(table, language), language)
    label = name(top, language)
    if language == "ru":
        return f"{label} лидирует: {numbers[0]}{HARD}из{HARD}{numbers[1]}{HARD}{noun}"
    return f"{label} leads with {numbers[0]}{HARD}of{HARD}{numbers[1]}{HARD}{noun}"


def _every(noun: str) -> tuple[str, int]:
    """«каждый» and the place of the ordinal's form, by the gender that a Russian noun's ending shows."""
    if noun.endswith(("е", "о", "ё")):
        return "каждое", 2
    return ("каждая", 1) if noun.endswith(("а", "я", "ь")) else ("каждый", 0)


def _cell_of(key: Key, table: FigureTable) -> Cell:
    if len(table.dimensions) == 1:
        return table.cell(key.code)
    return table.row_totals.get(key.code, Cell(None))


def _is_period(code: str) -> bool:
    try:
        Period.parse(code)
    except ValueError:
        return False
    return True
