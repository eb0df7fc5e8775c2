"""Which fields hold data on persons: every app declares its own, field by field, in a module ``personal``."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Personal(StrEnum):
    """What a field may tell about a person."""

    NO = "no"
    NAME = "name"
    CONTACT = "contact"
    POSITION = "position"
    TRAIT = "trait"
    """Sex, role: what tells persons apart in statistics."""
    SCORE = "score"
    """Tests, presence, certificates."""
    OPINION = "opinion"
    CONSENT = "consent"
    IMAGE = "image"
    ACCOUNT = "account"
    """Sign-in, keys, traces of use."""
    PROSE = "prose"
    """Free text that should hold no data on persons, but can."""


MEANING = {
    Personal.NAME: pgettext_lazy("personal data", "name"),
    Personal.CONTACT: pgettext_lazy("personal data", "contact"),
    Personal.POSITION: _("position"),
    Personal.TRAIT: _("trait"),
    Personal.SCORE: _("score or presence"),
    Personal.OPINION: _("opinion"),
    Personal.CONSENT: _("consent"),
    Personal.IMAGE: _("image"),
    Personal.ACCOUNT: _("account, key or trace of use"),
    Personal.PROSE: _("free text that may name persons"),
}

Declared = dict[str, Mapping[str, Personal]]
"""Field → kind, by the name of the model."""


def fields(none: str = "", **kinds: str) -> Mapping[str, Personal]:
    """The declaration of one model: ``none`` lists the fields without personal data, the others by kind."""
    declared = {name: Personal.NO for name in none.split()}
    for kind, names in kinds.items():
        for name in names.split():
            if name in declared:
                raise ValueError(f"{name} is declared twice")
            declared[name] = Personal(kind)
    return declared


PERSONAL: Declared = {
    "Change": fields(
        "at effective_on operation name record_type record_id root_type root_id action",
        account="actor_id",
        name="actor_name",
        # The log repeats what the records hold, names included; it is shown to whom it may be shown there.
        prose="why before after",
    ),
    "Cleansing": fields("operation at record_type record_id open"),
}
