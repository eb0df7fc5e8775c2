"""Activities: what the programme does, who takes part and what comes of it (domain handbook, section 4)."""

from pilotage.domain.activities.models.activity import (
    Activity,
    Series,
)
from pilotage.domain.activities.models.outcomes import (
    ActivityFile,
    ActivityMove,
    CheckReason,
    Deliverable,
)
from pilotage.domain.activities.models.parts import (
    ActivityCountry,
    ActivityExpert,
    CoOrganiser,
    ParticipatingInstitution,
    Tally,
)
from pilotage.domain.activities.models.persons import (
    Attendance,
    MergedPerson,
    Person,
)
from pilotage.domain.activities.readings import PersonsReading

__all__ = [
    "Activity",
    "ActivityCountry",
    "ActivityExpert",
    "ActivityFile",
    "ActivityMove",
    "Attendance",
    "CheckReason",
    "CoOrganiser",
    "Deliverable",
    "MergedPerson",
    "ParticipatingInstitution",
    "Person",
    "PersonsReading",
    "Series",
    "Tally",
]
