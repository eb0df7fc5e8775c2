"""The words that recommendations are described with, and their codes (domain handbook, sections 2, 4 and 5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("recommendation", "draft")
    ISSUED = "issued", pgettext_lazy("recommendation", "issued")
    UNDER_CONSIDERATION = "under_consideration", pgettext_lazy("recommendation", "under consideration")
    ACCEPTED = "accepted", pgettext_lazy("recommendation", "accepted")
    PARTLY_ACCEPTED = "partly_accepted", pgettext_lazy("recommendation", "partly accepted")
    REJECTED = "rejected", pgettext_lazy("recommendation", "rejected")
    IN_PROGRESS = "in_progress", pgettext_lazy("recommendation", "in progress")
    REPORTED_ADOPTED = "reported_adopted", pgettext_lazy("recommendation", "reported adopted")
    ADOPTED = "adopted", pgettext_lazy("recommendation", "adopted")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")
    SUPERSEDED = "superseded", pgettext_lazy("recommendation", "superseded")


class Priority(models.TextChoices):
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class Origin(models.TextChoices):
    """What a recommendation came out of."""

    ACTIVITY = "activity", _("activity")
    MEETING = "meeting", _("meeting")
    REVIEW = "review", _("review or evaluation")
    NOT_STATED = "", _("not stated")


class Channel(models.TextChoices):
    """How an answer reached us. All ways end in the same operation."""

    ACCOUNT = "account", _("signed in")
    LINK = "link", _("personal link")
    WORKBOOK = "workbook", _("workbook")
    WORD_FORM = "word_form", _("Word form")
    PAPER = "paper", _("paper sheet")
    LETTER = "letter", _("letter, entered by a coordinator")


ANSWERS = frozenset({State.UNDER_CONSIDERATION, State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED})
"""What an agency may answer to a recommendation that was issued to it."""
ANSWERED = frozenset(
    {
        State.ACCEPTED,
        State.PARTLY_ACCEPTED,
        State.REJECTED,
        State.IN_PROGRESS,
        State.REPORTED_ADOPTED,
        State.ADOPTED,
    }
)
"""States that hold an answer. Under consideration is no answer (domain handbook, 6): silence is not acceptance."""
TAKEN_UP = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.IN_PROGRESS, State.REPORTED_ADOPTED, State.ADOPTED})
"""The denominator of "implementation of accepted"."""
TO_IMPLEMENT = frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.IN_PROGRESS})
"""Overdue when the implementation is due before the day."""
AWAITING_ANSWER = frozenset({State.ISSUED, State.UNDER_CONSIDERATION})
"""A late answer when the response was due before the day."""
OPEN = AWAITING_ANSWER | TO_IMPLEMENT | {State.REPORTED_ADOPTED}
NOT_COUNTED = frozenset({State.DRAFT, State.WITHDRAWN, State.SUPERSEDED})
