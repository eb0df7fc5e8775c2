"""Matching what came back with what was given out, row by row. Nothing is written here, nothing is guessed.

Untouched rows stay untouched. A row that is foreign, tampered with, doubled or overtaken is refused with the reason. An
item that somebody changed meanwhile, and that can still take the answer, is a conflict: a person decides.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.sheets import CODE_LENGTH, KEY_LENGTH, GivenRow, given_rows
from pilotage.domain.recommendations.states import MOVES
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.states import ACTION_STEPS
from pilotage.exchange.answers.items import (
    ACTION_PREFIX,
    RECOMMENDATION,
    Given,
    Item,
    Step,
    answer_item,
    find_item,
    find_items,
    owner_key,
)
from pilotage.exchange.answers.lines import Line
from pilotage.exchange.workbooks.dates import partial_date
from pilotage.exchange.workbooks.headers import plain
from pilotage.kit.actors import Actor
from pilotage.kit.changes import StaleRecord
from pilotage.kit.models import Change
from pilotage.kit.periods import written_day
from pilotage.kit.printable import missing_characters

UNCHANGED, ANSWER, CONFLICT, REFUSED, ABSENT = "unchanged", "answer", "conflict", "refused", "absent"
LONGEST = {"words": 3000, "evidence": 2000, "act_number": 60, "act_body": 200, "evidence_url": 500}


@dataclass(slots=True)
class Cell:
    """One field of a conflict, in words."""

    label: str
    before: str
    now: str
    returned: str


@dataclass(slots=True)
class Outcome:
    """What one line comes to."""

    number: int
    line: Line
    status: str
    reason: str = ""
    item: Item | None = None
    given: Given | None = None
    cells: list[Cell] = field(default_factory=list)

    @property
    def filled_in(self) -> list[tuple[str, str]]:
        """What was filled in, as it stands there, for lines that could not be understood."""
        return [(str(LABELS[name]()), value) for name, value in self.line.values.items() if value and name in LABELS]

    @property
    def step_label(self) -> str:
        """The answer in the reader's language."""
        if self.item is None or self.given is None:
            return ""
        return next((str(step.label) for step in self.item.steps if step.name == self.given.step), "")


_web_address = URLValidator(schemes=["http", "https"])


class _Refusal(Exception):
    """Why a line is not taken over, in the reader's language."""


def match(
    sheet: AnswerSheet, lines: Iterable[Line], *, by: Actor, viewer: Viewer | None, channel: Channel
) -> list[Outcome]:
    """What each line comes to today; rows of the sheet that did not come back stand at the end.

    Answers are tried, with all the checks of the operations, and taken back again.
    """
    lines = list(lines)
    rows = {row.key: row for row in given_rows(sheet)}
    filled = Counter(line.key for line in lines if line.key)
    items = find_items(sheet.phase, [(row.kind, row.pk) for row in rows.values()])
    found = []
    for number, line in enumerate(lines):
        outcome = Outcome(number, line, UNCHANGED)
        try:
            _judge(outcome, sheet, rows, items, filled, by, viewer, channel)
        except _Refusal as refusal:
            outcome.status, outcome.reason = REFUSED, str(refusal)
        found.append(outcome)
    for row in rows.values():
        if row.key not in filled:
            item = items.get((row.kind, row.pk))
            found.append(Outcome(len(found), Line("", row.key, code=item.code if item else ""), ABSENT, item=item))
    return found


def fingerprint(outcomes: Iterable[Outcome]) -> str:
    """Says whether a person who decides still sees what there is: lines, what they come to, versions of the records."""
    told = [
        (
            one.number,
            one.status,
            one.reason,
            one.item.version if one.item else 0,
            one.given.as_json() if one.given else {},
        )
        for one in outcomes
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:24]


