"""The first pages of an issue in one language: cover, forewords, the programme."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from pilotage.documents.gathering import SlotWords, Texts, worded
from pilotage.documents.kinds.newsletter.content import (
    Component,
    Cover,
    Fact,
    Fallback,
    Foreword,
    ForewordPage,
    Issue,
    KeyFigure,
    Programme,
    ProgrammePage,
)
from pilotage.documents.kinds.newsletter.facts import ComponentFacts, Facts, local_day
from pilotage.documents.kinds.newsletter.listed import venues, within_countries
from pilotage.documents.kinds.newsletter.sentences import MONTHS_RU_FROM, in_words, noun, say, some
from pilotage.documents.kinds.newsletter.words import WORDS
from pilotage.figures.forms.finding import NEAR, ORDINALS_EN, ORDINALS_RU, SMALLEST_TOTAL, finding, note_on_women
from pilotage.figures.forms.values import shown
from pilotage.kit.numbers import share, written_shortly
from pilotage.kit.periods import HARD, MONTHS_EN, MONTHS_RU, written_day
from pilotage.kit.texts import Text, wording


def programme_line(facts: Facts, language: str) -> Programme:
    """What the programme is called."""
    phase = facts.phase
    names = phase.short_title or phase.title
    present = wording(names, language)
    others = [
        Fallback(text=names[code], language=code) for code in phase.languages if names.get(code) and code != language
    ]
    return {
        "name": worded(phase.title, language),
        "short": worded(names, language),
        "other_names": [other for other in others if other["text"] != present],
        "owner": say("consortium_of", language, programme=present) if language == "ru" else f"The {present} consortium",
    }


def issue_line(facts: Facts, language: str) -> Issue:
    """Number, quarter and days of the issue."""
    made = local_day(facts.cut_off)
    return {
        "number": str(facts.number),
        "label": f"{say('issue', language)}{HARD}{facts.number}",
        "period": quarter_label(facts.covers.start, facts.covers.end, language),
        "as_of": f"{say('as_of', language)} {written_day(facts.as_of, language)}",
        "year": made.year,
        "month": made.month,
        "day": made.day,
    }


def quarter_label(start: date | None, end: date | None, language: str) -> str:
    """“April–June 2023”, as a title."""
    assert start
    assert end
    if language == "ru":
        first = MONTHS_RU[start.month - 1].capitalize()
        return f"{first}–{MONTHS_RU[end.month - 1]} {end.year}{HARD}г."
    return f"{MONTHS_EN[start.month - 1]}–{MONTHS_EN[end.month - 1]} {end.year}"


def cover(facts: Facts, language: str) -> Cover:
    """Region, headline, three key figures."""
    names = [wording(name, language) for name in facts.countries.values()]
    within = within_countries(facts.held, facts.countries)
    dots = [(wording(name, language), count) for name, _point, count in venues(facts.held)]
    dots += [(wording(facts.countries[code], language), count) for code, count in within.items()]
    places = [f"{name} {count}" for name, count in dots]
    said = {"countries": ", ".join(names), "places": "; ".join(places)}
    shown_dots, total = sum(count for _name, count in dots), facts.value("activities")
    note = say("cover_dots" if shown_dots == total else "cover_dots_of", language, shown=shown_dots, total=total)
    table = facts.table("activities_by_country")
    headline = finding(table, language)
    if headline == wording(table.title, language):
        headline = headline_of(facts, language)
    return {
        "image": "cover.svg" if names else "",
        "alt": say("cover_alt" if places else "cover_alt_bare", language, **said),
        "note": note if names and dots else "",
        "headline": headline,
        "figures": key_figures(facts, language)[:3],
    }


def headline_of(facts: Facts, language: str) -> str:
    """What stands out where no country does: the part of national trainers, or else the quarter in one line."""
    total, trained = facts.value("activities"), facts.value("national_trainers")
    if total >= SMALLEST_TOTAL and trained:
        share_of_trainers = Fraction(trained, total)
        for ordinal in (2, 3, 4, 5):
            if abs(share_of_trainers - Fraction(1, ordinal)) <= NEAR:
                name = ORDINALS_RU[ordinal][2] if language == "ru" else ORDINALS_EN[ordinal]
                return say("trainers_headline", language, ordinal=name)
    table = facts.table("activities_by_country")
    countries = sum(1 for cell in table.row_totals.values() if cell.value)
    if not total or not countries:
        return ""
    return say(
        "plain_headline",
        language,
        activities=some(total, "activities", language),
        countries=some(countries, "in_countries", language),
    )


def key_figures(facts: Facts, language: str) -> list[KeyFigure]:
    """The figures of the quarter that are known, the most telling first; the cover sets three of them large."""
    found = [key_activities(facts, language)]
    # Participants that are known for a few activities only would mislead in large type.
    if facts.table("participations").total.value and _most_tallied(facts):
        found.append(key_participations(facts, language))
    for name in ("national_trainers", "joint"):
        if facts.value(name):
            found.append(_counted_key(facts, name, language))
    if facts.institutions:
        count = len(facts.institutions)
        found.append({"value": written_shortly(count, language), "label": noun(count, "institutions", language)})
    if facts.start and facts.end:
        found.append(key_elapsed(facts, language))
    return found


def _most_tallied(facts: Facts) -> bool:
    """True where the participants of most activities of the quarter are known."""
    missing = max((gap.count for gap in facts.table("participations").gaps), default=0)
    return missing * 2 <= facts.value("activities")


def key_activities(facts: Facts, language: str) -> KeyFigure:
    """Activities of the quarter; under them those to date, and what the programme itself states where it differs."""
    total = facts.table("activities").total
    label = f"{noun(facts.value('activities'), 'thematic', language)} {say('activities_in_quarter', language)}"
    notes = [since_start(facts, "activities_to_date", language)]
    if other := stated_otherwise(facts):
        notes = [say("stated_short", language, stated=other), *notes]
    value = shown(total, facts.table("activities"), language)
    return {"value": value, "label": label, "note": "; ".join(filter(None, notes))}


def key_participations(facts: Facts, language: str) -> KeyFigure:
    """Participations of the quarter with the share of women."""
    table = facts.table("participations")
    note = note_on_women(facts.table("participations_by_country"), facts.table("share_of_women"), language)
    label = f"{noun(int(table.total.value or 0), 'participations', language)} {say('activities_in_quarter', language)}"
    return {"value": shown(table.total, table, language), "label": label, "note": note}


def key_elapsed(facts: Facts, language: str) -> KeyFigure:
    """Time elapsed of the phase, in days, rounded once."""
    assert facts.start
    assert facts.end
    days = (facts.end - facts.start).days + 1
    done = min(max((facts.as_of - facts.start).days + 1, 0), days)
    note = say("months_of", language, done=_months(facts.start, facts.as_of), all=_months(facts.start, facts.end))
    return {"value": share(done, days, language, 1), "label": say("elapsed", language), "note": note}


def _counted_key(facts: Facts, name: str, language: str) -> KeyFigure:
    table = facts.table(name)
    return {
        "value": shown(table.total, table, language),
        "label": noun(facts.value(name), name, language),
        "note": since_start(facts, f"{name}_to_date", language),
    }


def since_start(facts: Facts, name: str, language: str) -> str:
    """“112 since April 2021”; empty without a start."""
    if facts.start is None:
        return ""
    months = MONTHS_RU_FROM if language == "ru" else MONTHS_EN
    month = f"{months[facts.start.month - 1]} {facts.start.year}{f'{HARD}г.' if language == 'ru' else ''}"
    return say("since", language, count=shown(facts.table(name).total, facts.table(name), language), month=month)


def stated_otherwise(facts: Facts) -> str:
    """What the programme itself states for the quarter, where that is not what is recorded; else empty."""
    for stated, _name in facts.stated:
        if stated.strip() != str(facts.value("activities")):
            return stated
    return ""


def foreword_page(texts: Texts, language: str) -> ForewordPage | None:
    """The signed forewords, or else the unsigned text about the issue."""
    signed = [(slot, words) for slot in ("foreword-delegation", "foreword-manager") if (words := texts.get(slot))]
    if signed:
        forewords = [_foreword(texts, slot, words, heading=True) for slot, words in signed]
        first = signed[0][1]
        pull = next((words.worded(words.written.pull) for _slot, words in signed if words.written.pull), "")
        title = first.worded(first.written.title) or WORDS[language]["foreword"]
        if len(signed) == 1:
            forewords[0]["heading"] = ""
        return {"title": title, "pull": pull, "forewords": [one for one in forewords if one["text"]["blocks"]]}
    words = texts.get("foreword")
    if words is None or words.body is None:
        return None
    return {
        "title": words.worded(words.written.title) or WORDS[language]["foreword"],
        "pull": words.worded(words.written.pull),
        "forewords": [_foreword(texts, "foreword", words, heading=False)],
    }


HEADINGS = {
    "foreword-delegation": {"en": "From the Delegation", "ru": "От Представительства"},
    "foreword-manager": {"en": "From the programme", "ru": "От программы"},
}


def _foreword(texts: Texts, slot: str, words: SlotWords, *, heading: bool) -> Foreword:
    return {
        "heading": wording(HEADINGS[slot], texts.language) if heading else "",
        "text": words.body or {"language": words.language, "blocks": []},
        "name": words.worded(words.written.name) or None,
        "role": words.worded(words.written.role) or None,
        "portrait": texts.photos.get(slot),
    }


def about_page(facts: Facts, texts: Texts, language: str) -> ProgrammePage:
    """The programme in facts, with the editor's text."""
    phase = facts.phase
    figures: list[KeyFigure] = []
    if facts.contribution:
        unit = "евро" if language == "ru" else "EUR"
        amount = written_shortly(facts.contribution, language)
        figures.append({"value": amount, "unit": unit, "label": say("eu_contribution", language)})
    if facts.start and facts.end:
        figures.append(key_elapsed(facts, language))
    words = texts.get("about")
    return {
        "title": _about_title(facts, language),
        "objective": worded(capital(phase.objective), language),
        "figures": figures,
        "facts": _facts(facts, language),
        "text": words.body if words else None,
        "components": [
            {
                "component": component_line(component, language),
                "objective": worded(capital(component.objective), language),
                "lead": worded(component.lead.name, language) if component.lead else "",
            }
            for component in facts.components
        ],
    }


