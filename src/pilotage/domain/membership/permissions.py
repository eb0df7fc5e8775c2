"""Who may do what: the table of the domain handbook, section 3, as it stands there."""

from enum import StrEnum
from types import MappingProxyType

from pilotage.domain.membership.models import Role


class Level(StrEnum):
    """What a role may do with an object. E reaches the own scope only; A and V the whole phase."""

    EDIT = "E"
    APPROVE = "A"
    VIEW = "V"
    OWN = "s"
    PUBLISHED = "p"
    NONE = "–"


_ROLES = ("PM", "CL", "NC", "ME", "PO", "GO", "CO", "FI", "CP", "GR", "EUD", "SM", "PUB")
_TABLE = """
work_plan              |A|E|E|V|V|V|V|V|s|–|A|s|p
activity               |A|E|E|A|V|V|V|V|s|–|V|s|p
person                 |V|s|E|E|–|–|–|s|s|–|–|–|–
recommendation         |A|E|E|A|V|V|V|–|E|–|V|s|p
logframe_value         |A|E|E|E|V|V|V|V|–|–|A|s|p
need                   |A|V|E|V|E|–|–|V|E|–|V|s|–
tender                 |A|–|–|–|E|–|–|–|–|–|–|–|–
contract               |A|V|E|V|E|–|V|V|s|–|V|s|p
application            |A|–|–|–|–|E|–|–|–|E|–|–|–
grant                  |A|s|s|V|–|E|V|E|–|E|V|s|p
payment                |A|s|–|V|A|A|–|E|–|E|V|–|–
steering_meeting       |A|V|E|V|V|V|V|V|s|–|V|s|p
risk                   |A|E|E|E|E|E|V|E|–|–|V|s|–
publication            |A|E|E|A|V|V|E|–|–|–|A|–|p
setting                |E|–|–|–|–|–|–|–|–|–|–|–|–
audit_log              |V|–|–|V|–|–|–|–|–|–|–|–|–
"""

PERMISSIONS = MappingProxyType(
    {
        (line.split("|")[0].strip(), Role(role)): Level(level)
        for line in _TABLE.strip().splitlines()
        for role, level in zip(_ROLES, line.split("|")[1:], strict=True)
    }
)
"""(object, role) → level."""

OBJECTS = tuple(dict.fromkeys(noun for noun, _role in PERMISSIONS))
