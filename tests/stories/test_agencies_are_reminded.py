"""Agencies are reminded: one digest a person and day, nothing lost when the mail server is down, nothing twice."""

from __future__ import annotations

import io
import smtplib
from contextlib import redirect_stdout
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from pilotage.cli.commands.remind import show
from pilotage.domain.recommendations.contacts import add_contact, edit_contact
from pilotage.domain.recommendations.links import link_for
from pilotage.domain.recommendations.models import AgencyLink, Reminder
from pilotage.domain.recommendations.operations import Answer, edit_recommendation, move_recommendation
from pilotage.domain.recommendations.reminders import CLAIM, Plan, claim_reminder, log_reminder, stage_on, unsent
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers import reminding
from pilotage.exchange.tasks import send_reminder
from tests.answers import Agency, make_agency
from tests.browse import signed_in, words_of
from tests.records import TESTER

pytestmark = pytest.mark.django_db
DUE = date(2023, 5, 2)
"""Ninety days after 1 February 2023."""


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def agency() -> Agency:
    return make_agency()


class Broken(BaseEmailBackend):
    """A mail server that is down."""

    def open(self) -> bool:
        raise ConnectionRefusedError(111, "Connection refused")


class Dropped(BaseEmailBackend):
    """A mail server with which the line drops before it has taken the message."""

    def send_messages(self, _messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


class Rude(EmailBackend):
    """A mail server that takes the message and then complains."""

    def close(self) -> None:
        raise smtplib.SMTPResponseException(421, b"too busy to part politely")


def run_on(day: date) -> list[str]:
    reminding.plan_day(day)
    return [reminding.send(pk) for pk in reminding.waiting()]


def test_the_plan_has_stages() -> None:
    plan = Plan(before=14, at_due=True, every=14, times=3)
    stages = {
        day: stage_on(DUE, DUE + timedelta(days=day), plan) for day in (-15, -14, -1, 0, 13, 14, 27, 28, 42, 55, 56)
    }
    assert stages == {
        -15: "", -14: "before", -1: "before", 0: "due", 13: "due", 14: "after-1", 27: "after-1", 28: "after-2",
        42: "after-3", 55: "after-3", 56: "",
    }  # fmt: skip
    assert stage_on(DUE, DUE, Plan(0, False, 0, 0)) == ""


def test_one_digest_in_the_contacts_language_with_a_link_that_works(agency: Agency) -> None:
    assert run_on(DUE - timedelta(days=20)) == []
    assert run_on(DUE - timedelta(days=14)) == ["sent"]
    message = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert message.to == ["Daniyar <daniyar@example.org>"]
    body = str(message.body)
    assert all(one.code in body for one in agency.recommendations)
    assert "Просим ответить" in body
    assert agency.foreign.code not in body
    assert all(name not in body for name in agency.other.name.values())
    secret = body.split("/a/")[1].split("/")[0]
    link = link_for(secret)
    assert link is not None
    assert link.contact == agency.contact


def test_nothing_is_said_twice_and_a_missed_day_is_made_up(agency: Agency) -> None:
    first = DUE - timedelta(days=14)
    assert run_on(first) == ["sent"]
    assert run_on(first) == []
    assert run_on(first + timedelta(days=1)) == []
    assert run_on(DUE + timedelta(days=3)) == ["sent"], "the machine was off on the due date"
    assert run_on(DUE + timedelta(days=4)) == []
    assert run_on(DUE + timedelta(days=14)) == ["sent"]
    stages = [
        {item["stage"] for item in one.items if item["kind"] == "response"} for one in Reminder.objects.order_by("day")
    ]
    assert stages == [{"before"}, {"due"}, {"after-1"}]


def test_what_is_answered_is_not_brought_up_again(agency: Agency) -> None:
    for one in agency.recommendations:
        move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=Answer("accept"), channel=Channel.LINK)
    assert run_on(DUE) == []
    one = agency.recommendations[0]
    edit_recommendation(
        by=TESTER, recommendation=one, values={"implementation_due": date(2023, 6, 1)}, version=one.version
    )
    assert run_on(date(2023, 6, 1)) == ["sent"]
    assert "Просим исполнить" in str(mail.outbox[0].body)


def test_action_points_are_reminded_of_in_the_same_digest(agency: Agency) -> None:
    assert run_on(date(2023, 6, 30)) == ["sent"]
    kinds = {item["kind"] for item in Reminder.objects.get().items}
    assert "action" in kinds
    assert len(mail.outbox) == 1


def test_the_log_of_an_institution_tells_the_staff_of_reminders_and_nobody_else(agency: Agency) -> None:
    assert run_on(DUE) == ["sent"]
    page = f"/{agency.trial.phase.code}/institutions/{agency.institution.code}/"
    codes = {item["code"] for item in Reminder.objects.get().items}
    staff = words_of(signed_in(agency.trial.user("ME")[0]).get(page))
    assert ", ".join(sorted(codes)) in staff
    assert "{" not in staff
    for role in ("GR", "CP"):
        seen = words_of(signed_in(agency.trial.user(role, institution=agency.other)[0]).get(page))
        assert not [code for code in codes if code in seen], f"{role} reads what another agency was written"