def component_line(component: ComponentFacts, language: str) -> Component:
    """A component as pages show it."""
    return {
        "number": component.number,
        "name": worded(component.name, language),
        "hue": component.hue,  # type: ignore[typeddict-item]
    }


def _about_title(facts: Facts, language: str) -> str:
    parts = [in_words(len(facts.countries), "countries", language, feminine=True)] if facts.countries else []
    if facts.components:
        parts.append(in_words(len(facts.components), "components", language))
    if facts.start and facts.end:
        parts.append(some(_months(facts.start, facts.end), "months", language))
    said = ", ".join(parts) or wording(facts.phase.title, language)
    return said[0].upper() + said[1:]


def _facts(facts: Facts, language: str) -> list[Fact]:
    found: list[Fact] = []
    if facts.start and facts.end:
        found.append({"label": say("duration", language), "value": _span_of_months(facts.start, facts.end, language)})
    if facts.countries:
        names = ", ".join(wording(name, language) for name in facts.countries.values())
        found.append({"label": say("countries", language), "value": names})
    if facts.phase.lead_partner:
        found.append({"label": say("lead", language), "value": worded(facts.phase.lead_partner.name, language)})
    if facts.phase.contract_number:
        found.append({"label": say("contract", language), "value": facts.phase.contract_number})
    return found


def _span_of_months(start: date, end: date, language: str) -> str:
    names = MONTHS_RU if language == "ru" else MONTHS_EN
    ending = f"{HARD}г." if language == "ru" else ""
    return f"{names[start.month - 1]} {start.year} – {names[end.month - 1]} {end.year}{ending}"


def _months(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``, both included; a begun one counts."""
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month + (1 if after.day > start.day else 0)


def timeline_words(facts: Facts, language: str) -> str:
    """The timeline in words."""
    assert facts.start
    assert facts.end
    elapsed = key_elapsed(facts, language)
    span = f"{written_day(facts.start, language)} – {written_day(facts.end, language)}"
    return f"{span}: {elapsed['value']} {say('elapsed', language)} ({elapsed.get('note', '')})."


def capital(text: Text) -> Text:
    """Each wording with a capital letter: objectives are recorded as parts of a sentence."""
    return {language: said[:1].upper() + said[1:] for language, said in text.items()}
