"""What editors wrote for the packs and minutes of the fictional programme: drawn once for all of them, in their order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from pilotage.cli.generate.prose import Drawn, Pair, prose, told
from pilotage.cli.generate.words import LANDS
from pilotage.documents.kinds.newsletter.slots import component_slot_name
from pilotage.documents.models import Publication
from pilotage.kit.texts import Text

SEED = 11


def texts_for(publications: Iterable[Publication]) -> dict[int, dict[str, Text]]:
    """By publication and slot. The same publications in the same order have the same texts, whenever they are asked."""
    drawn = Drawn(random.Random(SEED))
    return {one.pk: _texts(drawn, one) for one in publications if one.meeting}


def _texts(drawn: Drawn, publication: Publication) -> dict[str, Text]:
    if publication.kind == "national_pack":
        return _national(drawn, publication)
    return _regional(drawn, publication) if publication.kind == "regional_pack" else _minutes(drawn)


def _national(drawn: Drawn, publication: Publication) -> dict[str, Text]:
    texts = prose("packs")
    finding, beside = drawn.one(texts["progress"]["finding"]), drawn.one(texts["progress"]["beside"])
    whole = [f"# {title}\n\n{text}\n\n{more}" for (title, text), more in zip(finding, beside, strict=True)]
    return {"progress": _told(whole, publication), "plan": _told(drawn.one(texts["plan"]["text"]), publication)}


def _regional(drawn: Drawn, publication: Publication) -> dict[str, Text]:
    texts = prose("packs")
    finding = drawn.one(texts["region"]["finding"])
    found = {"progress": _told([f"# {title}\n\n{text}" for title, text in finding], publication)}
    for slot in ("comparison", "synthesis", "plan"):
        found[slot] = _told(drawn.one(texts["region"][slot]), publication)
    for number, choices in texts["component"].items():
        found[component_slot_name(number)] = _told(drawn.one(choices), publication)
    return found


def _minutes(drawn: Drawn) -> dict[str, Text]:
    texts = prose("packs")["minutes"]
    return {slot: told(drawn.one(texts[slot])) for slot in ("opening", "annexes")}


def _told(pair: Pair, publication: Publication) -> Text:
    meeting = publication.meeting
    assert meeting and meeting.round
    english, russian = LANDS.get(meeting.country_id or "", ("", ""))
    years: dict[str, Any] = {"year": meeting.round.year, "next": meeting.round.year + 1}
    return told(pair, years | {"land": english}, years | {"land": russian})
