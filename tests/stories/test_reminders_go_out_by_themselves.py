"""The day's reminders go out without cron: once a day, with two workers, after a restart, after a day without mail."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pilotage.domain.recommendations.models import DailyRun, Reminder
from pilotage.domain.recommendations.reminders import CLAIM, claim_day
from pilotage.domain.steering.action_points import add_action_point, move_action_point
from pilotage.exchange import daily
from pilotage.exchange.answers import reminding
from pilotage.exchange.tasks import send_reminder
from tests.answers import Agency, make_agency
from tests.records import TESTER

pytestmark = pytest.mark.django_db
DUE = date(2023, 6, 30)
"""The action point's day."""


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.REMIND_AT = 8


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def work() -> list[str]:
    """What a worker does with everything that it finds."""
    said = []
    for task in DBTaskResult.objects.filter(task_path=send_reminder.module_path, status="READY"):
        DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
        said.append(send_reminder.call(*task.args_kwargs["args"]))
    return said


def test_once_a_day_whoever_looks_and_how_often(agency: Agency) -> None:
    assert daily.look(at(DUE, 7)) == (0, 0), "not before the hour"
    assert daily.look(at(DUE)) == (1, 1)
    assert daily.look(at(DUE)) == (0, 0), "another worker a moment later"
    assert work() == ["sent"]
    assert daily.look(at(DUE, 15)) == (0, 0), "after a restart in the afternoon"
    assert work() == []
    assert len(mail.outbox) == 1
    assert daily.look(at(DUE + timedelta(days=1)))[0] == 0, "nothing new to say the next day"
    assert DailyRun.objects.count() == 2


def test_never_by_itself_where_cron_does_it(agency: Agency, settings: Any) -> None:
    settings.REMIND_AT = 24
    assert daily.look(at(DUE, 23)) == (0, 0)


def test_a_worker_that_is_killed_while_planning_is_followed_by_another(agency: Agency) -> None:
    assert claim_day(daily.JOB, DUE, at(DUE)), "one worker takes the day up, and is killed"
    assert daily.look(at(DUE)) == (0, 0)
    assert daily.look(at(DUE) + CLAIM + timedelta(seconds=1)) == (1, 1)
    assert daily.look(at(DUE) + CLAIM * 3) == (0, 0), "now it is finished"


def test_a_reminder_lost_with_its_worker_is_given_out_again(agency: Agency) -> None:
    daily.look(at(DUE))
    DBTaskResult.objects.update(status="RUNNING")
    reminder = Reminder.objects.get()
    Reminder.objects.filter(pk=reminder.pk).raw_update(claimed_at=timezone.now())
    assert daily.look(at(DUE, 10)) == (0, 0), "it is in hand"
    Reminder.objects.filter(pk=reminder.pk).raw_update(claimed_at=timezone.now() - CLAIM * 2)
    assert daily.look(at(DUE, 11)) == (0, 1)
    assert work() == ["sent"]
    assert len(mail.outbox) == 1


def test_the_mail_server_is_down_for_a_day_and_nothing_is_lost_or_sent_twice(agency: Agency, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.stories.test_agencies_are_reminded.Broken"
    daily.look(at(DUE))
    for hour in range(9, 20):
        daily.look(at(DUE, hour))
        assert set(work()) <= {"failed"}
        assert len(daily.queued()) == 1, "one attempt is put off at a time, however often one looks"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert daily.look(at(DUE + timedelta(days=1))) == (0, 0)
    assert work() == ["sent"]
    assert work() == []
    assert len(mail.outbox) == 1
    assert Reminder.objects.get().attempts == 12


def test_the_owner_of_the_staff_is_reminded_in_the_own_language(agency: Agency) -> None:
    coordinator = agency.coordinator
    coordinator.language = "ru"
    coordinator.save()
    values = {"text": {"en": "Send it", "ru": "Направить"}, "owner_user": coordinator, "due_on": DUE}
    own = add_action_point(by=TESTER, meeting=agency.point.meeting, values=values)
    planned = reminding.plan_day(DUE)
    assert {one.recipient_name for one in planned} == {"Daniyar", "Aida"}
    assert [reminding.send(one.pk) for one in planned] == ["sent", "sent"]
    message = next(one for one in mail.outbox if "aida@example.org" in one.to[0])
    body = str(message.body)
    assert own.code in body
    assert "Направить" in body
    assert "/a/" not in body, "no personal link for somebody with an account"
    assert f"/trial-1/action-points/?owner=user-{coordinator.pk}" in body
    assert agency.recommendations[0].code not in body
    assert reminding.plan_day(DUE) == []
    assert reminding.plan_day(DUE + timedelta(days=14)), "after the day it is brought up again"
    move_action_point(by=TESTER, point=own, step="report_done", words="sent")
    assert not [one for one in reminding.planned(DUE + timedelta(days=28)) if one.contact is None]


def test_a_staff_member_who_left_is_not_written_to(agency: Agency) -> None:
    values = {"text": {"en": "Send it"}, "owner_user": agency.coordinator, "due_on": DUE}
    add_action_point(by=TESTER, meeting=agency.point.meeting, values=values)
    agency.coordinator.is_active = False
    agency.coordinator.save()
    assert [one.recipient.name for one in reminding.planned(DUE)] == ["Daniyar"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_begin_one_day() -> None:
    began: list[bool] = []

    def begin() -> None:
        began.append(claim_day(daily.JOB, DUE, at(DUE)))
        connection.close()

    workers = [threading.Thread(target=begin) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(began) == [False, False, False, True]
