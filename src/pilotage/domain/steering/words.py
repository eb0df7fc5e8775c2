"""The words of steering, and their codes (domain handbook, sections 2, 4 and 5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyKind(models.TextChoices):
    NATIONAL = "national", _("National Steering Group")
    REGIONAL = "regional", _("Regional Steering Group")


class MeetingKind(models.TextChoices):
    NATIONAL_STEERING = "national_steering", _("national steering group meeting")
    REGIONAL_STEERING = "regional_steering", _("regional steering group meeting")
    DONOR_COORDINATION = "donor_coordination", _("donor coordination meeting")
    PARTNER_CONSULTATION = "partner_consultation", _("partner consultation")
    INCEPTION = "inception", _("inception meeting")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    CONVENED = "convened", pgettext_lazy("meeting", "convened")
    HELD = "held", pgettext_lazy("meeting", "held")
    DRAFTED = "minutes_drafted", pgettext_lazy("meeting", "minutes drafted")
    CIRCULATED = "circulated", pgettext_lazy("meeting", "minutes circulated")
    APPROVED = "approved", pgettext_lazy("meeting", "minutes approved")
    PUBLISHED = "published", pgettext_lazy("meeting", "minutes published")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class SessionKind(models.TextChoices):
    JOINT = "joint", _("joint session")
    BILATERAL = "bilateral", _("bilateral consultation")


class ItemKind(models.TextChoices):
    """What an agenda item is about; decides which page of the pack belongs to it."""

    OPENING = "opening", _("opening and agenda")
    FOLLOW_UP = "follow_up", _("follow-up of earlier decisions and action points")
    PROGRESS = "progress", _("progress since the last meeting")
    RECOMMENDATIONS = "recommendations", _("recommendations")
    WORK_PLAN = "work_plan", _("work plan of the next year")
    RISKS = "risks", _("risks")
    DECISIONS = "decisions", _("decisions")
    OTHER = "other", pgettext_lazy("agenda item", "other matters")
    CLOSING = "closing", _("closing")


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("action point", "open")
    IN_PROGRESS = "in_progress", pgettext_lazy("action point", "in progress")
    DONE = "done", pgettext_lazy("action point", "done")
    CANCELLED = "cancelled", pgettext_lazy("action point", "cancelled")


class Standing(models.TextChoices):
    """How a decision stands, as a later meeting heard it."""

    UNDER_WAY = "under_way", pgettext_lazy("decision", "under way")
    DONE = "done", pgettext_lazy("decision", "carried out")
    OVERTAKEN = "overtaken", pgettext_lazy("decision", "overtaken by events")


UNFINISHED = frozenset({ActionState.OPEN, ActionState.IN_PROGRESS})
"""What lives on to the next meeting."""
HELD = frozenset(
    {MeetingState.HELD, MeetingState.DRAFTED, MeetingState.CIRCULATED, MeetingState.APPROVED, MeetingState.PUBLISHED}
)
IN_THE_ROOM = frozenset({MeetingState.CONVENED, MeetingState.HELD, MeetingState.DRAFTED})
"""States in which the meeting page and the minutes are written."""
