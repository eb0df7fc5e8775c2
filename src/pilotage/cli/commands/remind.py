"""Reminds agencies and owners of what is due: one mail for each person and day, in the person's language.

The background worker does this by itself once a day (PILOTAGE_REMIND_AT); where it runs somewhere else or not at all,
run this once a day, for example from cron. What could not be sent on an earlier day is sent too, once.
"""

from __future__ import annotations

import argparse
from datetime import date

from pilotage.cli.folder import make_ready, start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage remind --dry-run                  print what would go out today, change nothing
  pilotage remind --dry-run --day 2024-03-15 --full
  pilotage remind                            plan today's reminders and send them
  pilotage remind --queue                    plan them; the background worker sends
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--dry-run", action="store_true", help="print what would go out; nothing is kept or sent")
    parser.add_argument("--full", action="store_true", help="with --dry-run: print the mails as they would be written")
    parser.add_argument("--day", metavar="DAY", help="with --dry-run: another day than today, for example 2024-03-15")
    parser.add_argument("--phase", metavar="CODE", help="only this phase")
    parser.add_argument("--queue", action="store_true", help="leave the sending to the background worker")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    make_ready()
    start_django()
    from django.utils import timezone

    from pilotage.domain.programme.queries import phases_with_everything

    phases = list(phases_with_everything())
    if options.phase:
        phases = [phase for phase in phases if phase.code == options.phase]
        if not phases:
            raise CommandError(f"there is no phase “{options.phase}”")
    if options.day and not options.dry_run:
        raise CommandError("--day is for --dry-run: what is sent is sent today")
    try:
        day = date.fromisoformat(options.day) if options.day else timezone.localdate()
    except ValueError:
        raise CommandError(f"“{options.day}” is not a day; write 2024-03-15") from None
    return show(day, phases, options.full) if options.dry_run else send(day, phases, options.queue)


def show(day: date, phases: list, full: bool) -> int:  # type: ignore[type-arg]
    """Prints what would go out."""
    from pilotage.exchange.answers.reminding import message_for, planned, waiting

    digests = planned(day, phases)
    for digest in digests:
        person, contact = digest.recipient, digest.contact
        of = contact.institution.name.get("en", "") if contact else "the programme's staff"
        print(f"{person.name} <{person.email}> ({person.language}), {of}")
        for due, stage in digest.items:
            print(f"  {due.code:<16} {due.kind:<14} due {due.due:%Y-%m-%d}  {stage}")
        if full:
            mail = message_for(digest.reminder(day), "(the personal link is made when the mail is sent)")
            print(f"\n    Subject: {mail.subject}")
            print("".join(f"    {line}\n" for line in str(mail.body).splitlines()))
    earlier = len(waiting())
    print(f"{len(digests)} mails would go out on {day:%Y-%m-%d}" + (f", and {earlier} that wait" if earlier else ""))
    return 0


def send(day: date, phases: list, queue: bool) -> int:  # type: ignore[type-arg]
    """Plans the day's reminders and sends all that wait, or gives them to the worker."""
    from pilotage.exchange.answers import reminding
    from pilotage.exchange.calendar import meetings
    from pilotage.exchange.tasks import send_meeting_invitation, send_reminder

    # Invitations that a worker was ended over, or that were asked for while none ran.
    invitations = meetings.waiting()
    planned = reminding.plan_day(day, phases)
    waiting = reminding.waiting()
    if queue:
        for reminder in waiting:
            send_reminder.enqueue(reminder)
        for invitation in invitations:
            send_meeting_invitation.enqueue(invitation)
        print(f"{len(planned)} reminders planned, {len(waiting)} given to the worker")
        return 0
    said = [reminding.send(reminder) for reminder in waiting]
    invited = [meetings.send(invitation) for invitation in invitations]
    failed = said.count("failed")
    print(
        f"{len(planned)} reminders planned, {said.count('sent')} sent"
        + (f", {failed} to be tried again" if failed else "")
        + (f"; {invited.count('sent')} of {len(invited)} waiting invitations sent" if invited else "")
    )
    return 1 if failed or "failed" in invited else 0
