"""A thousand returns, tampered with in every way that people and programs know: none is taken over silently."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.domain.recommendations.models import AnswerSheet, Recommendation
from pilotage.domain.recommendations.operations import Answer, edit_recommendation, move_recommendation
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.models import ActionPoint
from pilotage.exchange.answers import word_form, word_process, workbook
from pilotage.exchange.answers.lines import Line
from pilotage.exchange.answers.matching import ABSENT, ANSWER, CONFLICT, REFUSED, UNCHANGED, fingerprint
from pilotage.exchange.answers.returns import keep_return, outcomes_of, take_over
from pilotage.exchange.workbooks.opening import OpenWorkbook, Unreadable
from tests.answers import PLACE, Agency, form_given, make_agency, workbook_given
from tests.exchange.workbooks import workbook as file_of
from tests.records import TESTER

# In one worker: a test below counts what the two before it came to.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("returned sheets")]
EXAMPLES = 500 if connection.vendor == "sqlite" else 100
"""For each of the two kinds of files. What a line comes to asks the database the same on both: a fifth shows that."""
WIDTH = len(workbook.COLUMNS)
SEEN: Counter[str] = Counter()
"""What the generated lines came to, over all examples."""
OPEN_ANSWERS = {"accept", "принять", "accept / принять", "consider"}
ANSWERS = [*OPEN_ANSWERS, "report as adopted", "verify", "issue", "maybe", "x" * 4000, "", "start", "отклонить"]
GARBAGE = [
    "",
    "7K2QM.0123456789abcdef",
    "nothing",
    "0",
    "1",
    "2",
    "99",
    {"formula": "A1"},
    {"error": "#N/A"},
    "\u202e",
    12,
]


@dataclass
class Ground:
    """The agency with its sheets, read once; every example starts from here and is undone."""

    agency: Agency
    sheet: AnswerSheet
    head: list[workbook.Row]
    rows: list[workbook.Row]
    form: AnswerSheet
    tables: word_form.Tables
    foreign: list[str]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    agency = make_agency()
    sheet, given_workbook = workbook_given(agency)
    path = tmp_path / "given.xlsx"
    path.write_bytes(given_workbook)
    with OpenWorkbook(path) as book:
        head, rows = book.sheets[0]["head"], list(book.rows(0))
    form, given_form = form_given(agency)
    path.write_bytes(given_form)
    agency.institution, own = agency.other, agency.institution
    foreign = [row["key"] for row in workbook_given(agency)[0].rows]
    agency.institution = own
    return Ground(agency, sheet, head, rows, form, word_process.read(str(path)), foreign)


@dataclass
class Changes:
    """What happened to a file, and to the records meanwhile."""

    filled: tuple[bool, ...] = ()
    """Which items were honestly answered before anything else happened to the file."""
    steps: list[tuple[str, int, int, Any]] = field(default_factory=list)
    meanwhile: list[tuple[str, int]] = field(default_factory=list)


steps = st.tuples(
    st.sampled_from(["answer", "cell", "key", "double", "delete", "swap", "turn", "columns", "foreign"]),
    st.integers(0, 3),
    st.integers(0, WIDTH - 1),
    st.sampled_from([*ANSWERS, *GARBAGE]),
)
changes = st.builds(
    Changes,
    st.tuples(*[st.booleans()] * 4),
    st.lists(steps, min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(["edited", "answered", "withdrawn"]), st.integers(0, 2)), max_size=2),
)
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@cache
def _statements() -> dict[str, str]:
    """What reads whole tables of items, written once: thousands of readings would only write it anew."""
    models: dict[str, Any] = {"recommendation": Recommendation, "action_point": ActionPoint}
    return {
        kind: str(model.objects.order_by("pk").values_list("pk", *_columns(model)).query)
        for kind, model in models.items()
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def records() -> dict[tuple[str, int], tuple[Any, ...]]:
    """All items as they stand, every column of them."""
    with connection.cursor() as cursor:
        found: dict[tuple[str, int], tuple[Any, ...]] = {}
        for kind, statement in _statements().items():
            cursor.execute(statement)
            found |= {(kind, row[0]): row for row in cursor.fetchall()}
        return found


def happen(agency: Agency, meanwhile: list[tuple[str, int]]) -> set[int]:
    """What others did since the sheet was given out; the keys of the recommendations that it touched."""
    touched = set()
    for what, place in meanwhile:
        one = Recommendation.objects.get(pk=agency.recommendations[place].pk)
        if what == "edited":
            edit_recommendation(
                by=TESTER, recommendation=one, values={"implementation_due": date(2026, 1, 1)}, version=one.version
            )
        elif one.state == "issued":
            move = "reject" if what == "answered" else "withdraw"
            move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=Answer(move, words="because"))
        touched.add(one.pk)
    return touched


def in_rows(ground: Ground, changes: Changes) -> list[workbook.Row]:
    """The workbook's cells after what was done to them."""
    rows = [(number, [*cells, *[None] * (WIDTH - len(cells))]) for number, cells in copy.deepcopy(ground.rows)]
    first = len(rows) - 4
    for place, (_number, cells) in enumerate(rows[first:]):
        if changes.filled[place]:
            cells[PLACE["answer"] - 1] = "report as done" if place == 3 else "accept / принять"
            cells[PLACE["words"] - 1] = "Согласны"
    for what, row, column, value in changes.steps:
        body = rows[first:]
        if not body:
            continue
        _number, cells = body[row % len(body)]
        if what == "answer":
            cells[PLACE["answer"] - 1] = value
        elif what == "cell":
            cells[column] = value
        elif what == "key":
            cells[0] = body[column % len(body)][1][0]
        elif what == "foreign":
            cells[0] = ground.foreign[0]
        elif what == "double":
            rows.append((len(rows) + 1, list(cells)))
        elif what == "delete":
            rows.remove(body[row % len(body)])
        elif what == "swap":
            other = body[column % len(body)][1]
            cells[:3], other[:3] = other[:3], cells[:3]
        elif what == "turn":
            rows[first:] = body[::-1]
        elif what == "columns":
            rows = [(number, [*cells[column:], *cells[:column]]) for number, cells in rows]
            rows = [
                (number, [*cells[-column:], *cells[:-column]]) if column else (number, cells) for number, cells in rows
            ]
    return [(place, cells) for place, (_number, cells) in enumerate(rows, start=1)]


