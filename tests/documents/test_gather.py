"""Gathering: what an issue prints is what the figures and the published records say."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pilotage.documents import operations
from pilotage.documents.kinds.newsletter.content import image_names
from pilotage.documents.kinds.newsletter.gather import gather
from pilotage.documents.publishing import checks_of, render_draft
from pilotage.documents.slots import take_apart
from pilotage.domain.programme.models import StatedTotal
from pilotage.figures.compute import compute
from pilotage.kit.changes import operation
from tests.documents.pdf_checks import assert_archivable_and_accessible, texts
from tests.newsletters import Issue, small_issue
from tests.records import TESTER

NOW = datetime(2023, 7, 10, 9, tzinfo=UTC)


@pytest.fixture
def made(db: None) -> Issue:
    return small_issue()


def test_numbers_are_those_of_the_figures(made: Issue):
    frozen = gather(made.publication, cut_off=NOW)
    quarter = compute("activities-implemented", phases=[made.programme.phase], period="2023-Q2", viewer=None,
                      as_of=made.publication.as_of)  # fmt: skip
    assert quarter.total.value == 4
    for content in frozen.content.values():
        assert content["cover"]["figures"][0]["value"] == "4"
        assert content["progress"]["tables"][0]["total"]["cells"][1:3] == ["4", "5"]
        assert content["highlights"][0]["count"]["value"] == "3"
    assert frozen.figures["activities"] == quarter.as_json()


def test_only_published_activities_are_named(made: Issue):
    frozen = gather(made.publication, cut_off=NOW)
    whole = json.dumps([frozen.content, frozen.images], ensure_ascii=False)
    assert "Documents" in whole
    assert "internal matter" not in whole
    english = frozen.content["en"]
    assert [row["title"] for row in english["highlights"][0]["activities"]] == ["Documents", "Dogs"]
    assert english["highlights"][0]["more"] == "and 1 more"
    assert any("not public" in gap for gap in english["progress"]["gaps"])


def test_dates_and_places_are_said_as_well_as_they_are_known(made: Issue):
    rows = gather(made.publication, cut_off=NOW).content["ru"]["highlights"][0]["activities"]
    assert (rows[0]["date"], rows[0]["place"]) == ("3–5\u00a0апреля", "Ош")
    assert rows[1]["date"] == "июнь"


def test_what_comes_next_is_planned_and_written(made: Issue):
    page = gather(made.publication, cut_off=NOW).content["en"]["upcoming"]
    assert [item["title"] for item in page["groups"][0]["items"]] == ["Coming"]
    assert page["groups"][1] == {
        "name": "Procurement",
        "items": [{"date": "3 July", "title": "Hand-over", "place": "Osh", "component": None}],
        "nothing": "",
    }


def test_a_page_without_text_is_left_out(made: Issue):
    content = gather(made.publication, cut_off=NOW).content["en"]
    assert content["delivery"] is None
    assert content["story"] is None
    made.write(
        "grants", "# Nine begin\n\n- **9** projects\n- **EUR 300 000** in all\n\nThey begin.", "# Девять\n\nНачали."
    )
    content = gather(made.publication, cut_off=NOW).content["en"]
    grants = content["delivery"]["grants"]
    assert [(one["value"], one.get("unit", "")) for one in grants["figures"]] == [("9", ""), ("300 000", "EUR")]
    assert len(grants["text"]["blocks"]) == 1


def test_the_same_records_give_the_same_content(made: Issue):
    assert gather(made.publication, cut_off=NOW).digest == gather(made.publication, cut_off=NOW).digest


def test_a_stated_total_that_differs_is_said_beside_the_recorded_one(made: Issue):
    with operation("state total", by=TESTER):
        StatedTotal(
            phase=made.programme.phase, programme=made.programme.programme, name={"en": "activities"},
            figure="activities-implemented", period="2023-Q2", stated="25", number=25, unit="activities", source="x",
        ).save()  # fmt: skip
    content = gather(made.publication, cut_off=NOW).content["en"]
    assert "states 25" in content["cover"]["figures"][0]["note"]
    assert any("states 25" in note and "4\u00a0activities" in note for note in content["last"]["notes"])


def test_every_picture_that_is_named_is_there_and_no_other(made: Issue):
    operations.choose_photo(
        by=TESTER, viewer=None, publication=made.publication, slot="featured-story", photo=made.photo(), caption={}
    )
    made.write("featured-story", "# A story\n\nOnce.", "# Рассказ\n\nОднажды.")
    frozen = gather(made.publication, cut_off=NOW)
    for language, content in frozen.content.items():
        given = {name for name in frozen.images[language] if not name.endswith("-screen.svg")}
        assert image_names(content) == given
    assert frozen.images["en"]["photo-featured-story.jpg"].startswith("sha256:")


def test_both_drafts_are_accessible_and_say_that_they_are_drafts(made: Issue):
    for language, word in (("en", "DRAFT"), ("ru", "ЧЕРНОВИК")):
        pdf = render_draft(made.publication, language, "pdf")
        assert_archivable_and_accessible(pdf)
        assert all(word in page for page in texts(pdf))


HOSTILE = "#panic() $x$ \\u{41} = no - list @ref [#] {{ c }} {% now %} & \" '"


def test_hostile_text_is_printed_as_text_in_every_medium(made: Issue):
    with pytest.raises(operations.ValidationError, match="HTML"):
        made.write("about", "<script>alert(1)</script>", "<b>x</b>")
    made.write("component-1", HOSTILE, HOSTILE)
    pdf = render_draft(made.publication, "en", "pdf")
    assert any("#panic() $x$" in page for page in texts(pdf))
    for form in ("html", "mail"):
        page = render_draft(made.publication, "en", form).decode()
        assert "#panic() $x$" in page
        assert "<script" not in page


@pytest.mark.parametrize("character", ["🙂", "漢", "\u202e", "\x07"])
def test_a_character_that_cannot_be_printed_is_refused_when_it_is_typed(made: Issue, character: str):
    with pytest.raises(operations.ValidationError, match="cannot be printed"):
        made.write("about", f"Good {character}", "Хорошо")


def test_a_text_is_taken_apart_as_editors_write_it():
    parts = take_apart("# Title\r\n\r\n*Lead.*\n\nText.\n\n> One sentence.\n\n— Ms A\nHead,\nUnit")
    assert (parts.title, parts.lead, parts.pull, parts.name, parts.role, parts.body) == (
        "Title", "Lead.", "One sentence.", "Ms A", "Head, Unit", "Text.",
    )  # fmt: skip


def test_a_fresh_issue_has_only_what_must_be_done_on_its_list(made: Issue):
    checks = checks_of(made.publication)
    assert not [finding for finding in checks.blocking if finding.problem.blocks]
    assert checks.passed
