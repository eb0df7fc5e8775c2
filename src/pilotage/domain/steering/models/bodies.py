"""Steering bodies with their seats, and the rounds in which they meet (domain handbook, sections 4 and 10)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.words import (
    BodyKind,
)
from pilotage.kit.records import Record, Versioned
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


class SteeringBody(Versioned, Record):
    """A national or regional steering group with its terms of reference, which prevail over every default."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="steering_bodies", verbose_name=_("programme phase"))
    kind = models.CharField(_("kind"), max_length=10, choices=BodyKind.choices)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    title = TranslatedField(_("title"), longest=200)
    quorum_share = models.PositiveSmallIntegerField(_("quorum, % of voting members"), default=50)
    quorum_needs_chair = models.BooleanField(_("the quorum includes the chair"), default=True)
    quorum_needs_delegation = models.BooleanField(_("the quorum includes the Delegation"), default=True)
    notice_days = models.PositiveSmallIntegerField(_("papers, working days before"), default=10)
    minutes_days = models.PositiveSmallIntegerField(_("draft minutes, working days after"), default=10)
    comment_days = models.PositiveSmallIntegerField(_("comments, working days after circulation"), default=10)
    tacit_approval = models.BooleanField(_("tacit approval after the comments"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("steering body")
        verbose_name_plural = _("steering bodies")
        ordering = ["-kind", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "kind", "country"], name="steering_body_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return wording(self.title, "en")


class BodyMember(Versioned, Record):
    """A seat in a steering body: an institution, its delegate, the alternate and the vote."""

    part_of = "body"

    body = models.ForeignKey(SteeringBody, models.PROTECT, related_name="members")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    delegate = models.CharField(_("member"), max_length=200, blank=True)
    position = TranslatedField(_("position of the member"), longest=200)
    alternate = models.CharField(_("alternate"), max_length=200, blank=True)
    voting = models.BooleanField(_("votes"), default=True)
    chair = models.BooleanField(_("chair"), default=False)
    delegation = models.BooleanField(_("EU Delegation"), default=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("user"))
    email = models.EmailField(_("e-mail of the member"), blank=True)
    alternate_email = models.EmailField(_("e-mail of the alternate"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", "English"), ("ru", "Русский")], default="en"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("member of a steering body")
        verbose_name_plural = _("members of steering bodies")
        ordering = ["body", "-chair", "-delegation", "id"]

    def holds_on(self, day: date | None) -> bool:
        """True where the seat is part of the body on ``day``; always for None."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


class MeetingRound(Versioned, Record):
    """The meetings of one year: the national ones, then the regional one, with a single data cut-off."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="rounds", verbose_name=_("programme phase"))
    year = models.PositiveSmallIntegerField(_("year"))
    cut_off = models.DateField(_("data cut-off"))

    class Meta(Record.Meta):
        verbose_name = _("round of meetings")
        verbose_name_plural = _("rounds of meetings")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["phase", "year"], name="round_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}"
