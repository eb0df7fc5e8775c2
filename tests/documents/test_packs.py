"""Packs of a round: gathered from records, frozen, proved against each other, and the same for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from pilotage.documents.models import Edition, Publication
from pilotage.documents.operations import explain_check, move_publication, open_publication, write_text
from pilotage.documents.publishing import checks_of, draft_of, issue, render, render_again
from pilotage.documents.rounds import issue_round, make_round, packs_of_round
from pilotage.documents.steering.dates import short_span
from pilotage.documents.steering.figures import SUMMED, largest_first, windows_of
from pilotage.documents.steering.parts import images_in
from pilotage.documents.steering.reconciliation import NationalFigures, reconcile
from pilotage.documents.steering.sealing import seal_holds
from pilotage.domain.steering.models import Decision
from pilotage.domain.steering.operations import add_meeting
from pilotage.domain.steering.room import follow_up_decision
from pilotage.figures.table import UNKNOWN, Cell, Dimension, FigureTable, Key, Scope
from pilotage.kit.changes import operation
from tests.documents.pdf_checks import assert_archivable_and_accessible, texts
from tests.packs import Rounds, two_rounds
from tests.records import TESTER

pytestmark = pytest.mark.django_db
REASON = {"en": "Known.", "ru": "Известно."}
DAY, MOMENT = date(2023, 9, 30), datetime(2023, 10, 2, tzinfo=UTC)


@pytest.fixture
def made() -> Rounds:
    return two_rounds()


def clear(publication: Publication) -> None:
    for finding in checks_of(publication).blocking:
        assert not finding.problem.blocks, finding.problem.text
        explain_check(by=TESTER, viewer=None, publication=publication, code=finding.problem.code, reason=REASON)
    for step in ("check_figures", "clear_pm"):
        move_publication(by=TESTER, viewer=None, publication=publication, step=step)


def test_a_round_counts_from_the_cut_off_before_it(made: Rounds) -> None:
    first = windows_of(made.meetings[2022, "KZ"], date(2022, 9, 30))
    second = windows_of(made.meetings[2023, "KZ"], date(2023, 9, 30))
    assert (first.year.start, first.year.end, first.before) == (date(2021, 4, 1), date(2022, 9, 30), None)
    assert (second.year.start, second.year.end) == (date(2022, 10, 1), date(2023, 9, 30))
    assert second.before is not None
    assert (second.before.start, second.since) == (date(2021, 4, 1), date(2022, 9, 30))


def test_a_national_pack_holds_what_concerns_the_country(made: Rounds) -> None:
    frozen = draft_of(made.pack("KZ"))
    pack = frozen.content["en"]
    assert seal_holds(pack)
    assert pack["key_figures"][0]["value"] == "5"
    assert [group["component"]["number"] for group in pack["activities"]["groups"]] == ["1", "2"]
    named = [line["title"] for group in pack["activities"]["groups"] for line in group["activities"]]
    assert "For all three" in named
    assert "For the region" not in named
    assert "Not held" in named
    assert {line["state"]["tone"] for group in pack["activities"]["groups"] for line in group["activities"]} == {
        "done",
        "late",
    }
    assert len(pack["recommendations"]["groups"]) == 1
    assert [entry["page"] for entry in pack["agenda"]["sessions"][1]["entries"]] == ["consultation-1"]
    assert pack["plan"]["groups"][0]["lines"][0]["marks"] == [{"first": 2, "last": 2, "text": "12–14", "exact": True}]
    assert [one for one in ("needs", "grants", "logframe", "budget", "risks") if pack[one]] == []


def test_what_is_restricted_is_counted_and_not_named(made: Rounds) -> None:
    frozen = draft_of(made.pack("KZ"))
    written = json.dumps(frozen.content, ensure_ascii=False) + json.dumps(frozen.images)
    assert "secret" not in written.lower()
    assert "may not be named" in json.dumps(frozen.content["en"]["activities"]["gaps"])


def test_every_earlier_action_point_and_decision_comes_back(made: Rounds) -> None:
    page = draft_of(made.pack("KG")).content["en"]["follow_up"]
    assert [(one["text"], one["state"]["tone"]) for one in page["actions"]] == [
        ("Send list 1", "late"),
        ("Send list 2", "open"),
    ]
    assert [(one["text"], one["state"]["word"]) for one in page["decisions"]] == [("The plan is good.", "overdue")]


def test_a_decision_under_way_is_carried_on_and_the_minutes_say_what_was_heard(made: Rounds) -> None:
    meeting = made.meetings[2023, "KG"]
    decision = Decision.objects.get(meeting=made.meetings[2022, "KG"])
    # The pack of a later meeting hears what this one heard; its minutes say so themselves.
    follow_up_decision(by=TESTER, decision=decision, meeting=meeting, standing="under_way", text="Половина сделана.")
    content = draft_of(made.minutes("KG", 2023)).content
    item = next(one for one in content["ru"]["items"] if one["title"] == "Прежние решения")
    day = made.meetings[2022, "KG"].begins_on
    assert day
    assert [(one["state"]["word"], one["heard"]) for one in item["earlier"]] == [("исполняется", "Половина сделана.")]
    english = next(one for one in content["en"]["items"] if one["title"] == "Earlier decisions")["earlier"][0]
    assert english["number"].startswith(f"Decision 1 of {day.day}")
    assert english["heard"] == {"text": "Половина сделана.", "language": "ru"}
    with operation("hold meeting", by=TESTER):
        meeting.state, decision.item = "held", None
        meeting.save()
        decision.save()
    later = add_meeting(
        by=TESTER, phase=meeting.phase,
        values={"kind": meeting.kind, "body": meeting.body, "starts": "2024-11-11", "ends": "2024-11-11"},
    )  # fmt: skip
    heard = open_publication(by=TESTER, viewer=None, phase=meeting.phase, kind="national_pack", meeting=later)
    page = draft_of(heard).content["en"]["follow_up"]
    carried = [one for one in page["decisions"] if one["text"] == decision.text["en"]]
    assert [(one["state"]["word"], one["state"]["tone"]) for one in carried] == [("under way", "ahead")]


def test_institutions_stand_by_size() -> None:
    _whole, table = counted({UNKNOWN: 90, "a": 3, "b": 20, "c": 0}, 113)
    totals = {UNKNOWN: Cell(90), "a": Cell(3), "b": Cell(20), "c": Cell(None, suppressed=True)}
    table = replace(table, row_totals=totals)
    assert [key.code for key in largest_first(table).dimensions[0].keys] == ["b", "a", "c", UNKNOWN]


def test_pictures_are_those_that_the_pages_name(made: Rounds) -> None:
    for publication in (made.pack("TJ"), made.pack("")):
        frozen = draft_of(publication)
        for language, content in frozen.content.items():
            wanted = images_in(content)
            assert wanted <= set(frozen.images[language])
            assert {name.replace("-screen", "") for name in frozen.images[language]} == wanted


def test_an_editors_text_prints_and_an_empty_slot_does_not(made: Rounds) -> None:
    pack = made.pack("KZ")
    texts = {
        "headline": ("A good year", "Хороший год"),
        "decisions": ("- Endorse the plan. *It is ready.*", "- Одобрить план. *Он готов.*"),
    }
    for slot, pair in texts.items():
        for language, markdown in zip(("en", "ru"), pair, strict=True):
            write_text(
                by=TESTER, viewer=None, publication=pack, slot=slot, language=language, markdown=markdown, version=None
            )
    content = draft_of(pack).content["en"]
    assert content["headline"] == "A good year"
    assert content["dashboard"]["text"] is None
    assert content["decisions"]["decisions"] == [
        {"number": "1", "text": "Endorse the plan.", "background": "It is ready.", "page": ""}
    ]


def test_the_round_is_made_in_one_go_and_its_sums_are_proved(made: Rounds) -> None:
    packs = packs_of_round(by=TESTER, viewer=None, planned=made.rounds[2023])
    assert [pack.kind for pack in packs] == ["national_pack"] * 3 + ["regional_pack"]
    page = make_round(packs, forms=())[-1].frozen.content["en"]["reconciliation"]
    assert {row["state"]["tone"] for row in page["rows"]} == {"done"}
    row = page["rows"][0]
    # Kazakhstan 5, Kyrgyzstan and Tajikistan 4; one for the region alone, one in three countries.
    assert (row["national"], row["regional_only"], row["counted_twice"], row["regional"]) == (
        ["5", "4", "4"],
        "1",
        "2",
        "12",
    )


def test_an_old_pack_is_rendered_again_byte_for_byte_whatever_became_of_the_records(made: Rounds) -> None:
    pack = made.pack("KZ")
    clear(pack)
    edition = issue(by=TESTER, viewer=None, publication=pack)
    assert_archivable_and_accessible(render(edition, "ru", "pdf"))
    assert {(file.language, file.format) for file in edition.files.all()} == {
        (language, form) for language in ("en", "ru") for form in ("pdf", "docx")
    }
    made.trial.activity("KZ", actual_end="2023-03-03", state="implemented", title={"en": "Entered late"})
    again = Edition.objects.select_related("publication__phase").get(pk=edition.pk)
    for form in ("pdf", "docx"):
        assert render_again(again, "ru", form) == render(again, "ru", form)
    assert edition.content["en"]["seal"]["hash"] in "".join(texts(render(again, "en", "pdf")))
    assert draft_of(pack).content["en"]["key_figures"][0]["value"] == "6"


def test_a_regional_pack_says_what_differs_and_why(made: Rounds) -> None:
    for country in ("KZ", "KG"):
        pack = made.pack(country)
        clear(pack)
        issue(by=TESTER, viewer=None, publication=pack)
    page = draft_of(made.pack("")).content["en"]["reconciliation"]
    assert {row["state"]["tone"] for row in page["rows"]} == {"open"}
    assert any("Tajikistan" in note for note in page["notes"])
    pack = made.pack("TJ")
    clear(pack)
    issue(by=TESTER, viewer=None, publication=pack)
    made.trial.activity("KZ", actual_end="2023-03-03", state="implemented", title={"en": "Entered late"})
    page = draft_of(made.pack("")).content["en"]["reconciliation"]
    row = page["rows"][0]
    assert row["state"] == {"word": "differs by −1, explained", "tone": "late"}
    assert "Kazakhstan" in row["note"]


def test_a_round_is_issued_only_when_every_pack_is_cleared(made: Rounds) -> None:
    packs = packs_of_round(by=TESTER, viewer=None, planned=made.rounds[2023])
    for pack in packs:
        clear(pack)
    editions = issue_round(by=TESTER, viewer=None, packs=packs)
    assert [edition.number for edition in editions] == [1, 1, 1, 1]
    assert {pack.state for pack in Publication.objects.filter(meeting__isnull=False)} == {"published"}


def test_minutes_print_what_was_said_and_decided(made: Rounds) -> None:
    minutes = draft_of(made.minutes("KZ")).content["ru"]
    assert seal_holds(minutes)
    assert minutes["status"]["tone"] == "done"
    assert [item["number"] for item in minutes["items"]] == ["3"]
    assert minutes["items"][0]["decisions"][0]["text"] == "План хорош."
    assert len(minutes["actions"]) == 2
    assert minutes["quorum"]["tone"] == "done"


def test_gathering_asks_the_database_a_bounded_number_of_times(made: Rounds) -> None:
    pack = made.pack("")
    with CaptureQueriesContext(connection) as before:
        draft_of(pack)
    for month in range(1, 10):
        made.trial.activity("KZ", "TJ", actual_end=f"2023-0{month}-11", state="implemented")
    with CaptureQueriesContext(connection) as after:
        draft_of(pack)
    assert len(after) <= len(before)


@pytest.mark.parametrize(
    ("start", "end", "language", "said"),
    [
        ("2023-02-06", "2023-02-08", "en", "6–8 Feb 2023"),
        ("2023-02-06", "2023-02-08", "ru", "6–8 фев. 2023"),
        ("2023-02-27", "2023-03-01", "en", "27 Feb – 1 Mar 2023"),
        ("2022-12-30", "2023-01-02", "en", "30 Dec 2022 – 2 Jan 2023"),
        ("2023-02", "2023-02", "ru", "фев. 2023"),
        ("", "2023-Q2", "en", "2nd quarter of 2023"),
        ("", "", "en", ""),
    ],
)
def test_days_are_short_in_narrow_columns(start: str, end: str, language: str, said: str) -> None:
    assert short_span(start, end, language).replace("\u00a0", " ") == said


# Reconciliation, over invented records

CODES = ("KZ", "KG", "TJ", "TM", "UZ")
RECORDS = st.lists(st.frozensets(st.sampled_from((*CODES, "AF")), max_size=4), max_size=30)


def counted(cells: dict[str, int], total: int) -> tuple[FigureTable, FigureTable]:
    """The total and the same by country, as compute gives them."""
    scope = Scope(("x",), {}, None, DAY, DAY, {})
    plain: dict[str, Any] = {
        "figure": "activities-implemented",
        "title": {},
        "note": {},
        "unit": "activities",
        "unit_forms": {},
    }
    whole = FigureTable(
        **plain, dimensions=(), cells={}, total=Cell(total), row_totals={}, column_totals={}, scope=scope
    )
    keys = tuple(Key(code, {}) for code in cells)
    by_country = FigureTable(
        **plain, dimensions=(Dimension("country", {}, keys, overlapping=True),),
        cells={(code,): Cell(number) for code, number in cells.items()},
        total=Cell(total), row_totals={}, column_totals={}, scope=scope,
    )  # fmt: skip
    return whole, by_country


def by_country(records: list[frozenset[str]]) -> dict[str, int]:
    found = {code: sum(code in record for record in records) for code in (*CODES, "AF")}
    return {**found, UNKNOWN: sum(not record for record in records)}


def nationals(records: list[frozenset[str]]) -> dict[str, NationalFigures | None]:
    return {
        code: NationalFigures({"a": {"total": {"value": by_country(records)[code], "suppressed": False}}}, DAY, MOMENT)
        for code in CODES
    }


@given(RECORDS)
def test_national_and_regional_only_less_what_counts_in_several_is_the_region(records: list[frozenset[str]]) -> None:
    whole, cells = counted(by_country(records), len(records))
    (line,) = reconcile(("a",), nationals(records), {"a": whole, "a_in_countries": cells}, MOMENT, DAY)
    several = sum(max(0, len(record) - 1) for record in records)
    only = sum(1 for record in records if not record) + sum("AF" in record for record in records)
    assert (line.several, line.regional_only, line.regional) == (several, only, len(records))
    assert line.equal
    assert not line.reasons


@given(RECORDS, st.sampled_from(CODES), st.integers(1, 9))
def test_a_number_that_is_not_what_the_region_counts_is_found(
    records: list[frozenset[str]], code: str, by: int
) -> None:
    whole, cells = counted(by_country(records), len(records))
    packs = nationals(records)
    wrong = by_country(records)[code] + by
    packs[code] = NationalFigures({"a": {"total": {"value": wrong, "suppressed": False}}}, DAY, MOMENT)
    (line,) = reconcile(("a",), packs, {"a": whole, "a_in_countries": cells}, MOMENT, DAY)
    assert line.difference == by
    assert not line.equal
    assert not line.reasons, "a difference that nothing explains must not look explained"


@given(RECORDS, st.sampled_from(CODES))
def test_a_missing_pack_leaves_the_sum_open(records: list[frozenset[str]], code: str) -> None:
    whole, cells = counted(by_country(records), len(records))
    packs = nationals(records) | {code: None}
    (line,) = reconcile(("a",), packs, {"a": whole, "a_in_countries": cells}, MOMENT, DAY)
    assert line.difference is None
    assert line.reasons == (f"missing {code}",)


def test_every_summed_figure_is_frozen_by_both_packs(made: Rounds) -> None:
    national, regional = draft_of(made.pack("KZ")).figures, draft_of(made.pack("")).figures
    for name in SUMMED:
        assert name in national
        assert {name, f"{name}_in_countries"} <= set(regional)
