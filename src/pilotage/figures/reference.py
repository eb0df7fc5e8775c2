"""The reference page of figures, printed from the registry."""

from __future__ import annotations

from pilotage.figures.dimensions import KINDS
from pilotage.figures.figure import GROUPS, Figure, Group
from pilotage.figures.registry import FIGURES
from pilotage.figures.scopes import Rule

RULES = {
    Rule.ENDED: "the actual end of the activity",
    Rule.PLANNED: "the planned end, or the baseline where no other plan was made",
    Rule.BASELINE: "the baseline end",
    Rule.DUE: "the end of the quarter of the baseline end, once it has passed",
    Rule.STOCK: "no period: the state of things on the day",
    Rule.ISSUED: "the day of issue",
    Rule.OVERDUE: "no period; implementation due before the day",
    Rule.UNANSWERED: "no period; response due before the day",
    Rule.PLAN_AT_START: "lines due by the end of the period, of the plan in force when it began",
    Rule.PLAN_LATEST: "lines due by the end of the period, of the latest version of the plan",
}
OF_ACTION_POINTS = {
    Rule.ISSUED: "the day of the meeting",
    Rule.OVERDUE: "no period; due before the day",
    Rule.DUE: "the first due date, once it has come",
}
"""What the same rules mean for action points."""
INTRODUCTION = """
# Figures

Every figure has one definition; pages, charts, documents, files and the API print the same number.

## Addresses

`/<phase>/figures/<code>/?period=2023-Q2&by=country&by2=component&country=KZ&as-of=2023-06-30` is permanent.

| In the address | Means |
|---|---|
| `period` | `to-date`, `all`, `2023-Q2`, `2023-06`, `2023`, `year-2` (reporting year), `2023-01-01..2023-06-30` |
| `by`, `by2` | up to two dimensions; `by=none` for the total alone |
| `country=KZ` … | only records under this key of a dimension, several times for several keys; `unknown` for not stated |
| `as-of` | the day that the figure is true for; today where it is not given |
| `with` | the code of a further phase that is counted together, several times for several |
| `format` | `json`, `csv`, `xlsx`, `svg`, `png` |

`…/records/` with the same query lists the activities behind the number, as far as the reader may see them.

## Rules that hold for all

- A record whose date is not known well enough for a period is not counted in it, and said beside the figure. To date,
  as of today, everything recorded as held counts, whatever is known of its day.
- What is not stated has a key of its own and is never dropped or guessed. "n/a" stands for no data and for a
  denominator of zero.
- A figure counts every record of the phase, so that everybody reads the same number; the list behind it shows what its
  reader may see.
- For everybody but the programme's staff, and in publications, numbers of persons from 1 to the setting `small_cell`
  are withheld, and beside them as many as are needed so that none follows by subtraction from the totals of the same
  table. Tables by sex show all sexes of a row or none. What this cannot prevent is that somebody compares tables of
  different periods or filters; choose periods for publication with that in mind.
""".strip()


def figures_reference() -> str:
    """The page as Markdown: how to ask, what holds for all, then every figure with its note in both languages."""
    parts = [INTRODUCTION]
    for group in Group:
        parts.append(f"## {GROUPS[group]['en']} · {GROUPS[group]['ru']}")
        parts += [_described(figure) for figure in FIGURES.values() if figure.group == group]
    return "\n\n".join(parts)


def _described(figure: Figure) -> str:
    dimensions = ", ".join(KINDS[name].label["en"].lower() for name in figure.dimensions)
    rules = RULES | OF_ACTION_POINTS if figure.group == Group.ACTION_POINTS else RULES
    facts = [f"- Code: `{figure.code}`", f"- Period by: {rules[figure.rule]}", f"- Broken down by: {dimensions}"]
    if figure.from_register:
        facts.append("- Open to: those who may see persons")
    if figure.of_persons:
        facts.append("- Small numbers are withheld before publication")
    notes = "\n\n".join(f"*{language}* {text}" for language, text in figure.note.items())
    return f"### {figure.title['en']} · {figure.title['ru']}\n\n" + "\n".join(facts) + f"\n\n{notes}"
