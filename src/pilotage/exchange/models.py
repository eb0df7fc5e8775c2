"""Imports of workbooks: who brought which file, what was read in it, what became of it.

These are the traces of a piece of work, not records of the programme: what an import writes is logged record by record
like every other operation, with the file's name and digest as the reason.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import User
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import AgencyLink, AnswerSheet


class ImportRun(models.Model):
    """One workbook on its way in."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("waiting to be read")
        READING = "reading", _("being read")
        UNREADABLE = "unreadable", _("cannot be read")
        PREVIEWED = "previewed", _("read, waiting for your decision")
        QUEUED = "queued", _("waiting for its turn")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")
        INTERRUPTED = "interrupted", _("interrupted, nothing was changed")
        DISCARDED = "discarded", _("put aside")

    class Kind(models.TextChoices):
        ACTIVITIES = "activities", _("activities")
        INSTITUTIONS = "institutions", _("institutions")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="import_runs")
    user = models.ForeignKey(User, models.PROTECT, related_name="import_runs")
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/%Y", max_length=200, blank=True)
    """Kept until the import is decided, then deleted: the rows are in the register or were not wanted."""
    digest = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=2, default="en")
    kind = models.CharField(_("content"), max_length=12, choices=Kind.choices, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UPLOADED, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problems = models.JSONField(default=list)
    """Of the file as a whole: ``{"sheet": …, "cell": …, "level": "E" or "W", "text": {"en": …, "ru": …}}``."""
    rows = models.PositiveIntegerField(_("rows"), default=0)
    added = models.PositiveIntegerField(_("to add"), default=0)
    changed = models.PositiveIntegerField(_("to change"), default=0)
    unchanged = models.PositiveIntegerField(_("as they are"), default=0)
    wrong = models.PositiveIntegerField(_("with errors"), default=0)
    warned = models.PositiveIntegerField(_("with warnings"), default=0)

    class Meta:
        verbose_name = _("import of a workbook")
        verbose_name_plural = _("imports of workbooks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def blocked(self) -> bool:
        """True where something must be mended in the file before it can be imported."""
        return self.wrong > 0 or any(problem["level"] == "E" for problem in self.problems)

    @property
    def under_way(self) -> bool:
        """True while a machine is at it, or is about to be."""
        return self.state in {self.State.UPLOADED, self.State.READING, self.State.QUEUED, self.State.IMPORTING}

    @property
    def may_import(self) -> bool:
        """True where the person may now say: import."""
        ready = self.state in {self.State.PREVIEWED, self.State.INTERRUPTED, self.State.FAILED}
        return ready and not self.blocked and self.added + self.changed > 0


class ImportChunk(models.Model):
    """Some rows of an import, compressed, with counts by which the preview finds its page."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField(default=0)
    """Rows with errors or warnings."""
    payload = models.BinaryField()

    class Meta:
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="import_chunk_once")]

    @staticmethod
    def packed(rows: list[dict[str, Any]]) -> bytes:
        """Rows as they are stored."""
        return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)

    @property
    def contents(self) -> list[dict[str, Any]]:
        """The rows again."""
        read: list[dict[str, Any]] = json.loads(zlib.decompress(bytes(self.payload)))
        return read


class AnswerReturn(models.Model):
    """A workbook, form or paper sheet that came back, waiting for a person to look at it and take it over."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a decision")
        TAKEN = "taken", _("taken over")
        DISCARDED = "discarded", _("put aside")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="answer_returns")
    sheet = models.ForeignKey(AnswerSheet, models.PROTECT, related_name="returns")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    """Who sent it in; None where the agency did so itself, by its personal link."""
    link = models.ForeignKey(AgencyLink, models.PROTECT, related_name="returns", null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file = models.FileField(upload_to="answers/%Y", max_length=200, blank=True)
    """The file itself, or the scan of the paper."""
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    lines = models.JSONField(default=list)
    """What was read of it (``exchange.answers.lines.Line``)."""
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("returned answer sheet")
        verbose_name_plural = _("returned answer sheets")
        ordering = ["-id"]

    @property
    def sender_name(self) -> str:
        """Who sent it in: somebody who is signed in, or the contact of a personal link."""
        if self.user is not None:
            return self.user.name
        return self.link.contact.name if self.link is not None else ""


class Tries(models.Model):
    """How often somebody has tried something within one short time: the same for every process of the server."""

    kind = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    """A digest: no network address is kept."""
    began = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "who"], name="tries_once")]
