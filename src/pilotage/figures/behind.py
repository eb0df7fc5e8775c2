"""The records behind a number, as somebody may see them. The number counts all; the list shows what its reader may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery, Sum

from pilotage.domain.activities.access import visible_activities, visible_persons
from pilotage.domain.activities.models import Activity, Attendance, Deliverable, ParticipatingInstitution, Tally
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.access import visible_action_points
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import PlanLine
from pilotage.figures.asking import Asked
from pilotage.figures.compute import sees_small
from pilotage.figures.languages import text_of
from pilotage.figures.measures import Measure, Total
from pilotage.kit.texts import Text, wording

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The activities (recommendations, lines of plans) behind a number: those that the viewer may see, and how many in
    all."""

    activities: QuerySet[Any]
    """Annotated with ``counted``, the records of each that the number counts, where the viewer may know it."""
    shown: int
    all: int
    counted: bool

    @property
    def hidden(self) -> int:
        """How many of the activities the viewer does not see."""
        return self.all - self.shown


def behind(asked: Asked, viewer: Viewer) -> Behind:
    """The activities whose records the question counts, newest first. Two queries beside those that read the list.

    How many persons of each activity count is shown to staff alone: for the public it would be a small number.
    """
    members = asked.members(viewer)
    if not asked.figure.base.of_activities:
        seen: Any = members.filter(_visible_own(asked, viewer))
        return Behind(seen, seen.count(), members.count(), False)
    link = asked.figure.base.to_activity.removesuffix("__")
    keys = members.values(f"{link}_id" if link else "pk").order_by()
    activities = Activity.objects.filter(pk__in=keys)
    visible = activities.filter(_visible(asked, viewer))
    counted = not asked.figure.of_persons or sees_small(viewer, asked.phases)
    if counted and link:
        own = members.filter(**{link: OuterRef("pk")}).order_by().values(link)
        visible = visible.annotate(counted=Subquery(own.annotate(n=_amount(asked.figure.measure)).values("n")))
    return Behind(visible, visible.count(), activities.count(), counted and bool(link))


def _amount(measure: Measure) -> Any:
    column = "count" if "women" in measure.persons else measure.column if isinstance(measure, Total) else ""
    return Sum(column) if column else Count("pk")


def _visible_own(asked: Asked, viewer: Viewer) -> Q:
    """Of records that need not be part of an activity."""
    visible = Q()
    for phase in asked.phases:
        if asked.figure.base.model is ActionPoint:
            visible |= Q(pk__in=visible_action_points(viewer, phase).values("pk"))
        elif asked.figure.base.model is PlanLine:
            visible |= Q(plan__in=visible_plans(viewer, phase).values("pk"))
        else:
            visible |= Q(pk__in=visible_recommendations(viewer, phase).values("pk"))
    return visible


def _visible(asked: Asked, viewer: Viewer) -> Q:
    visible = Q()
    for phase in asked.phases:
        visible |= Q(pk__in=visible_activities(viewer, phase).values("pk"))
    return visible