def test_the_mail_server_is_down_for_a_day(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Broken"
    assert run_on(DUE) == ["failed"]
    reminder = Reminder.objects.get()
    assert "Connection refused" in reminder.problem
    assert reminder.sent_at is None
    assert not AgencyLink.objects.exists(), "no link is made that nobody gets"
    for _attempt in range(5):
        assert [reminding.send(pk) for pk in reminding.waiting()] == ["failed"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run_on(DUE + timedelta(days=1)) == ["sent"], "yesterday's goes out, today says nothing new"
    assert run_on(DUE + timedelta(days=1)) == []
    assert len(mail.outbox) == 1
    reminder.refresh_from_db()
    assert reminder.sent_at is not None
    assert reminder.problem == ""


def test_the_line_drops_while_it_is_sent_and_the_link_that_nobody_got_is_ended(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Dropped"
    assert run_on(DUE) == ["failed"]
    assert AgencyLink.objects.get().revoked_at is not None


def test_what_the_server_took_is_not_sent_again_for_a_rude_parting(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Rude"
    assert run_on(DUE) == ["sent"]
    assert run_on(DUE) == []
    assert len(mail.outbox) == 1


def test_the_task_tries_again_later(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Broken"
    (reminder,) = reminding.plan_day(DUE)
    from django_tasks_db.models import DBTaskResult

    assert send_reminder.call(reminder.pk) == "failed"
    queued = DBTaskResult.objects.get()
    assert queued.run_after is not None
    assert timedelta(minutes=4) < queued.run_after - timezone.now() < timedelta(minutes=6)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_reminder.call(reminder.pk) == "sent"
    assert send_reminder.call(reminder.pk) == "busy"
    assert len(mail.outbox) == 1


def test_a_killed_worker_loses_nothing_and_two_workers_send_once(agency: Agency) -> None:
    (reminder,) = reminding.plan_day(DUE)
    now = timezone.now()
    assert claim_reminder(reminder.pk, now) is not None, "one worker takes it up and is killed"
    assert reminding.send(reminder.pk) == "busy"
    assert unsent(now) == []
    assert unsent(now + CLAIM + timedelta(seconds=1)) == [reminder.pk]
    assert claim_reminder(reminder.pk, now + CLAIM + timedelta(seconds=1)) is not None
    Reminder.objects.filter(pk=reminder.pk).raw_update(claimed_at=None)
    assert reminding.send(reminder.pk) == "sent"
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<reminder-{reminder.pk}@127.0.0.1>"


def test_two_runs_at_the_same_moment_keep_one(agency: Agency) -> None:
    (digest,) = reminding.planned(DUE)
    assert log_reminder(by=TESTER, digest=digest, day=DUE) is not None
    assert log_reminder(by=TESTER, digest=digest, day=DUE) is None
    assert Reminder.objects.count() == 1


def test_only_active_contacts_are_written_to_each_once(agency: Agency) -> None:
    add_contact(
        by=TESTER, phase=agency.phase, institution=agency.institution,
        values={"name": "Saule", "email": "saule@example.org", "language": "en"},
    )  # fmt: skip
    edit_contact(by=TESTER, contact=agency.contact, values={"active": False})
    assert run_on(DUE) == ["sent"]
    assert mail.outbox[0].to == ["Saule <saule@example.org>"]
    assert "Please answer" in str(mail.outbox[0].body)


def test_a_dry_run_prints_and_changes_nothing(agency: Agency) -> None:
    said = io.StringIO()
    with redirect_stdout(said):
        show(DUE, [agency.phase], full=True)
    assert "1 mails would go out on 2023-05-02" in said.getvalue()
    assert "Daniyar" in said.getvalue()
    assert "Просим ответить" in said.getvalue()
    assert not Reminder.objects.exists()
    assert not AgencyLink.objects.exists()
    assert not mail.outbox


def test_after_two_weeks_it_is_given_up_and_somebody_sends_it_again(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Broken"
    (reminder,) = reminding.plan_day(DUE)
    Reminder.objects.raw_update(attempts=59)
    assert reminding.send(reminder.pk) == "failed"
    assert reminding.send(reminder.pk) == "busy", "the task that comes back finds it given up"
    assert unsent(timezone.now()) == []
    browser = signed_in(agency.coordinator)
    page = f"/{agency.trial.phase.code}/recommendations/agencies/{agency.institution.code}/"
    told = words_of(browser.get(page))
    assert "not sent, given up" in told
    assert "tried 60 times" in told
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "The reminder is on its way." in words_of(browser.post(page, {"again": reminder.pk}, follow=True))
    reminding.send(reminder.pk)
    assert len(mail.outbox) == 1
    assert "still tried by itself" in words_of(browser.post(page, {"again": reminder.pk}, follow=True))
