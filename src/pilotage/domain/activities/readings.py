"""Who read or took along what is kept of persons (domain handbook, 10: access and exports are logged)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.kit.models import AppendOnly
from pilotage.kit.search import search_text


class PersonsReading(models.Model):
    """One look at names. Append-only; what was read is named, never repeated."""

    class What(models.TextChoices):
        REGISTER = "register", _("a page of the register")
        EXPORT = "export", _("an export of the register")
        PERSON = "person", _("one person")
        ATTENDANCE = "attendance", _("an attendance list")
        DUPLICATES = "duplicates", _("who is perhaps the same")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="persons_readings")
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("who"), max_length=200)
    what = models.CharField(_("what was read"), max_length=10, choices=What.choices)
    record = models.CharField(_("person or activity"), max_length=60, blank=True)
    """Key of the person, or code of the activity."""
    persons = models.PositiveIntegerField(_("persons"))
    search = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-id"]
        indexes = [models.Index(fields=["phase", "record"], name="persons_reading_record")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_name}: {self.what} {self.record}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnly("a reading cannot be altered")
        self.search = search_text(self.user_name, self.record)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly("a reading cannot be deleted")


def note_reading(*, viewer: Viewer, phase: Phase, what: PersonsReading.What, persons: int, record: str = "") -> None:
    """Notes that ``viewer`` saw the names of ``persons`` people; nothing where there were none."""
    if viewer.user is None or persons == 0:
        return
    PersonsReading(
        phase=phase, user_id=viewer.user.pk, user_name=viewer.user.name, what=what, record=record, persons=persons
    ).save()