def in_tables(ground: Ground, changes: Changes) -> word_form.Tables:
    """The form's tables after what was done to them."""
    tables = copy.deepcopy(ground.tables)
    for table, filled in zip(tables, changes.filled, strict=True):
        if filled:
            table[2][-1][1] = f"☒{table[2][-1][1][1:]}"
            table[3][-1] = ["Согласны"]
    for what, place, column, value in changes.steps:
        if not tables:
            continue
        table = tables[place % len(tables)]
        text = value if isinstance(value, str) else "?"
        row = table[column % len(table)] if table else [[""], [""]]
        if what == "answer" and len(table) > 2:
            boxes = table[2][-1] if table[2] else []
            boxes[:] = [f"☒{line[1:]}" if number == column % 4 else line for number, line in enumerate(boxes)]
        elif what == "cell" and row:
            row[-1] = [text]
        elif what == "key" and table:
            table[-1] = copy.deepcopy(tables[column % len(tables)][-1]) if tables[column % len(tables)] else [[""]]
        elif what == "foreign" and table:
            table[-1] = [["Key"], [f"{ground.foreign[0]} · 2"]]
        elif what == "double":
            tables.append(copy.deepcopy(table))
        elif what == "delete" and table:
            del table[column % len(table)]
        elif what == "swap" and table:
            other = tables[column % len(tables)]
            if len(other) > 1 and len(table) > 1:
                table[1], other[1] = other[1], table[1]
        elif what == "turn":
            tables.reverse()
        elif what == "columns":
            for one in table:
                one.reverse()
    return tables


def honest(line: Line, sheet: AnswerSheet, lines: list[Line]) -> Any:
    """The given row that a line may speak for: its own key, once, with the version and the wording as given out."""
    row = next((row for row in sheet.rows if row["key"] == line.key), None)
    alone = sum(one.key == line.key for one in lines) == 1
    fits = row is not None and line.said == row["said"] and line.version in {"", str(row["version"])}
    return row if fits and alone else None


