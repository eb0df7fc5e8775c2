"""Texts of meetings are printed: what no publication could print is refused where it is typed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.kit.printable import missing_characters


def require_printable_texts(record: Any, *names: str) -> None:
    """Raises ValidationError naming the field and the characters that cannot be printed."""
    for name in names:
        text = getattr(record, name)
        for said in text.values() if isinstance(text, dict) else [text]:
            missing = missing_characters(said)
            if missing:
                raise ValidationError(
                    {
                        name: _("The text holds characters that cannot be printed: %(characters)s")
                        % {"characters": " ".join(missing[:5])}
                    }
                )
