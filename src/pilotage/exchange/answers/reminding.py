"""Reminders on their way: planned in one run a day, sent one by one outside every transaction, tried until they went.

A reminder is kept before anything is sent, so nothing is lost where the mail server is down or a worker is ended; it is
taken up by one worker at a time and marked when the server took it, so nothing goes out twice. Should a worker be ended
between those two, the message goes again under the same Message-ID, by which mail servers know it for the same.
"""

from __future__ import annotations

import smtplib
from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.recommendations.links import issue_link, revoke_link
from pilotage.domain.recommendations.models import Reminder
from pilotage.domain.recommendations.reminders import (
    Digest,
    Due,
    claim_reminder,
    digests_on,
    digests_to_users_on,
    log_reminder,
    mark_failed,
    mark_sent,
    recommendations_due,
    unsent,
)
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.steering.words import UNFINISHED
from pilotage.kit.actors import SystemActor
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

SENDER = SystemActor("Reminders")
WAITS = (5, 15, 60, 180, 360)
"""Minutes to wait before the first, second … new attempt; the last one again and again."""


def due_of(phase: Phase) -> dict[int, list[Due]]:
    """What is due of recommendations and action points, by the key of the institution."""
    found: dict[int, list[Due]] = defaultdict(list, recommendations_due(phase))
    points = ActionPoint.objects.filter(
        phase=phase, owner_institution__isnull=False, due_on__isnull=False, state__in=UNFINISHED, reported_done_on=None
    ).order_by(F("due_on").asc(), "code")
    for point in points:
        assert point.owner_institution_id is not None and point.due_on is not None
        found[point.owner_institution_id].append(Due("action", point.code, point.due_on, dict(point.text)))
    return found


def due_of_users(phase: Phase) -> dict[int, list[Due]]:
    """The action points that people of the programme own, by the key of the user."""
    found: dict[int, list[Due]] = defaultdict(list)
    points = ActionPoint.objects.filter(
        phase=phase, owner_user__isnull=False, due_on__isnull=False, state__in=UNFINISHED, reported_done_on=None
    ).order_by(F("due_on").asc(), "code")
    for point in points:
        assert point.owner_user_id is not None and point.due_on is not None
        found[point.owner_user_id].append(Due("action", point.code, point.due_on, dict(point.text)))
    return found


def planned(day: date, phases: list[Phase] | None = None) -> list[Digest]:
    """What would go out on ``day``. Reads only."""
    found = []
    for phase in phases if phases is not None else phases_with_everything():
        found += digests_on(phase, day, due_of(phase))
        found += digests_to_users_on(phase, day, due_of_users(phase))
    return found


def plan_day(day: date, phases: list[Phase] | None = None) -> list[Reminder]:
    """Keeps what is to go out on ``day``; what another run keeps at the same moment is left to it."""
    kept = (log_reminder(by=SENDER, digest=digest, day=day) for digest in planned(day, phases))
    return [reminder for reminder in kept if reminder is not None]


def waiting() -> list[int]:
    """The reminders that are kept and not sent, today's and earlier ones."""
    return unsent(timezone.now())


def send(pk: int) -> str:
    """Sends one reminder: ``sent``, ``failed`` (to be tried again) or ``busy`` (sent already, or in other hands)."""
    reminder = claim_reminder(pk, timezone.now())
    if reminder is None:
        return "busy"
    link, connection = None, get_connection()
    try:
        # The server is called first: while it is down, no link is made that nobody receives.
        connection.open()
        if reminder.contact is not None:
            link, secret = issue_link(by=SENDER, contact=reminder.contact)
            address = f"{settings.BASE_URL}{reverse('answers:agency_page', args=[secret])}"
        else:
            # Somebody with an account signs in: the list of the own action points.
            path = reverse("action_points:action_points", args=[reminder.phase.code])
            address = f"{settings.BASE_URL}{path}?owner=user-{reminder.user_id}&unfinished=1"
        message = message_for(reminder, address)
        message.connection = connection
        message.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # A link that nobody received is ended at once.
        if link is not None:
            revoke_link(by=SENDER, link=link, why="not sent")
        mark_failed(reminder, f"{type(error).__name__}: {error}")
        return "failed"
    else:
        mark_sent(by=SENDER, reminder=reminder)
        return "sent"
    finally:
        # Whatever is said in parting, the message was taken or it was not.
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def next_attempt(pk: int) -> timedelta:
    """How long to wait before a reminder is tried again."""
    attempts = Reminder.objects.values_list("attempts", flat=True).get(pk=pk)
    return timedelta(minutes=WAITS[min(max(attempts, 1), len(WAITS)) - 1])


def message_for(reminder: Reminder, address: str) -> EmailMessage:
    """The digest as a mail in the recipient's language; ``address`` is the personal link, or where one signs in."""
    recipient = reminder.recipient
    agency = wording(reminder.institution.name, recipient.language) if reminder.institution else ""
    with override(recipient.language):
        programme = wording(reminder.phase.short_title or reminder.phase.title, recipient.language)
        number = len(reminder.items)
        subject = ngettext(
            "%(programme)s: %(number)d item waits for you", "%(programme)s: %(number)d items wait for you", number
        ) % {"programme": programme, "number": number}
        body = render_to_string(
            "answers/reminder.txt",
            {
                "contact": recipient,
                "phase": reminder.phase,
                "agency": agency,
                "groups": grouped(reminder, recipient.language),
                "address": address,
                "fictional": reminder.phase.programme.fictional,
            },
        )
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[formataddr((recipient.name, recipient.email))],
        headers={"Message-ID": f"<reminder-{reminder.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def grouped(reminder: Reminder, language: str) -> list[tuple[str, list[dict[str, str]]]]:
    """The items by what is to be done with them, in words."""
    titles = {
        "response": _("Please answer"),
        "implementation": _("Please implement"),
        "action": _("Agreed at meetings"),
    }
    found: dict[str, list[dict[str, str]]] = {}
    for item in reminder.items:
        day = date.fromisoformat(item["due"])
        late = item["stage"].startswith("after") or day < reminder.day
        found.setdefault(item["kind"], []).append(
            {
                "code": item["code"],
                "due": (_("overdue since %(day)s") if late else _("due %(day)s")) % {"day": written_day(day, language)},
                "text": short(wording(item.get("text", {}), language)),
            }
        )
    return [(titles[kind], found[kind]) for kind in titles if kind in found]


def short(text: str, most: int = 160) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