@dataclass(frozen=True, slots=True)
class Listing:
    """The records themselves as rows of plain values, for a sheet."""

    columns: tuple[Text, ...]
    records: QuerySet[Any]
    language: str
    kind: type[Model]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a record, read in chunks."""
        for record in self.records.iterator(chunk_size=500):
            yield _ROWS[self.kind](record, self.language)


def listing(asked: Asked, viewer: Viewer, language: str) -> Listing:
    """The records behind the question that ``viewer`` may see; of figures of persons only activities for the public."""
    base = asked.figure.base
    if base.model is PlanLine:
        lines = asked.members(viewer).filter(_visible_own(asked, viewer))
        lines = lines.select_related("plan", "component", "activity").order_by("plan", "position", "pk")
        return Listing(_LINE_COLUMNS, lines, language, PlanLine)
    if base.model is ActionPoint:
        seen_points = asked.members(viewer).filter(_visible_own(asked, viewer))
        seen_points = seen_points.select_related("meeting", "owner_institution", "owner_user")
        return Listing(_POINT_COLUMNS, seen_points.order_by("due_on", "code"), language, ActionPoint)
    if not base.of_activities:
        seen_ones = asked.members(viewer).filter(_visible_own(asked, viewer))
        seen_ones = seen_ones.select_related("addressee", "component").order_by("-issued_last", "code")
        return Listing(_RECOMMENDATION_COLUMNS, seen_ones, language, Recommendation)
    kind: type[Model] = base.model
    records: QuerySet[Any]
    if asked.figure.of_persons and not sees_small(viewer, asked.phases):
        kind, records = Activity, behind(asked, viewer).activities
    else:
        records = asked.members(viewer)
        link = base.to_activity.removesuffix("__")
        visible = Activity.objects.filter(_visible(asked, viewer)).values("pk")
        records = records.filter(**{f"{link}__in" if link else "pk__in": visible})
        if kind is Attendance:
            seen = Q()
            for phase in asked.phases:
                seen |= Q(person__in=visible_persons(viewer, phase).values("pk"))
            records = records.filter(seen)
    if kind is Activity:
        records = records.select_related("component").prefetch_related("country_links").order_by("-begins_on", "code")
    else:
        records = records.select_related("activity").order_by("-activity__begins_on", "activity__code", "pk")
    related = {
        Tally: ("institution",),
        Attendance: ("person__institution",),
        ParticipatingInstitution: ("institution",),
    }
    if kind in related:
        records = records.select_related(*related[kind])
    return Listing((*_ACTIVITY_COLUMNS, *_COLUMNS[kind]), records, language, kind)


CODE: Text = {"en": "Code", "ru": "Код"}
TITLE: Text = {"en": "Activity", "ru": "Мероприятие"}
END: Text = {"en": "End", "ru": "Завершение"}
COUNTRY: Text = {"en": "Country", "ru": "Страна"}
INSTITUTION: Text = {"en": "Institution", "ru": "Ведомство"}
SEX: Text = {"en": "Sex", "ru": "Пол"}
_ACTIVITY_COLUMNS = (CODE, TITLE, END)
_RECOMMENDATION_COLUMNS: tuple[Text, ...] = (
    CODE,
    {"en": "Recommendation", "ru": "Рекомендация"},
    {"en": "Addressee", "ru": "Адресат"},
    COUNTRY,
    {"en": "Component", "ru": "Компонент"},
    {"en": "State", "ru": "Состояние"},
    {"en": "Priority", "ru": "Приоритет"},
    {"en": "Issued", "ru": "Выдана"},
    {"en": "Response due", "ru": "Срок ответа"},
    {"en": "Answered", "ru": "Дата ответа"},
    {"en": "Implementation due", "ru": "Срок исполнения"},
    {"en": "Adopted", "ru": "Внедрена"},
)
_LINE_COLUMNS: tuple[Text, ...] = (
    {"en": "Plan year", "ru": "Год плана"},
    {"en": "Plan of", "ru": "Чей план"},
    {"en": "Version", "ru": "Версия"},
    {"en": "Line", "ru": "Строка"},
    TITLE,
    {"en": "Component", "ru": "Компонент"},
    {"en": "Type", "ru": "Вид"},
    {"en": "Baseline start", "ru": "Начало по плану"},
    {"en": "Baseline end", "ru": "Завершение по плану"},
    {"en": "Tolerated until", "ru": "Допустимый срок"},
    {"en": "Activity code", "ru": "Код мероприятия"},
    {"en": "State", "ru": "Состояние"},
    {"en": "Actual end", "ru": "Фактическое завершение"},
)
_POINT_COLUMNS: tuple[Text, ...] = (
    CODE,
    {"en": "Action point", "ru": "Поручение"},
    {"en": "Owner", "ru": "Ответственный"},
    COUNTRY,
    {"en": "Meeting", "ru": "Заседание"},
    {"en": "Given on", "ru": "Дано"},
    {"en": "State", "ru": "Состояние"},
    {"en": "Due", "ru": "Срок"},
    {"en": "First due", "ru": "Первоначальный срок"},
    {"en": "Done", "ru": "Исполнено"},
)
_COLUMNS: dict[type[Model], tuple[Text, ...]] = {
    Activity: (
        {"en": "State", "ru": "Состояние"},
        {"en": "Component", "ru": "Компонент"},
        {"en": "Type", "ru": "Вид"},
        {"en": "Countries", "ru": "Страны"},
    ),
    Tally: (
        {"en": "Sending country", "ru": "Направившая страна"},
        INSTITUTION,
        {"en": "Type of institution", "ru": "Тип ведомства"},
        SEX,
        {"en": "Mode", "ru": "Формат"},
        {"en": "Participants", "ru": "Участники"},
    ),
    Attendance: (
        {"en": "Person", "ru": "Человек"},
        COUNTRY,
        INSTITUTION,
        SEX,
        {"en": "Days present", "ru": "Дни присутствия"},
    ),
    Deliverable: ({"en": "Type of deliverable", "ru": "Вид материала"}, {"en": "Title", "ru": "Название"}),
    ParticipatingInstitution: (COUNTRY, INSTITUTION),
}


def _of_activity(activity: Activity, language: str) -> tuple[Value, ...]:
    return activity.code, wording(activity.title, language), activity.actual_end or activity.planned_end or ""


def _label(record: Model, field: str, language: str) -> str:
    value = getattr(record, field)
    choices: Any = getattr(record._meta.get_field(field), "choices", None) or ()
    return next((text_of(label)[language] for code, label in choices if code == value), "")


def _activity_row(record: Activity, language: str) -> tuple[Value, ...]:
    component = record.component
    return (
        *_of_activity(record, language),
        _label(record, "state", language),
        f"{component.number}. {wording(component.title, language)}" if component else "",
        _label(record, "type", language),
        ", ".join(link.country_id for link in record.country_links.all()),
    )


def _tally_row(record: Tally, language: str) -> tuple[Value, ...]:
    return (
        *_of_activity(record.activity, language),
        record.country_id or "",
        wording(record.institution.name, language) if record.institution else "",
        _label(record, "institution_type", language),
        _label(record, "sex", language),
        _label(record, "mode", language),
        record.count,
    )


def _attendance_row(record: Attendance, language: str) -> tuple[Value, ...]:
    person = record.person
    return (
        *_of_activity(record.activity, language),
        person.key,
        person.country_id or "",
        wording(person.institution.name, language) if person.institution else "",
        _label(person, "sex", language),
        float(record.days_present) if record.days_present is not None else None,
    )


def _deliverable_row(record: Deliverable, language: str) -> tuple[Value, ...]:
    return (
        *_of_activity(record.activity, language),
        _label(record, "type", language),
        wording(record.title, language),
    )


def _involvement_row(record: ParticipatingInstitution, language: str) -> tuple[Value, ...]:
    return (
        *_of_activity(record.activity, language),
        record.institution.country_id or "",
        wording(record.institution.name, language),
    )


def _recommendation_row(record: Recommendation, language: str) -> tuple[Value, ...]:
    days = (record.response_due, record.answered_on, record.implementation_due, record.adopted_on)
    return (
        record.code,
        wording(record.text, language),
        wording(record.addressee.name if record.addressee else record.addressee_text, language),
        record.country_id or "",
        record.component.number if record.component else "",
        _label(record, "state", language),
        _label(record, "priority", language),
        record.issued_on,
        *(day.isoformat() if day else "" for day in days),
    )


def _line_row(record: PlanLine, language: str) -> tuple[Value, ...]:
    activity = record.activity
    return (
        record.plan.year,
        record.plan.country_id or "",
        record.plan.number,
        record.key,
        wording(record.title, language),
        record.component.number if record.component else "",
        _label(record, "type", language),
        record.baseline_start,
        record.baseline_end,
        record.tolerated_until.isoformat() if record.tolerated_until else "",
        activity.code if activity else "",
        _label(activity, "state", language) if activity else "",
        activity.actual_end if activity else "",
    )


def _point_row(record: ActionPoint, language: str) -> tuple[Value, ...]:
    owner = record.owner_institution
    days = (record.due_on, record.first_due_on, record.done_on)
    return (
        record.code,
        wording(record.text, language),
        wording(owner.name, language) if owner else record.owner_user.name if record.owner_user else "",
        record.meeting.country_id or "",
        record.meeting.code,
        record.meeting.starts,
        _label(record, "state", language),
        *(day.isoformat() if day else "" for day in days),
    )


_ROWS: dict[type[Model], Any] = {
    ActionPoint: _point_row,
    PlanLine: _line_row,
    Recommendation: _recommendation_row,
    Activity: _activity_row,
    Tally: _tally_row,
    Attendance: _attendance_row,
    Deliverable: _deliverable_row,
    ParticipatingInstitution: _involvement_row,
}
