"""Action points: what meetings gave out, what was done, what is overdue, and how much came in time (handbook, 6)."""

from __future__ import annotations

from pilotage.domain.steering.words import UNFINISHED, ActionState
from pilotage.figures import points
from pilotage.figures.bases import Base
from pilotage.figures.definitions.common import PERCENT, TIME, note
from pilotage.figures.figure import Figure, Group, Unit
from pilotage.figures.measures import Measure, Records, ShareOfRecords
from pilotage.figures.scopes import Rule
from pilotage.kit.texts import Text

ACTION_POINTS = Unit(
    "action_points",
    {"en": ("action point", "action points"), "ru": ("поручение", "поручения", "поручений")},
)
NOT_CANCELLED = frozenset(ActionState) - {ActionState.CANCELLED}
DIMENSIONS = ("meeting_country", "body", "institution", *TIME, "institution_type", "phase")

BY_MEETING: Text = {
    "en": "An action point counts in the period of the meeting that gave it, in the country of that meeting.",
    "ru": "Поручение учитывается в периоде того заседания, на котором оно дано, и в стране этого заседания.",
}
CANCELLED: Text = {
    "en": "What the body cancelled is left out.",
    "ru": "Отменённые руководящей группой не входят.",
}


def _figure(
    code: str,
    title: Text,
    which: Text,
    states: frozenset[ActionState],
    base: Base,
    rule: Rule,
    *,
    measure: Measure | None = None,
    by_meeting: bool = True,
    headline: bool = False,
) -> Figure:
    counted = measure is None
    return Figure(
        code=code,
        group=Group.ACTION_POINTS,
        title=title,
        note=note(which, *([BY_MEETING] if by_meeting else []), CANCELLED),
        unit=ACTION_POINTS if counted else PERCENT,
        base=base,
        rule=rule,
        states=states,
        measure=measure or Records(),
        thematic=None,
        dimensions=(*DIMENSIONS, "action_state") if counted else DIMENSIONS,
        headline=headline,
        usual=("meeting_country",),
    )


FIGURES = (
    _figure(
        "action-points-given",
        {"en": "Action points given", "ru": "Данные поручения"},
        {
            "en": "Action points that meetings gave to an agency or to somebody of the staff.",
            "ru": "Поручения, данные на заседаниях ведомствам или сотрудникам программы.",
        },
        NOT_CANCELLED,
        points.GIVEN,
        Rule.ISSUED,
        headline=True,
    ),
    _figure(
        "action-points-done",
        {"en": "Action points done", "ru": "Исполненные поручения"},
        {
            "en": "Action points that the owner reported as done and a coordinator confirmed.",
            "ru": "Поручения, об исполнении которых сообщил ответственный и которое подтвердил координатор.",
        },
        frozenset({ActionState.DONE}),
        points.GIVEN,
        Rule.ISSUED,
    ),
    _figure(
        "action-points-overdue",
        {"en": "Action points overdue", "ru": "Просроченные поручения"},
        {
            "en": "Action points that are not done, and were due before the day.",
            "ru": "Поручения, которые не исполнены, хотя их срок истёк до этого дня.",
        },
        UNFINISHED,
        points.OVERDUE,
        Rule.OVERDUE,
        headline=True,
    ),
    _figure(
        "action-points-on-time",
        {"en": "Action points done on time", "ru": "Поручения, исполненные в срок"},
        {
            "en": "Of the action points whose first due date has come, the share that was done by it. A date that was "
            "moved does not count: late and missing ones both count against. Each counts in the period of its first "
            "due date.",
            "ru": "Доля исполненных в срок среди поручений, первоначальный срок которых наступил. Перенос срока "
            "не учитывается: опоздавшие и неисполненные ухудшают показатель. Каждое учитывается в периоде своего "
            "первоначального срока.",
        },
        NOT_CANCELLED,
        points.FIRST_DUE,
        Rule.DUE,
        measure=ShareOfRecords(condition=points.done_in_time()),
        by_meeting=False,
        headline=True,
    ),
)
