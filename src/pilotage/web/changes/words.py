"""What the operations are called on pages. A test finds every operation of the code here."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPERATIONS: dict[str, Promise] = {
    "add activities": _("added activities"),
    "add activity": _("added an activity"),
    "add attendance": _("added attendance"),
    "add component": _("added a component"),
    "add country": _("added a country"),
    "add deliverable": _("added a deliverable"),
    "add file": _("added a file"),
    "add institution": _("added an institution"),
    "add output": _("added an output"),
    "add person": _("added a person"),
    "add persons": _("added people"),
    "add phase": _("added a phase"),
    "add place": _("added a place"),
    "add programme": _("added a programme"),
    "add series": _("added a series"),
    "add stated total": _("kept a stated total"),
    "add user": _("added a user"),
    "approve text": _("approved a text"),
    "assign role": _("gave a role"),
    "cancel activity": _("cancelled an activity"),
    "change own account": _("changed the own account"),
    "change setting": _("changed a setting"),
    "choose photo": _("chose a photo"),
    "confirm activity": _("confirmed an activity"),
    "edit activities": _("changed activities"),
    "edit activity": _("changed an activity"),
    "edit component": _("changed a component"),
    "edit deliverable": _("changed a deliverable"),
    "edit file": _("changed a file"),
    "edit institution": _("changed an institution"),
    "edit person": _("changed a person"),
    "edit phase": _("changed the phase"),
    "edit place": _("changed a place"),
    "edit user": _("changed a user"),
    "end assignment": _("ended a role"),
    "explain check": _("explained a warning"),
    "give reason": _("gave a reason for a warning"),
    "implement activity": _("recorded the implementation of an activity"),
    "import workbook": _("took in a workbook"),
    "issue edition": _("issued an edition"),
    "issue token": _("issued an access token"),
    "load demo": _("loaded the demo"),
    "open publication": _("opened a publication"),
    "plan activity": _("put an activity into the plan"),
    "plan again activity": _("put an activity back into the plan"),
    "postpone activity": _("postponed an activity"),
    "remove deliverable": _("removed a deliverable"),
    "remove file": _("removed a file"),
    "rename institution": _("renamed an institution"),
    "revoke token": _("revoked an access token"),
    "set attendance": _("entered attendance"),
    "set tally": _("entered the tally"),
    "set partner country": _("changed a partner country"),
    "sign addendum": _("recorded an addendum"),
    "verify activity": _("verified an activity"),
    "write text": _("wrote a text"),
}


def operation_in_words(name: str) -> str:
    """The operation ``name`` in the reader's language; as in the code where it has no wording yet."""
    return str(OPERATIONS.get(name, name))
