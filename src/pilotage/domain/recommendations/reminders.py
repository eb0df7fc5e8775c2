"""Reminders: one digest for each contact and day, by a plan of days before, at and after what is due.

What was told is remembered by stage (before, at the due date, first, second … time after), not by day: where nothing
could be sent for a day or a week, the next run tells what is due to be told then, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import User
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.domain.recommendations.models import AgencyContact, DailyRun, Recommendation, Reminder
from pilotage.domain.recommendations.words import AWAITING_ANSWER, TO_IMPLEMENT
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.mails import MOST_ATTEMPTS
from pilotage.kit.texts import Text

CLAIM = timedelta(minutes=15)
"""A worker that took up a reminder this long ago and said nothing since was ended: another may try."""
REMEMBERED = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Plan:
    """When to remind: days before (0: not), at the due date, every so many days after, so many times."""

    before: int
    at_due: bool
    every: int
    times: int


@dataclass(frozen=True, slots=True)
class Due:
    """Something that an agency is to do by a day."""

    kind: str
    """``response``, ``implementation`` or ``action``."""
    code: str
    due: date
    text: Text


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is to be told on a day: a contact at an agency, or a user who owns action points."""

    phase: Phase
    recipient: AgencyContact | User
    items: tuple[tuple[Due, str], ...]
    """Each with its stage: ``before``, ``due``, ``after-1``, ``after-2`` …"""

    @property
    def contact(self) -> AgencyContact | None:
        """The contact, where it is one."""
        return self.recipient if isinstance(self.recipient, AgencyContact) else None

    def reminder(self, day: date) -> Reminder:
        """What is kept of it; not saved yet."""
        contact = self.contact
        return Reminder(
            phase=self.phase,
            institution=contact.institution if contact else None,
            contact=contact,
            user=None if isinstance(self.recipient, AgencyContact) else self.recipient,
            day=day,
            items=self.as_json(),
        )

    def as_json(self) -> list[dict[str, Any]]:
        """As the reminder keeps it."""
        return [
            {"kind": due.kind, "code": due.code, "due": due.due.isoformat(), "stage": stage, "text": due.text}
            for due, stage in self.items
        ]


def plan_of(phase: Phase, day: date) -> Plan:
    """The plan that the phase's settings give for ``day``."""
    return Plan(
        before=int(setting(phase, "reminder_before", day)),
        at_due=bool(setting(phase, "reminder_at_due", day)),
        every=int(setting(phase, "reminder_every", day)),
        times=int(setting(phase, "reminder_times", day)),
    )


def stage_on(due: date, day: date, plan: Plan) -> str:
    """The stage that something due on ``due`` has reached on ``day``; empty where nothing is to be told."""
    late = (day - due).days
    if late < 0:
        return "before" if plan.before and -late <= plan.before else ""
    number = late // plan.every if plan.every else 0
    if number == 0:
        # Without a series after the date, the date itself is not brought up for ever.
        return "due" if plan.at_due and (plan.every or late <= 7) else ""
    return f"after-{number}" if number <= plan.times else ""


def recommendations_due(phase: Phase) -> dict[int, list[Due]]:
    """What is due of recommendations, by the addressee's key: answers, then implementation."""
    found: dict[int, list[Due]] = defaultdict(list)
    waiting = Q(state__in=AWAITING_ANSWER, response_due__isnull=False)
    open_ones = Recommendation.objects.filter(
        waiting | Q(state__in=TO_IMPLEMENT, implementation_due__isnull=False),
        phase=phase,
        state_known=True,
        addressee__isnull=False,
    ).order_by(F("issued_last").asc(nulls_last=True), "code")
    for one in open_ones:
        if one.state in AWAITING_ANSWER:
            found[one.addressee_id].append(Due("response", one.code, one.response_due, one.text))
        else:
            found[one.addressee_id].append(Due("implementation", one.code, one.implementation_due, one.text))
    return found


def digests_on(phase: Phase, day: date, due: Mapping[int, Iterable[Due]]) -> list[Digest]:
    """What each active contact is to be told on ``day``: what has reached a stage that it was not told of yet.

    ``due`` is what is due by the key of the institution. A contact that was written to on ``day`` already waits for
    the next day.
    """
    plan = plan_of(phase, day)
    contacts = AgencyContact.objects.filter(phase=phase, active=True, institution__in=list(due))
    contacts = contacts.select_related("institution__country").order_by("institution_id", "name", "pk")
    told: dict[int, set[tuple[str, str, str, str]]] = defaultdict(set)
    today: set[int] = set()
    for reminder in Reminder.objects.filter(phase=phase, day__gt=day - REMEMBERED).only("contact_id", "day", "items"):
        if reminder.contact_id is None:
            continue
        if reminder.day == day:
            today.add(reminder.contact_id)
        told[reminder.contact_id] |= {
            (item["kind"], item["code"], item["due"], item["stage"]) for item in reminder.items
        }
    found = []
    for contact in contacts:
        if contact.pk in today:
            continue
        items = tuple(
            (one, stage)
            for one in due[contact.institution_id]
            if (stage := stage_on(one.due, day, plan))
            and (one.kind, one.code, one.due.isoformat(), stage) not in told[contact.pk]
        )
        if items:
            found.append(Digest(phase, contact, items))
    return found