def _judge(
    outcome: Outcome,
    sheet: AnswerSheet,
    rows: dict[str, GivenRow],
    items: dict[tuple[str, int], Item],
    filled: Counter[str],
    by: Actor,
    viewer: Viewer | None,
    channel: Channel,
) -> None:
    line = outcome.line
    row = rows.get(line.key)
    if row is None:
        raise _Refusal(_strange(sheet, line))
    item = items.get((row.kind, row.pk))
    outcome.item = item
    if item is not None and not line.code:
        line.code = item.code
    if filled[line.key] > 1:
        raise _Refusal(_("The row stands in the file more than once. Keep one of them."))
    if line.version and line.version != str(row.version):
        raise _Refusal(_("The hidden version of the row was changed. Ask for a new sheet."))
    if line.is_blank:
        return
    if channel != Channel.PAPER and line.said != row.said:
        raise _Refusal(
            _("The wording beside the answer is not the one that was given out: the row may have been mixed up.")
        )
    if item is None or owner_key(item) != sheet.institution_id:
        raise _Refusal(_("This item is no longer the agency's."))
    given = _read(line, item, row)
    outcome.given = given
    _require_open(item, given, row)
    if item.version != row.version:
        outcome.cells = _cells(item, row, given)
        outcome.status = CONFLICT
    else:
        outcome.status = ANSWER
    _try(item, given, by, viewer, channel)


def _strange(sheet: AnswerSheet, line: Line) -> str:
    """Why a key is none of the sheet's."""
    if not line.key:
        return _("The row has no key: it was added by hand, or its hidden cell was emptied.")
    code, _dot, seal = line.key.partition(".")
    if len(code) != CODE_LENGTH or len(seal) != KEY_LENGTH or code == sheet.code:
        return _("The key of the row was changed. Ask for a new sheet.")
    other = AnswerSheet.objects.filter(code=code, phase=sheet.phase).first()
    if other is not None and other.institution_id == sheet.institution_id:
        return _("The row belongs to another sheet, given out on %(day)s. Return that one by itself.") % {
            "day": _day(other.given_out_on)
        }
    return _("The row belongs to another agency's sheet. It was not taken over.")


def _read(line: Line, item: Item, row: GivenRow) -> Given:
    """The answer, understood cell by cell. Raises _Refusal."""
    for name, what in line.wrong.items():
        if what == "several":
            raise _Refusal(_("More than one answer is marked. Mark one."))
        raise _Refusal(
            _("The cell “%(field)s” holds a formula or an error, not a value.") % {"field": str(LABELS[name]())}
        )
    values = line.values
    answer = values.get("answer", "").strip()
    if not answer:
        raise _Refusal(_("Something is written, but no answer is chosen."))
    for name, longest in LONGEST.items():
        text = values.get(name, "")
        if len(text) > longest:
            raise _Refusal(
                _("“%(field)s” has %(length)d characters; at most %(longest)d are kept.")
                % {"field": LABELS[name](), "length": len(text), "longest": longest}
            )
        missing = missing_characters(text)
        if missing:
            shown = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in missing[:5])
            raise _Refusal(
                _("The text holds characters that cannot be printed: %(characters)s") % {"characters": shown}
            )
    return Given(
        step=step_named(answer, item, row),
        words=values.get("words", "").strip(),
        evidence_text=values.get("evidence", "").strip(),
        implementation_due=_day_of("implementation_due", values),
        act_number=values.get("act_number", "").strip(),
        act_date=_day_of("act_date", values),
        act_body=values.get("act_body", "").strip(),
        evidence_url=_address_of(values),
        effective_on=_day_of("effective_on", values),
    )


def _day_of(name: str, values: dict[str, str]) -> date | None:
    text = values.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(partial_date(text))
    except ValueError:
        raise _Refusal(
            _("%(field)s: “%(value)s” is not a day. Write 20.06.2023.") % {"field": LABELS[name](), "value": text[:60]}
        ) from None


def _address_of(values: dict[str, str]) -> str:
    """A web address, whole; one written without ``https://`` is given it. Raises _Refusal."""
    text = values.get("evidence_url", "").strip()
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        _web_address(address)
    except ValidationError:
        raise _Refusal(
            _("%(field)s: “%(value)s” is not a web address. Write it whole: https://example.org/page.")
            % {"field": LABELS["evidence_url"](), "value": text[:60]}
        ) from None
    return address


def step_named(answer: str, item: Item, row: GivenRow) -> str:
    """The step that an answer names in either language, or by the label that joins both. Raises _Refusal."""
    wanted = plain(answer)
    for step, labels in _labels(item.kind).items():
        if wanted in labels:
            return step
    offered = ", ".join(str(step.label) for step in item.steps)
    raise _Refusal(
        _("“%(value)s” is not one of the answers: %(offered)s.") % {"value": answer[:60], "offered": offered}
    )


@cache
def _labels(kind: str) -> dict[str, set[str]]:
    """Every way to write each step of a kind of item."""
    if kind == RECOMMENDATION:
        steps = [Step(move.name, move.label) for move in MOVES if move.by_agency]
    else:
        steps = [Step(f"{ACTION_PREFIX}{step.name}", step.label) for step in ACTION_STEPS if step.by_owner]
    return {step.name: {plain(step.name), *spellings(step)} for step in steps}


