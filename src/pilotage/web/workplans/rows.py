"""The lines of a plan as rows of one form: what was typed, what is wrong with it, what others changed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.words import Type
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Output, Phase
from pilotage.domain.workplans.access import require_plan_edit
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.kit.changes import StaleRecord
from pilotage.web.fields import PartialDateFormField, PlainTextField, TranslatedFormField
from pilotage.web.workplans.line_words import LABELS, field_words

FIELDS = (
    "title_en", "title_ru", "component", "output", "type", "activity", "baseline_start", "baseline_end",
    "cost_estimate", "note_en", "note_ru",
)  # fmt: skip
SAYS_NOTHING = frozenset({"component", "output", "type"})
"""Fields that a new row may have filled and still be empty: they come filled."""
PART = 100
"""Lines on one page of the table: with the new rows fewer fields than a form may send (settings)."""


class AmountField(forms.DecimalField):
    """An amount as people type it: spaces between thousands, comma or point before cents."""

    def to_python(self, value: Any) -> Any:
        """The amount; None for nothing."""
        text = re.sub(r"[\s\u00a0\u202f]", "", str(value or "")).replace(",", ".")
        return super().to_python(text)


class LineForm(forms.Form):
    """Reads one row. Choices are given by the sheet, which reads them once for all rows."""

    title = TranslatedFormField(longest=300, required=False)
    component = PlainTextField(required=False, max_length=20)
    output = PlainTextField(required=False, max_length=20)
    type = forms.ChoiceField(choices=Type.choices, required=False)
    activity = PlainTextField(required=False, max_length=40)
    baseline_start = PartialDateFormField()
    baseline_end = PartialDateFormField()
    cost_estimate = AmountField(required=False, min_value=0, max_digits=12, decimal_places=2)
    note = TranslatedFormField(longest=500, required=False)


@dataclass
class Row:
    """One row of the table: ``l17`` for a line that is there, ``n3`` for a new one."""

    name: str
    typed: dict[str, str]
    line: PlanLine | None = None
    version: int = 0
    remove: bool = False
    why: str = ""
    problems: dict[str, list[str]] = field(default_factory=dict)
    """By field; what is said of the whole row stands under the empty name."""
    theirs: dict[str, str] = field(default_factory=dict)
    """What somebody else saved in fields that were typed into as well."""
    locked: bool = False
    """True for a line that the viewer's role does not reach: shown, not edited."""

    @property
    def blank(self) -> bool:
        """True for a new row in which nothing was typed."""
        return self.line is None and not any(
            value.strip() for name, value in self.typed.items() if name not in SAYS_NOTHING
        )

    @property
    def open(self) -> bool:
        """True where the folded part of the row must be seen."""
        return self.remove or bool(self.why) or any(name in self.problems for name in ("output", "note", "why"))


def row_of(line: PlanLine, *, locked: bool = False) -> Row:
    """A row with what the line holds."""
    cost = line.cost_estimate
    typed = {
        "title_en": line.title.get("en", ""),
        "title_ru": line.title.get("ru", ""),
        "component": line.component.number if line.component else "",
        "output": line.output.code if line.output else "",
        "type": line.type,
        "activity": line.activity.code if line.activity else "",
        "baseline_start": line.baseline_start,
        "baseline_end": line.baseline_end,
        "cost_estimate": "" if cost is None else f"{cost.normalize():f}",
        "note_en": line.note.get("en", ""),
        "note_ru": line.note.get("ru", ""),
    }
    return Row(f"l{line.pk}", typed, line, line.version, locked=locked)


