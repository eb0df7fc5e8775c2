"""Who reads names is written down, and nobody can alter it."""

from __future__ import annotations

import pytest

from pilotage.domain.activities.models import PersonsReading
from pilotage.domain.activities.persons import AttendanceEntry, set_attendance
from pilotage.kit.models import AppendOnly
from tests.browse import signed_in
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def trial() -> SmallProgramme:
    """A programme with two people at one activity."""
    made = small_programme()
    activity = made.activity("KZ", state="implemented", actual_start="2023-06-20", actual_end="2023-06-20")
    for name in ("Aida Osmonova", "Данияр Сериков"):
        new = {"name_signed": name, "country_id": "KZ", "institution_id": made.services["KZ"].pk}
        activity.refresh_from_db()
        set_attendance(by=TESTER, activity=activity, entries=[AttendanceEntry(None, new=new)], version=activity.version)
    return made


def test_every_look_at_names_is_noted(trial: SmallProgramme) -> None:
    officer, _viewer = trial.user("ME", name="Marta")
    client = signed_in(officer)
    key = trial.phase.persons.first().key  # type: ignore[union-attr]
    client.get("/trial-1/people/")
    b"".join(client.get("/trial-1/people/?format=csv"))
    client.get(f"/trial-1/people/{key}/")
    client.get("/trial-1/people/nobody/")
    noted = list(PersonsReading.objects.order_by("id").values_list("user_name", "what", "record", "persons"))
    assert noted == [
        ("Marta", "register", "", 2),
        ("Marta", "export", "", 2),
        ("Marta", "person", key, 1),
    ]
    page = client.get("/trial-1/people/readings/", {"q": "MARTA"}).content.decode()
    assert "an export of the register" in page
    assert page.count("<tr") == 4


def test_an_attendance_list_is_noted_and_a_refused_look_is_not(trial: SmallProgramme) -> None:
    coordinator, _viewer = trial.user("NC", country=trial.countries["KZ"])
    code = trial.phase.activities.get().code
    signed_in(coordinator).get(f"/trial-1/activities/{code}/people/")
    signed_in(trial.user("CO")[0]).get("/trial-1/people/")
    noted = PersonsReading.objects.get()
    assert (noted.what, noted.record, noted.persons) == ("attendance", code, 2)


def test_it_cannot_be_altered(trial: SmallProgramme) -> None:
    signed_in(trial.user("ME")[0]).get("/trial-1/people/")
    noted = PersonsReading.objects.get()
    with pytest.raises(AppendOnly):
        noted.save()
    with pytest.raises(AppendOnly):
        noted.delete()
