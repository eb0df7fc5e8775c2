"""Short codes for paper: the code under a box says the sheet, the item and the answer, and guards itself.

``7K2-QM0-3AC`` is sheet 7K2QM, item 03, answer A and the check character C. The check is Damm's, over the field of 32
elements: it catches every single wrong character and every exchange of two neighbours.
"""

from __future__ import annotations

import re

from pilotage.domain.recommendations.sheets import ALPHABET, CODE_LENGTH

STEPS = ("consider", "accept", "accept_partly", "reject", "start", "report_adopted", "ap_start", "ap_report_done")
"""Their places are printed on paper: new ones are added at the end, none is ever moved."""
LENGTH = CODE_LENGTH + 4
MOST_ITEMS = 32 * 32
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_ALIKE = str.maketrans("OILUАВЕКМНОРСТУХ", "011VABEKMH0PCTYX")
"""What is typed instead: look-alikes, and the Cyrillic letters that look the same on another keyboard."""


class WrongCode(ValueError):
    """The code cannot be one of ours: mistyped, or cut short."""


def box_code(sheet: str, item: int, step: str) -> str:
    """The code of one box, in groups of three. ``item`` counts from 0."""
    plain = f"{sheet}{ALPHABET[item // 32]}{ALPHABET[item % 32]}{ALPHABET[STEPS.index(step) + 10]}"
    code = plain + check_character(plain)
    return "-".join(code[start : start + 3] for start in range(0, LENGTH, 3))


def read_code(typed: str) -> tuple[str, int, str]:
    """Sheet, item and step that a typed code says. Raises WrongCode."""
    code = tidy(typed)
    if len(code) != LENGTH or any(letter not in _VALUE for letter in code) or check_character(code[:-1]) != code[-1]:
        raise WrongCode(typed)
    place = _VALUE[code[CODE_LENGTH + 2]] - 10
    if not 0 <= place < len(STEPS):
        raise WrongCode(typed)
    return code[:CODE_LENGTH], _VALUE[code[CODE_LENGTH]] * 32 + _VALUE[code[CODE_LENGTH + 1]], STEPS[place]


def tidy(typed: str) -> str:
    """The typed code as it was meant: capitals, no dashes, look-alikes as what they look like."""
    return re.sub(r"[\s\-–—.·]+", "", typed.upper()).translate(_ALIKE)


def check_character(code: str) -> str:
    """Damm's check character of ``code``."""
    state = 0
    for letter in code:
        state = _twice(state) ^ _VALUE[letter]
    return ALPHABET[_twice(state)]


def _twice(value: int) -> int:
    """Twice ``value`` in the field of 32 elements (x⁵ + x² + 1)."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled
