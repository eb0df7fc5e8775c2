"""The page of recommendations: by addressee in a country, by country in the region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import KeyFigure, Wording
from pilotage.documents.steering.dates import short_day, short_span
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.head import gaps_of
from pilotage.documents.steering.parts import AddresseeGroup, RecommendationLine, RecommendationsPage, State
from pilotage.documents.steering.records import AdviceItem
from pilotage.documents.steering.sentences import part_of, say, some
from pilotage.domain.recommendations.words import ANSWERED, AWAITING_ANSWER, OPEN, TO_IMPLEMENT
from pilotage.domain.recommendations.words import State as Words
from pilotage.figures.languages import labels_of
from pilotage.kit.numbers import written
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording

MOST_LISTED = 8
"""Recommendations listed for one addressee; the rest is counted."""
MOST_IN_REGION = 5


def advice_page(facts: Facts, language: str) -> RecommendationsPage | None:
    """What was recommended and what became of it; None where nothing was issued."""
    issued = facts.value("recommendations")
    if not issued:
        return None
    waiting = issued - facts.value("answered")
    said = {
        "waiting": written(waiting, language),
        "adopted": facts.shown("adopted", language),
        "issued": facts.shown("recommendations", language),
    }
    groups, left = _groups(facts, language)
    gaps = gaps_of(facts, ("recommendations",), language)
    if left:
        are = "is" if left == 1 else "are"
        gaps.append(say("settled_not_listed", language, count=some(left, "recommendations", language), are=are))
    return {
        "title": say("advice_title" if waiting else "advice_none_waiting", language, **said),
        "figures": advice_figures(facts, language),
        "chart": {
            "image": "squares.svg",
            "title": "",
            "caption": say("squares", language, day=written_day(facts.as_of, language)),
            "alt": _in_words(facts, language),
            "width": "full",
        },
        "groups": groups,
        "gaps": gaps,
    }


def advice_figures(facts: Facts, language: str) -> list[KeyFigure]:
    """Issued, answered, adopted, overdue."""
    issued = facts.value("recommendations")
    found: list[KeyFigure] = [
        {"value": facts.shown("recommendations", language), "label": say("issued_key", language)},
        {
            "value": facts.shown("response_rate", language),
            "label": say("answered_key", language),
            "note": part_of(facts.value("answered"), issued, language),
        },
        {
            "value": facts.shown("adoption_rate", language),
            "label": say("adopted_key", language),
            "note": part_of(facts.value("adopted"), issued, language),
        },
    ]
    late = facts.value("late")
    note = f"{say('late_key', language)}: {written(late, language)}" if late else ""
    found.append({"value": facts.shown("overdue", language), "label": say("overdue_key", language), "note": note})
    return found


def rows_of(facts: Facts) -> list[tuple[str, Text, list[AdviceItem]]]:
    """The recommendations by addressee, or by country in the region: key, name, items."""
    found: dict[str, list[AdviceItem]] = defaultdict(list)
    names: dict[str, Text] = {}
    if facts.country:
        for item in facts.records.recommendations:
            found[item.addressee_code].append(item)
            names.setdefault(item.addressee_code, item.addressee_name if item.addressee_code else {})
    else:
        names = dict(facts.countries)
        for item in facts.records.recommendations:
            key = item.country if item.country in names else ""
            found[key].append(item)
    ordered = sorted(found, key=lambda key: (key == "", -len(found[key]), key))
    if not facts.country:
        ordered = [key for key in (*facts.countries, "") if key in found]
    return [(key, names.get(key, {}), found[key]) for key in ordered]


def _groups(facts: Facts, language: str) -> tuple[list[AddresseeGroup], int]:
    groups: list[AddresseeGroup] = []
    left = 0
    start = facts.windows.year.start
    for _key, name, items in rows_of(facts):
        fresh = [item for item in items if item.state in OPEN or _settled_since(item, start)]
        left += len(items) - len(fresh)
        listed = sorted(fresh, key=lambda item: _urgency(item, facts.as_of))
        most = MOST_LISTED if facts.country else MOST_IN_REGION
        groups.append(
            {
                "name": worded(name, language) or say("no_addressee", language),
                "count": count_line(items, language),
                "recommendations": [advice_line(item, facts.as_of, language) for item in listed[:most]],
                "more": say("more_advice", language, count=written(len(listed) - most, language))
                if len(listed) > most
                else "",
            }
        )
    return groups, left


def _settled_since(item: AdviceItem, start: date | None) -> bool:
    return start is None or (item.state_since is not None and item.state_since >= start)


def _urgency(item: AdviceItem, day: date) -> tuple[int, str, str]:
    """Late ones first, then those without an answer, those under way, those adopted or rejected."""
    if is_late(item, day):
        place = 0
    elif item.state in AWAITING_ANSWER:
        place = 1
    else:
        place = 2 if item.state in OPEN else 3
    return place, item.due.isoformat() if item.due else "9", item.code


def is_late(item: AdviceItem, day: date) -> bool:
    """Unanswered past its date, or due for implementation before the day (domain handbook, 6)."""
    if item.state in AWAITING_ANSWER:
        return item.response_due is not None and item.response_due < day
    return item.state in TO_IMPLEMENT and item.implementation_due is not None and item.implementation_due < day


def count_line(items: Sequence[AdviceItem], language: str) -> str:
    """ "12 issued, 9 answered, 5 adopted"."""
    answered = sum(item.state in ANSWERED for item in items)
    adopted = sum(item.state == Words.ADOPTED for item in items)
    numbers = {"issued": len(items), "answered": answered, "adopted": adopted}
    return say("advice_count", language, **{name: written(number, language) for name, number in numbers.items()})


def advice_line(item: AdviceItem, day: date, language: str) -> RecommendationLine:
    """One recommendation in a list."""
    text: Wording = worded(item.text, language) if item.named else say("not_for_members", language)
    return {
        "code": item.code,
        "text": text,
        "issued": short_span(item.issued, "", language),
        "due": short_day(item.due, language) if item.state in OPEN else "",
        "state": advice_state(item, day, language),
        "note": wording(item.note, language) if item.named else "",
    }


def advice_state(item: AdviceItem, day: date, language: str) -> State:
    """The state in words with its mark; overdue and late are computed, and silence is called by its name."""
    if is_late(item, day):
        name = "answer_late" if item.state in AWAITING_ANSWER else "overdue"
        return {"word": say(name, language), "tone": "late"}
    if item.state == Words.ISSUED:
        return {"word": say("no_answer", language), "tone": "silent"}
    word = wording(labels_of(Words)[item.state], language)
    tones = {Words.UNDER_CONSIDERATION: "open", Words.ADOPTED: "done", Words.REJECTED: "failed"}
    return {"word": word[:1].lower() + word[1:], "tone": tones.get(Words(item.state), "ahead")}  # type: ignore[typeddict-item]


def _in_words(facts: Facts, language: str) -> str:
    parts = [
        f"{wording(name, language) or say('no_addressee', language)}: {count_line(items, language)}"
        for _key, name, items in rows_of(facts)
    ]
    return f"{'; '.join(parts)}."
