"""The programme, its phases, their addenda and components, and the totals that published texts state."""

from __future__ import annotations

from decimal import Decimal

from pilotage.cli.demo.tables import Row, Tables, day, text
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Component, Phase, Programme
from pilotage.domain.programme.operations import (
    add_component,
    add_phase,
    add_programme,
    add_stated_total,
    sign_addendum,
)
from pilotage.kit.actors import Actor

PARTNERS = ("KZ", "KG", "TJ", "TM", "UZ")
"""In the order in which the programme prints them."""
FIRST_CONTRACT = {"9": (day("2018-06-14"), Decimal("4954784.93"))}
"""End and contribution before the addenda, where there were any: the first 36 months of phase 9."""
LEADS = {"ICMPD": "International Centre for Migration Policy Development"}
SHORT_TITLES = {
    "8": {"1": ("Reform", "Реформа"), "2": ("Skills", "Навыки"), "3": ("Counter-drug", "Борьба с наркотиками"),
          "4": ("Crossing points", "Пункты пропуска"), "5": ("Horizontal", "Сквозные задачи")},
    "9": {"1": ("Institutions", "Институты"), "2": ("Migration", "Миграция"), "3": ("Trade", "Торговля")},
    "10": {"1": ("Institutions", "Институты"), "2": ("Detection", "Выявление"), "3": ("Trade", "Торговля"),
           "4": ("Cross-border", "Приграничье")},
}  # fmt: skip


def load_programme(tables: Tables, by: Actor) -> Programme:
    """The programme that runs through the phases."""
    return add_programme(
        by=by,
        values={
            "code": "bomca",
            "title": text(
                "Border Management Programme in Central Asia",
                "Программа содействия управлению границами в Центральной Азии",
            ),
            "short_title": text("BOMCA", "БОМКА"),
        },
    )


def load_phases(
    tables: Tables, by: Actor, programme: Programme, countries: dict[str, Country], institutions: dict[str, Institution]
) -> dict[str, Phase]:
    """The phases by their number, with their addenda."""
    russian = {row["phase"]: row for row in tables.rows("phases_ru")}
    phases = {}
    for row in tables.rows("phases"):
        number, extra = row["phase"], russian[row["phase"]]
        end, contribution = FIRST_CONTRACT.get(number, (day(row["end"]), _amount(row["budget_eur"])))
        phases[number] = add_phase(
            by=by,
            values={
                "programme": programme,
                "code": f"{programme.code}-{number}",
                "number": int(number),
                "title": text(extra["title_en"], extra["title_ru"]),
                "short_title": text(f"BOMCA {number}", f"БОМКА {number}"),
                "objective": text(row["objective"], extra["objective_ru"]),
                "contract_number": row["agreement_ref"],
                "original_start": day(row["start"]),
                "original_end": end,
                "original_eu_contribution": contribution,
                "lead_partner": institutions.get(LEADS.get(row["lead"], row["lead"])),
                "website": "https://www.bomca-eu.org",
                "sources": tables.sources(row["source_url"]),
                "as_printed": _kept(row, "lead", "note") | _kept(extra, "partial_start", "partial_end"),
            },
            countries=[countries[code] for code in PARTNERS],
        )
    for row in tables.rows("addenda"):
        known = day(row["known_on"])
        assert known is not None
        sign_addendum(
            by=by,
            phase=phases[row["phase"]],
            number=int(row["number"]),
            signed_on=known,
            new_end=day(row["new_end"]),
            new_eu_contribution=_amount(row["eu_contribution"]),
            note=text(row["note"], row["note_ru"]),
        )
    return phases


def load_components(
    tables: Tables, by: Actor, phases: dict[str, Phase], institutions: dict[str, Institution]
) -> dict[tuple[str, str], Component]:
    """The components by phase and number."""
    russian = tables.by("components_ru", "phase", "number")
    components = {}
    for row in tables.rows("components"):
        key = (row["phase"], row["number"])
        leader = row["leader"].split(" (")[0]
        components[key] = add_component(
            by=by,
            values={
                "phase": phases[row["phase"]],
                "number": row["number"],
                "title": text(row["name"], russian[key]["name_ru"]),
                "short_title": text(*SHORT_TITLES[row["phase"]][row["number"]]),
                "specific_objective": text(row["specific_objective"], russian[key]["specific_objective_ru"]),
                "lead_partner": institutions.get(LEADS.get(leader, leader)),
                "sources": tables.sources(row["source_url"]),
                "as_printed": _kept(row, "leader"),
            },
        )
    return components


def load_stated_totals(tables: Tables, by: Actor, programme: Programme, phases: dict[str, Phase]) -> int:
    """The totals that published texts state, each beside the figure of ours that asks the same; returns how many."""
    russian = {row["row"]: row for row in tables.rows("claims_ru")}
    more = {row["row"]: row for row in tables.rows("claims_more")}
    rows = tables.rows("claims")
    for number, row in enumerate(rows, 1):
        extra = more.get(str(number), {})
        phase = extra.get("phase") or row["phase"]
        narrowed = (part.split("=") for part in extra.get("filters", "").split(";") if part)
        filters = {dimension: key for dimension, key in narrowed}
        add_stated_total(
            by=by,
            values={
                "programme": programme,
                "phase": phases.get(phase),
                "name": text(row["name"], russian.get(str(number), {}).get("name_ru", "")),
                "figure": extra.get("figure", ""),
                "figure_filters": filters,
                "period": extra.get("period", ""),
                "as_of": day(row["as_of"]),
                "as_of_text": row["as_of_text"],
                "stated": row["figure"],
                "number": Decimal(row["figure_number"]),
                "qualifier": row["qualifier"],
                "unit": row["unit"],
                "source": tables.sources(row["source_url"])[0],
            },
        )
    return len(rows)


def _amount(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _kept(row: Row, *names: str) -> dict[str, str]:
    return {name: row[name] for name in names if row[name]}
