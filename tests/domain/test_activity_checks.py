"""Each data check of activities and participants: one record that it finds, one that it leaves alone."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.checks import (
    CHECK_BY_CODE,
    Checking,
    Question,
    findings,
    findings_of,
    without_reason,
)
from pilotage.domain.activities.models import Activity, ActivityCountry, ActivityMove, Attendance, Person, Tally
from pilotage.domain.activities.names import name_skeleton
from pilotage.domain.activities.operations import give_reason, set_tally
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.parties.operations import add_country, add_place
from pilotage.domain.programme.operations import change_setting
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.changes import operation
from tests.records import TESTER, SmallProgramme, small_programme

TODAY = date(2023, 6, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def codes(programme: SmallProgramme) -> list[str]:
    return [
        found.check.code for found in findings(Activity.objects.filter(phase=programme.phase), programme.phase, TODAY)
    ]


def planted(programme: SmallProgramme, *countries: str, **values: Any) -> Activity:
    """An activity written past the rules of entry, as a record may have come in years ago."""
    activity = programme.activity(*(countries or ("KG",)))
    with operation("plant", by=TESTER):
        for name, value in {"state": "implemented", "signed_list_on": TODAY, "report_on": TODAY, **values}.items():
            setattr(activity, name, value)
        activity.save()
    return activity


def counted(activity: Activity, count: int = 10, **kind: Any) -> Tally:
    with operation("plant", by=TESTER):
        row = Tally(activity=activity, **{"count": count, "country_id": "KG", "sex": "woman", **kind})
        row.save()
    return row


def attending(
    programme: SmallProgramme, activity: Activity, name: str = "Azamat Nurmatov", **values: Any
) -> Attendance:
    with operation("plant", by=TESTER):
        person = values.pop("person", None)
        if person is None:
            number = Person.objects.count() + 1
            person = Person(phase=programme.phase, key=f"P{number:05}", name_signed=name, sex=values.pop("sex", "man"))
            person.save()
        line = Attendance(activity=activity, person=person, **values)
        line.save()
    return line


def held(programme: SmallProgramme, **values: Any) -> Activity:
    """A workshop of two days in June 2023 with which nothing is wrong."""
    activity = planted(
        programme, **{"actual_start": "2023-06-20", "actual_end": "2023-06-21", "mode": "onsite", **values}
    )
    counted(activity)
    return activity


def test_a_record_with_nothing_wrong_is_not_found(programme: SmallProgramme) -> None:
    held(programme)
    assert codes(programme) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"actual_start": "2023-06-22", "actual_end": "2023-06-20"}, True),
        ({"actual_start": "2023-06-22", "actual_end": "2023-Q1"}, True),
        ({"actual_start": "2023-06-22", "actual_end": "2023-Q2"}, False),
        ({"actual_start": "2023-06-22", "actual_end": "2023-06"}, False),
        ({"planned_start": "2023-08", "planned_end": "2023-07"}, True),
    ],
)
def test_end_before_start(programme: SmallProgramme, values: dict[str, str], found: bool) -> None:
    held(programme, **values)
    assert ("end_before_start" in codes(programme)) is found


@pytest.mark.parametrize(
    ("written", "found"),
    [("2020-12", True), ("2021", False), ("2021-Q1", True), ("2021-Q2", False), ("2026", True), ("../2020-01", True)],
)
def test_outside_phase(programme: SmallProgramme, written: str, found: bool) -> None:
    held(programme, baseline_start=written)
    assert ("outside_phase" in codes(programme)) is found


@pytest.mark.parametrize(("end", "found"), [("2023-07-01", True), ("2023-06", False)])
def test_implemented_in_future(programme: SmallProgramme, end: str, found: bool) -> None:
    held(programme, actual_end=end)
    assert ("implemented_in_future" in codes(programme)) is found


def test_country_outside_programme(programme: SmallProgramme) -> None:
    activity = held(programme)
    assert "country_outside_programme" not in codes(programme)
    add_country(by=TESTER, code="AT", name={"en": "Austria"})
    with operation("plant", by=TESTER):
        ActivityCountry(activity=activity, country_id="AT").save()
    assert "country_outside_programme" in codes(programme)


@pytest.mark.parametrize(("type_", "found"), [("workshop", True), ("study_visit", False)])
def test_venue_outside_region_unless_a_study_visit(programme: SmallProgramme, type_: str, found: bool) -> None:
    add_country(by=TESTER, code="AT", name={"en": "Austria"})
    held(programme, venue_country_id="AT", type=type_)
    assert ("venue_outside_region" in codes(programme)) is found


def test_participant_from_another_country(programme: SmallProgramme) -> None:
    activity = held(programme)
    assert "participant_country" not in codes(programme)
    add_country(by=TESTER, code="AT", name={"en": "Austria"})
    counted(activity, 1, country_id="AT")
    assert "participant_country" in codes(programme)


@pytest.mark.parametrize(
    ("other", "found"),
    [({}, True), ({"title": {"en": "Another"}}, False), ({"actual_start": "2023-06-19"}, False)],
)
def test_duplicate_title_date_country(programme: SmallProgramme, other: dict[str, Any], found: bool) -> None:
    held(programme)
    held(programme, **other)
    assert ("duplicate_activity" in codes(programme)) is found


def test_legs_of_a_series_in_two_countries_are_no_duplicates(programme: SmallProgramme) -> None:
    held(programme)
    activity = planted(programme, "TJ", actual_start="2023-06-20", actual_end="2023-06-21")
    counted(activity, country_id="TJ")
    assert codes(programme) == []


@pytest.mark.parametrize(
    ("field", "end", "code", "found"),
    [
        ("signed_list_on", "2023-06-22", "no_list", True),
        ("signed_list_on", "2023-06-23", "no_list", False),
        ("report_on", "2023-06-08", "no_report", True),
        ("report_on", "2023-06-09", "no_report", False),
    ],
)
def test_list_and_report_in_working_days(
    programme: SmallProgramme, field: str, end: str, code: str, found: bool
) -> None:
    held(programme, actual_start=end, actual_end=end, **{field: None})
    assert (code in codes(programme)) is found


@pytest.mark.parametrize(("times", "found"), [(3, True), (2, False)])
def test_postponed_three_times(programme: SmallProgramme, times: int, found: bool) -> None:
    activity = planted(programme, state="postponed", planned_start="2023-12")
    with operation("plant", by=TESTER):
        for _ in range(times):
            ActivityMove(
                activity=activity, move="postpone", from_state="planned", to_state="postponed",
                effective_on=TODAY, by_name="tests",
            ).save()  # fmt: skip
    assert ("postponed_often" in codes(programme)) is found


@pytest.mark.parametrize(("thematic", "found"), [(True, True), (False, False)])
def test_thematic_without_component(programme: SmallProgramme, thematic: bool, found: bool) -> None:
    held(programme, thematic=thematic, component=None)
    assert ("thematic_without_component" in codes(programme)) is found


@pytest.mark.parametrize(("type_", "found"), [("training", True), ("expert_mission", False)])
def test_training_with_zero(programme: SmallProgramme, type_: str, found: bool) -> None:
    planted(programme, type=type_, actual_start="2023-06-01", actual_end="2023-06-02")
    assert ("training_with_zero" in codes(programme)) is found


def test_register_differs_from_tally(programme: SmallProgramme) -> None:
    activity = planted(programme, actual_start="2023-06-20", actual_end="2023-06-21")
    counted(activity, 1)
    assert "register_differs" not in codes(programme)
    attending(programme, activity, "Aida Osmonova", sex="woman")
    assert "register_differs" not in codes(programme)
    attending(programme, activity, "Trainer", role="trainer")
    assert "register_differs" not in codes(programme)
    attending(programme, activity)
    assert "register_differs" in codes(programme)


def test_register_with_as_many_people_but_other_women_differs(programme: SmallProgramme) -> None:
    activity = planted(programme, actual_start="2023-06-20", actual_end="2023-06-21")
    counted(activity, 1)
    attending(programme, activity, sex="man")
    assert "register_differs" in codes(programme)


@pytest.mark.parametrize(("unknown", "found"), [(6, True), (5, False)])
def test_sex_not_stated_above_five_per_cent(programme: SmallProgramme, unknown: int, found: bool) -> None:
    activity = planted(programme, actual_start="2023-06-20", actual_end="2023-06-21")
    counted(activity, 100 - unknown)
    counted(activity, unknown, sex="not_stated")
    assert ("sex_not_stated" in codes(programme)) is found


def test_the_limit_is_a_setting(programme: SmallProgramme) -> None:
    activity = held(programme)
    counted(activity, 1, sex="not_stated")
    assert "sex_not_stated" in codes(programme)
    change_setting(by=TESTER, phase=programme.phase, name="sex_not_stated_share", value=20, valid_from=None)
    assert "sex_not_stated" not in codes(programme)


@pytest.mark.parametrize(
    ("other", "days", "found"),
    [
        ({"actual_start": "2023-06-21", "actual_end": "2023-06-23"}, None, True),
        ({"actual_start": "2023-06-22", "actual_end": "2023-06-23"}, None, False),
        ({"actual_start": "2023-06", "actual_end": "2023-06"}, None, False),
        ({"actual_start": "2023-06-21", "actual_end": "2023-06-23", "mode": "online"}, None, False),
        ({"actual_start": "2023-06-21", "actual_end": "2023-06-23"}, 1, False),
    ],
)
def test_one_person_in_two_cities_on_one_day(
    programme: SmallProgramme, other: dict[str, str], days: int | None, found: bool
) -> None:
    bishkek, osh = (
        add_place(by=TESTER, values={"name": {"en": name}, "country_id": "KG"}) for name in ("Bishkek", "Osh")
    )
    line = attending(programme, held(programme, venue=bishkek))
    attending(programme, held(programme, venue=osh, **other), person=line.person, role="trainer", days_present=days)
    assert ("overlapping_trips" in codes(programme)) is found


def test_two_meetings_in_one_city_on_one_day_are_possible(programme: SmallProgramme) -> None:
    bishkek = add_place(by=TESTER, values={"name": {"en": "Bishkek"}, "country_id": "KG"})
    line = attending(programme, held(programme, venue=bishkek))
    attending(programme, held(programme, venue=bishkek, title={"en": "Other"}), person=line.person)
    assert "overlapping_trips" not in codes(programme)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Нурматов Азамат Бекович", "Azamat Nurmatov", True),
        ("Жанибек Абдыкадыров", "Zhanybek Abdykadyrov", True),
        ("Shukhrat Khudoyberdiyev", "Шухрат Худойбердиев", True),
        ("Юлия Ким", "Yulia Kim", True),
        ("Ғайрат Қодиров", "Gayrat Qodirov", True),
        ("Azamat Nurmatov", "Azat Nurmatov", False),
        ("Aida", "Aida", False),
    ],
)
def test_names_are_compared_after_transliteration(one: str, other: str, same: bool) -> None:
    assert (bool(name_skeleton(one)) and name_skeleton(one) == name_skeleton(other)) is same


def test_probable_duplicate_person(programme: SmallProgramme) -> None:
    activity = held(programme)
    attending(programme, activity, "Нурматов Азамат Бекович", role="trainer")
    assert "probable_duplicate_person" not in codes(programme)
    attending(programme, activity, "Azamat Nurmatov", role="trainer", sex="woman")
    assert "probable_duplicate_person" not in codes(programme)
    attending(programme, activity, "Azamat Nurmatov", role="trainer")
    assert codes(programme).count("probable_duplicate_person") == 1


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"post_test": 101}, True),
        ({"pre_test": -1}, True),
        ({"post_test": 60, "days_present": 0}, True),
        ({"post_test": 60, "days_present": 2}, False),
        ({"days_present": 0}, False),
    ],
)
def test_score_out_of_range_or_of_an_absentee(programme: SmallProgramme, values: dict[str, int], found: bool) -> None:
    attending(programme, held(programme), role="trainer", **values)
    assert ("score_wrong" in codes(programme)) is found


@pytest.mark.parametrize(("days", "found"), [(1, True), (2, False)])
def test_certificate_below_presence(programme: SmallProgramme, days: int, found: bool) -> None:
    attending(programme, held(programme), role="trainer", certificate_number="C-1", days_present=days)
    assert ("certificate_below_presence" in codes(programme)) is found


def test_sums_that_do_not_agree_are_refused_at_entry(programme: SmallProgramme) -> None:
    activity = programme.activity("KG")
    rows = [TallyRow(count=3, country="KG", sex="woman")]
    with pytest.raises(ValidationError, match="women among"):
        set_tally(by=TESTER, activity=activity, rows=rows, version=activity.version, participants=3, women=4)
    with pytest.raises(ValidationError, match="sum to 3"):
        set_tally(by=TESTER, activity=activity, rows=rows, version=activity.version, participants=4)
    with pytest.raises(ValidationError, match="same kind"):
        set_tally(by=TESTER, activity=activity, rows=rows * 2, version=activity.version)


def test_a_written_reason_explains_a_warning_and_never_an_error(programme: SmallProgramme) -> None:
    activity = held(programme, report_on=None, actual_start="2023-05-01", actual_end="2023-04-30")
    for code in ("no_report", "end_before_start"):
        give_reason(by=TESTER, activity=activity, check_code=code, reason="The mission had none.")
    found = findings_of(activity, TODAY)
    assert {one.check.code for one in found} == {"no_report", "end_before_start"}
    assert [one.check.code for one in without_reason(found)] == ["end_before_start"]


def asked(programme: SmallProgramme) -> Checking:
    phase = phases_with_everything().get(pk=programme.phase.pk)
    return Checking(Question(Activity.objects.filter(phase=phase), Person.objects.filter(phase=phase), phase, TODAY))


def with_many_findings(programme: SmallProgramme, number: int) -> None:
    for title in range(number):
        line = attending(programme, held(programme, report_on=None, title={"en": str(title)}), "Aida Osmonova")
        attending(programme, held(programme), person=line.person)


def test_the_number_of_queries_does_not_grow(programme: SmallProgramme, django_assert_max_num_queries: Any) -> None:
    with_many_findings(programme, 12)
    _user, viewer = programme.user("ME")
    phase = phases_with_everything().get(pk=programme.phase.pk)
    with django_assert_max_num_queries(25):
        assert len(findings(visible_activities(viewer, phase), phase, TODAY)) > 12
    checking = asked(programme)
    with django_assert_max_num_queries(16):
        assert sum(one.open for one in checking.counts.values()) > 12
    with django_assert_max_num_queries(3):
        assert len(checking.page(3, 7, checking.checks)) == 4


def test_counts_and_pages_tell_what_the_whole_list_tells(programme: SmallProgramme) -> None:
    with_many_findings(programme, 4)
    explained = held(programme, report_on=None, actual_start="2023-04-03", actual_end="2023-04-04")
    give_reason(by=TESTER, activity=explained, check_code="no_report", reason="The mission had none.")
    checking = asked(programme)
    for with_explained in (True, False):
        listed = [one.key for one in checking.all() if with_explained or not one.reason]
        paged = []
        for start in range(0, len(listed) + 5, 5):
            paged += checking.page(start, start + 5, checking.checks, explained=with_explained)
        assert [one.key for one in paged] == listed
        assert sum(one.of(with_explained) for one in checking.counts.values()) == len(listed)
    assert checking.counts["no_report"].explained == 1
    assert explained.pk not in {one.activity for one in checking.of(CHECK_BY_CODE["no_report"], explained=False)}


def test_findings_say_days_and_countries_in_words(programme: SmallProgramme) -> None:
    add_country(by=TESTER, code="AT", name={"en": "Austria", "ru": "Австрия"})
    held(programme, actual_start="2023-06-22", actual_end="2023-Q1", venue_country_id="AT")
    texts = {one.check.code: one for one in asked(programme).all()}
    end, venue = texts["end_before_start"], texts["venue_outside_region"]
    assert end.text.replace("\u00a0", " ") == "Starts 22 June 2023, ends 1st quarter of 2023."
    assert venue.text == "The venue is in Austria."
    with translation.override("ru"):
        assert end.text.replace("\u00a0", " ") == "Окончание (1-й квартал 2023 г.) раньше начала (22 июня 2023 г.)."
        assert venue.text == "Место проведения: Австрия."
