"""Countries, places and institutions of the real facts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from pilotage.cli.demo.tables import Tables, day, listed, text
from pilotage.domain.parties.countries import country_name
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.parties.operations import add_country, add_institution, add_place, add_place_names
from pilotage.kit.actors import Actor
from pilotage.kit.texts import Text


def load_countries(tables: Tables, by: Actor) -> dict[str, Country]:
    """Every country that an activity, a place or an institution names, by code."""
    codes = {
        code for name in ("places", "organisations") for row in tables.rows(name) for code in listed(row["country"])
    }
    for row in tables.rows("activities"):
        codes |= {*listed(row["countries"]), *listed(row["country_of_venue"])}
    return {code: add_country(by=by, code=code, name=country_name(code)) for code in sorted(codes)}


def load_places(tables: Tables, by: Actor) -> dict[str, Place]:
    """Every place by each name that it is printed with. A place that was renamed is one record."""
    russian = {row["name"]: row["name_ru"] for row in tables.rows("places_ru")}
    names: dict[str, list[dict[str, str]]] = {}
    for row in tables.rows("place_names"):
        names.setdefault(row["place"], []).append(row)
    former = {row["name"]: place for place, rows in names.items() for row in rows if row["name"] != place}
    places: dict[str, Place] = {}
    for row in tables.rows("places"):
        if row["name"] in former:
            continue
        earlier: list[tuple[Text, object]] = [
            (text(name["name"], name["name_ru"]), day(name["valid_to"]))
            for name in names.get(row["name"], ())
            if name["valid_to"]
        ]
        known = Place.objects.filter(country_id=row["country"], name__en=row["name"]).first()
        if known:
            # The fictional programme meets in the same towns.
            places[row["name"]] = add_place_names(by=by, place=known, earlier_names=earlier)
            continue
        places[row["name"]] = add_place(
            by=by,
            values={
                "name": text(row["name"], russian.get(row["name"], "")),
                "country_id": row["country"],
                "kind": row["kind"].replace(" ", "_"),
                "latitude": Decimal(row["lat"]) if row["lat"] else None,
                "longitude": Decimal(row["lon"]) if row["lon"] else None,
            },
            earlier_names=earlier,
        )
    return places | {name: places[place] for name, place in former.items()}


def load_institutions(tables: Tables, by: Actor) -> dict[str, Institution]:
    """Every institution by each name that it is printed with. A former name is not an institution of its own."""
    more = {row["name"]: row for row in tables.rows("organisations_more")}
    changes: dict[str, list[dict[str, str]]] = {}
    for row in tables.rows("organisation_names"):
        changes.setdefault(row["name"], []).append(row)
    former = {row["earlier_name"]: row["name"] for rows in changes.values() for row in rows}
    found: dict[str, Institution] = {}
    for row in tables.rows("organisations"):
        if row["name"] in former:
            continue
        extra = more[row["name"]]
        earlier = []
        for change in sorted(changes.get(row["name"], ()), key=lambda change: int(change["sequence"])):
            changed = day(change["changed_on"])
            name = text(change["earlier_name_en"], change["earlier_name_ru"])
            earlier.append((name, changed - timedelta(days=1) if changed else None))
        found[row["name"]] = add_institution(
            by=by,
            values={
                "name": text(row["name"], extra["name_ru"]),
                "short_name": text(row["short_name"], extra["short_name_ru"]),
                "country_id": row["country"] or None,
                "type": extra["institution_type"],
            },
            earlier_names=earlier,
        )
    return found | {name: found[present] for name, present in former.items()}