class Sheet:
    """The rows of one plan's table, with the lists that they choose from. A long plan has its table in parts."""

    def __init__(self, plan: WorkPlan, phase: Phase, viewer: Viewer, part: int = 1) -> None:
        self.plan, self.phase, self.viewer = plan, phase, viewer
        self.components = {one.number: one for one in phase.components.all()}
        self.outputs = {one.code: one for one in Output.objects.filter(component__phase=phase).order_by("code")}
        self.activities = visible_activities(viewer, phase)
        self.lines = {line.pk: line for line in plan.lines.select_related("component", "output", "activity")}
        self.own = [one for one in self.components.values() if self.reaches(one.pk)]
        for line in self.lines.values():
            line.plan = plan
        self.parts = max(1, -(-len(self.lines) // PART))
        self.part = min(max(part, 1), self.parts)

    @property
    def first(self) -> int:
        """The number of the part's first row."""
        return (self.part - 1) * PART + 1

    def spans(self) -> list[tuple[int, int, int]]:
        """Each part with the numbers of its first and last row."""
        return [(part, (part - 1) * PART + 1, min(part * PART, len(self.lines))) for part in range(1, self.parts + 1)]

    def _of_part(self) -> set[int]:
        return set(list(self.lines)[self.first - 1 : self.first - 1 + PART])

    def reaches(self, component_id: int | None) -> bool:
        """True where the viewer may write lines of this component."""
        try:
            require_plan_edit(self.viewer, self.plan, component_id)
        except NotAllowed:
            return False
        return True

    def stored(self, spare: int) -> list[Row]:
        """The rows of the part as they are kept, and ``spare`` empty ones."""
        here = (self.lines[key] for key in self.lines if key in self._of_part())
        rows = [row_of(line, locked=not self.reaches(line.component_id)) for line in here]
        return [*rows, *self.empty(0, spare)]

    def empty(self, first: int, number: int) -> list[Row]:
        """Empty rows ``n<first>`` and on."""
        return [Row(f"n{place}", self._nothing()) for place in range(first, first + number)]

    def _nothing(self) -> dict[str, str]:
        typed = dict.fromkeys(FIELDS, "") | {"type": Type.WORKSHOP.value}
        if self.own and not self.reaches(None):
            typed["component"] = self.own[0].number
        return typed

    def sent(self, data: Mapping[str, Any]) -> list[Row]:
        """The rows as they were sent, lines first; one whose line is gone becomes a new row and says so."""
        rows = []
        numbered = [int(found[1]) for name in data if (found := re.fullmatch(r"l(\d{1,12})-version", name))]
        new = sorted({int(found[1]) for name in data if (found := re.match(r"n(\d{1,4})-", name))})
        after = max(new, default=-1) + 1
        here = self._of_part()
        for key, line in self.lines.items():
            if key in numbered:
                version = data.get(f"l{key}-version", "")
                row = Row(f"l{key}", self._typed(data, f"l{key}"), line, int(version) if version.isdigit() else 0)
                row.remove, row.why = f"l{key}-remove" in data, data.get(f"l{key}-why", "")[:500].strip()
                rows.append(row)
            elif key in here:
                rows.append(row_of(line, locked=not self.reaches(line.component_id)))
        rows += [Row(f"n{place}", self._typed(data, f"n{place}")) for place in new]
        for key in sorted(set(numbered) - set(self.lines)):
            row = Row(f"n{after}", self._typed(data, f"l{key}"))
            row.problems[""] = [_("Somebody removed this line meanwhile. Save to add it again, or empty it.")]
            rows.append(row)
            after += 1
        return rows

    def _typed(self, data: Mapping[str, Any], prefix: str) -> dict[str, str]:
        return {name: str(data.get(f"{prefix}-{name}", ""))[:2000] for name in FIELDS}

    def codes(self, rows: Iterable[Row]) -> dict[str, Activity]:
        """The activities that the rows name, by code: those that the viewer sees."""
        typed = {row.typed["activity"].strip() for row in rows}
        kept = {line.activity.code: line.activity for line in self.lines.values() if line.activity}
        return kept | {one.code: one for one in self.activities.filter(code__in=typed - {""} - set(kept))}

    def read(self, row: Row, codes: Mapping[str, Activity]) -> dict[str, Any] | None:
        """The values of a row as operations take them; None where something is wrong, which the row then says."""
        form = LineForm({f"{row.name}-{name}": value for name, value in row.typed.items()}, prefix=row.name)
        for name, errors in form.errors.items():
            row.problems.setdefault(name, []).extend(str(error) for error in errors)
        values = form.cleaned_data
        for name, known, refusal in (
            ("component", self.components, _("There is no such component.")),
            ("output", self.outputs, _("There is no such output.")),
            ("activity", codes, _("There is no activity with this code that you may see.")),
        ):
            typed = (values.get(name) or "").strip()
            values[name] = known.get(typed) if typed else None
            if typed and values[name] is None:
                row.problems.setdefault(name, []).append(refusal)
        if not values.get("title") and values.get("activity"):
            values["title"] = dict(values["activity"].title)
        values["type"] = values.get("type") or Type.WORKSHOP.value
        return None if row.problems else values

    def taken_over(self, row: Row, values: dict[str, Any]) -> bool:
        """Whether somebody saved the row's line since it was read and the viewer had changed it too.

        What the other alone changed is taken over into the row; where both changed a field the row keeps what was
        typed and shows theirs. The row then stands on the present version, to be saved again.
        """
        line = row.line
        assert line is not None
        stale: StaleRecord = line.stale_since(row.version)
        mine = {_column(name): _comparable(value) for name, value in values.items()}
        base = {name: _comparable(stale.theirs.get(name, (getattr(line, name),))[0]) for name in mine}
        row.version = line.version
        changed = {name for name in mine if mine[name] != base[name]}
        now = row_of(line)
        if not changed:
            row.typed = now.typed
            return False
        told = []
        for name in (name for name in stale.theirs if name in mine):
            present = _comparable(getattr(line, name))
            words = field_words(line, name)
            if name not in changed:
                for one in _typed_names(name):
                    row.typed[one] = now.typed[one]
                told.append(f"{LABELS[name]}: {words}")
            elif mine[name] != present:
                row.theirs[str(LABELS[name])] = words
        row.problems[""] = [
            _("%(person)s changed this line while you had it open. Compare, then save again.") % {"person": stale.by}
        ]
        if told:
            row.problems[""].append(_("Taken over: %(fields)s") % {"fields": "; ".join(told)})
        return True


def _column(name: str) -> str:
    return f"{name}_id" if name in {"component", "output", "activity"} else name


def _typed_names(column: str) -> tuple[str, ...]:
    name = column.removesuffix("_id")
    return (f"{name}_en", f"{name}_ru") if name in {"title", "note"} else (name,)


def _comparable(value: Any) -> Any:
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, dict):
        return {key: text for key, text in value.items() if text}
    if value in ("", None):
        return None
    try:
        return Decimal(value) if isinstance(value, (str, Decimal)) and not str(value).count("-") else value
    except InvalidOperation:
        return value


def differs(line: PlanLine, values: Mapping[str, Any]) -> bool:
    """True where ``values`` would change the line."""
    return any(_comparable(getattr(line, _column(name))) != _comparable(value) for name, value in values.items())


def note_problems(row: Row, problem: ValidationError | NotAllowed | StaleRecord) -> None:
    """Says in the row what the operation refused."""
    if isinstance(problem, NotAllowed):
        row.problems.setdefault("", []).append(problem.reason)
    elif isinstance(problem, StaleRecord):
        row.problems.setdefault("", []).append(
            _("%(person)s saved this line at the same moment. Send again to compare.") % {"person": problem.by}
        )
    elif hasattr(problem, "error_dict"):
        for name, errors in problem.message_dict.items():
            row.problems.setdefault(name if name in LineForm.base_fields else "", []).extend(errors)
    else:
        row.problems.setdefault("", []).extend(problem.messages)
