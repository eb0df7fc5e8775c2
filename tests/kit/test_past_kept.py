"""What a past instant shows, and what it never brings back; files that come whole, once, and go again."""

from __future__ import annotations

import os
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, Attendance, Person, Tally
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.activities.persons import AttendanceEntry, edit_person, set_attendance
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import edit_user
from pilotage.domain.parties.models import Institution
from pilotage.domain.parties.operations import edit_institution
from pilotage.domain.steering.models import Meeting
from pilotage.kit.actors import Simulation
from pilotage.kit.changes import operation
from pilotage.kit.models import Change
from pilotage.kit.past import asking, files
from pilotage.kit.past.asking import Outcome, ask, carry_out
from pilotage.kit.past.moment import PAST, WritingInThePast, current_day, instant_of, past
from pilotage.kit.past.rebuilding import rebuild
from pilotage.kit.past.scope import models_of_the_past
from pilotage.kit.records import Record
from tests.past import as_known
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """An empty data folder."""
    settings.DATA = tmp_path
    return tmp_path / "past"


def attended(programme: SmallProgramme, activity: Activity) -> Person:
    """A person of the register, present at the activity."""
    new = {"name_signed": "Aida Osmonova", "email": "aida@example.org", "country_id": "KG", "sex": "woman"}
    set_attendance(by=TESTER, activity=activity, entries=[AttendanceEntry(None, new=new)], version=activity.version)
    return Person.objects.get()


# What is shown


def test_what_was_deleted_since_is_there_and_what_was_added_since_is_not(programme: SmallProgramme) -> None:
    activity = programme.activity("KZ", tally=(TallyRow(7, sex="woman"),))
    then = timezone.now()
    with operation("recount", by=TESTER):
        Tally.objects.all().delete()
    programme.activity("KG")
    with as_known(then):
        assert Activity.objects.get().code == activity.code
        assert Tally.objects.get().count == 7
    assert (Activity.objects.count(), Tally.objects.count()) == (2, 0)


def test_an_entry_of_an_older_shape_still_rebuilds(programme: SmallProgramme) -> None:
    stored: Any = Change._base_manager
    entry = stored.get(record_type="parties.country", record_id="KZ")
    older = {name: value for name, value in entry.after.items() if name != "name"} | {"capital": "Astana"}
    from pilotage.kit.insertion import insert_values

    entry.record_id = "XX"
    entry.after = older | {"code": "XX"}
    insert_values(Change, [entry])
    with as_known(timezone.now(), guarded=False) as moment:
        from pilotage.domain.parties.models import Country

        assert moment
        assert Country.objects.get(pk="XX").name == {}


def test_a_simulation_may_tell_of_earlier_days_later(programme: SmallProgramme) -> None:
    long_ago = timezone.now() - timedelta(days=700)
    with operation("simulate", by=Simulation("Inventor"), recorded_at=long_ago):
        Institution(code="school", name={"en": "School"}, type="training").save()
    with as_known(long_ago + timedelta(days=1)):
        assert [one.code for one in Institution.objects.all()] == ["school"]


def test_the_day_is_that_of_the_past_and_a_day_ends_at_midnight(programme: SmallProgramme) -> None:
    at = instant_of("2024-03-31")
    assert timezone.localtime(at).isoformat() == "2024-03-31T23:59:59.999999+06:00"
    assert instant_of("2024-03-31T14:00 06:00") == instant_of("2024-03-31T08:00Z")
    with as_known(timezone.now() - timedelta(days=3)):
        assert current_day() == timezone.localdate() - timedelta(days=3)
    for nonsense in ("soon", "2024-13-01", "2024-03-31T", "0001-01-01"):
        with pytest.raises(ValueError, match=r"."):
            instant_of(nonsense)


# What can never be done there


def test_nothing_can_be_written_in_the_past(programme: SmallProgramme) -> None:
    activity = programme.activity("KZ")
    with as_known(timezone.now()):
        with pytest.raises(WritingInThePast):
            edit_activity(by=TESTER, activity=activity, entry=ActivityEntry({"mode": "online"}), version=1)
        with pytest.raises(WritingInThePast):
            Activity.objects.all().raw_update(mode="online")
        with pytest.raises(OperationalError, match="readonly"):
            Activity.objects.using(PAST).raw_update(mode="online")
    assert past() is None
    assert PAST not in connections


# What never comes back


