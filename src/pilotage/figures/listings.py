"""The records behind a number as a sheet: for each kind of record its columns, each with what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, Q, QuerySet

from pilotage.domain.activities.access import visible_persons
from pilotage.domain.activities.models import Activity, Attendance, Deliverable, ParticipatingInstitution, Tally
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.workplans.models import PlanLine
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind, visible_activity, visible_own
from pilotage.figures.compute import sees_small
from pilotage.figures.languages import text_of
from pilotage.kit.texts import Text, wording

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and what stands in it for one record in one language."""

    label: Text
    value: Callable[[Any, str], Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How records of one kind are listed. ``related`` are read along with them."""

    columns: tuple[Column, ...]
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The records themselves as rows of plain values."""

    sheet: Sheet
    records: QuerySet[Any]
    language: str

    @property
    def columns(self) -> tuple[Text, ...]:
        """The headings, in every language."""
        return tuple(column.label for column in self.sheet.columns)

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a record, read in chunks."""
        for record in self.records.iterator(chunk_size=500):
            yield tuple(column.value(record, self.language) for column in self.sheet.columns)


def listing(asked: Asked, viewer: Viewer, language: str) -> Listing:
    """The records behind the question that ``viewer`` may see; of figures of persons only activities for the public."""
    base = asked.figure.base
    kind: type[Model] = base.model
    if not base.of_activities:
        records: QuerySet[Any] = asked.members(viewer).filter(visible_own(asked, viewer))
    elif asked.figure.of_persons and not sees_small(viewer, asked.phases):
        kind, records = Activity, behind(asked, viewer).activities
    else:
        link = base.to_activity.removesuffix("__")
        visible = Activity.objects.filter(visible_activity(asked, viewer)).values("pk")
        records = asked.members(viewer).filter(**{f"{link}__in" if link else "pk__in": visible})
    if kind is Attendance:
        seen = Q()
        for phase in asked.phases:
            seen |= Q(person__in=visible_persons(viewer, phase).values("pk"))
        records = records.filter(seen)
    sheet = SHEETS[kind]
    records = records.select_related(*sheet.related) if sheet.related else records
    records = records.prefetch_related(*sheet.linked) if sheet.linked else records
    return Listing(sheet, records.order_by(*sheet.order), language)


# What stands in a column


def field(path: str) -> Callable[[Any, str], Value]:
    """What the field at ``path`` holds: texts in the reader's language, days as written; empty where nothing is there."""
    names = path.split(".")

    def value(record: Any, language: str) -> Value:
        for name in names:
            record = getattr(record, name) if record is not None else None
        if isinstance(record, Mapping):
            return wording(record, language)
        if isinstance(record, date):
            return record.isoformat()
        return "" if record is None else record  # type: ignore[no-any-return]

    return value


def label(path: str) -> Callable[[Any, str], Value]:
    """The word for the value of a field with choices."""
    *way, name = path.split(".")

    def value(record: Any, language: str) -> Value:
        for step in way:
            record = getattr(record, step) if record is not None else None
        if record is None:
            return ""
        kind: type[Model] = type(record)
        return _words(kind, name, language).get(getattr(record, name), "")

    return value


@cache
def _words(kind: type[Model], name: str, language: str) -> dict[Any, str]:
    choices: Any = kind._meta.get_field(name).choices or ()  # type: ignore[union-attr]
    return {code: text_of(said)[language] for code, said in choices}


def _end(activity: Activity, language: str) -> Value:
    return activity.actual_end or activity.planned_end or ""


def _component(activity: Activity, language: str) -> Value:
    component = activity.component
    return f"{component.number}. {wording(component.title, language)}" if component else ""


def _countries(activity: Activity, language: str) -> Value:
    return ", ".join(link.country_id for link in activity.country_links.all())


def _addressee(record: Recommendation, language: str) -> Value:
    return wording(record.addressee.name if record.addressee else record.addressee_text, language)


def _owner(record: ActionPoint, language: str) -> Value:
    if record.owner_institution:
        return wording(record.owner_institution.name, language)
    return record.owner_user.name if record.owner_user else ""


def _days_present(line: Attendance, language: str) -> Value:
    return float(line.days_present) if line.days_present is not None else None


CODE: Text = {"en": "Code", "ru": "Код"}
TITLE: Text = {"en": "Activity", "ru": "Мероприятие"}
COUNTRY: Text = {"en": "Country", "ru": "Страна"}
INSTITUTION: Text = {"en": "Institution", "ru": "Ведомство"}
SEX: Text = {"en": "Sex", "ru": "Пол"}
STATE: Text = {"en": "State", "ru": "Состояние"}
COMPONENT: Text = {"en": "Component", "ru": "Компонент"}


def _of_activity(prefix: str = "") -> tuple[Column, ...]:
    """Which activity it is; ``prefix`` leads to it."""
    return (
        Column(CODE, field(f"{prefix}code")),
        Column(TITLE, field(f"{prefix}title")),
        Column(
            {"en": "End", "ru": "Завершение"},
            lambda record, language: _end(record.activity if prefix else record, language),
        ),
    )


NEWEST = ("-activity__begins_on", "activity__code", "pk")

SHEETS: dict[type[Model], Sheet] = {
    Activity: Sheet(
        (
            *_of_activity(),
            Column(STATE, label("state")),
            Column(COMPONENT, _component),
            Column({"en": "Type", "ru": "Вид"}, label("type")),
            Column({"en": "Countries", "ru": "Страны"}, _countries),
        ),
        order=("-begins_on", "code"),
        related=("component",),
        linked=("country_links",),
    ),
    Tally: Sheet(
        (
            *_of_activity("activity."),
            Column({"en": "Sending country", "ru": "Направившая страна"}, field("country_id")),
            Column(INSTITUTION, field("institution.name")),
            Column({"en": "Type of institution", "ru": "Тип ведомства"}, label("institution_type")),
            Column(SEX, label("sex")),
            Column({"en": "Mode", "ru": "Формат"}, label("mode")),
            Column({"en": "Participants", "ru": "Участники"}, field("count")),
        ),
        order=NEWEST,
        related=("activity", "institution"),
    ),
    Attendance: Sheet(
        (
            *_of_activity("activity."),
            Column({"en": "Person", "ru": "Человек"}, field("person.key")),
            Column(COUNTRY, field("person.country_id")),
            Column(INSTITUTION, field("person.institution.name")),
            Column(SEX, label("person.sex")),
            Column({"en": "Days present", "ru": "Дни присутствия"}, _days_present),
        ),
        order=NEWEST,
        related=("activity", "person__institution"),
    ),
    Deliverable: Sheet(
        (
            *_of_activity("activity."),
            Column({"en": "Type of deliverable", "ru": "Вид материала"}, label("type")),
            Column({"en": "Title", "ru": "Название"}, field("title")),
        ),
        order=NEWEST,
        related=("activity",),
    ),
    ParticipatingInstitution: Sheet(
        (
            *_of_activity("activity."),
            Column(COUNTRY, field("institution.country_id")),
            Column(INSTITUTION, field("institution.name")),
        ),
        order=NEWEST,
        related=("activity", "institution"),
    ),
    Recommendation: Sheet(
        (
            Column(CODE, field("code")),
            Column({"en": "Recommendation", "ru": "Рекомендация"}, field("text")),
            Column({"en": "Addressee", "ru": "Адресат"}, _addressee),
            Column(COUNTRY, field("country_id")),
            Column(COMPONENT, field("component.number")),
            Column(STATE, label("state")),
            Column({"en": "Priority", "ru": "Приоритет"}, label("priority")),
            Column({"en": "Issued", "ru": "Выдана"}, field("issued_on")),
            Column({"en": "Response due", "ru": "Срок ответа"}, field("response_due")),
            Column({"en": "Answered", "ru": "Дата ответа"}, field("answered_on")),
            Column({"en": "Implementation due", "ru": "Срок исполнения"}, field("implementation_due")),
            Column({"en": "Adopted", "ru": "Внедрена"}, field("adopted_on")),
        ),
        order=("-issued_last", "code"),
        related=("addressee", "component"),
    ),
    PlanLine: Sheet(
        (
            Column({"en": "Plan year", "ru": "Год плана"}, field("plan.year")),
            Column({"en": "Plan of", "ru": "Чей план"}, field("plan.country_id")),
            Column({"en": "Version", "ru": "Версия"}, field("plan.number")),
            Column({"en": "Line", "ru": "Строка"}, field("key")),
            Column(TITLE, field("title")),
            Column(COMPONENT, field("component.number")),
            Column({"en": "Type", "ru": "Вид"}, label("type")),
            Column({"en": "Baseline start", "ru": "Начало по плану"}, field("baseline_start")),
            Column({"en": "Baseline end", "ru": "Завершение по плану"}, field("baseline_end")),
            Column({"en": "Tolerated until", "ru": "Допустимый срок"}, field("tolerated_until")),
            Column({"en": "Activity code", "ru": "Код мероприятия"}, field("activity.code")),
            Column(STATE, label("activity.state")),
            Column({"en": "Actual end", "ru": "Фактическое завершение"}, field("activity.actual_end")),
        ),
        order=("plan", "position", "pk"),
        related=("plan", "component", "activity"),
    ),
    ActionPoint: Sheet(
        (
            Column(CODE, field("code")),
            Column({"en": "Action point", "ru": "Поручение"}, field("text")),
            Column({"en": "Owner", "ru": "Ответственный"}, _owner),
            Column(COUNTRY, field("meeting.country_id")),
            Column({"en": "Meeting", "ru": "Заседание"}, field("meeting.code")),
            Column({"en": "Given on", "ru": "Дано"}, field("meeting.starts")),
            Column(STATE, label("state")),
            Column({"en": "Due", "ru": "Срок"}, field("due_on")),
            Column({"en": "First due", "ru": "Первоначальный срок"}, field("first_due_on")),
            Column({"en": "Done", "ru": "Исполнено"}, field("done_on")),
        ),
        order=("due_on", "code"),
        related=("meeting", "owner_institution", "owner_user"),
    ),
}
"""The kinds of records that figures count, each with its sheet."""