def check(ground: Ground, sheet: AnswerSheet, lines: list[Line], meanwhile: list[tuple[str, int]]) -> None:
    """Takes the return over without any decision, and looks at every record and every line."""
    agency = ground.agency
    touched = happen(agency, meanwhile)
    before = records()
    one = keep_return(
        by=agency.coordinator,
        viewer=agency.viewer,
        sheet=sheet,
        lines=lines,
        content=b"-",
        name="x.xlsx",
        suffix="xlsx",
    )
    outcomes = outcomes_of(one, by=agency.coordinator, viewer=agency.viewer)
    assert records() == before, "looking changes nothing"
    taken, _refused = take_over(
        by=agency.coordinator, viewer=agency.viewer, returned=one, decisions={}, seen=fingerprint(outcomes)
    )
    after = records()
    may_change = {
        (row["kind"], row["pk"])
        for line in lines
        if (row := honest(line, sheet, lines)) is not None and line.values.get("answer") and not line.wrong
    } - {("recommendation", pk) for pk in touched}
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= may_change
    assert len(changed) == taken == sum(outcome.status == ANSWER for outcome in outcomes)
    SEEN.update(outcome.status for outcome in outcomes)
    for outcome in outcomes:
        assert outcome.status in {ANSWER, CONFLICT, ABSENT} or (outcome.status == REFUSED) == bool(outcome.reason)
        if outcome.status == UNCHANGED:
            assert outcome.line.is_blank


@pytest.fixture
def undone() -> Iterator[Any]:
    """Runs one example and takes back what it wrote."""

    def run(example: Any) -> None:
        with transaction.atomic():
            example()
            transaction.set_rollback(True)

    yield run


@many
@given(changes=changes)
def test_workbooks(ground: Ground, undone: Any, changes: Changes) -> None:
    rows = in_rows(ground, changes)
    try:
        lines = workbook.lines_of(rows[:12], rows)
    except Unreadable:
        return
    undone(lambda: check(ground, ground.sheet, lines, changes.meanwhile))


@many
@given(changes=changes)
def test_word_forms(ground: Ground, undone: Any, changes: Changes) -> None:
    try:
        lines = word_form.lines_of(in_tables(ground, changes))
    except Unreadable:
        return
    undone(lambda: check(ground, ground.form, lines, changes.meanwhile))


def test_every_outcome_was_among_the_thousand() -> None:
    """Runs after the two above: the examples were neither all refused nor all blank."""
    if SEEN:
        assert all(SEEN[status] > EXAMPLES / 12.5 for status in (ANSWER, CONFLICT, REFUSED, UNCHANGED, ABSENT)), SEEN


def _as_typed(value: Any) -> Any:
    return f"={value['formula']}" if isinstance(value, dict) and "formula" in value else value


@settings(many, max_examples=12)
@given(changes=changes)
def test_a_few_go_through_the_reading_process(ground: Ground, tmp_path: Path, changes: Changes) -> None:
    """What the thousand take as rows is what the process reads from a real file."""
    errors = [step for step in changes.steps if isinstance(step[3], dict) and "error" in step[3]]
    changes.steps = [step for step in changes.steps if step not in errors]
    rows = [(number, [_as_typed(cell) for cell in cells]) for number, cells in in_rows(ground, changes)]
    path = tmp_path / "returned.xlsx"
    path.write_bytes(file_of(("Answers", [cells for _number, cells in rows])))
    with OpenWorkbook(path) as book:
        read = list(book.rows(0))
    try:
        lines = workbook.lines_of(book.sheets[0]["head"], read)
    except Unreadable as refused:
        with pytest.raises(Unreadable, match=refused.code):
            workbook.read_workbook(path)
    else:
        assert workbook.read_workbook(path) == lines
        assert lines == workbook.lines_of(in_rows(ground, changes)[:12], in_rows(ground, changes))


def test_any_bytes_are_refused_calmly(ground: Ground, tmp_path: Path) -> None:
    """Files cut anywhere, or with any byte changed: read as they were, or refused with a reason."""
    for given_file, read in (
        (workbook_given(ground.agency)[1], workbook.read_workbook),
        (form_given(ground.agency)[1], word_form.read_form),
    ):
        for place in range(0, len(given_file), max(1, len(given_file) // 12)):
            path = tmp_path / "cut"
            path.write_bytes(given_file[:place] + bytes([given_file[place] ^ 0xFF]) + given_file[place + 1 :])
            try:
                lines = read(path)
            except Unreadable as refused:
                assert refused.text
            else:
                assert all(isinstance(line, Line) for line in lines)


def test_what_was_read_is_what_was_written(ground: Ground) -> None:
    lines = workbook.lines_of(ground.head, ground.rows)
    assert [line.key for line in lines] == [row["key"] for row in ground.sheet.rows]
    assert all(line.is_blank for line in lines)
    forms = word_form.lines_of(ground.tables)
    assert [line.key for line in forms] == [row["key"] for row in ground.form.rows]
    assert all(line.is_blank for line in forms)
    assert Channel(ground.form.channel) == Channel.WORD_FORM
