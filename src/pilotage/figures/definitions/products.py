"""What activities leave behind: deliverables (domain handbook, 4)."""

from __future__ import annotations

from pilotage.domain.activities.states import HELD
from pilotage.figures import bases
from pilotage.figures.definitions.common import DELIVERABLES, IN_EACH_COUNTRY, KIND_OF_ACTIVITY, TIME, UNDATED, note
from pilotage.figures.figure import Figure, Group
from pilotage.figures.scopes import Rule

FIGURES = (
    Figure(
        code="deliverables",
        group=Group.PRODUCTS,
        title={"en": "Deliverables", "ru": "Подготовленные материалы"},
        note=note(
            {
                "en": "Reports, guidelines, operating procedures, manuals, curricula and draft laws that implemented "
                "activities produced; in the period in which the activity ended.",
                "ru": "Отчёты, руководства, операционные процедуры, пособия, учебные программы и проекты законов, "
                "подготовленные в ходе проведённых мероприятий; в том периоде, в котором завершилось мероприятие.",
            },
            IN_EACH_COUNTRY,
        ),
        unit=DELIVERABLES,
        base=bases.DELIVERABLES,
        rule=Rule.ENDED,
        states=HELD,
        thematic=None,
        dimensions=("deliverable_type", "country", *KIND_OF_ACTIVITY, *TIME, "phase"),
        caveats=(UNDATED,),
        headline=True,
        usual=("deliverable_type",),
    ),
)