def test_what_is_restricted_now_was_never_public(programme: SmallProgramme) -> None:
    activity = programme.activity("KZ", confidentiality="public")
    other = programme.activity("KZ", confidentiality="restricted")
    then = timezone.now()
    for one, level in ((activity, "restricted"), (other, "public")):
        edit_activity(by=TESTER, activity=one, entry=ActivityEntry({"confidentiality": level}), version=one.version)
    with as_known(then):
        assert {one.confidentiality for one in Activity.objects.all()} == {"restricted"}


def test_what_was_restricted_before_it_was_deleted_stays_so(programme: SmallProgramme) -> None:
    with operation("note meeting", by=TESTER):
        meeting = Meeting(phase=programme.phase, code="M-1", kind="other", title={"en": "M"}, confidentiality="public")
        meeting.save()
    then = timezone.now()
    with operation("restrict", by=TESTER):
        meeting.confidentiality = "restricted"
        meeting.save()
    with operation("delete", by=TESTER):
        meeting.delete()
    with as_known(then):
        assert Meeting.objects.get().confidentiality == "restricted"


def test_a_name_taken_away_does_not_come_back(programme: SmallProgramme) -> None:
    person = attended(programme, programme.activity("KG"))
    then = timezone.now()
    values = {"name_signed": "withdrawn", "email": ""}
    edit_person(by=TESTER, person=person, values=values, version=person.version)
    with as_known(then):
        seen = Person.objects.get()
        assert (seen.name_signed, seen.email) == ("withdrawn", "")
        assert "osmonova" not in seen.search
        assert Attendance.objects.get().person == seen


def test_a_deleted_person_is_a_key_and_nothing_more(programme: SmallProgramme) -> None:
    person = attended(programme, programme.activity("KG"))
    then = timezone.now()
    with operation("forget person", by=TESTER):
        Attendance.objects.all().delete()
        person.delete()
    with as_known(then) as moment:
        seen = Person.objects.get()
        assert (seen.name_signed, seen.name_latin, seen.email, seen.sex) == (person.key, person.key, "", "woman")
        content = moment.file.read_bytes()
        assert b"Osmonova" not in content
        assert b"aida@" not in content


def test_a_text_that_was_reworded_is_that_of_now_but_for_readers_of_the_log(programme: SmallProgramme) -> None:
    activity = programme.activity("KG", summary={"en": "Aida Osmonova spoke"})
    then = timezone.now()
    entry = ActivityEntry({"summary": {"en": "A colonel spoke"}, "mode": "online"})
    edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
    with as_known(then):
        assert Activity.objects.get().summary == {"en": "A colonel spoke"}
        assert Activity.objects.get().mode == ""
    with as_known(then, former_texts=True):
        assert Activity.objects.get().summary == {"en": "Aida Osmonova spoke"}


