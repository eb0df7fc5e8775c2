"""Roles are given with their scope by whoever may, end on a day, and never leave a phase without a manager."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilotage.domain.membership.access import manages_programme
from pilotage.domain.membership.models import Assignment, Role, User
from pilotage.domain.membership.operations import (
    assign_role,
    block_user,
    edit_user,
    end_assignment,
    sign_out_user,
    unblock_user,
)
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.operations import add_phase
from pilotage.kit.changes import StaleRecord
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def second_phase(trial: SmallProgramme) -> Phase:
    """Another phase of the same programme."""
    title = {"en": "Trial, phase 2", "ru": "Проба, фаза 2"}
    return add_phase(
        by=TESTER,
        values={"programme": trial.programme, "code": "trial-2", "number": 2, "title": title},
        countries=list(trial.countries.values()),
    )


def whole(trial: SmallProgramme, user: User, role: str = "PM") -> Assignment:
    """A role in the whole programme."""
    return assign_role(by=TESTER, user=user, values={"role": role, "programme": trial.programme, "phase": None})


def test_a_role_in_the_whole_programme_holds_in_every_phase(trial: SmallProgramme) -> None:
    later = second_phase(trial)
    user, _viewer = trial.user("CO", "Marta")
    whole(trial, user)
    assert Role.PM in Viewer.of(user).roles_in(later)
    assert Role.CO not in Viewer.of(user).roles_in(later)


def test_the_manager_of_one_phase_does_not_give_roles_in_all(trial: SmallProgramme) -> None:
    second_phase(trial)
    manager, viewer = trial.user("PM", "Marta")
    other, _viewer = trial.user("CO")
    values = {"role": "ME", "programme": trial.programme, "phase": None}
    with pytest.raises(NotAllowed, match="manages all of its phases"):
        assign_role(by=manager, viewer=viewer, user=other, values=values)
    whole(trial, manager)
    assert manages_programme(Viewer.of(manager), trial.programme)
    given = assign_role(by=manager, viewer=Viewer.of(manager), user=other, values=values)
    assert given.phase is None


def test_only_a_manager_gives_roles_in_the_phase(trial: SmallProgramme) -> None:
    officer, viewer = trial.user("ME")
    values = {"role": "CO", "programme": trial.programme, "phase": trial.phase}
    with pytest.raises(NotAllowed, match="programme manager"):
        assign_role(by=officer, viewer=viewer, user=officer, values=values)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PUB])
def test_every_role_can_be_held_in_phase_and_programme(trial: SmallProgramme, role: Role) -> None:
    user, _viewer = trial.user("CO" if role != Role.CO else "FI", "Somebody")
    scope = {
        Role.CL: {"component": trial.components[0]}, Role.NC: {"country": trial.countries["KG"]},
        Role.CP: {"institution": trial.services["KG"]}, Role.GR: {"institution": trial.services["KG"]},
    }.get(role, {})  # fmt: skip
    for phase in (trial.phase, None):
        values = {"role": role.value, "programme": trial.programme, "phase": phase, **scope}
        if phase is None and "component" in scope:
            with pytest.raises(ValidationError, match="belongs to one phase"):
                assign_role(by=TESTER, user=user, values=values)
        else:
            assign_role(by=TESTER, user=user, values=values)
    assert role in Viewer.of(user).roles_in(trial.phase)


def test_what_makes_no_sense_is_refused(trial: SmallProgramme) -> None:
    user, _viewer = trial.user("CO", "Somebody")
    base = {"programme": trial.programme, "phase": trial.phase}
    with pytest.raises(ValidationError, match="no narrower scope"):
        assign_role(by=TESTER, user=user, values={**base, "role": "PM", "country": trial.countries["KG"]})
    with pytest.raises(ValidationError, match="already"):
        assign_role(by=TESTER, user=user, values={**base, "role": "CO"})
    with pytest.raises(ValidationError, match="within a scope"):
        assign_role(by=TESTER, user=user, values={**base, "role": "NC"})


def test_a_role_that_ended_can_be_given_again(trial: SmallProgramme) -> None:
    user, viewer = trial.user("CO")
    end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=YESTERDAY)
    assert Viewer.of(user).roles_in(trial.phase) == {Role.PUB}
    assign_role(by=TESTER, user=user, values={"role": "CO", "programme": trial.programme, "phase": trial.phase})
    assert Viewer.of(user).roles_in(trial.phase) == {Role.CO}


def test_the_last_manager_stays(trial: SmallProgramme) -> None:
    manager, viewer = trial.user("PM", "Marta")
    with pytest.raises(ValidationError, match=r"last programme manager of trial-1"):
        end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=YESTERDAY)
    with pytest.raises(ValidationError, match="last programme manager"):
        block_user(by=TESTER, user=manager)
    other, others = trial.user("PM", "Timur")
    block_user(by=TESTER, user=other)
    manager.refresh_from_db()
    with pytest.raises(ValidationError, match="last programme manager"):
        end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=YESTERDAY)
    unblock_user(by=TESTER, user=other)
    end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=YESTERDAY)
    with pytest.raises(ValidationError, match="last programme manager"):
        end_assignment(by=TESTER, assignment=others.assignments[0], last_day=timezone.localdate())


def test_the_last_manager_of_the_whole_programme_stays_while_a_phase_has_no_other(trial: SmallProgramme) -> None:
    second_phase(trial)
    user, _viewer = trial.user("CO", "Marta")
    held = whole(trial, user)
    trial.user("PM", "Timur")
    with pytest.raises(ValidationError, match="trial-2"):
        end_assignment(by=TESTER, assignment=held, last_day=YESTERDAY)


def test_a_successor_is_prepared(trial: SmallProgramme) -> None:
    first, viewer = trial.user("PM", "Marta")
    base = {"role": "PM", "programme": trial.programme, "phase": trial.phase}
    second, _viewer = trial.user("CO", "Timur")
    tomorrow = timezone.localdate() + timedelta(days=1)
    coming = assign_role(by=TESTER, user=second, values={**base, "valid_from": tomorrow})
    assert coming.is_to_come()
    assert Role.PM not in Viewer.of(second).roles_in(trial.phase)
    # Today there is nobody else yet; from tomorrow on there is.
    with pytest.raises(ValidationError, match="last programme manager"):
        end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=YESTERDAY)
    end_assignment(by=TESTER, assignment=viewer.assignments[0], last_day=timezone.localdate())
    with pytest.raises(ValidationError, match="last programme manager"):
        end_assignment(by=TESTER, assignment=coming, last_day=YESTERDAY)
    with pytest.raises(ValidationError, match="last programme manager"):
        block_user(by=TESTER, user=second)
    # The same role again from the day after the last one: the days do not meet.
    with pytest.raises(ValidationError, match="already"):
        assign_role(by=TESTER, user=first, values=base)
    assign_role(by=TESTER, user=first, values={**base, "valid_from": tomorrow})
    end_assignment(by=TESTER, assignment=coming, last_day=YESTERDAY)
    with pytest.raises(ValidationError, match="before it begins"):
        assign_role(by=TESTER, user=second, values={**base, "valid_from": tomorrow, "valid_until": YESTERDAY})


def test_nobody_blocks_themself_and_only_who_manages_everything_changes_an_account(trial: SmallProgramme) -> None:
    later = second_phase(trial)
    manager, viewer = trial.user("PM", "Marta")
    officer, _viewer = trial.user("CO", "Timur")
    trial.user("PM", "Lena")
    with pytest.raises(ValidationError, match="lock yourself out"):
        block_user(by=manager, user=manager)
    block_user(by=manager, viewer=viewer, user=officer)
    unblock_user(by=manager, viewer=viewer, user=officer)
    # In the second phase somebody else is the manager: through an e-mail address one would get hold of that role too.
    values = {"role": "CO", "programme": trial.programme, "phase": later}
    elsewhere = assign_role(by=TESTER, user=officer, values=values)
    for change in (block_user, unblock_user, sign_out_user):
        with pytest.raises(NotAllowed, match="also works where"):
            change(by=manager, viewer=viewer, user=officer)
    with pytest.raises(NotAllowed, match="also works where"):
        edit_user(by=manager, viewer=viewer, user=officer, values={"email": "mine@example.org"})
    end_assignment(by=TESTER, assignment=elsewhere, last_day=YESTERDAY)
    assert edit_user(by=manager, viewer=viewer, user=officer, values={"email": " New@Example.org"}).email == (
        "new@example.org"
    )


def test_two_managers_end_a_role_at_once(trial: SmallProgramme) -> None:
    _user, viewer = trial.user("CO")
    held = viewer.assignments[0]
    end_assignment(by=TESTER, assignment=held, last_day=YESTERDAY)
    with pytest.raises(StaleRecord):
        end_assignment(by=TESTER, assignment=held, last_day=timezone.localdate(), version=held.version - 1)
