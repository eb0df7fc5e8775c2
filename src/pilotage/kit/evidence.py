"""What came as evidence of a step: a scan, an order, a letter. Known by its content, kept once."""

from __future__ import annotations

import hashlib
from typing import Any, Self

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.kit.records import Record


class Evidence(Record):
    """A file that proves something of the record that it is part of; a subclass says which, and has the ``file``."""

    name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)

    class Meta(Record.Meta):
        abstract = True
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]

    @classmethod
    def keep(cls, evidence: tuple[str, bytes] | None, **of: Any) -> Self | None:
        """Stores what came, as (name, content), for the record ``of`` which it is; None where nothing came.

        Raises ValidationError by field.
        """
        if evidence is None:
            return None
        name, data = evidence
        kept = cls(**of, name=name, digest=hashlib.sha256(data).hexdigest())
        # The subclass has the field: each keeps its files in a folder of its own.
        file: Any = kept
        known: Any = cls._base_manager.filter(digest=kept.digest).first()
        if known is not None:
            # One scan may answer for ten records: it is stored once.
            file.file = known.file.name
        else:
            suffix = name.rsplit(".", 1)[-1].lower() if "." in name else "bin"
            file.file.save(f"{kept.digest[:24]}.{suffix[:5]}", ContentFile(data), save=False)
        kept.full_clean()
        kept.save()
        return kept