def test_whoever_signs_in_has_the_name_of_today_and_no_password(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("PM", name="Old Name")
    then = timezone.now()
    edit_user(by=TESTER, user=user, values={"name": "New Name"})
    with as_known(then):
        assert User.objects.get().name == "New Name"
        rebuilt = User.objects.using(PAST).get()
        assert (rebuilt.name, rebuilt.password.startswith("•••")) == ("New Name", True)


def test_every_model_that_says_who_may_see_it_says_in_which_order() -> None:
    for model in models_of_the_past():
        fields = {field.name for field in model._meta.concrete_fields}
        assert ("confidentiality" in fields) == ("confidentiality" in model.tightened), model
        assert issubclass(model, Record)


# Files


def test_the_same_state_is_rebuilt_once(programme: SmallProgramme, place: Path) -> None:
    at = timezone.now()
    first = ask(at.isoformat())
    again = ask((at + timedelta(microseconds=10)).isoformat())
    assert first.outcome == again.outcome == Outcome.READY
    assert first.moment is not None
    assert again.moment is not None
    assert first.moment.file == again.moment.file
    assert [path.suffix for path in place.iterdir()].count(".sqlite3") == 1


def named_long_ago(at: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the file of ``at``, as it is once what was recorded then has settled."""
    monkeypatch.setattr(files, "UNSETTLED", timedelta(0))
    name = files.name_for(at)
    assert name
    return name


def test_files_are_made_anew_when_access_narrows_or_a_person_is_taken_away_and_not_otherwise(
    programme: SmallProgramme, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = programme.activity("KG", confidentiality="public")
    person = attended(programme, activity)
    activity.refresh_from_db()
    at = timezone.now()
    name = named_long_ago(at, monkeypatch)
    service = programme.services["KZ"]
    edit_institution(by=TESTER, institution=service, values={"short_name": {"en": "x"}}, version=service.version)
    edit_activity(by=TESTER, activity=activity, entry=ActivityEntry({"mode": "online"}), version=activity.version)
    assert named_long_ago(at, monkeypatch) == name
    entry = ActivityEntry({"confidentiality": "restricted"})
    edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
    narrower = named_long_ago(at, monkeypatch)
    assert narrower != name
    edit_person(by=TESTER, person=person, values={"name_signed": "withdrawn"}, version=person.version)
    assert named_long_ago(at, monkeypatch) != narrower


def test_texts_of_now_are_read_anew_when_one_changes(
    programme: SmallProgramme, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = programme.activity("KG", summary={"en": "Aida Osmonova spoke"})
    at = timezone.now()
    public, staff = named_long_ago(at, monkeypatch), files.name_for(at, former_texts=True)
    assert public != staff
    entry = ActivityEntry({"summary": {"en": "A colonel spoke"}})
    edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
    assert named_long_ago(at, monkeypatch) != public
    assert files.name_for(at, former_texts=True) == staff


def test_a_rebuilding_that_breaks_leaves_nothing(
    programme: SmallProgramme, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(file: Path, at: datetime, *, former_texts: bool) -> int:
        file.write_bytes(b"half")
        raise RuntimeError("ended")

    monkeypatch.setattr(files, "rebuild", broken)
    with pytest.raises(RuntimeError):
        ask(timezone.now().isoformat())
    assert [path.name for path in place.iterdir()] == ["guard.json"]


def test_old_files_and_those_of_ended_processes_are_thrown_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for number in range(6):
        path = files.folder() / f"{number}.sqlite3"
        path.touch()
        os.utime(path, (1000 + number, 1000 + number))
    left, fresh = files.folder() / "rebuilding-1.part", files.folder() / "rebuilding-2.part"
    left.touch()
    fresh.touch()
    os.utime(left, (time.time() - 2 * files.LONGEST_WRITING,) * 2)
    files.tidy(keep="0.sqlite3")
    assert sorted(path.name for path in place.iterdir()) == [
        "0.sqlite3", "4.sqlite3", "5.sqlite3", "rebuilding-2.part",
    ]  # fmt: skip


def test_a_long_log_is_rebuilt_in_the_background_once(
    programme: SmallProgramme, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotage.kit.past import tasks

    monkeypatch.setattr(asking, "AT_ONCE", 0)
    asked: list[tuple[str, str, bool]] = []
    monkeypatch.setattr(
        tasks, "rebuild_in_background", type("Task", (), {"enqueue": staticmethod(lambda *given: asked.append(given))})
    )
    at = timezone.now().isoformat()
    assert [ask(at).outcome for _look in range(3)] == [Outcome.BUILDING] * 3
    assert len(asked) == 1
    name, when, former_texts = asked[0]
    carry_out(name, datetime.fromisoformat(when), former_texts)
    assert ask(at).outcome == Outcome.READY
    assert not list(place.glob("*.wanted"))


def test_a_rebuilding_that_always_breaks_is_given_up(
    programme: SmallProgramme, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotage.kit.past import tasks

    def broken(file: Path, at: datetime, *, former_texts: bool) -> int:
        raise RuntimeError("ended")

    def at_once(name: str, at: str, former_texts: bool) -> None:
        with pytest.raises(RuntimeError):
            carry_out(name, datetime.fromisoformat(at), former_texts)

    monkeypatch.setattr(asking, "AT_ONCE", 0)
    monkeypatch.setattr(files, "rebuild", broken)
    monkeypatch.setattr(tasks, "rebuild_in_background", type("Task", (), {"enqueue": staticmethod(at_once)}))
    at = timezone.now().isoformat()
    assert [ask(at).outcome for _look in range(4)] == [Outcome.BUILDING] * 3 + [Outcome.FAILED]


def test_before_the_first_record_there_is_nothing_and_tomorrow_is_today(programme: SmallProgramme, place: Path) -> None:
    assert ask("2001-01-01").outcome == Outcome.NOTHING
    assert ask((date.today() + timedelta(days=1)).isoformat()).outcome == Outcome.PRESENT
    assert ask("yesterday").outcome == Outcome.UNREADABLE


def test_rebuilding_takes_a_bounded_number_of_queries(
    programme: SmallProgramme, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    for _number in range(5):
        programme.activity("KZ", "KG")
    with django_assert_max_num_queries(len(models_of_the_past()) + 5):
        rebuild(tmp_path / "past.sqlite3", timezone.now())
