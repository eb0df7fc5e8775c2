"""The last page of an issue in one language: partners, contacts, how the figures are counted."""

from __future__ import annotations

from pilotage.documents.gathering import Texts, worded
from pilotage.documents.kinds.newsletter.content import Contact, LastPage, Organisation, OrganisationGroup, Wording
from pilotage.documents.kinds.newsletter.facts import Facts, local_day
from pilotage.documents.kinds.newsletter.front import stated_otherwise
from pilotage.documents.kinds.newsletter.listed import venues
from pilotage.documents.kinds.newsletter.sentences import say, some
from pilotage.documents.kinds.newsletter.upcoming import upcoming_preface
from pilotage.domain.parties.models import Institution
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

FEW = 8
"""With fewer institutions on record, their number says more about the records than about the quarter."""


def last_page(facts: Facts, texts: Texts, language: str) -> LastPage:
    """Who carries the programme, where to write, and what the numbers mean."""
    groups = [group for group in (_consortium(facts, language), *_services(facts, language)) if group["organisations"]]
    count = len(facts.institutions)
    title = say("title_last", language)
    if count >= FEW:
        title = say("title_last_services", language, count=some(count, "institutions", language))
    words = texts.get("partners")
    page: LastPage = {
        "title": title,
        "groups": groups,
        "contacts": _contacts(facts, language),
        "notes": notes(facts, texts, language),
    }
    if words and words.body:
        page["text"] = words.body
    return page


def _consortium(facts: Facts, language: str) -> OrganisationGroup:
    """The lead partner first, then those that lead components, each with what it leads."""
    leads: dict[int, tuple[Institution, list[str]]] = {}
    lead = facts.phase.lead_partner
    if lead:
        leads[lead.pk] = (lead, [])
    for component in facts.components:
        if component.lead:
            leads.setdefault(component.lead.pk, (component.lead, []))[1].append(component.number)
    organisations: list[Organisation] = []
    for institution, numbers in leads.values():
        roles = [say("lead_of", language)] if lead and institution.pk == lead.pk else []
        if numbers:
            roles.append(say("component_lead", language, numbers=", ".join(numbers)))
        organisations.append({"name": worded(institution.name, language), "role": ", ".join(roles)})
    return {"name": say("consortium", language), "organisations": organisations}


def _services(facts: Facts, language: str) -> list[OrganisationGroup]:
    """The institutions that took part in the quarter, by partner country, under the names of the day."""
    groups: list[OrganisationGroup] = []
    for code, country in facts.countries.items():
        found = [one for one in facts.institutions.values() if one.country_id == code]
        found.sort(key=lambda one: wording({"en": one.sort_en, "ru": one.sort_ru}, language))
        groups.append(
            {
                "name": worded(country, language),
                "organisations": [{"name": worded(one.name_on(facts.as_of), language), "role": ""} for one in found],
            }
        )
    return groups


def _contacts(facts: Facts, language: str) -> list[Contact]:
    found: list[Contact] = []
    phase = facts.phase
    if phase.contact_email:
        found.append(
            {
                "label": say("write_to_us", language),
                "text": phase.contact_email,
                "link": f"mailto:{phase.contact_email}",
            }
        )
    if phase.website:
        text = phase.website.split("://", 1)[-1].rstrip("/")
        found.append({"label": say("website", language), "text": text, "link": phase.website})
    if facts.address:
        address = f"{facts.address}figures/"
        found.append({"label": say("figures_address", language), "text": address.split("://", 1)[-1], "link": address})
    return found


def notes(facts: Facts, texts: Texts, language: str) -> list[Wording]:
    """How the figures are counted, what differs from elsewhere, what was corrected."""
    found: list[Wording] = []
    if other := stated_otherwise(facts):
        recorded = some(facts.value("activities"), "activities", language)
        found.append(say("note_stated", language, stated=other, recorded=recorded))
    period = (
        f"{written_day(facts.covers.start, language)} – {written_day(facts.covers.end, language)}"
        if (facts.covers.start and facts.covers.end)
        else ""
    )
    cut_off = written_day(local_day(facts.cut_off), language)
    found.append(say("note_counting", language, period=period, cut_off=cut_off))
    found.append(say("note_regional", language))
    found += [
        f"{say('to_date', language)}: {sentence[0].lower()}{sentence[1:]}"
        for gap in facts.table("activities_to_date").gaps
        if gap.count and (sentence := wording(gap.sentence, language))
    ]
    if facts.table("participations").total.value:
        found.append(say("note_participations", language))
    if facts.ahead:
        found.append(say("note_ahead", language, day=written_day(facts.as_of, language)))
    if preface := upcoming_preface(texts):
        found.append(preface)
    found += [worded(explanation, language) for explanation in facts.explanations]
    found += [
        say("note_correction", language, day=written_day(day, language), text=wording(text, language))
        for day, text in facts.corrections
    ]
    if not venues(facts.held):
        # Otherwise the caption of the map says it.
        found.append(say("note_borders", language))
    return found
