"""Who may do what with an activity, and what its records may not say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_activity, edit_activity, move_activity, set_tally
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.states import MOVES
from pilotage.domain.activities.words import State
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def test_an_activity_walks_from_draft_to_verified_by_the_hands_of_those_who_may(trial: SmallProgramme) -> None:
    manager, as_manager = trial.user("PM")
    lead, as_lead = trial.user("CL", component=trial.components[0])
    officer, as_officer = trial.user("ME")
    activity = trial.activity("KZ", planned_start="2023-05-03", planned_end="2023-05-05", tally=(TallyRow(9, "KZ"),))
    move_activity(by=manager, viewer=as_manager, activity=activity, move="plan")
    assert activity.baseline_end == "2023-05-05"
    move_activity(by=lead, viewer=as_lead, activity=activity, move="confirm")
    move_activity(by=lead, viewer=as_lead, activity=activity, move="implement", new_end="2023-05-05")
    assert activity.ended_quarter == 20232
    with pytest.raises(ValidationError, match="signed attendance list"):
        move_activity(by=officer, viewer=as_officer, activity=activity, move="verify")
    papers = ActivityEntry({"signed_list_on": date(2023, 5, 9), "report_on": date(2023, 5, 20)})
    edit_activity(by=lead, viewer=as_lead, activity=activity, entry=papers, version=activity.version)
    move_activity(by=officer, viewer=as_officer, activity=activity, move="verify")
    assert activity.state == State.VERIFIED
    assert [move.move for move in activity.moves.all()] == ["plan", "confirm", "implement", "verify"]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", [move.name for move in MOVES])
def test_only_the_listed_moves_exist(trial: SmallProgramme, state: State, move: str) -> None:
    activity = trial.activity(
        "KZ", state=state, actual_end="2023-05-05" if state in {"implemented", "verified"} else ""
    )
    known = {step.name: step for step in MOVES}[move]
    if state not in known.from_states:
        with pytest.raises(ValidationError):
            move_activity(by=TESTER, viewer=None, activity=activity, move=move, reason="because", new_start="2023-07")
        assert Activity.objects.get(pk=activity.pk).state == state


def test_a_component_lead_reaches_only_the_own_component(trial: SmallProgramme) -> None:
    lead, as_lead = trial.user("CL", component=trial.components[1])
    activity = trial.activity("KZ")
    with pytest.raises(NotAllowed):
        edit_activity(by=lead, viewer=as_lead, activity=activity, entry=ActivityEntry({"mode": "online"}), version=1)
    with pytest.raises(NotAllowed):
        move_activity(by=lead, viewer=as_lead, activity=activity, move="plan")


def test_nobody_moves_an_activity_into_a_scope_that_is_not_theirs(trial: SmallProgramme) -> None:
    lead, as_lead = trial.user("CL", component=trial.components[0])
    values = {"title": {"en": "Workshop"}, "type": "workshop", "component": trial.components[1]}
    with pytest.raises(NotAllowed):
        add_activity(
            by=lead, viewer=as_lead, phase=trial.phase, entry=ActivityEntry(values, countries=frozenset({"KZ"}))
        )
    assert not Activity.objects.exists()


def test_a_coordinator_edits_in_one_country_only(trial: SmallProgramme) -> None:
    coordinator, viewer = trial.user("NC", country=trial.countries["KG"])
    own, other = trial.activity("KG", "KZ"), trial.activity("TJ")
    edit_activity(by=coordinator, viewer=viewer, activity=own, entry=ActivityEntry({"mode": "online"}), version=1)
    with pytest.raises(NotAllowed):
        edit_activity(by=coordinator, viewer=viewer, activity=other, entry=ActivityEntry({"mode": "online"}), version=1)


def test_nobody_verifies_an_own_entry(trial: SmallProgramme) -> None:
    both, _viewer = trial.user("ME", name="Both")
    from pilotage.domain.membership.operations import assign_role

    scope = {"role": "CL", "programme": trial.programme, "phase": trial.phase, "component": trial.components[0]}
    assign_role(by=TESTER, user=both, values=scope)
    viewer = Viewer.of(both)
    activity = trial.activity("KZ", state="confirmed", tally=(TallyRow(3, "KZ"),), signed_list_on=date(2023, 6, 1),
                              report_on=date(2023, 6, 1))  # fmt: skip
    move_activity(by=both, viewer=viewer, activity=activity, move="implement", new_end="2023-05-05")
    with pytest.raises(NotAllowed):
        move_activity(by=both, viewer=viewer, activity=activity, move="verify")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"planned_start": "2023-06-20", "planned_end": "2023-06-10"}, "planned_end"),
        ({"planned_start": "2030-01-01"}, "planned_start"),
        ({"state": "implemented", "actual_end": "2025-09-29"}, None),
        ({"state": "planned", "component": None}, "component"),
        ({"title": {"en": "Party \U0001f389"}}, "title"),
        ({"title": {"en": "x" * 10_000}}, "title"),
        ({"title": {"en": "bell \x07"}}, "title"),
        ({"actual_start": "2023-02-30"}, "actual_start"),
        ({"type": "party"}, "type"),
        ({"cost": -5}, "cost"),
    ],
)
def test_bad_values_are_refused_at_their_field(
    trial: SmallProgramme, values: dict[str, object], field: str | None
) -> None:
    if field is None:
        trial.activity("KZ", **values)
        return
    with pytest.raises(ValidationError) as refused:
        trial.activity("KZ", **values)
    assert field in refused.value.message_dict
    assert not Activity.objects.exists()


def test_a_country_outside_the_programme_is_refused(trial: SmallProgramme) -> None:
    from pilotage.domain.parties.operations import add_country

    add_country(by=TESTER, code="FR", name={"en": "France"})
    with pytest.raises(ValidationError, match="FR is not a partner country"):
        trial.activity("FR")


def test_an_activity_cannot_be_implemented_in_the_future(trial: SmallProgramme) -> None:
    trial.phase.original_end = None
    activity = trial.activity("KZ", state="confirmed")
    activity.phase.original_end = None
    with pytest.raises(ValidationError) as refused:
        move_activity(by=TESTER, viewer=None, activity=activity, move="implement", new_end="2199-01-01")
    assert "new_end" in refused.value.message_dict


def test_women_cannot_outnumber_participants_and_lines_must_sum(trial: SmallProgramme) -> None:
    activity = trial.activity("KZ")
    rows = [TallyRow(4, "KZ", sex="woman"), TallyRow(6, "KZ", sex="man")]
    with pytest.raises(ValidationError) as refused:
        set_tally(by=TESTER, activity=activity, rows=rows, version=1, participants=9, women=12)
    assert {"women", "participants"} <= set(refused.value.message_dict)
    assert not activity.tallies.exists()


def test_the_public_sees_what_is_published_and_a_restricted_activity_is_seen_by_few(trial: SmallProgramme) -> None:
    kinds = {level: trial.activity("KZ", state="planned", confidentiality=level)
             for level in ("public", "partners", "internal", "restricted")}  # fmt: skip
    draft = trial.activity("KZ", confidentiality="public")
    counterpart = trial.user("CP", institution=trial.services["KZ"], country=trial.countries["KZ"])[1]
    seen = {
        "public": Viewer.public(),
        "CP": counterpart,
        "EUD": trial.user("EUD")[1],
        "CO": trial.user("CO")[1],
        "PM": trial.user("PM")[1],
    }
    codes = {
        name: set(visible_activities(viewer, trial.phase).values_list("pk", flat=True)) for name, viewer in seen.items()
    }
    assert codes["public"] == {kinds["public"].pk}
    assert codes["CP"] == {kinds["public"].pk, kinds["partners"].pk}
    assert codes["EUD"] == {kinds["public"].pk, kinds["partners"].pk, kinds["internal"].pk}
    assert codes["CO"] == codes["EUD"] | {draft.pk}
    assert codes["PM"] == {*codes["CO"], kinds["restricted"].pk}


def test_a_verified_tally_is_closed(trial: SmallProgramme) -> None:
    activity = trial.activity("KZ", state="verified", actual_end="2023-05-05", tally=(TallyRow(3, "KZ"),))
    with pytest.raises(ValidationError, match="verified"):
        set_tally(by=TESTER, activity=activity, rows=[TallyRow(4, "KZ")], version=1)


def test_what_was_verified_stays_until_the_verification_is_taken_back(trial: SmallProgramme) -> None:
    activity = trial.activity("KZ", state="verified", actual_start="2023-05-05", actual_end="2023-05-05")
    for entry in (ActivityEntry({"actual_end": "2023-05-06"}), ActivityEntry({}, countries=frozenset({"KG"}))):
        with pytest.raises(ValidationError, match="Take the verification back"):
            edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
        activity.refresh_from_db()
    corrected = ActivityEntry({"summary": {"en": "Better words"}}, countries=frozenset({"KZ"}))
    assert edit_activity(by=TESTER, activity=activity, entry=corrected, version=activity.version).summary["en"]
