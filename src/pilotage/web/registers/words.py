"""Words that registers and record pages share."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import Sex

FLAG = {True: _("yes"), False: _("no"), None: _("not known")}
SEX = {
    Sex.WOMAN: pgettext_lazy("one person", "woman"),
    Sex.MAN: pgettext_lazy("one person", "man"),
    Sex.OTHER: pgettext_lazy("one person", "other"),
    Sex.NOT_STATED: pgettext_lazy("one person", "not stated"),
}
"""The sex of one person; the choices of the model speak of many."""
SEX_HEADINGS = {Sex.WOMAN: _("Women"), Sex.MAN: _("Men"), Sex.OTHER: _("Other"), Sex.NOT_STATED: _("Not stated")}


def choice_of(name: str) -> Callable[[Any, Any], str]:
    """For a column: the word for the value of a field with choices. A list of thousands asks for each word once."""

    def value(record: Model, reading: Any) -> str:
        kept = getattr(record, name)
        return _words(type(record), name, get_language() or "").get(kept, kept)

    return value


@cache
def _words(kind: type[Model], name: str, language: str) -> dict[Any, str]:
    choices: Any = kind._meta.get_field(name).choices or ()  # type: ignore[union-attr]
    return {value: str(label) for value, label in choices}
