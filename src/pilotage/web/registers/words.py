"""Words that registers and record pages share."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
