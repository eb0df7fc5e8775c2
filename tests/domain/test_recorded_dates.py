"""The recorded date is the moment of the operation; only a simulation invents one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from pilotage.domain.parties.models import Institution
from pilotage.kit.actors import Simulation, SystemActor
from pilotage.kit.changes import ForgedClock, operation
from pilotage.kit.histories import History, insert_with_histories
from pilotage.kit.models import Change

pytestmark = pytest.mark.django_db
INVENTOR = Simulation("Inventor")
THEN = datetime(2022, 3, 1, 8, tzinfo=UTC)


def school(code: str = "school") -> Institution:
    return Institution(code=code, name={"en": "Border School"}, type=Institution.Type.TRAINING)


def test_nobody_but_a_simulation_says_when_something_was_recorded() -> None:
    with pytest.raises(ForgedClock), operation("add institution", by=SystemActor("Loader"), recorded_at=THEN):
        school().save()
    with operation("load", by=SystemActor("Loader")), pytest.raises(ForgedClock):  # noqa: SIM117
        with operation("add institution", by=INVENTOR, recorded_at=THEN):
            school().save()
    assert not Institution.objects.exists()


def test_nothing_is_recorded_in_the_future() -> None:
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(ForgedClock), operation("add institution", by=INVENTOR, recorded_at=later):
        school().save()


def test_an_invented_date_bears_the_name_of_who_invented_it() -> None:
    with operation("simulate", by=INVENTOR), operation("add institution", by=SystemActor("Marta"), recorded_at=THEN):
        school().save()
    with operation("simulate", by=INVENTOR):
        Institution.objects.bulk_create([school("other")], recorded=lambda record: THEN)
    assert set(Change.objects.values_list("at", "actor_name")) == {(THEN, "Inventor")}


def test_a_record_comes_with_the_past_that_the_log_tells() -> None:
    history, later = History(school(), THEN), THEN + timedelta(days=9)
    with history.change("edit institution", later):
        history.record.name = {"en": "Border School", "ru": "Школа"}
    with pytest.raises(ValueError, match="before"), history.change("rename institution", THEN):
        pass
    with operation("simulate", by=INVENTOR):
        insert_with_histories(Institution, [history])
    assert Institution.objects.get().name["ru"] == "Школа"
    added, changed = Change.objects.order_by("id")
    assert (added.action, added.after["name"], added.record_id) == (
        "added",
        {"en": "Border School"},
        str(history.record.pk),
    )
    assert (changed.name, changed.before["name"], changed.at) == ("edit institution", {"en": "Border School"}, later)
