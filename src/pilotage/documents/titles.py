"""What a publication is called, in one line."""

from __future__ import annotations

from pilotage.documents.models import Publication
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.texts import Text, wording

KINDS: dict[str, Text] = {
    "newsletter": {"en": "Newsletter {number}, {subject}", "ru": "Бюллетень {number}, {subject}"},
    "national_pack": {"en": "Steering pack: {subject}", "ru": "Материалы к заседанию: {subject}"},
    "regional_pack": {"en": "Steering pack: {subject}", "ru": "Материалы к заседанию: {subject}"},
    "minutes": {"en": "Minutes: {subject}", "ru": "Протокол: {subject}"},
    "work_plan": {"en": "Work plan {subject}", "ru": "Рабочий план: {subject}"},
}
VERSION: Text = {"en": "{year}, {scope}, version {number}", "ru": "{year} г., {scope}, версия {number}"}
REGION: Text = {"en": "region", "ru": "регион"}


def publication_title(publication: Publication, language: str) -> str:
    """“Steering pack: National Steering Group of Kazakhstan, 2024”."""
    return wording(KINDS[publication.kind], language).format(
        number=publication.number, subject=_subject(publication, language)
    )


def plan_title(plan: WorkPlan, language: str) -> str:
    """“Work plan 2024, Kazakhstan, version 1”."""
    return wording(KINDS["work_plan"], language).format(subject=_version(plan, language))


def _version(plan: WorkPlan, language: str) -> str:
    scope = wording(plan.country.name if plan.country else REGION, language)
    return wording(VERSION, language).format(year=plan.year, scope=scope, number=plan.number)


def _subject(publication: Publication, language: str) -> str:
    meeting, plan = publication.meeting, publication.work_plan
    if meeting is not None:
        title = wording(meeting.body.title if meeting.body else meeting.title, language)
        year = str(meeting.begins_on.year) if meeting.begins_on else ""
        return title if year in title else f"{title}, {year}"
    if plan is not None:
        return _version(plan, language)
    return wording(publication.covers.label, language)
