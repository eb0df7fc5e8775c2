"""The page of reconciliation, worded."""

from __future__ import annotations

from pilotage.documents.kinds.newsletter.content import Wording
from pilotage.documents.models import Edition, Publication
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.figures import SUMMED
from pilotage.documents.steering.parts import ReconciliationPage, ReconciliationRow, State
from pilotage.documents.steering.reconciliation import Line, NationalFigures, reconcile
from pilotage.documents.steering.sentences import some
from pilotage.domain.steering.models import MeetingRound
from pilotage.domain.steering.words import MeetingKind
from pilotage.kit.numbers import written
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording

SAID: dict[str, Text] = {
    "title_equal": {
        "en": "{figures}: the national packs sum to the region",
        "ru": "{figures}: национальные материалы в сумме дают регион",
    },
    "title_open": {
        "en": "Waits for the national packs of the round",
        "ru": "Ожидаются национальные материалы этого цикла",
    },
    "title_differs": {
        "en": "{equal} of {figures} agree; the others say why not",
        "ru": "Сходятся {equal} из {figures}; по остальным указана причина",
    },
    "lead": {
        "en": "Sum of the countries + regional only − counted in several countries = region. The numbers of the "
        "countries are those that their packs froze; nothing is counted again here.",
        "ru": "Сумма по странам + только региональное − учтённое в нескольких странах = регион. Числа стран взяты из "
        "зафиксированных национальных материалов; заново здесь ничего не считается.",
    },
    "equal": {"en": "equal", "ru": "сходится"},
    "open": {"en": "cannot be said yet", "ru": "пока нельзя сказать"},
    "explained": {"en": "differs by {by}, explained", "ru": "расхождение {by}, объяснено"},
    "differs": {"en": "differs by {by}", "ru": "расхождение {by}"},
    "missing": {"en": "No pack of {countries} is issued.", "ru": "Материалы не выпущены: {countries}."},
    "other_day": {"en": "Another day of figures: {countries}.", "ru": "Другая дата показателей: {countries}."},
    "withheld": {"en": "Small numbers of persons are withheld.", "ru": "Малые числа участников не приводятся."},
    "later_entries": {
        "en": "Entries were made after the pack was issued: {countries}.",
        "ru": "После выпуска материалов внесены записи: {countries}.",
    },
    "note_packs": {"en": "Packs: {packs}.", "ru": "Материалы: {packs}."},
    "note_pack": {"en": "{country}, edition {edition} of {day}", "ru": "{country}, издание {edition} от {day}"},
    "note_day": {"en": "Figures of all packs as of {day}.", "ru": "Показатели всех материалов на {day}."},
    "to_date": {"en": "{figure}, to date", "ru": "{figure}, с начала"},
}

Nationals = dict[str, NationalFigures | None]


def nationals_of(facts: Facts) -> tuple[Nationals, list[Edition]]:
    """What the national packs of the round froze, by partner country; None for a country whose pack is not issued."""
    found: Nationals = dict.fromkeys(facts.countries)
    editions: list[Edition] = []
    if facts.meeting.round is None:
        return found, editions
    for edition in editions_of_round(facts.meeting.round):
        country = edition.publication.meeting.country_id if edition.publication.meeting else None
        if country in found and found[country] is None:
            found[country] = NationalFigures(edition.figures, edition.as_of, edition.cut_off)
            editions.append(edition)
    return found, editions


def editions_of_round(planned: MeetingRound) -> list[Edition]:
    """The editions of the national packs of a round, the latest of each first."""
    packs = Publication.objects.filter(kind="national_pack", meeting__round=planned)
    packs = packs.filter(meeting__kind=MeetingKind.NATIONAL_STEERING, state__in=("published", "corrected"))
    return list(
        Edition.objects.filter(publication__in=packs)
        .select_related("publication__meeting")
        .defer("content", "images")
        .order_by("publication", "-number")
    )


def proof_page(facts: Facts, nationals: Nationals, editions: list[Edition], language: str) -> ReconciliationPage | None:
    """The equations, figure by figure; None where the meeting is in no round or the programme has one country."""
    if facts.meeting.round_id is None or len(nationals) < 2:
        return None
    lines = reconcile(SUMMED, nationals, facts.tables, facts.cut_off, facts.as_of)
    lines = [line for line in lines if line.regional or any(line.national.values())]
    if not lines:
        return None
    equal = sum(line.equal for line in lines)
    figures = some(len(lines), "figures", language)
    name = "title_equal" if equal == len(lines) else "title_differs"
    if all(line.difference is None for line in lines):
        name = "title_open"
    notes: list[Wording] = [_say("note_day", language, day=written_day(facts.as_of, language))]
    absent = [wording(facts.countries[code], language) for code, frozen in nationals.items() if frozen is None]
    if absent:
        notes.insert(0, _say("missing", language, countries=", ".join(absent)))
    if editions:
        packs = "; ".join(_pack(edition, facts, language) for edition in editions)
        notes.insert(0, _say("note_packs", language, packs=packs))
    return {
        "title": _say(name, language, equal=equal, figures=figures),
        "lead": _say("lead", language),
        "countries": list(nationals),
        "rows": [_row(line, facts, language) for line in lines],
        "notes": notes,
    }


def _say(name: str, language: str, **values: object) -> str:
    sentence = wording(SAID[name], language)
    return sentence.format(**values) if values else sentence


def _pack(edition: Edition, facts: Facts, language: str) -> str:
    meeting = edition.publication.meeting
    code = meeting.country_id if meeting and meeting.country_id else ""
    country = wording(facts.countries.get(code, {}), language) or code
    day = written_day(edition.issued_on, language)
    return _say("note_pack", language, country=country, edition=edition.number, day=day)


def _row(line: Line, facts: Facts, language: str) -> ReconciliationRow:
    table = facts.table(line.name)
    title = wording(table.title, language)
    if table.scope.to_date and line.name == "activities_to_date":
        title = _say("to_date", language, figure=title)
    return {
        "figure": title,
        "national": ["–" if value is None else written(value, language) for value in line.national.values()],
        "regional_only": written(line.regional_only, language),
        "counted_twice": written(line.several, language),
        "regional": "–" if line.regional is None else written(line.regional, language),
        "state": _state(line, language),
        "note": " ".join(_why(line, facts, language)),
    }


def _state(line: Line, language: str) -> State:
    if line.equal:
        return {"word": _say("equal", language), "tone": "done"}
    if line.difference is None:
        return {"word": _say("open", language), "tone": "open"}
    by = written(line.difference, language)
    if line.reasons:
        return {"word": _say("explained", language, by=by), "tone": "late"}
    return {"word": _say("differs", language, by=by), "tone": "failed"}


def _why(line: Line, facts: Facts, language: str) -> list[str]:
    """The reasons of a line that does not agree, each said once with the countries that it holds for."""
    if line.equal:
        return []
    found = []
    for reason in ("other_day", "later_entries", "withheld"):
        codes = [one.split()[1:] for one in line.reasons if one.split()[0] == reason]
        if codes:
            names = [wording(facts.countries[code], language) for part in codes for code in part]
            found.append(_say(reason, language, countries=", ".join(names)))
    return found
