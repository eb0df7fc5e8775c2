"""Words that registers and record pages share."""

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import Sex

FLAG = {True: _("yes"), False: _("no"), None: _("not known")}
SEX_HEADINGS = {Sex.WOMAN: _("Women"), Sex.MAN: _("Men"), Sex.OTHER: _("Other"), Sex.NOT_STATED: _("Not stated")}