def digests_to_users_on(phase: Phase, day: date, due: Mapping[int, Iterable[Due]]) -> list[Digest]:
    """Like ``digests_on`` for users who own something: ``due`` is what is due by the key of the user."""
    plan = plan_of(phase, day)
    told: dict[int, set[tuple[str, str, str, str]]] = defaultdict(set)
    today: set[int] = set()
    earlier = Reminder.objects.filter(phase=phase, user__in=list(due), day__gt=day - REMEMBERED)
    for reminder in earlier.only("user_id", "day", "items"):
        assert reminder.user_id is not None
        if reminder.day == day:
            today.add(reminder.user_id)
        told[reminder.user_id] |= {(item["kind"], item["code"], item["due"], item["stage"]) for item in reminder.items}
    found = []
    for user in User.objects.filter(pk__in=list(due), is_active=True).order_by("name", "pk"):
        items = tuple(
            (one, stage)
            for one in due[user.pk]
            if (stage := stage_on(one.due, day, plan))
            and (one.kind, one.code, one.due.isoformat(), stage) not in told[user.pk]
        )
        if items and user.pk not in today:
            found.append(Digest(phase, user, items))
    return found


def log_reminder(*, by: Actor, digest: Digest, day: date) -> Reminder | None:
    """Keeps that the digest is to be sent; None where one of that person and day is kept already."""
    try:
        with operation("plan reminder", by=by):
            reminder = digest.reminder(day)
            reminder.save()
            return reminder
    except IntegrityError:
        # Two runs at the same moment: the other one has it.
        return None


def unsent(now: datetime) -> list[int]:
    """The reminders that are to be sent and that no worker has in hand, oldest first."""
    return list(_free(now).order_by("day", "pk").values_list("pk", flat=True))


def claim_reminder(pk: int, now: datetime) -> Reminder | None:
    """Takes up a reminder for sending; None where it is sent or given up, or another worker has it in hand."""
    taken = _free(now).filter(pk=pk).raw_update(claimed_at=now, attempts=F("attempts") + 1)
    if not taken:
        return None
    related = ("phase__programme", "contact__institution", "contact__phase", "institution", "user")
    found: Reminder = Reminder.objects.select_related(*related).get(pk=pk)
    return found


def mark_sent(*, by: Actor, reminder: Reminder) -> None:
    """Keeps that the mail server took it."""
    with operation("send reminder", by=by):
        reminder.sent_at, reminder.problem, reminder.claimed_at = timezone.now(), "", None
        reminder.save()


def mark_failed(reminder: Reminder, problem: str) -> None:
    """Keeps why it was not sent, and lets it be tried again."""
    reminder.problem, reminder.claimed_at = problem[:300], None
    reminder.save(update_fields=["problem", "claimed_at"])


def _free(now: datetime) -> Any:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Reminder.objects.filter(free, sent_at=None, attempts__lt=MOST_ATTEMPTS)


def send_again(*, by: Actor, reminder: Reminder) -> Reminder:
    """Lets a reminder that was given up be tried anew, from the first attempt. Raises ValidationError for another."""
    if not reminder.given_up:
        raise ValidationError(_("It is sent, or still tried by itself."))
    with operation("send reminder again", by=by):
        reminder.attempts, reminder.problem = 0, ""
        reminder.save()
        return reminder


def claim_day(job: str, day: date, now: datetime) -> bool:
    """Takes up the work of a day; False where it is done, or another worker has it in hand.

    A worker that took it up and was ended is followed by another after a quarter of an hour.
    """
    try:
        with transaction.atomic():
            _run, made = DailyRun.objects.get_or_create(job=job, day=day, defaults={"claimed_at": now})
    except IntegrityError:
        return False
    if made:
        return True
    unfinished = DailyRun.objects.filter(job=job, day=day, finished_at=None, claimed_at__lt=now - CLAIM)
    return bool(unfinished.update(claimed_at=now))


def finish_day(job: str, day: date, now: datetime) -> None:
    """Keeps that the work of the day is done."""
    DailyRun.objects.filter(job=job, day=day).update(finished_at=now)
