"""The change log: what every operation did to every record. Append-only for everybody, but for a person's erasure."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """The change log is never altered."""


class Change(models.Model):
    """One record's fields before and after one operation."""

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    at = models.DateTimeField(default=timezone.now, db_index=True)
    """When we learned it: the recorded date (domain handbook, 7)."""
    effective_on = models.DateField(null=True, blank=True)
    """When it happened, where the operation says so."""
    operation = models.UUIDField(db_index=True)
    name = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    record_type = models.CharField(max_length=80)
    record_id = models.CharField(max_length=40)
    root_type = models.CharField(max_length=80)
    root_id = models.CharField(max_length=40)
    action = models.CharField(max_length=8, choices=Action.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("change log")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["record_type", "record_id"], name="change_record"),
            models.Index(fields=["root_type", "root_id", "-id"], name="change_root"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.name} {self.record_type} {self.record_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        raise AppendOnly("changes are written by operations alone")

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a change cannot be deleted")


class Cleansing(models.Model):
    """That what the log held of a person was taken out of the entries of one record, and by which operation.

    The one exception to the log's being append-only. While a row is open, inside the operation that made it, the
    database lets the values and the reason in the entries of that record be written over; nothing else of them, and
    nothing of any other entry. The row stays and tells that it was done.
    """

    operation = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=timezone.now)
    record_type = models.CharField(max_length=80)
    record_id = models.CharField(max_length=40)
    open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("cleansing of the log")
        verbose_name_plural = _("cleansings of the log")
        indexes = [models.Index(fields=["record_type", "record_id", "open"], name="cleansing_record")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.record_type} {self.record_id}"

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly("that the log was cleansed is not forgotten")
