"""The accounts of other people on a manager's pages: corrected, blocked, signed out, and who may do so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.utils import timezone

from pilotage.domain.membership.models import AccessToken, Assignment, User
from pilotage.domain.membership.operations import assign_role, edit_user, issue_token
from pilotage.domain.membership.queries import viewer_for
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def page_of(user: User, step: str = "") -> str:
    return f"/trial-1/settings/accounts/{user.pk}/{step}"


def test_who_left_is_signed_out_and_stays_out(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, viewer = programme.user("CO", "Timur")
    theirs = signed_in(officer)
    expires = timezone.localdate() + timedelta(days=9)
    _token, key = issue_token(by=officer, assignment=viewer.assignments[0], label="Excel", expires_on=expires)
    assert "Excel" in words_of(manager.get(page_of(officer)))
    assert theirs.get("/account/").status_code == 200
    asked = manager.get(page_of(officer, "block/"))
    assert "end at once" in words_of(asked)
    assert manager.post(page_of(officer, "block/"), {"why": "Left in May"})["Location"] == page_of(officer)
    assert theirs.get("/account/").status_code == 302
    assert viewer_for(key) is None
    assert AccessToken.objects.get().revoked_at is not None
    shown = words_of(manager.get(page_of(officer)))
    assert "blocked" in shown
    assert "Left in May" in shown
    assert manager.get(page_of(officer, "block/")).status_code == 404
    assert manager.post(page_of(officer, "unblock/"), {"why": "Back"}).status_code == 302
    # The old session does not come to life again, nor does the token.
    assert theirs.get("/account/").status_code == 302
    assert viewer_for(key) is None
    assert signed_in(User.objects.get(pk=officer.pk)).get("/account/").status_code == 200


def test_a_lost_computer(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, _viewer = programme.user("CO", "Timur")
    theirs = signed_in(officer)
    assert manager.post(page_of(officer, "sign-out/"), {"why": "Lost"}).status_code == 302
    assert theirs.get("/account/").status_code == 302
    officer.refresh_from_db()
    assert officer.is_active


def test_a_lost_second_factor(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, _viewer = programme.user("CO", "Timur")
    assert manager.get(page_of(officer, "second-factor/")).status_code == 404
    TOTP.activate(officer, generate_totp_secret())
    assert "with a second factor" in words_of(manager.get(page_of(officer)))
    theirs = signed_in(officer)
    assert manager.post(page_of(officer, "second-factor/"), {"why": "Telephone lost"}).status_code == 302
    assert theirs.get("/account/").status_code == 302
    assert not Authenticator.objects.exists()
    shown = words_of(manager.get(page_of(officer)))
    assert "with a second factor" not in shown
    assert "took away a second factor" in shown
    assert "Telephone lost" in shown
    again = signed_in(User.objects.get(pk=officer.pk))
    assert again.get(page_of(officer, "second-factor/")).status_code == 403


def test_an_address_is_corrected_and_both_addresses_are_told(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, _viewer = programme.user("CO", "Timur")
    programme.user("ME", "Lena")
    taken = User.objects.get(name="Lena").email
    former = officer.email
    EmailAddress.objects.create(user=officer, email=former, primary=True)
    form = form_of(manager.get(page_of(officer, "edit/")), "email")
    refused = manager.post(page_of(officer, "edit/"), form | {"email": taken.upper(), "name": "Timur R."})
    assert refused.status_code == 422
    assert form_of(refused, "email")["name"] == "Timur R."
    assert manager.post(page_of(officer, "edit/"), form | {"email": "T.R@example.org"}).status_code == 302
    assert User.objects.get(pk=officer.pk).email == "t.r@example.org"
    assert not EmailAddress.objects.filter(user=officer).exists()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([former, "t.r@example.org"])
    assert former in mail.outbox[0].body


def test_two_managers_correct_at_once(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, _viewer = programme.user("CO", "Timur")
    page = page_of(officer, "edit/")
    form = form_of(manager.get(page), "email")
    edit_user(by=TESTER, user=officer, values={"name": "Timur Rahimov"})
    answer = manager.post(page, form | {"name": "T. Rahimov", "language": "ru"})
    assert answer.status_code == 422
    assert "is now: Timur Rahimov" in words_of(answer)
    again = form_of(answer, "email")
    assert (again["name"], again["language"]) == ("T. Rahimov", "ru")
    assert manager.post(page, again).status_code == 302
    assert User.objects.get(pk=officer.pk).name == "T. Rahimov"


def test_two_managers_end_a_role_at_once(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    officer, _viewer = programme.user("CO", "Timur")
    held = Assignment.objects.get(user=officer)
    page = f"/trial-1/settings/users/{held.pk}/end/"
    form = form_of(manager.get(page), "valid_until")
    other = signed_in(programme.user("PM", "Lena")[0])
    assert other.post(page, form | {"valid_until": "2030-05-31"}).status_code == 302
    answer = manager.post(page, form | {"valid_until": "2031-05-31", "why": "Contract"})
    assert answer.status_code == 422
    assert "31 May 2030" in words_of(answer)
    assert form_of(answer, "valid_until")["why"] == "Contract"


def test_who_is_not_reached(programme: SmallProgramme) -> None:
    marta, _viewer = programme.user("PM", "Marta")
    manager = signed_in(marta)
    stranger, _viewer = small_programme("other").user("CO", "Stranger")
    for step in ("", "edit/", "block/", "sign-out/"):
        assert manager.get(page_of(stranger, step)).status_code == 404
    # Who also works elsewhere is seen, but changed by whoever manages all of it.
    values = {"role": "CO", "programme": programme.programme, "phase": programme.phase}
    assign_role(by=TESTER, user=stranger, values=values)
    assert "also works where" in words_of(manager.get(page_of(stranger)))
    for step in ("edit/", "block/", "sign-out/"):
        assert manager.post(page_of(stranger, step), {"name": "x", "email": "x@example.org"}).status_code == 403
    own = manager.post(page_of(marta, "block/"), {"why": "Try"})
    assert own.status_code == 422
    assert "lock yourself out" in words_of(own)
    officer, _viewer = programme.user("ME", "Timur")
    assert signed_in(officer).get(page_of(marta)).status_code == 403


def test_a_role_from_a_day_to_come(programme: SmallProgramme) -> None:
    manager = signed_in(programme.user("PM", "Marta")[0])
    page = "/trial-1/settings/users/give/"
    day = timezone.localdate() + timedelta(days=40)
    form = form_of(manager.get(page), "email")
    assert form["valid_from"] == timezone.localdate().isoformat()
    role = {"email": "next@example.org", "name": "Next", "language": "en", "role": "CO", "reach": "phase"}
    wrong = manager.post(page, role | {"valid_from": day.isoformat(), "valid_until": "2020-01-01"})
    assert "end before it begins" in words_of(wrong)
    assert manager.post(page, role | {"valid_from": day.isoformat()}).status_code == 302
    listed = words_of(manager.get("/trial-1/settings/users/"))
    assert "to come" in listed
    assert "Held by nobody now: " in listed
    assert "communication officer" in listed.split("Held by nobody now:")[1]
    newcomer = User.objects.get(email="next@example.org")
    assert signed_in(newcomer).get("/trial-1/activities/new/").status_code == 403
    assert "to come" in words_of(manager.get(page_of(newcomer)))