def spellings(step: Step) -> set[str]:
    """The labels of a step in plain form: each language, and both together."""
    english, russian = step.labels["en"], step.labels["ru"]
    return {plain(english), plain(russian), plain(f"{english} / {russian}"), plain(f"{russian} / {english}")}


def both_labels(step: Step) -> str:
    """A step as sheets print it."""
    return " / ".join(dict.fromkeys(step.labels.values()))


def _require_open(item: Item, given: Given, row: GivenRow) -> None:
    last = item.record.moves.last()
    repeated = last is not None and last.move == given.step.removeprefix(ACTION_PREFIX) and last.words == given.words
    if repeated and item.version != row.version:
        raise _Refusal(_("This answer is recorded already, on %(day)s.") % {"day": _day(last.effective_on)})
    if any(step.name == given.step for step in item.steps):
        return
    if item.version == row.version:
        raise _Refusal(
            _("In the state “%(state)s” this answer cannot be given.") % {"state": item.record.get_state_display()}
        )
    raise _Refusal(
        _("Overtaken: since the sheet was given out it became “%(state)s”%(when)s.")
        % {
            "state": item.record.get_state_display(),
            "when": f" ({_day(last.effective_on)}, {last.by_name})" if last is not None else "",
        }
    )


def _cells(item: Item, row: GivenRow, given: Given) -> list[Cell]:
    """What changed in the item since it was given out, beside what came back for the same cell."""
    record = item.record
    earlier: dict[str, Any] = {}
    changes = Change.objects.filter(record_type=record._meta.label_lower, record_id=str(record.pk)).order_by("id")
    for change in changes:
        if change.after.get("version", 0) > row.version:
            for name, value in change.before.items():
                earlier.setdefault(name, value)
    returned = {
        "implementation_due": given.implementation_due,
        "act_number": given.act_number,
        "act_date": given.act_date,
        "act_body": given.act_body,
    }
    cells = []
    for name, before in earlier.items():
        if name == "version" or not hasattr(record, name):
            continue
        field = record._meta.get_field(name.removesuffix("_id"))
        words = dict(field.flatchoices) if getattr(field, "choices", None) else {}
        before, now = (
            str(words.get(value, value or "")) if words else value for value in (before, getattr(record, name))
        )
        cells.append(Cell(str(field.verbose_name), _in_words(before), _in_words(now), _in_words(returned.get(name))))
    return cells


def _in_words(value: Any) -> str:
    if value is None or value == "" or value == {}:
        return ""
    if isinstance(value, dict):
        return " / ".join(str(text) for text in value.values())
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        try:
            return _day(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)


def _try(item: Item, given: Given, by: Actor, viewer: Viewer | None, channel: Channel) -> None:
    """Makes the step with all its checks, and takes it back. Raises _Refusal with what the operation says."""
    fresh = find_item(item.record.phase, item.kind, item.pk)
    assert fresh is not None
    if channel == Channel.PAPER and not given.evidence_text:
        # The scan is the evidence where nothing else is written; it is attached when the answers are taken over.
        given = replace(given, evidence_text="scan")
    try:
        with transaction.atomic():
            try:
                answer_item(by=by, viewer=viewer, item=fresh, given=given, version=None, channel=channel)
            finally:
                transaction.set_rollback(True)
    except ValidationError as problem:
        raise _Refusal(" ".join(problem.messages)) from None
    except NotAllowed as refusal:
        raise _Refusal(refusal.reason) from None
    except StaleRecord as stale:
        raise _Refusal(_("%(person)s is changing it at this moment. Try again.") % {"person": stale.by}) from None


def _day(value: date) -> str:
    return written_day(value, (get_language() or "en").split("-")[0])


LABELS = {
    "answer": lambda: _("Answer"),
    "words": lambda: _("In your words"),
    "implementation_due": lambda: _("Implementation due"),
    "evidence": lambda: _("Evidence"),
    "act_number": lambda: _("Number of the order or law"),
    "act_date": lambda: _("Date of the order or law"),
    "act_body": lambda: _("Body that adopted it"),
    "evidence_url": lambda: _("Web address"),
    "effective_on": lambda: _("Date of the answer"),
}
"""What each cell is called, on the sheet and in messages."""
