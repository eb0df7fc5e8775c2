"""Who took part: participations, women, their share. From the tally, which is authoritative (domain handbook, 6)."""

from __future__ import annotations

from pilotage.domain.activities.states import HELD
from pilotage.figures import bases
from pilotage.figures.definitions.common import (
    BY_END,
    NO_TALLY,
    OF_PARTICIPATION,
    PARTICIPATIONS,
    PERCENT,
    SENDING,
    UNDATED,
    WOMEN,
    note,
)
from pilotage.figures.figure import Figure, Group
from pilotage.figures.measures import OfSex, ShareOfWomen, Total
from pilotage.figures.scopes import Rule

FIGURES = (
    Figure(
        code="participations",
        group=Group.PARTICIPATION,
        title={"en": "Participations", "ru": "Участия"},
        note=note(
            {
                "en": "Participants of implemented thematic activities by their tallies, onsite and online together. "
                "Somebody who took part three times counts three times.",
                "ru": "Участники проведённых тематических мероприятий по спискам, очно и онлайн вместе. "
                "Кто участвовал трижды, учитывается трижды.",
            },
            BY_END,
            SENDING,
        ),
        unit=PARTICIPATIONS,
        base=bases.TALLIES,
        rule=Rule.ENDED,
        states=HELD,
        measure=Total(persons=("value",), column="count"),
        dimensions=(*OF_PARTICIPATION, "sex"),
        caveats=(UNDATED, NO_TALLY),
        of_persons=True,
        headline=True,
        usual=("country", "sex"),
    ),
    Figure(
        code="women",
        group=Group.PARTICIPATION,
        title={"en": "Participations of women", "ru": "Участия женщин"},
        note=note(
            {
                "en": "Participations of women in implemented thematic activities, as far as the sex is stated.",
                "ru": "Участия женщин в проведённых тематических мероприятиях, насколько пол указан.",
            },
            BY_END,
            SENDING,
        ),
        unit=WOMEN,
        base=bases.TALLIES,
        rule=Rule.ENDED,
        states=HELD,
        measure=OfSex(persons=("women", "men", "other"), sex="woman"),
        dimensions=OF_PARTICIPATION,
        caveats=(UNDATED, NO_TALLY),
        of_persons=True,
        headline=True,
    ),
    Figure(
        code="share-of-women",
        group=Group.PARTICIPATION,
        title={"en": "Share of women", "ru": "Доля женщин"},
        note=note(
            {
                "en": "Participations of women ÷ participations of women and men. "
                "Other and not stated are left out of the share and said beside it.",
                "ru": "Участия женщин ÷ участия женщин и мужчин. "
                "«Другое» и «не указано» в долю не входят и называются отдельно.",
            },
            BY_END,
            SENDING,
        ),
        unit=PERCENT,
        base=bases.TALLIES,
        rule=Rule.ENDED,
        states=HELD,
        measure=ShareOfWomen(persons=("women", "men", "other")),
        dimensions=OF_PARTICIPATION,
        caveats=(UNDATED, NO_TALLY),
        of_persons=True,
        headline=True,
    ),
)
