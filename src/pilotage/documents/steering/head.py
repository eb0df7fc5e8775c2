"""What every steering document begins and ends with: who, when, whose data, how to read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import Fallback, Funding, Programme, Wording
from pilotage.documents.steering.facts import Facts, local_day
from pilotage.documents.steering.parts import Identity, Seal, SteeringDocument
from pilotage.documents.steering.sentences import FICTIONAL, ordinal, say
from pilotage.documents.steering.words import STATEMENTS, WORDS
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.figures.table import FigureTable
from pilotage.kit.partial_words import written_span
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording


def programme_of(phase: Phase, language: str) -> Programme:
    """What the programme is called."""
    names = phase.short_title or phase.title
    present = wording(names, language)
    others = [Fallback(text=names[code], language=code) for code in phase.languages if names.get(code)]
    return {
        "name": worded(phase.title, language),
        "short": worded(names, language),
        "other_names": [one for one in others if one["language"] != language and one["text"] != present],
        "owner": say("consortium_of", language, programme=present),
    }


def funding_of(phase: Phase, language: str) -> Funding:
    """The statement of funding, as the contract states it."""
    co_funded = phase.funding_statement == phase.FundingStatement.CO_FUNDED
    return {"lines": STATEMENTS["co-funded" if co_funded else "funded"][language], "contribution": ""}


def subject(meeting: Meeting, language: str) -> Wording:
    """The body, or else what the meeting is called."""
    return worded(meeting.body.title if meeting.body else meeting.title, language)


def day_of(meeting: Meeting, language: str) -> str:
    """When it is held."""
    return written_span(meeting.starts, meeting.ends, language) or meeting.date_text


def head_of_pack(facts: Facts, language: str) -> SteeringDocument:
    """Head, notes and disclaimer of a pack, not yet sealed."""
    meeting = facts.meeting
    label = say("meeting_number", language, ordinal=ordinal(facts.ordinal, language)) if facts.ordinal else ""
    identity: Identity = {
        "document": say("pack", language),
        "subject": subject(meeting, language),
        "label": label,
        "date": day_of(meeting, language),
        "place": facts.place(language),
        "as_of": say("as_of", language, day=written_day(facts.as_of, language)),
        "confidentiality": say("for_members", language),
        **_day(facts.cut_off),  # type: ignore[typeddict-item]
    }
    head = document(
        facts.phase, identity, language,
        seal=seal_of(facts.cut_off, facts.edition, language), notes=notes(facts, language),
    )  # fmt: skip
    if facts.countries:
        head["cover"] = {"image": "cover.svg", "alt": _cover_words(facts, language)}
    return head


def _cover_words(facts: Facts, language: str) -> str:
    names = ", ".join(wording(name, language) for name in facts.countries.values())
    if facts.country is None:
        return say("cover_region", language, countries=names)
    return say("cover_country", language, countries=names, country=wording(facts.country.name, language))


def _day(moment: datetime) -> dict[str, int]:
    day = local_day(moment)
    return {"year": day.year, "month": day.month, "day": day.day}


def document(phase: Phase, identity: Identity, language: str, *, seal: Seal, notes: list[Wording]) -> SteeringDocument:
    """The common part of a document with this identity."""
    programme = programme_of(phase, language)
    short = wording(phase.short_title or phase.title, language)
    title = say(
        "title", language, programme=short, document=plain(identity["document"]), subject=plain(identity["subject"]),
        date=plain(identity["date"]),
    )  # fmt: skip
    return {
        "title": title.rstrip(", "),
        "keywords": [short, say("steering", language)],
        "words": WORDS[language],
        "programme": programme,
        "identity": identity,
        "funding": funding_of(phase, language),
        "fictional": FICTIONAL if phase.programme.fictional else None,
        "seal": seal,
        "notes": notes,
        "disclaimer": say("disclaimer", language, owner=_lower_the(programme["owner"])),
    }


def _lower_the(owner: str) -> str:
    return f"the{owner[3:]}" if owner.startswith("The ") else owner


def plain(said: Wording) -> str:
    """The text of a wording, whatever its language."""
    return said["text"] if isinstance(said, dict) else said


def seal_of(cut_off: datetime, edition: int, language: str) -> Seal:
    """Which data and which edition; the hash comes when everything is in place."""
    return {
        "cut_off": say("cut_off", language, day=written_day(local_day(cut_off), language)),
        "edition": say("edition", language, number=edition),
        "hash": "",
    }


def notes(facts: Facts, language: str) -> list[Wording]:
    """How the figures are counted, what was corrected."""
    found: list[Wording] = [
        say(
            "note_counting", language,
            year=wording(facts.windows.year.label, language),
            cut_off=written_day(local_day(facts.cut_off), language),
        ),
        say("note_regional", language),
    ]  # fmt: skip
    if facts.value("recommendations"):
        found.append(say("note_rates", language))
    if any(_withheld(table) for table in facts.tables.values()):
        found.append(say("note_withheld", language))
    found += [
        say("note_correction", language, day=written_day(day, language), text=wording(text, language))
        for day, text in facts.corrections
    ]
    return found


def _withheld(table: FigureTable) -> bool:
    return table.total.suppressed or any(cell.suppressed for cell in table.cells.values())


def mark_draft(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The content of a document that is not issued: it says so in its title and on every page, and bears no hash."""
    mark = say("draft_mark", language, day=written_day(timezone.localdate(), language))
    band = f"{mark} · {FICTIONAL.split(' · ')[language == 'ru']}" if content["fictional"] else mark
    return {
        **content,
        "title": f"{content['title']} ({say('draft', language)})",
        "fictional": band,
        "seal": {**content["seal"], "hash": ""},
    }


def span_words(start: date | None, end: date | None, language: str) -> str:
    """Two days as a span."""
    return " – ".join(written_day(day, language) for day in (start, end) if day)


def gaps_of(facts: Facts, names: tuple[str, ...], language: str) -> list[Wording]:
    """What these figures could not count, each said once."""
    found: list[Wording] = [
        wording(gap.sentence, language)
        for name in names
        if name in facts.tables
        for gap in facts.table(name).gaps
        if gap.count
    ]
    return list(dict.fromkeys(found))  # type: ignore[arg-type]
